"""The chain as it is written: when a transaction commits, one after the other, whoever waits for whom."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from openmash.agencies import actions
from openmash.agencies.models import Letter, User
from openmash.audit import chain
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent, LedgerLink
from openmash.audit.tests.conftest import ALIASES

EACH, TOGETHER = 20, 8


def elsewhere(work: Callable[..., object], *given: object) -> object:
    """Do this in a thread of its own, on connections of its own, as a request is served."""

    def do() -> object:
        try:
            return work(*given)
        finally:
            for alias in ALIASES:
                connections[alias].close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result(timeout=120)


def in_the_chain(address: str) -> list[tuple]:
    with psycopg.connect(address) as owner:
        return owner.execute("SELECT number, event FROM audit_ledgerlink ORDER BY number").fetchall()


@pytest.mark.django_db
def test_a_line_is_chained_with_everything_that_it_says(hub):
    ruth = hub.staff["ruth"]
    actions.choose_digest(ruth, by=ruth, wants_digest=True)
    line = LedgerEvent.objects.latest("id")
    assert not LedgerLink.objects.filter(event=line.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    link = LedgerLink.objects.get(event=line.pk)
    before = LedgerLink.objects.get(number=link.number - 1)
    assert bytes(link.previous) == bytes(before.hash)
    assert bytes(link.hash) == sha256(bytes(before.hash) + link.canonical.encode()).digest()
    said = json.loads(link.canonical)
    assert set(said) == {field.name for field in LedgerEvent._meta.fields} | {"number", "epoch", "written"}
    assert (said["actor"], said["event"], said["thing_number"]) == (ruth.pk, "user.chose-digest", ruth.pk)


@pytest.mark.django_db
def test_the_lines_from_before_the_chain_were_chained(hub):
    """The hub was founded and its ledger committed before this test: not one line of it is missing."""
    with connection.cursor() as cursor:
        checked = chain.verify(cursor, [])
    assert (checked.altered, checked.exit_code) == ([], chain.CLEAN)
    assert checked.lines == LedgerEvent.objects.count() > 50


@pytest.mark.database
def test_a_transaction_that_rolls_back_takes_no_number(copied):
    before = in_the_chain(copied)

    def nearly() -> None:
        ruth = User.objects.get(email__startswith="ruth.")
        with transaction.atomic():
            actions.choose_digest(ruth, by=ruth, wants_digest=True)
            transaction.set_rollback(True)
        with transaction.atomic():
            actions.choose_digest(ruth, by=ruth, wants_digest=False)

    elsewhere(nearly)
    after = in_the_chain(copied)
    assert [number for number, _ in after] == list(range(1, len(before) + 2))


@pytest.mark.database
def test_a_refusal_within_an_open_transaction_does_not_wait_for_it(copied):
    """It is written on the second connection, while the first holds a line of its own that is not committed."""

    def within() -> None:
        ruth, martin = (User.objects.get(email__startswith=name) for name in ("ruth.", "martin."))
        with transaction.atomic():
            actions.choose_digest(ruth, by=ruth, wants_digest=True)
            with pytest.raises(Refused):
                actions.choose_digest(ruth, by=martin, wants_digest=False)
            actions.choose_digest(martin, by=martin, wants_digest=True)

    elsewhere(within)
    with psycopg.connect(copied) as owner:
        said = owner.execute(
            "SELECT line.outcome FROM audit_ledgerlink link JOIN audit_ledgerevent line ON line.id = link.event"
            " ORDER BY link.number DESC LIMIT 3"
        ).fetchall()
    assert [outcome for (outcome,) in said] == ["allowed", "allowed", "refused"]


@pytest.mark.database
def test_many_at_once_leave_one_chain_without_gaps_and_nobody_waits_for_ever(copied):
    """Acts within acts, refusals in between, and foreign keys to rows that others hold under lock."""
    before = len(in_the_chain(copied))
    with psycopg.connect(copied) as owner:
        people = [row[0] for row in owner.execute("SELECT id FROM agencies_user ORDER BY id LIMIT 4").fetchall()]

    def busy(who: int) -> int:
        try:
            return sum(one_round(who, turn) for turn in range(EACH))
        finally:
            for alias in ALIASES:
                connections[alias].close()

    def one_round(who: int, turn: int) -> int:
        first, second = (User.objects.get(pk=people[(who + step) % len(people)]) for step in (0, 1))
        with transaction.atomic():
            actions.choose_digest(first, by=first, wants_digest=turn % 2 == 0)
            with pytest.raises(Refused):
                actions.choose_digest(first, by=second, wants_digest=True)
            Letter.objects.create(  # a foreign key that is checked at the commit, after the line was written
                to=second.email, user=second, about="-", subject="-", line="-", key=f"{who}-{turn}",
                written_at=timezone.now(),
            )  # fmt: skip
        return 2

    with ThreadPoolExecutor(TOGETHER) as pool:
        written = sum(pool.map(busy, range(TOGETHER), timeout=300))
    links = in_the_chain(copied)
    assert written == EACH * TOGETHER * 2
    assert [number for number, _ in links] == list(range(1, before + written + 1))
    assert len({event for _, event in links}) == len(links)
    with psycopg.connect(copied) as owner, owner.cursor() as cursor:
        checked = chain.verify(cursor, [])
    assert (checked.altered, checked.lines) == ([], before + written)
