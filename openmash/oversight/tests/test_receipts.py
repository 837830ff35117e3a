"""Every morning each agency's information governance lead is sent where the ledger stands, and nothing personal."""

import pytest
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.audit import anchors
from openmash.audit.actions import checkpoint
from openmash.oversight.agreement import disagreements
from openmash.oversight.receipts import send_receipts, witnesses

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(hub, settings, tmp_path):
    settings.LEDGER_ANCHORS, settings.LEDGER_KEY = str(tmp_path / "checkpoints"), "07" * 32
    return checkpoint()[-1]


def test_the_governance_lead_of_each_agency_is_sent_the_last_checkpoint_once_a_day(hub, signed):
    now = timezone.now()
    assert send_receipts(now) == send_receipts(now) == 3
    letters = Letter.objects.filter(key__startswith="receipt-")
    assert {letter.to for letter in letters} == {hub.staff[name].email for name in ("gwen", "priya", "owen")}
    for letter in letters:
        assert letter.line == signed.line
        assert anchors.read(f"{letter.about}: {letter.line}", anchors.trusted()) == ([signed], [])


def test_nothing_is_sent_before_something_is_signed(hub, settings, tmp_path):
    settings.LEDGER_ANCHORS = str(tmp_path / "none")
    assert send_receipts(timezone.now()) == 0


def test_the_page_names_the_agencies_that_keep_none(hub, signed, client):
    client.force_login(hub.staff["priya"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/receipts/").content.decode()
    assert signed.hash in page and "Nobody yet" in page and "Priya Nair" in page
    assert client.get("/alerts/").status_code == client.get("/ledger/").status_code == 404
    assert {witness.agency: witness.names for witness in witnesses()}["Wendmark Constabulary"] == ("Priya Nair",)


def test_the_ledger_and_the_record_agree_until_something_is_put_in_past_the_acts(hub, received):
    from django.db import connection

    from openmash.audit.models import LedgerEvent
    from openmash.enquiries.models import Enquiry

    enquiry = received()
    with connection.cursor() as cursor:
        assert disagreements(cursor) == []
        forged = Enquiry.objects.get(pk=enquiry.pk)
        forged.pk, forged.reference, forged.received_key = None, "WV-FORG-ED00", "forged"
        forged.save(force_insert=True)
        facts = {"at": timezone.now(), "outcome": "allowed", "actor_name": "Ruth Okafor", "actor": 1}
        for event, actor in (("release.proposed", 1), ("release.approved", 1), ("release.disclosed", 1)):
            line = facts | {"event": event, "actor": actor, "thing": "disclosure.release", "thing_number": 99}
            LedgerEvent.objects.create(**line)
        said = [finding.says for finding in disagreements(cursor)]
    assert "WV-FORG-ED00" in said[0] and "Release 99 has left" in said[1] and len(said) == 2
