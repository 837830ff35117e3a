"""Tells PostgreSQL who is asking, for the length of one transaction: row-level security reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from openmash.audit.actors import Actor

_bound: ContextVar[Actor | None] = ContextVar("bound", default=None)


def bind(by: Actor | None) -> Actor | None:
    """Bind this transaction to `by` and return whoever was bound before. Nobody bound sees no sealed row."""
    before = _bound.get()
    if by is not before:  # an act within an act of the same person finds it bound
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('openmash.user', %s, true)", [str(by.ledger_id or "") if by else ""])
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
