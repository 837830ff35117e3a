"""What cannot be put on the ledger is not shown and not done (security 4.2)."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg.conninfo import make_conninfo

from openmash.agencies import actions as agencies
from openmash.audit.models import LedgerEvent
from openmash.gathering import actions as gathering
from openmash.gathering.tests.conftest import LATER, asked, item, known, ready, received, triaged
from openmash.intelligence import actions as intelligence
from openmash.settings import OWNER_URL

__all__ = ["asked", "ready", "received", "triaged"]

pytestmark = pytest.mark.django_db
SEALED = "a-sealed-canary-of-the-police"


@pytest.fixture
def answered(hub, asked):
    """A request of the police with a sealed item in its answer."""
    [request] = asked("police")
    words = item(SEALED, sensitivity="X", people=(request.people[0],))
    gathering.answer(request, by=hub.staff["lewis"], now=LATER, **known(request, words))
    return request


@pytest.fixture
def the_ledger_cannot_be_written(answered) -> Iterator[None]:
    """From outside, while the test runs: the application may not insert any more."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(make_conninfo(OWNER_URL, dbname=name), autocommit=True) as owner:
        owner.execute(f"REVOKE INSERT ON audit_ledgerevent FROM {settings.APP_ROLE}")
        try:
            yield
        finally:
            owner.execute(f"GRANT INSERT ON audit_ledgerevent TO {settings.APP_ROLE}")


def test_a_sealed_item_is_read_while_the_ledger_can_be_written(hub, answered):
    assert SEALED in [one.words for one in intelligence.read(answered.enquiry, by=hub.staff["ruth"])]


def test_a_sealed_item_is_not_read_when_the_ledger_cannot_be_written(hub, answered, the_ledger_cannot_be_written):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        intelligence.read(answered.enquiry, by=hub.staff["ruth"])


def test_nothing_is_done_when_the_ledger_cannot_be_written(hub, the_ledger_cannot_be_written):
    ruth = hub.staff["ruth"]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        agencies.choose_digest(ruth, by=ruth, wants_digest=True)
    ruth.refresh_from_db()
    assert not ruth.wants_digest


@pytest.mark.parametrize("page", ["", "requests/", "chronology/", "decision/"])
def test_no_page_shows_a_sealed_word_that_is_not_on_the_ledger(
    hub, answered, client, page, the_ledger_cannot_be_written
):
    client.force_login(hub.staff["ruth"], backend="allauth.account.auth_backends.AuthenticationBackend")
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.get(f"/enquiry/{answered.enquiry.reference}/{page}")
        transaction.set_rollback(True)
    assert answer.status_code >= 500
    assert SEALED.encode() not in answer.content
    assert LedgerEvent.objects.filter(event="intelligence.read").count() == 0
