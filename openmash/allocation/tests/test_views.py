from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from openmash.allocation.tests.test_actions import LATER, handed
from openmash.decisions.given import GivenOutcome

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_team_sees_what_is_asked_and_nothing_that_was_decided(world):
    _, handover = handed(world)
    client = signed_in(world.hub.staff["amit"])
    listed = client.get("/received/").content.decode()
    assert handover.enquiry.reference in listed
    shown = client.get(f"/received/{handover.pk}/").content.decode()
    assert "Assess." in shown
    assert "Mia Bell" in shown
    for secret in ("threshold", "Hungry at school", "Mother asked", "frightened", "Siobhan", "Ann Bell", "Police"):
        assert secret not in shown, secret


def test_what_was_handed_to_somebody_else_does_not_exist(world):
    _, handover = handed(world)
    missing = signed_in(world.hub.staff["lucy"]).get("/received/999999/")
    other = signed_in(world.hub.staff["lucy"]).get(f"/received/{handover.pk}/")
    assert other.status_code == missing.status_code == HTTPStatus.NOT_FOUND
    for path in ("step-up/", "pass-on/", "became/"):
        assert signed_in(world.ruth).get(f"/received/{handover.pk}/{path}").status_code == HTTPStatus.NOT_FOUND
    assert handover.enquiry.reference not in signed_in(world.hub.staff["lucy"]).get("/received/").content.decode()
    assert signed_in(world.joanna).get("/received/").status_code == HTTPStatus.NOT_FOUND


def test_the_team_acknowledges_passes_on_and_says_what_became_of_it(world):
    _, handover = handed(world)
    client, path = signed_in(world.hub.staff["amit"]), f"/received/{handover.pk}/"
    empty = client.post(path, {"worker": ""})
    assert "Enter who takes it on" in empty.content.decode()
    assert client.post(path, {"worker": "Priya Sand"}).status_code == HTTPStatus.FOUND
    assert client.post(f"{path}became/", {"became": "child_in_need"}).status_code == HTTPStatus.FOUND
    early = world.hub.teams["wend-early-response"]
    shown = client.get(f"{path}pass-on/").content.decode()
    assert early.name in shown
    assert "Docks" not in shown
    assert client.post(f"{path}pass-on/", {"team": early.pk, "because": "Down."}).status_code == HTTPStatus.FOUND
    assert "Passed on" in client.get(path).content.decode()
    assert "Child in need plan" in client.get("/received/").content.decode()


def test_pressed_twice_it_says_why_not(world):
    _, handover = handed(world)
    client, path = signed_in(world.hub.staff["amit"]), f"/received/{handover.pk}/"
    client.post(path, {"worker": "Priya Sand"})
    again = client.post(path, {"worker": "Somebody Else"}).content.decode()
    assert "This is acknowledged already." in again


def test_the_manager_reads_why_it_was_stepped_up_and_answers(world):
    enquiry, handover = handed(world)
    client = signed_in(world.hub.staff["amit"])
    client.post(f"/received/{handover.pk}/step-up/", {"because": "A fracture was found."})
    manager, path = signed_in(world.ruth), f"/enquiry/{enquiry.reference}/stepped-up/{handover.pk}/"
    shown = manager.get(path).content.decode()
    assert "A fracture was found." in shown
    tab = manager.get(f"/enquiry/{enquiry.reference}/decision/").content.decode()
    assert "A fracture was found." in tab
    assert "A fracture" not in signed_in(world.hannah).get(f"/enquiry/{enquiry.reference}/decision/").content.decode()
    assert signed_in(world.hannah).get(path).status_code == HTTPStatus.NOT_FOUND
    version = world.fresh(enquiry).version
    done = manager.post(path, {"version": version, "did": "declined", "because": "Health knows it."})
    assert done.status_code == HTTPStatus.FOUND
    assert "Health knows it." in client.get(f"/received/{handover.pk}/").content.decode()


def test_the_page_for_a_team_around_the_family_asks_for_the_first_meeting(world):
    team = world.hub.teams["wend-early-response"]
    _, handover = handed(world, GivenOutcome("team_around_family", "Bring them together.", team=team.pk))
    client, path = signed_in(world.hub.staff["fay"]), f"/received/{handover.pk}/"
    assert "Who is the lead professional?" in client.get(path).content.decode()
    day = (LATER + timedelta(days=7)).date()
    typed = {"worker": "Paula Birch", "first_meeting_on-day": day.day, "first_meeting_on-month": day.month}
    wrong = client.post(path, typed).content.decode()
    assert "First meeting must include a year" in wrong
    assert client.post(path, typed | {"first_meeting_on-year": day.year}).status_code == HTTPStatus.FOUND
    assert "First meeting" in client.get(path).content.decode()
