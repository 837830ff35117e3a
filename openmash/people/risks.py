"""Who is at risk from whom: said of the one at risk, kept from the other's side, and asked before anything is sent.

The hub itself asks past the wall, and what it finds names nobody. Whoever reads is shown what the wall lets through.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from openmash.agencies.models import User
from openmash.audit.action import Refused, Stale, action, known_to
from openmash.audit.actors import Actor, System
from openmash.audit.binding import asked_by
from openmash.kit.verdict import need
from openmash.people.kept import kept_from
from openmash.people.models import Person, RiskFrom
from openmash.people.named import leads_of, names_of
from openmash.people.pairs import records_with, wait_for_other_judges
from openmash.people.policies import may_know_risk, may_match, may_tie
from openmash.people.ties import Amended, changes_of
from openmash.people.whereabouts import Protection

WHAT = "At risk from somebody"
LOOKOUT = System("Who looks before anything is sent")


@dataclass(frozen=True)
class RiskLine:
    """Read "<the person> is at risk from <name>, because". `lead` is whom the risk comes from."""

    number: int
    lead: int
    name: str
    because: str
    since: date | None
    until: date | None
    source: str
    by: str
    version: int

    @property
    def is_live(self) -> bool:
        return self.until is None


@action(may=may_tie, event="risk.said", lock=False)
def say_risk(
    person: Person, *, by: User, now: datetime, whom: Person, because: str, source: str, since: date | None = None
) -> RiskFrom:
    """`person` is at risk from `whom`: from now on nothing that is for them is sent where the other would find it."""
    wait_for_other_judges()
    verdict = (
        may_match(by, whom)
        & need(whom.pk not in kept_from(by), "There is no such person.")
        & need(person.lead_id_or_own != whom.lead_id_or_own, "Choose somebody else: these records are one person.")
        & need(bool(because.strip()), "Enter why.")
        & need(bool(source.strip()), "Enter who says so.")
        & need(not _told(person, whom).filter(until=None).exists(), "The record says this already.")
    )
    if not verdict:
        raise Refused("risk.said", verdict)
    return RiskFrom.objects.create(
        person=person, whom=whom, because=because.strip(), source=source.strip(), since=since, by=by, recorded_at=now
    )


@action(may=may_know_risk, event="risk.ended", keeps=("is_mistaken",), lock=False)
def end_risk(
    risk: RiskFrom,
    *,
    by: User,
    now: datetime,
    because: str,
    until: date | None = None,
    is_mistaken: bool = False,
    version: int | None = None,
) -> RiskFrom:
    """There is no such risk since that day, or there never was. When it has changed since `version`, `Stale`."""
    wait_for_other_judges()
    risk.refresh_from_db()
    if risk.is_mistaken or version not in (None, risk.version):
        raise Stale(risk, version or 0)
    verdict = (
        need(bool(because.strip()), "Enter who says so, and why.")
        & need(is_mistaken or until is not None, "Enter the day on which it ended.")
        & need(is_mistaken or risk.until is None, "It has ended already.")
        & need(until is None or not risk.since or until >= risk.since, "It cannot have ended before it began.")
    )
    if not verdict:
        raise Refused("risk.ended", verdict)
    rows = _told(risk.person, risk.whom)
    told = {"changed_by": by, "changed_at": now, "changed_because": because.strip(), "version": F("version") + 1}
    if is_mistaken:
        rows.update(is_mistaken=True, **told)
    else:
        rows.filter(until=None).update(until=until, **told)
    risk.refresh_from_db()
    return risk


def load_risk(number: int, *, by: Actor) -> RiskFrom:
    """One that `by` may know; otherwise 404. One that never was is none any more."""
    with asked_by(by):
        row = RiskFrom.objects.filter(pk=number, is_mistaken=False).select_related("person", "whom").first()
    return known_to(by, row, may_know_risk, event="risk.looked-up")


def risks_told(records: Iterable[int], *, by: Actor) -> list[RiskFrom]:
    """From whom this person is at risk, as the wall shows it to `by`, mistakes included. Never what others risk from
    them."""
    with asked_by(by):
        rows = RiskFrom.objects.filter(person__in=records).select_related("by", "changed_by")
        return list(rows.order_by("-recorded_at", "-id"))


def risk_lines(rows: Iterable[RiskFrom]) -> tuple[RiskLine, ...]:
    """What stands, what ended last."""
    some = [row for row in rows if not row.is_mistaken]
    names = names_of(row.whom_id for row in some)
    lines = (
        RiskLine(
            row.pk, names[row.whom_id].lead, names[row.whom_id].name, row.because, row.since, row.until, row.source,
            row.by.name if row.by else "", row.version,
        )
        for row in some
    )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: not line.is_live))


def history_of_risks(rows: Iterable[RiskFrom], guard: Protection) -> Iterator[Amended]:
    """What was said, ended or taken back, each in a line."""
    some = list(rows)
    names = names_of(row.whom_id for row in some)
    for row in some:
        words, is_hidden = f"{names[row.whom_id].name}: {row.because}", names[row.whom_id].lead in guard.leads
        yield from changes_of(row, WHAT, words, is_hidden=is_hidden)


def dangers_to(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """By lead of each of these people who is at risk now: the leads from whom. For the hub's own look: show nobody."""
    leads = frozenset(leads_of(people).values())
    if not leads:
        return {}
    with looking_out():
        live = RiskFrom.objects.filter(Q(person__in=leads) | Q(person__lead__in=leads), until=None, is_mistaken=False)
        pairs = list(live.values_list("person", "whom"))
    lead_of = leads_of(number for pair in pairs for number in pair)
    found: dict[int, set[int]] = {}
    for person, whom in pairs:
        found.setdefault(lead_of[person], set()).add(lead_of[whom])
    return {lead: frozenset(whom - {lead}) for lead, whom in found.items()}


def near_by_risk(people: Iterable[int]) -> frozenset[int]:
    """Whoever is a danger to one of these people, and whoever is at risk from one of them: named in no text of theirs
    without a reason."""
    records = records_with(leads_of(people).values())
    with looking_out():
        rows = RiskFrom.objects.filter(Q(person__in=records) | Q(whom__in=records), is_mistaken=False)
        return frozenset(number for pair in rows.values_list("person", "whom") for number in pair)


@contextmanager
def looking_out() -> Iterator[None]:
    """Within it the hub itself looks, past what is kept from whoever is at work."""
    with asked_by(LOOKOUT):
        yield


def _told(person: Person, whom: Person) -> QuerySet[RiskFrom]:
    """Every row that says it, whichever records of the two it was said of."""
    ours, theirs = records_with([person.lead_id_or_own]), records_with([whom.lead_id_or_own])
    return RiskFrom.objects.filter(person__in=ours, whom__in=theirs, is_mistaken=False)
