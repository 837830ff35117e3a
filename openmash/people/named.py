"""Names by number, cheaply: what every list of the house shows of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from openmash.people.ages import age
from openmash.people.models import Name, Person

NO_NAME = "Name not known"


@dataclass(frozen=True)
class NameLine:
    """The name that the hub knows somebody by. `person` is the record asked for, `lead` the one it was joined to."""

    person: int
    lead: int
    name: str
    born_on: date | None
    due_on: date | None
    sex: str
    age: str
    is_unborn: bool


def own_name(record: Person, *, today: date) -> NameLine:
    """A record by its own name, for a reader who may not know the lead that it was joined to."""
    usual = record.names.filter(is_usual=True).order_by("-id").values("given", "family").first()
    years = age(record.born_on, record.due_on, today, is_estimated=record.is_birth_date_estimated)
    name = full_name(usual, record.due_on)
    return NameLine(record.pk, record.pk, name, record.born_on, record.due_on, record.sex, years, record.is_unborn)


def names_of(records: Iterable[int], *, today: date | None = None) -> dict[int, NameLine]:
    """The name, age and lead of each of these records, in one query. A number without a record is left out.

    Names are not checked against the reader: ask for people of something that the reader may see.
    """
    now = today or timezone.localdate()
    wanted = set(records)
    if not wanted:
        return {}
    # Not COALESCE, which PostgreSQL takes for one that could tell what it sees: behind a wall it would read every name.
    lead = Case(When(lead=None, then="pk"), default="lead_id")
    usual = Name.objects.filter(person_id=OuterRef("the_lead"), is_usual=True)
    own = Name.objects.filter(person_id=OuterRef("pk"), is_usual=True)
    columns = {column: _of_lead(column) for column in ("born_on", "due_on", "sex", "is_birth_date_estimated")}
    rows = (
        Person.objects.filter(pk__in=wanted)
        .annotate(the_lead=lead)
        .annotate(name_now=Coalesce(_latest(usual), _latest(own)))
        .annotate(**{f"the_{column}": value for column, value in columns.items()})
        .values_list("pk", "the_lead", "name_now", *(f"the_{column}" for column in columns))
    )
    lines = (
        NameLine(pk, its, full_name(name, due), born, due, sex, age(born, due, now, is_estimated=about),
                 is_unborn=born is None and due is not None)
        for pk, its, name, born, due, sex, about in rows
    )  # fmt: skip
    return {line.person: line for line in lines}


def leads_of(records: Iterable[int]) -> dict[int, int]:
    """The lead of each of these records: its own number when it is not joined to another."""
    rows = Person.objects.filter(pk__in=set(records))
    return dict(rows.annotate(the_lead=Coalesce("lead_id", "pk")).values_list("pk", "the_lead"))


def records_of(leads: Iterable[int]) -> dict[int, frozenset[int]]:
    """All records of each of these leads, itself included: what other rooms' rows may point at."""
    wanted = set(leads)
    found: dict[int, set[int]] = {lead: set() for lead in wanted}
    rows = Person.objects.filter(Q(pk__in=wanted) | Q(lead__in=wanted)).annotate(the_lead=Coalesce("lead_id", "pk"))
    for record, lead in rows.values_list("pk", "the_lead"):
        found.setdefault(lead, set()).add(record)
    return {lead: frozenset(records) for lead, records in found.items()}


def full_name(name: dict[str, str] | None, due_on: date | None = None) -> str:
    """ "Mia Bell"; "Unborn baby Bell"; "Name not known"."""
    given, family = (name or {}).get("given", ""), (name or {}).get("family", "")
    if not given and due_on:
        return f"Unborn baby {family}".strip()
    return f"{given} {family}".strip() or NO_NAME


def _of_lead(column: str) -> Case:
    return Case(When(lead=None, then=F(column)), default=F(f"lead__{column}"))


def _latest(names: QuerySet[Name]) -> Subquery:
    return Subquery(names.order_by("-id").values(both=JSONObject(given="given", family="family"))[:1])
