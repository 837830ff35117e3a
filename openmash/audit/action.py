"""`@action` and `@reading`: how anything is done in this house.

An act takes its row under lock, asks the policy *of the locked row*, runs, and writes its line on the ledger, all in
one transaction. A refusal is written too, on a connection of its own, since the refused transaction rolls back.
A verb without a policy or an event cannot be written.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.http import Http404
from django.utils import timezone

from openmash.audit.actors import Actor
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.kit.verdict import Verdict

Policy = Callable[..., Verdict]
Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """The policy said no. `verdict` carries every reason."""

    def __init__(self, event: str, verdict: Verdict) -> None:
        super().__init__(verdict.why)
        self.event, self.verdict, self.recorded = event, verdict, False


class Stale(Exception):
    """Somebody changed the row after this form was opened. `thing` is the row as it now is."""

    def __init__(self, thing: models.Model, seen: int) -> None:
        super().__init__("Someone changed this while you were typing.")
        self.thing, self.seen = thing, seen


class Recorded404(Http404):
    """A page that is not there, or not for whoever asked: the same to them; and on the ledger already."""


@dataclass(frozen=True)
class Deed:
    """One verb of the house, for the generated reference and the house tests."""

    name: str
    event: str
    policy: str
    is_reading: bool
    says: str


DEEDS: dict[str, Deed] = {}
NOT_FOUND = "page.not-found"


def action(*, may: Policy, event: str, keeps: tuple[str, ...] = (), lock: bool = True) -> Callable[..., Any]:
    """Make a function the verb `function(thing, ..., by=, now=, seen=)`.

    `may(by, thing)` is asked of the locked row. `keeps` names the keyword arguments whose values the ledger keeps
    (codes, never words of a case). `lock=False` is for acts that only add, such as an enquiry to an area.
    `seen=` is the `version` that a form was opened with; when the row has moved on since, `Stale` is raised.
    """
    return _deed(may=may, event=event, keeps=keeps, lock=lock, is_reading=False)


def reading(*, may: Policy, event: str, keeps: tuple[str, ...] = ()) -> Callable[..., Any]:
    """The same for a look: the line is committed before the caller has anything to show."""
    return _deed(may=may, event=event, keeps=keeps, lock=False, is_reading=True)


def _deed(*, may: Policy, event: str, keeps: tuple[str, ...], lock: bool, is_reading: bool) -> Callable[..., Any]:
    def decorate(body: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{body.__module__}.{body.__name__}"
        DEEDS[name] = Deed(name, event, f"{may.__module__}.{may.__name__}", is_reading, (body.__doc__ or "").strip())

        @functools.wraps(body)
        def act(
            thing: Any, *args: Any, by: Actor, now: datetime | None = None, seen: int | None = None, **given: Any
        ) -> Any:
            moment = now or timezone.now()
            with _refusals_recorded(by, moment, thing), transaction.atomic(), bound_to(by):
                row: Any = _locked(thing) if lock else thing
                if seen is not None and seen != row.version:
                    raise Stale(row, seen)
                verdict = may(by, row)
                if not verdict:
                    raise Refused(event, verdict)
                result = body(row, *args, by=by, now=moment, **given)
                kept = {key: given[key] for key in keeps if key in given}
                about = result if isinstance(result, models.Model) or hasattr(result, "ledger_people") else row
                _write(event, by, moment, about, kept=kept)
                return result

        return act

    return decorate


def known_to(by: Actor, row: Row | None, may: Callable[[Actor, Row], Verdict], *, event: str) -> Row:
    """The row, if `by` may know of it. Otherwise 404, as if there were none; that it was asked for is on the ledger."""
    if row is None:
        raise Http404
    verdict = may(by, row)
    if not verdict:
        _write(event, by, timezone.now(), row, using="ledger", reasons=verdict.why)
        raise Recorded404
    return row


def turned_away(by: Actor, reasons: str) -> Http404:
    """To be raised: a page that is not for `by` looks like none, and that it was asked for is on the ledger."""
    _write("page.opened", by, timezone.now(), None, using="ledger", reasons=reasons)
    return Recorded404()


def not_found(by: Actor, path: str) -> Http404:
    """To be raised: what was asked for is not there. Whoever tries many addresses is seen by it (security 4.1)."""
    _write(NOT_FOUND, by, timezone.now(), None, using="ledger", reasons=f"There is nothing at {path[:200]}.")
    return Recorded404()


def stopped(by: Actor, thing: models.Model, reasons: str, *, event: str) -> None:
    """What was typed goes nowhere, and the form comes back: that it was tried is on the ledger."""
    _write(event, by, timezone.now(), thing, using="ledger", reasons=reasons)


def _locked(thing: models.Model) -> models.Model:
    """Under a lock that leaves foreign keys to the row alone: whoever commits checks theirs with the chain in hand.

    What the database keeps from whoever acts is not there, however they came by the row.
    """
    row = thing.__class__._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=thing.pk).first()
    if row is None:
        raise Http404
    return row


@contextmanager
def _refusals_recorded(by: Actor, now: datetime, thing: Any) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        if not refused.recorded:
            _write(refused.event, by, now, thing, using="ledger", reasons=refused.verdict.why)
            refused.recorded = True
        raise


def _write(
    event: str,
    by: Actor,
    now: datetime,
    thing: Any,
    *,
    kept: dict[str, Any] | None = None,
    reasons: str = "",
    using: str = "default",
) -> None:
    is_row = isinstance(thing, models.Model)
    LedgerEvent.objects.using(using).create(
        at=now,
        event=event,
        outcome=LedgerEvent.REFUSED if reasons else LedgerEvent.ALLOWED,
        actor=by.ledger_id,
        actor_name=by.ledger_name,
        agency=by.ledger_agency,
        thing=thing._meta.label_lower if is_row else "",
        thing_number=thing.pk if is_row else None,
        enquiry=getattr(thing, "ledger_enquiry", None),
        people=list(getattr(thing, "ledger_people", ())),
        reasons=reasons,
        kept=kept or {},
    )
