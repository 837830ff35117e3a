"""The ledger stands whatever the application tries, and what somebody may not know of is refused on it in silence."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from openmash.agencies import actions
from openmash.audit.models import LedgerEvent
from openmash.audit.tests import tampering
from openmash.enquiries.models import Enquiry
from openmash.gathering.tests.conftest import asked, ready, received, triaged

__all__ = ["asked", "ready", "received", "triaged"]

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_ledgerevent SET actor_name = 'nobody'",
        "UPDATE audit_ledgerevent SET at = now() WHERE false",
        "DELETE FROM audit_ledgerevent",
        "TRUNCATE audit_ledgerevent",
        "INSERT INTO audit_ledgerlink VALUES (1, 1, 1, '', '', '')",
        "UPDATE audit_ledgerlink SET event = 1",
        "DELETE FROM audit_ledgerlink",
        "SELECT openmash_chain(line) FROM audit_ledgerevent line",
        "ALTER TABLE audit_ledgerevent DISABLE TRIGGER ALL",
        "DROP TABLE audit_ledgerevent",
    ],
)
def test_the_application_can_only_add_to_the_ledger(hub, statement):
    actions.choose_digest(hub.staff["ruth"], by=hub.staff["ruth"], wants_digest=True)
    before = LedgerEvent.objects.count()
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert LedgerEvent.objects.count() == before > 0


@pytest.mark.parametrize("table", ["audit_ledgerevent", "audit_ledgerlink"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET event = event", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_lets_nobody_change_a_line_not_even_the_owner(superuser, table, statement):
    tampering.new_chain(superuser, Random(1), 2)
    with pytest.raises(psycopg.errors.RaiseException, match=r"append-only|Cannot update or delete"):
        superuser.execute(statement.format(table))


@pytest.fixture
def denied(hub, asked):
    """Addresses of what exists, each with somebody whose page it is in kind but not in this case."""
    [request] = asked("police")
    Enquiry.objects.filter(pk=request.enquiry_id).update(received_at=timezone.now() - timedelta(hours=1))
    return {
        "an enquiry of another area": ("hollis", f"/enquiry/{request.enquiry.reference}/", "/enquiry/WV-ZZZZ-ZZZZ/"),
        "a request to another agency": ("mary", f"/request/{request.token}/", f"/request/{uuid4()}/"),
        "a page for another role": ("mary", "/queue/", "/no-such-page/"),
    }


@pytest.mark.parametrize(
    "what", ["an enquiry of another area", "a request to another agency", "a page for another role"]
)
def test_what_is_denied_is_the_same_bytes_as_nothing_and_is_on_the_ledger(hub, denied, client, what):
    who, path, nothing = denied[what]
    who = who if who in hub.staff else _of_harrowmouth(hub)
    client.force_login(hub.staff[who], backend=BACKEND)
    before = LedgerEvent.objects.latest("id").pk
    answer, absent = client.get(path), client.get(nothing)
    assert (answer.status_code, answer.content) == (404, absent.content)
    assert answer.headers.items() >= {("Content-Type", absent["Content-Type"])}
    lines = LedgerEvent.objects.filter(pk__gt=before)
    refused = [(line.outcome, line.actor) for line in lines]
    assert refused == [("refused", hub.staff[who].pk)] * (1 if nothing == "/no-such-page/" else 2)
    assert all(line.reasons for line in lines)


def _of_harrowmouth(hub) -> str:
    """Somebody who sees enquiries in the other hub and none in this one."""
    here, there = hub.areas["wend-valley"].pk, hub.areas["harrowmouth"].pk
    from openmash.agencies.roles import Permission

    return next(
        name
        for name, user in hub.staff.items()
        if there in (known := user.areas_where(Permission.SEE_ENQUIRIES)) and here not in known
    )
