"""Who knows this person: which agencies, since when, open or closed, whom to ask. Never who they are there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from openmash.agencies.models import Agency, User
from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.feeds.codes import status_says
from openmash.people.matching.links import records_of
from openmash.people.whereabouts import WITHHELD, protection

SOCIAL_CARE = "childrens_social_care"  # the agency's form on the shelf of returns


@dataclass(frozen=True)
class Known:
    """An agency knows somebody. `is_open` is none when the agency does not say."""

    agency: str
    agency_key: str
    is_open: bool | None
    status: str
    team: str
    worker: str
    since: date | None
    until: date | None
    died_on: date | None = None
    is_deceased: bool = False

    @property
    def says(self) -> str:
        """As words: "Open", "Closed", or "Known"."""
        return "Known" if self.is_open is None else "Open" if self.is_open else "Closed"


def known_to(leads: Iterable[int], *, by: Actor) -> dict[int, tuple[Known, ...]]:
    """By lead: the agencies that know them, open ones first, as far as `by` may know. Six queries at most.

    Of somebody whose whereabouts are protected, not the team and the worker: they tell where.
    """
    protected, linked = protection().leads, records_of(leads)
    by_record = known_by_record({record for records in linked.values() for record in records}, by=by)
    found = {lead: _in_order(by_record[one] for one in records if one in by_record) for lead, records in linked.items()}
    shown = {lead: tuple(map(guarded, lines)) if lead in protected else lines for lead, lines in found.items()}
    return {lead: lines for lead, lines in shown.items() if lines}


def known_openly(lead: int, *, by: Actor) -> tuple[Known, ...]:
    """The agencies that know somebody, with team and worker even of one who is protected: the ledger has it already."""
    return _in_order(known_by_record(records_of([lead]).get(lead, ()), by=by).values())


def guarded(one: Known) -> Known:
    return replace(one, team=WITHHELD, worker="") if one.team or one.worker else one


def known_by_record(records: Iterable[int], *, by: Actor) -> dict[int, Known]:
    """By record of the index: what its agency says of how it knows them."""
    wanted = sorted(records)
    if not wanted or not isinstance(by, User):
        return {}
    with asked_by(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT record, agency_id, is_open, status, team, worker, since, until, died_on, is_deceased"
            " FROM openmash_known(%s)",
            [wanted],
        )
        rows = cursor.fetchall()
    agencies = Agency.objects.in_bulk({row[1] for row in rows})
    found: dict[int, Known] = {}
    for record, agency, is_open, status, *more in rows:
        said = agencies[agency]
        one = Known(said.name, said.key, is_open, status_says(status), *more)
        found[record] = _both(found[record], one) if record in found else one
    return found


@dataclass(frozen=True)
class OpenCase:
    """Somebody is open to children's social care. No team and no worker of whom nobody may learn where they are."""

    team: str
    worker: str


def open_cases(records: Iterable[int], *, by: Actor) -> dict[int, OpenCase]:
    """Of these records of the index those that their council has open, as far as `by` may know (M89). One query."""
    wanted = sorted(set(records))
    if not wanted or not isinstance(by, User):
        return {}
    with asked_by(by), connection.cursor() as cursor:
        cursor.execute("SELECT record, team, worker FROM openmash_open_cases(%s)", [wanted])
        return {record: OpenCase(team, worker) for record, team, worker in cursor.fetchall()}


def social_care() -> frozenset[int]:
    """The agencies whose records say who is open to children's social care."""
    return frozenset(Agency.objects.filter(return_key=SOCIAL_CARE).values_list("pk", flat=True))


def _both(first: Known, second: Known) -> Known:
    """What two formats of one agency say of one person: what the first does not say, the second may."""
    return Known(
        first.agency,
        first.agency_key,
        second.is_open if first.is_open is None else first.is_open,
        first.status or second.status,
        first.team or second.team,
        first.worker or second.worker,
        first.since or second.since,
        first.until,
        first.died_on or second.died_on,
        first.is_deceased or second.is_deceased,
    )


def _in_order(lines: Iterable[Known]) -> tuple[Known, ...]:
    order = {True: 0, None: 1, False: 2}
    return tuple(sorted(set(lines), key=lambda line: (order[line.is_open], line.agency, line.since or date.max)))
