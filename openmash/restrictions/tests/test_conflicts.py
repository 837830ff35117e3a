"""Whoever knows somebody knows nothing of them here, whatever their role, nor in an emergency; two people undo it."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from openmash.agencies import letters
from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Conflict, Enquiry
from openmash.enquiries.steps import raise_need
from openmash.oversight.actions import watch
from openmash.oversight.readings import read_alerts
from openmash.people.given import GivenPerson
from openmash.restrictions import actions
from openmash.restrictions.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
BORN = date(2019, 4, 3)
OTHERS = GivenParty(GivenPerson("Ivo", "Stroud", sex="M", born_on=date(2016, 2, 1), source="School"), "child")


@pytest.fixture
def knows(received, hub):
    """`knows("hannah")`: an enquiry whose child Hannah has said that she knows."""

    def make(name: str) -> Enquiry:
        enquiry = received()
        actions.declare(enquiry.parties.get(role="child").person, by=hub.staff[name], because="My niece.")
        return enquiry

    return make


def test_who_says_so_sees_nothing_any_more_and_what_they_had_goes_back(hub, received):
    enquiry = received()
    enquiries.take(enquiry, by=hub.staff["hannah"])
    person = enquiry.parties.get(role="child").person_id
    hannah = signed_in(hub.staff["hannah"])
    assert "I know this person" in hannah.get(f"/person/{person}/").content.decode()
    where = f"/person/{person}/i-know-them/"
    assert "Enter how you know them" in hannah.post(where, {"because": ""}).content.decode()
    done = hannah.post(where, {"because": "My niece."}, follow=True).content.decode()
    assert "Nothing about them is shown to you" in done and enquiry.reference not in done

    for path, nothing in (
        (f"/enquiry/{enquiry.reference}/", "/enquiry/WV-2222-2222/"),
        (f"/person/{person}/", "/person/99999999/"),
        (f"/person/{person}/matches/", "/person/99999999/matches/"),
        (where, "/person/99999999/i-know-them/"),
    ):
        assert hannah.get(path).status_code == 404
        assert hannah.get(path).content == hannah.get(nothing).content, path
    for path in ("/queue/", "/work/", "/needs/", "/search/?q=Mia+Bell+2019", "/search/?q=9434765919"):
        page = hannah.get(path).content.decode()
        assert enquiry.reference not in page and "12 Elm Road" not in page, path
    enquiry.refresh_from_db()
    assert enquiry.owner is None
    assert enquiry.steps.latest("id").by_name == "The wall around what is kept from somebody"
    assert signed_in(hub.staff["tomasz"]).get(f"/enquiry/{enquiry.reference}/").status_code == 200


def test_an_attempt_is_told_to_governance_and_to_nobody_else(hub, knows):
    enquiry = knows("ruth")
    person = enquiry.parties.get(role="child").person_id
    ruth = signed_in(hub.staff["ruth"])
    ruth.get(f"/enquiry/{enquiry.reference}/")
    ruth.get(f"/person/{person}/")
    assert LedgerEvent.objects.filter(event="conflict.met", outcome="refused", actor=hub.staff["ruth"].pk).count() == 2
    watch(hub.areas["wend-valley"], timezone.now(), is_urgent=True)
    waiting, _ = read_alerts(None, by=hub.staff["gwen"])
    assert {line.says for line in waiting if line.name == "Conflict met"} == {
        "Ruth Okafor tried to see an enquiry with somebody whom they know",
        "Ruth Okafor tried to see somebody whom they know",
    }
    assert not Letter.objects.filter(user=hub.staff["ruth"]).exists()
    actions.declare(enquiry.parties.get(role="child").person, by=hub.staff["gwen"], because="My neighbour’s.")
    assert "Conflict met" not in {line.name for line in read_alerts(None, by=hub.staff["gwen"])[0]}


def test_whoever_is_in_conflict_gets_no_task_and_no_letter(hub, knows):
    enquiry = knows("hannah")
    facts = {"path": "/x/", "due_at": timezone.now(), "now": timezone.now()}
    raise_need(enquiry, "urgent", "Rate it", permission="rate", **facts)
    assert set(Letter.objects.filter(link="/x/").values_list("user__name", flat=True)) == {
        "Ruth Okafor",
        "Martin Pell",
        "Tomasz Zielak",
    }
    assert "Rate it" not in signed_in(hub.staff["hannah"]).get("/needs/").content.decode()
    assert "Rate it" in signed_in(hub.staff["tomasz"]).get("/needs/").content.decode()


@pytest.mark.parametrize("wants_digest", [True, False])
def test_a_letter_that_waits_when_a_conflict_is_entered_is_not_sent(hub, received, wants_digest):
    """For the next morning's digest, or for a mail server that was away."""
    enquiry, other, hannah = received(), received(parties=(OTHERS,)), hub.staff["hannah"]
    hannah.wants_digest = wants_digest
    hannah.save()
    facts = {"permission": "rate", "path": "/x/", "due_at": timezone.now(), "now": timezone.now()}
    raise_need(enquiry, "urgent", "Rate it", **facts)
    raise_need(other, "urgent", "Rate another", **facts)
    actions.declare(enquiry.parties.get(role="child").person, by=hannah, because="My niece.")
    for letter in Letter.objects.filter(link="/x/", waits_for_digest=False):
        letters.send(letter.pk)
    letters.send_digest(hannah.pk)
    told = "\n".join(f"{one.subject} {one.body}" for one in mail.outbox if one.to == [hannah.email])
    assert other.reference in told and enquiry.reference not in told
    assert not [one for one in Letter.objects.filter(user=hannah, link="/x/") if one.is_waiting]
    assert enquiry.reference in " ".join(one.subject for one in mail.outbox if one.to != [hannah.email])


def test_the_governance_lead_enters_what_a_colleague_did_not_say(hub, received):
    enquiry, gwen = received(), signed_in(hub.staff["gwen"])
    born = {"born_on-day": "3", "born_on-month": "4", "born_on-year": "2019"}
    said = {"user": hub.staff["joanna"].pk, "given": "mia", "family": "BELL", "because": "Told by her manager."}
    assert "Nobody is recorded" in gwen.post("/conflicts/enter/", said | born | {"given": "Mai"}).content.decode()
    done = gwen.post("/conflicts/enter/", said | born, follow=True).content.decode()
    assert "Joanna Vale knows Mia Bell" in done and "Told by her manager." in done
    assert signed_in(hub.staff["joanna"]).get(f"/enquiry/{enquiry.reference}/").status_code == 404
    assert signed_in(hub.staff["ruth"]).get("/conflicts/enter/").status_code == 404
    with pytest.raises(Refused, match="works in another area"):
        actions.enter(
            hub.staff["ellen"],
            by=_of_wend_valley(hub),
            given="Mia",
            family="Bell",
            born_on=date(2019, 4, 3),
            because=".",
        )


def _of_wend_valley(hub):
    """A governance lead of one area alone."""
    gwen = hub.staff["gwen"]
    gwen.postings_now = tuple(one for one in gwen.postings_now if one[1] == hub.areas["wend-valley"].pk)
    return gwen


def test_two_people_remove_a_conflict_and_never_their_own(hub, knows):
    enquiry = knows("martin")
    conflict = Conflict.objects.get()
    gwen, ruth, martin = (signed_in(hub.staff[name]) for name in ("gwen", "ruth", "martin"))
    where = f"/conflicts/{conflict.pk}/"
    for path in (f"{where}ask/", "/conflicts/"):
        assert "Mia Bell" not in martin.get(path).content.decode()
    assert martin.get(f"{where}ask/").status_code == 404
    gwen.post(f"{where}ask/", {"because": "Another Mia was meant."})
    assert gwen.post(f"{where}remove/").status_code == 403
    assert martin.post(f"{where}remove/").status_code == 404
    assert "Another Mia was meant." in ruth.get("/conflicts/").content.decode()
    ruth.post(f"{where}remove/")
    assert martin.get(f"/enquiry/{enquiry.reference}/").status_code == 200
    conflict.refresh_from_db()
    assert (conflict.removal_by, conflict.removed_by) == (hub.staff["gwen"], hub.staff["ruth"])


def test_the_database_refuses_one_person_alone(hub, knows):
    knows("martin")
    now = timezone.now()
    for removal, removed in (("gwen", "gwen"), ("gwen", "martin"), ("martin", "gwen")):
        facts = {"removal_by": hub.staff[removal], "removal_at": now, "removal_because": "A mistake."}
        with pytest.raises(IntegrityError), transaction.atomic():
            Conflict.objects.update(**facts, removed_by=hub.staff[removed], removed_at=now)
