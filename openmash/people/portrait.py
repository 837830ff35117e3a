"""One person as the hub knows them: all that was told, with its source, and what nobody has told us (M5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from openmash.audit.actors import Actor
from openmash.people.ethnicities import ETHNICITIES
from openmash.people.facts import COLUMNS, WORDS
from openmash.people.gaps import gaps
from openmash.people.homes import Household, Stay, households, stays
from openmash.people.identifiers import kind_name, show
from openmash.people.kept import kept_from
from openmash.people.matching.search import areas_known_to
from openmash.people.models import (
    SEXES,
    Amendment,
    Contact,
    Identifier,
    Judgement,
    Name,
    Person,
    Professional,
    Relationship,
    RiskFrom,
)
from openmash.people.named import NameLine, names_of, own_name
from openmash.people.risks import RiskLine, history_of_risks, risk_lines, risks_told
from openmash.people.ties import Amended, MarkerLine, Tie, history_of, markers_of, rows_with, ties_of
from openmash.people.whereabouts import TELLS_WHERE, WITHHELD, WITHHELD_SOURCE, Protection, protection

_SHOWN_AS_FACTS = ("language", "religion", "disability", "communication", "nationality", "self_description")


@dataclass(frozen=True)
class HeldName:
    name: str
    is_usual: bool
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class HeldNumber:
    """An identifier or a contact: its kind in words, as it is shown, and how it was verified."""

    kind: str
    value: str
    verified: str
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class Colleague:
    """A professional who works with the person (M72)."""

    agency: str
    role: str
    name: str
    contact: str
    since: date | None
    last_seen: date | None
    source: str


@dataclass(frozen=True)
class Said:
    """A judgement that stands: this record and another are, or are not, the same person."""

    judgement: int
    says: str
    record: int
    other: int
    other_name: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class PersonView:
    """Everything on the person page that this room knows. `records` are all records joined as this person."""

    lead: int
    version: int
    area: str
    name: str
    age: str
    sex: str
    born_on: date | None
    other_birth_dates: tuple[date, ...]
    is_birth_date_estimated: bool
    due_on: date | None
    died_on: date | None
    is_unborn: bool
    is_child: bool
    is_protected: bool
    facts: tuple[tuple[str, str], ...]
    names: tuple[HeldName, ...]
    numbers: tuple[HeldNumber, ...]
    contacts: tuple[HeldNumber, ...]
    stays: tuple[Stay, ...]
    households_now: tuple[Household, ...]
    households_before: tuple[Household, ...]
    ties: tuple[Tie, ...]
    markers: tuple[MarkerLine, ...]
    professionals: tuple[Colleague, ...]
    judgements: tuple[Said, ...]
    risks_from: tuple[RiskLine, ...]
    amendments: tuple[Amended, ...]
    gaps: tuple[str, ...]
    records: tuple[int, ...]

    @property
    def address(self) -> str:
        return next((stay.address for stay in self.stays if stay.is_now), "")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other name than the one the person is known by, each once."""
        return tuple(dict.fromkeys(held.name for held in self.names if held.name != self.name))


WITHHELD_COLLEAGUE = Colleague(WITHHELD, "", "", "", None, None, "")
"""Who works with somebody tells where they live."""


def without_values(contacts: Iterable[HeldNumber]) -> tuple[HeldNumber, ...]:
    """Each kind once, and neither number nor who told it."""
    kinds = {one.kind: one.recorded_at for one in contacts}
    return tuple(HeldNumber(kind, WITHHELD, "", "", at) for kind, at in kinds.items())


def person_view(number: int, *, by: Actor, today: date | None = None) -> PersonView:
    """The person whose record this is, with every record joined to it that `by` may know; 404 when there is none.

    The number of queries does not grow with the data.
    """
    now, areas = today or timezone.localdate(), areas_known_to(by)
    lead, records = _records(number, areas)
    mine = [record.pk for record in records]
    line = names_of([lead.pk], today=now)[lead.pk] if lead.lead_id is None else own_name(lead, today=now)
    guard = protection()
    homes = stays(mine, lead.pk, guard)
    kept, risks = kept_from(by), risks_told(mine, by=by)
    ties = ties_of(mine, lead.pk, areas, kept, now)
    now_with, before_with = households(homes, mine, ties, areas, kept, guard, now)
    numbers, colleagues = _numbers(mine), _colleagues(mine)
    is_protected = line.lead in guard.leads
    parents = [tie for tie in ties if tie.is_parent]
    is_child = _is_child(line, lead)
    view = PersonView(
        lead=line.lead,
        version=lead.version,
        area=lead.area.name,
        name=line.name,
        age=line.age,
        sex=SEXES.get(lead.sex, "Not known"),
        born_on=lead.born_on,
        other_birth_dates=tuple(sorted({one.born_on for one in records if one.born_on} - {lead.born_on})),
        is_birth_date_estimated=lead.is_birth_date_estimated,
        due_on=lead.due_on,
        died_on=lead.died_on,
        is_unborn=lead.is_unborn,
        is_child=is_child,
        is_protected=is_protected,
        facts=_facts(lead),
        names=_names(mine, line.name),
        numbers=numbers,
        contacts=without_values(_contacts(mine)) if is_protected else _contacts(mine),
        stays=homes,
        households_now=now_with,
        households_before=before_with,
        ties=ties,
        markers=markers_of(mine, guard),
        professionals=(WITHHELD_COLLEAGUE,) if is_protected and colleagues else colleagues,
        judgements=_judgements(mine, areas),
        risks_from=risk_lines(risks),
        amendments=_amendments(mine, rows_with(mine, areas, kept), risks, guard, is_protected=is_protected),
        gaps=gaps(lead, homes, {number.kind for number in numbers}, colleagues, parents, now, is_child=is_child),
        records=tuple(mine),
    )
    return _unsourced(view, guard)


def _unsourced(view: PersonView, guard: Protection) -> PersonView:
    """Who told something of somebody tells where they are: their school, their surgery, the refuge."""

    def hidden(line: Any) -> Any:
        return replace(line, source=WITHHELD_SOURCE)

    if not view.is_protected:
        ties, risks = (
            tuple(hidden(one) if one.lead in guard.leads else one for one in lines)
            for lines in (view.ties, view.risks_from)
        )
        return replace(view, ties=ties, risks_from=risks)
    return replace(
        view,
        names=tuple(map(hidden, view.names)),
        numbers=tuple(map(hidden, view.numbers)),
        stays=tuple(map(hidden, view.stays)),
        ties=tuple(map(hidden, view.ties)),
        risks_from=tuple(map(hidden, view.risks_from)),
        amendments=tuple(map(hidden, view.amendments)),
    )


def _records(number: int, areas: Iterable[int]) -> tuple[Person, list[Person]]:
    """The lead, or the first record that may be known when the lead may not, and all that may be known."""
    asked = Person.objects.filter(pk=number).values_list("pk", "lead_id").first()
    if asked is None:
        raise Http404
    lead = asked[1] or asked[0]
    found = Person.objects.filter(Q(pk=lead) | Q(lead=lead), area__in=areas).select_related("area").order_by("pk")
    records = list(found)
    if not records:
        raise Http404
    return records[0], records


def _is_child(line: NameLine, lead: Person) -> bool:
    return lead.is_unborn or (lead.born_on is not None and (not line.age.isdigit() or int(line.age) < 18))


def _facts(lead: Person) -> tuple[tuple[str, str], ...]:
    known = [(COLUMNS[column], getattr(lead, column)) for column in _SHOWN_AS_FACTS]
    interpreter = {True: "Yes", False: "No", None: ""}[lead.needs_interpreter]
    known.insert(0, (COLUMNS["ethnicity"], ETHNICITIES.get(lead.ethnicity, lead.ethnicity)))
    known.insert(2, (COLUMNS["needs_interpreter"], interpreter))
    return tuple((label, value) for label, value in known if value)


def _names(records: list[int], usual: str) -> tuple[HeldName, ...]:
    """Every name, the one they are known by first."""
    rows = Name.objects.filter(person__in=records).order_by("-is_usual", "-id")
    names = [HeldName(str(row), row.is_usual, row.source, row.recorded_at) for row in rows]
    return tuple(sorted(names, key=lambda held: held.name != usual))


def _numbers(records: list[int]) -> tuple[HeldNumber, ...]:
    rows = Identifier.objects.filter(person__in=records).order_by("id")
    shown = {
        (row.kind, row.value): HeldNumber(
            kind_name(row.kind), show(row.kind, row.value), row.verified, row.source, row.recorded_at
        )
        for row in rows
    }
    return tuple(shown.values())


def _contacts(records: list[int]) -> tuple[HeldNumber, ...]:
    safe = {True: "safe to use", False: "not safe to use", None: "not known whether it is safe to use"}
    rows = Contact.objects.filter(person__in=records, until=None).order_by("id")
    words = {"telephone": "Telephone", "email": "E-mail address"}
    shown = {
        (row.kind, row.value): HeldNumber(
            words.get(row.kind, row.kind),
            row.value,
            ": ".join(filter(None, [safe[row.is_safe], row.hours])),
            row.source,
            row.recorded_at,
        )
        for row in rows
    }
    return tuple(shown.values())


def _colleagues(records: list[int]) -> tuple[Colleague, ...]:
    rows = Professional.objects.filter(person__in=records, until=None).order_by("agency", "id")
    columns = ("agency", "role", "name", "contact", "since", "last_seen", "source")
    return tuple(dict.fromkeys(Colleague(*row) for row in rows.values_list(*columns)))


def _judgements(records: list[int], areas: Iterable[int]) -> tuple[Said, ...]:
    """What was said of these records and others that the reader may know, the latest first."""
    live = Judgement.objects.filter(undone_at=None, first__area__in=areas, second__area__in=areas)
    rows = list(live.filter(Q(first__in=records) | Q(second__in=records)).select_related("by").order_by("-at"))
    own_names = {row.person_id: str(row) for row in Name.objects.filter(
        person__in={number for row in rows for number in (row.first_id, row.second_id)}, is_usual=True
    ).order_by("id")}  # fmt: skip
    return tuple(_said(row, records, own_names) for row in rows)


def _said(row: Judgement, records: list[int], own_names: dict[int, str]) -> Said:
    record, other = (row.first_id, row.second_id) if row.first_id in records else (row.second_id, row.first_id)
    name = own_names.get(other, "a record without a name")
    return Said(row.pk, row.says, record, other, name, row.by.name, row.at, row.why)


def _amendments(
    records: list[int], ties: QuerySet[Relationship], risks: list[RiskFrom], guard: Protection, *, is_protected: bool
) -> tuple[Amended, ...]:
    """What was changed by hand, the latest first; ties and risks have their own history in their rows."""
    changed = ties.exclude(by=None, changed_by=None).select_related("by", "changed_by")
    rows = Amendment.objects.filter(person__in=records).select_related("by").order_by("-id")
    found = [*history_of(records, changed, guard), *history_of_risks(risks, guard)]
    for row in rows:
        told = (WITHHELD, WITHHELD) if is_protected and row.what in TELLS_WHERE else (row.before, row.after)
        found.append(Amended(WORDS.get(row.what, row.what), *told, row.source, row.by.name, row.at))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))
