"""Tells PostgreSQL who is asking: row-level security reads it, and believes what is signed.

Whoever acts is `openmash.user`, for the length of one transaction. Whoever reads a page is `openmash.reader`, for the
length of one request: it opens nothing, and takes away what is kept from them. Where nobody does, the hub itself is at
work, and its connection says so; a connection that says nothing is shown nothing that is behind a wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from openmash.audit.actors import Actor
from openmash.audit.signing import signed

USER, READER, HUB = "openmash.user", "openmash.reader", "hub"

_bound: ContextVar[Actor | None] = ContextVar("bound", default=None)
_reader: ContextVar[str] = ContextVar("reader", default=HUB)
_of_the_hub: WeakSet[Any] = WeakSet()


def work_as_the_hub(*, connection: Any, **_: Any) -> None:
    """On each connection of Django's, once: until somebody asks for a page, the hub is at work."""
    if connection.connection not in _of_the_hub:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [READER, signed(READER, HUB, cursor.connection)])
        _of_the_hub.add(connection.connection)


def bind(by: Actor | None) -> Actor | None:
    """Bind this transaction to `by` and return whoever was bound before. Nobody bound sees no sealed row."""
    before = _bound.get()
    if by is not before:  # an act within an act of the same person finds it bound
        user = str(by.ledger_id or "") if by else ""
        reader = (user or HUB) if by else _reader.get()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('openmash.user', %s, true), set_config('openmash.reader', %s, true)",
                [signed(USER, user, cursor.connection), signed(READER, reader, cursor.connection)],
            )
        _bound.set(by)
    return before


@contextmanager
def bound_to(by: Actor) -> Iterator[None]:
    """Within it, this transaction is bound to `by`; after it, to whoever was bound before."""
    before = bind(by)
    try:
        yield
    except BaseException:
        _bound.set(before)  # the transaction, and the setting with it, is being rolled back
        raise
    bind(before)


@contextmanager
def asked_by(by: Actor) -> Iterator[None]:
    """A transaction bound to `by`: the binding ends with it, and need not be taken back. Within another, `bound_to`."""
    if connection.in_atomic_block:
        with bound_to(by):
            yield
        return
    before = _bound.get()
    try:
        with transaction.atomic():
            bind(by)
            yield
    finally:
        _bound.set(before)


def acts_for_a_person() -> bool:
    """Whether somebody, and not a part of the system, is bound to this transaction."""
    bound = _bound.get()
    return bound is not None and bound.ledger_id is not None


@contextmanager
def read_by(number: int) -> Iterator[None]:
    """Within it every query of this connection is the user's, and what is kept from them is not there."""
    _read(str(number))
    try:
        yield
    finally:
        with suppress(DatabaseError):  # a connection that is broken is not used again
            _read(HUB)


@contextmanager
def as_a_stranger() -> Iterator[None]:
    """Within it this connection has the rights of somebody who is not signed in (`audit/grants.py`)."""
    _take(settings.STRANGERS_ROLE)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # as above
            _take(settings.APP_ROLE)


def _take(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


def _read(reader: str) -> None:
    _reader.set(reader)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.reader', %s, false)", [signed(READER, reader, cursor.connection)])
