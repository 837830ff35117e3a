"""The MASH Information Record: versioned, the same on screen and as PDF, and only what its reader may see (M30)."""

from dataclasses import asdict, replace

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.models import LedgerEvent
from openmash.design.document import Grid, pdf
from openmash.desk.information_record import PDF, SCREEN, make
from openmash.desk.tests.families import MONDAY, ask, receive
from openmash.enquiries import actions as enquiries
from openmash.gathering.answering import answer
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.intelligence.actions import GivenItem

pytestmark = pytest.mark.django_db
SAID = "Officers found her alone at midnight."


def words_of(document):
    return str(asdict(document))


@pytest.fixture
def answered(hub):
    """The police have told something of Mia; health has not answered."""
    enquiry = ask(hub, receive(hub), "police", "health")
    request = Request.objects.get(enquiry=enquiry, agency__key="police")
    checks = {system.key: "not_known" for system in RETURNS.get(request.agency.return_key).systems}
    item = GivenItem(words=SAID, nature="fact", dependable="1", known_how="A", happened_on=MONDAY.date())
    answer(
        request, by=hub.staff["lewis"], now=MONDAY, is_nothing_known=False, rating="amber", checks=checks, items=(item,)
    )
    enquiry.refresh_from_db()
    return enquiry


def made(hub, enquiry, who="ruth", form=SCREEN, now=MONDAY):
    return make(enquiry, by=hub.staff[who], now=now, form=form)


def test_it_holds_what_its_reader_may_see_and_a_coordinator_sees_no_agencys_words(hub, answered):
    assert SAID in words_of(made(hub, answered, "ruth"))
    joanna = words_of(made(hub, answered, "joanna"))
    assert SAID not in joanna
    assert "Wendmark Constabulary" in joanna, "that it answered is no secret"


def test_screen_and_pdf_have_the_same_content(hub, answered):
    assert made(hub, answered, form=SCREEN).hash == made(hub, answered, form=PDF).hash


def test_its_version_follows_the_enquiry_and_the_hash_follows_the_content(hub, answered):
    before = made(hub, answered)
    later = made(hub, answered, now=MONDAY.replace(minute=45))
    assert before.hash == later.hash, "when it was made is no content"
    enquiries.take(answered, by=hub.staff["ruth"], now=MONDAY)
    answered.refresh_from_db()
    after = made(hub, answered)
    assert before.about != after.about
    assert before.hash != after.hash


def test_that_it_was_made_is_on_the_ledger_with_version_form_and_hash(hub, answered):
    document = made(hub, answered, form=PDF)
    line = LedgerEvent.objects.get(event="record.made")
    assert line.actor == hub.staff["ruth"].pk
    assert line.kept == {"form": "pdf", "version": answered.version, "body_hash": document.hash}


def test_the_pdf_is_tagged_titled_in_english_and_the_same_each_time(hub, answered):
    document = made(hub, answered)
    first = pdf(document)
    assert first.startswith(b"%PDF-1.7")
    for sign in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang(en-GB)", b"pdfuaid:part"):
        assert sign in first, sign
    assert pdf(document) == first


def test_whatever_somebody_typed_is_printed_and_never_run(hub, answered):
    typed = '#panic("run") $x$ @here <script> \\ \x00 \u202e 🙂 ' + "x" * 300
    document = made(hub, answered)
    section = replace(document.sections[0], blocks=(Grid("What", ("A",), ((typed,),)),))
    assert pdf(replace(document, sections=(section,))).startswith(b"%PDF")


@pytest.mark.parametrize("part", ["record/", "record.pdf"])
def test_who_may_not_see_the_enquiry_gets_no_record(hub, answered, part):
    for who in ("lewis", "amit", "gwen", "grace"):
        client = Client()
        client.force_login(hub.staff[who])
        assert client.get(f"/enquiry/{answered.reference}/{part}").status_code == 404, who


def test_a_practice_manager_reads_it_on_screen_and_opens_the_pdf(hub):
    enquiry = receive(hub, now=timezone.now())
    client = Client()
    client.force_login(hub.staff["ruth"])
    said = client.get(f"/enquiry/{enquiry.reference}/record/").content.decode()
    assert f"{enquiry.reference}, version {enquiry.version}" in said
    response = client.get(f"/enquiry/{enquiry.reference}/record.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert f'{enquiry.reference}-version-{enquiry.version}.pdf"' in response["Content-Disposition"]
