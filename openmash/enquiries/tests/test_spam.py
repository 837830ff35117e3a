"""What looks like spam is held for a person, never refused and never lost; the sender sees no difference."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.enquiries import suspicion
from openmash.enquiries.models import Draft, Enquiry
from openmash.enquiries.suspicion import is_only_links
from openmash.enquiries.tests.filling import PUBLIC, reference_in, send, walk

pytestmark = pytest.mark.django_db
PATH = "/make-an-enquiry/"


def make(answers=PUBLIC, *, minutes: float = 5, **more: str):
    browser = Client()
    walk(browser, PATH, answers)
    Draft.objects.filter(sent_as="").update(began_at=timezone.now() - timedelta(minutes=minutes))
    return send(browser, PATH, **more)


def without_reference(answer) -> str:
    return answer.content.decode().replace(reference_in(answer), "REFERENCE")


def test_an_honest_form_is_not_held(hub):
    make()
    assert not Enquiry.objects.get().is_held


@pytest.mark.parametrize(
    "how",
    [
        {"website": "http://buy.example"},
        {"minutes": 0.01},
        {"answers": PUBLIC | {"worry": {"worry": "https://a.example/x http://b.example"}}},
    ],
    ids=["the hidden field", "in under three seconds", "only links"],
)
def test_spam_is_held_and_kept_and_the_sender_cannot_tell(hub, how):
    honest = make()
    spam = make(**how)
    assert without_reference(spam) == without_reference(honest)
    held = Enquiry.objects.get(is_held=True)
    assert held.reference == reference_in(spam)
    assert (held.desk, held.clock) == ("screening", "triage"), "it has an owner and a clock like any other"


def test_the_same_over_and_over_is_held_but_received(hub):
    for _ in range(suspicion.SAME_AGAIN + 1):
        make()
    assert list(Enquiry.objects.order_by("pk").values_list("is_held", flat=True)) == [False, False, False, True]


def test_a_flood_never_holds_back_danger(hub):
    danger = PUBLIC | {"danger": {"danger": "yes"}}
    for _ in range(suspicion.SAME_AGAIN + 1):
        make(danger)
    assert not Enquiry.objects.filter(is_held=True).exists()


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        ("https://a.example", True),
        ("www.a.example/b -> www.c.example", True),
        ("cheap-pills.xyz", True),
        ("They post pictures of her at https://a.example/mia", False),
        ("Help", False),
        ("", False),
    ],
)
def test_only_links(words, is_it):
    assert is_only_links(words) is is_it
