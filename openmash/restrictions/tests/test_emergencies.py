"""An emergency opens one restricted enquiry for an hour, loudly; and says nothing of anything else."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Glass
from openmash.oversight.actions import watch
from openmash.oversight.readings import read_alerts
from openmash.restrictions import actions
from openmash.restrictions.filler import is_filler
from openmash.restrictions.tests.conftest import restricted, signed_in

pytestmark = pytest.mark.django_db
SAID = {"reason": "immediate_risk", "because": "The school rang: her father is at the gate with a knife."}


def opens(client, reference: str):
    return client.post("/emergency/", SAID | {"reference": reference}, follow=True)


def test_it_opens_for_an_hour_and_everybody_is_told_at_once(hub, received):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    path, hannah = f"/enquiry/{enquiry.reference}/", signed_in(hub.staff["hannah"])
    assert "Open a restricted enquiry in an emergency" in hannah.get("/work/").content.decode()
    assert hannah.get(path).status_code == 404
    page = opens(hannah, f" {enquiry.reference.lower()} ")
    assert page.redirect_chain == [(path, 302)] and "open to you for one hour" in page.content.decode()
    assert "Restricted" in page.content.decode()
    assert signed_in(hub.staff["tomasz"]).get(path).status_code == 404

    letters = Letter.objects.filter(subject__endswith="was opened in an emergency")
    assert set(letters.values_list("to", flat=True)) == {hub.staff[name].email for name in ("ruth", "martin", "gwen")}

    def alerts():
        lines, _ = read_alerts(None, by=hub.staff["gwen"])
        return [line.reference for line in lines if line.name == "Restricted enquiry opened"]

    assert alerts() == [enquiry.reference]
    watch(hub.areas["wend-valley"], timezone.now(), is_urgent=True)
    assert alerts() == [enquiry.reference]
    line = LedgerEvent.objects.get(event="glass.broken")
    assert (line.enquiry, line.kept) == (enquiry.pk, {"reason": "immediate_risk"})
    hannah.post(f"{path}take/")
    enquiry.refresh_from_db()
    assert enquiry.owner is None

    began = timezone.now() - timedelta(minutes=61)
    Glass.objects.update(at=began, until=began + timedelta(minutes=60))
    assert hannah.get(path).status_code == 404


def test_one_answer_for_what_is_not_there_what_is_open_and_a_conflict(hub, received, monkeypatch):
    met = []  # in earnest the line is written on a connection of its own, and stays when the act is rolled back
    monkeypatch.setattr(actions, "known_to", lambda by, row, may, event: met.append((event, row)))
    open_one, named, conflict, elsewhere = received(), received(), received(), received(area="harrowmouth")
    restricted(named, hub, "hannah")
    restricted(conflict, hub, "ruth")
    restricted(elsewhere, hub, "shabana", by="shabana")
    actions.declare(conflict.parties.get(role="child").person, by=hub.staff["hannah"], because="My niece.")
    hannah = signed_in(hub.staff["hannah"])

    def answer(reference: str) -> str:
        page = opens(hannah, reference)
        assert page.status_code == 200 and not page.redirect_chain
        return re.sub(r'value="[a-zA-Z0-9]{64}"', "", page.content.decode().replace(reference, ""))

    nothing = answer("WV-2222-2222")
    assert "Nothing opens under this reference" in nothing and "her father is at the gate" in nothing
    for enquiry in (open_one, named, conflict, elsewhere):
        assert answer(enquiry.reference) == nothing
    assert not Glass.objects.exists()
    assert LedgerEvent.objects.filter(event="glass.broken", outcome="refused").count() == 5
    assert met == [("conflict.met", conflict)]


@pytest.mark.parametrize(
    "text", ["Short.", "a" * 40, "urgent urgent urgent urgent", "I need to see this please, it is urgent"]
)
def test_filler_is_no_reason(text):
    assert is_filler(text)
    assert not is_filler("Police have the father in custody until five.")


def test_it_is_reviewed_by_somebody_else_and_nobody_goes_on_while_that_is_overdue(hub, received):
    first, second = received(), received()
    for enquiry in (first, second):
        restricted(enquiry, hub, "ruth")
    hannah, gwen = signed_in(hub.staff["hannah"]), signed_in(hub.staff["gwen"])
    opens(hannah, first.reference)
    Glass.objects.update(review_due_at=timezone.now() - timedelta(minutes=1))
    assert "has not been reviewed in time" in opens(hannah, second.reference).content.decode()
    glass = Glass.objects.get()
    page = gwen.get("/emergency/reviews/").content.decode()
    assert "Overdue" in page and "at the gate with a knife" in page
    where = f"/emergency/reviews/{glass.pk}/"
    assert "Select whether it was justified" in gwen.post(where, {"because": ""}).content.decode()
    done = gwen.post(where, {"outcome": "justified", "because": "The school says the same."}, follow=True)
    assert "Justified. Gwen Astley: The school says the same." in done.content.decode()
    assert opens(hannah, second.reference).redirect_chain
    with pytest.raises(Refused, match="reviewed already"):
        actions.review_glass(glass, by=hub.staff["gwen"], outcome="unclear", because="Again.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Glass.objects.filter(outcome="").update(
            outcome="justified", reviewed_because="Mine.", reviewed_at=timezone.now(), reviewed_by=hub.staff["hannah"]
        )


def test_it_is_for_triage_and_practice_managers_alone_and_for_themselves(hub, received):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    for name in ("joanna", "gwen", "lewis"):
        assert signed_in(hub.staff[name]).get("/emergency/").status_code == 404
    assert signed_in(hub.staff["ruth"]).get("/emergency/reviews/").status_code == 404
    facts = {"reference": enquiry.reference, **SAID}
    with pytest.raises(Refused, match="for themself"):
        actions.break_glass(hub.staff["hannah"], by=hub.staff["ruth"], **facts)
    with pytest.raises(Refused, match="This is done by"):
        actions.break_glass(hub.staff["joanna"], by=hub.staff["joanna"], **facts)


def test_a_fresh_second_factor_comes_first(hub, received, settings):
    enquiry = received()
    restricted(enquiry, hub, "ruth")
    settings.STEP_UP_LASTS = timedelta(0)
    answer = signed_in(hub.staff["hannah"]).post("/emergency/", SAID | {"reference": enquiry.reference})
    assert answer.status_code == 302 and "/account/" in answer["Location"]
    assert not Glass.objects.exists()
