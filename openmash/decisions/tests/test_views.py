"""The doors, with the real database and a real client."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from openmash.decisions.models import Decision
from openmash.decisions.tests.conftest import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(world, response, **changes):
    """The form as the page gives it, filled in whole."""
    shown = response.content.decode()
    return {
        "version": value_of(shown, "version"),
        "draft": value_of(shown, "draft"),
        "pen": value_of(shown, "pen"),
        "is_safeguarding_concern": "yes",
        "level": "4",
        "domains_4": ["parenting"],
        "facts": "Hungry at school.",
        "analysis": "It gets worse.",
        "rationale": "The threshold is met.",
        "not_known": "Where the father lives.",
        "for_referrer": "A social worker will meet the family.",
        "for_child": "A social worker met your family.",
        "outcomes-number": ["0"],
        "outcomes-0-kind": "assessment",
        "outcomes-0-owner": f"team:{world.team.pk}",
        "outcomes-0-what": "Assess.",
        "outcomes-0-within": "",
        "pins": [first_pin(shown)],
        "do": "sign",
    } | changes


def value_of(shown: str, name: str) -> str:
    return shown.split(f'name="{name}" value="')[1].split('"')[0]


def first_pin(shown: str) -> str:
    return shown.split('name="pins" value="')[1].split('"')[0]


def test_the_manager_opens_one_page_fills_it_in_and_signs(world):
    enquiry = world.review()
    client = signed_in(world.ruth)
    path = f"/enquiry/{enquiry.reference}/decide/"
    response = client.get(path)
    assert response.status_code == HTTPStatus.OK
    early = "decided late" if "early_or_late_because" in response.content.decode() else ""
    response = client.post(path, filled(world, response, early_or_late_because=early))
    assert response.status_code == HTTPStatus.FOUND, response.content.decode()
    decision = Decision.objects.get()
    assert decision.signed_by == world.ruth
    assert decision.evidence.count() == 1
