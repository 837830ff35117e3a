"""Everything that is held about a person, thing by thing, in words, with what has to be looked at first.

What is held is what the models call personal, special or sealed (`class Privacy`) in every row that hangs on an enquiry
about them, or on them: a later room's table is here too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.dateparse import parse_date, parse_datetime

from openmash.agencies.models import Agency
from openmash.design.moments import day, local, moment
from openmash.enquiries.models import Enquiry
from openmash.people.models import Address, Person
from openmash.people.queries import names_of
from openmash.records.asked import SubjectRequest
from openmash.records.pointing import Around, around, points

_TITLES = {
    "adults_careactrecord": "The Care Act test",
    "decisions_continuation": "Why research went on",
    "decisions_decision": "What was decided",
    "decisions_feedback": "What the referrer was told",
    "decisions_notknown": "What was not known",
    "decisions_outcome": "An outcome",
    "disclosure_norelease": "A decision not to share",
    "disclosure_release": "What was released",
    "disclosure_releaseitem": "How an item was released",
    "enquiries_enquiry": "The enquiry as it came",
    "enquiries_party": "The person in the enquiry",
    "enquiries_referrer": "Who made the enquiry",
    "enquiries_step": "A step of the enquiry",
    "gathering_request": "What an agency was asked",
    "gathering_systemcheck": "A system that an agency looked in",
    "intelligence_item": "What an agency said",
    "people_person": "The person",
    "triage_basis": "The basis for asking",
    "triage_screening": "What was considered at screening",
}
_DATES = ("happened_on", "signed_at", "asked_at", "deposited_at", "received_at", "at", "since", "recorded_at")
_SHOWN_LINKS = (Agency, Person, Address)


@dataclass(frozen=True)
class Held:
    """One row, as the database gave it to whoever answers a request."""

    table: str
    number: int
    enquiry: int | None
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """One thing held. `points` is what somebody has to see before it is given; `digest` is of all that it says."""

    key: str
    enquiry: int | None
    reference: str
    title: str
    source: str
    on: date | None
    text: str
    points: tuple[str, ...]
    is_locked: bool = False

    @property
    def digest(self) -> str:
        return sha256(f"{self.title}\n{self.source}\n{self.text}".encode()).hexdigest()


def things_held(request: SubjectRequest) -> tuple[Thing, ...]:
    """Everything held about the person of a request, by enquiry and date. Nobody unbound is shown any."""
    rows = _rows(request)
    near = around(request.person_id, {row.enquiry for row in rows if row.enquiry})
    said = _Said(rows, request.area.hub_name)
    found = (_thing(row, said, near) for row in rows)
    return tuple(sorted(filter(None, found), key=lambda one: (one.reference, one.on or date.min, one.key)))


def _rows(request: SubjectRequest) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, id, enquiry, said::text FROM openmash_held_about(%s)", [request.pk])
        rows = {(table, number): (enquiry, said) for table, number, enquiry, said in cursor.fetchall()}
    return [Held(table, number, enquiry, json.loads(said)) for (table, number), (enquiry, said) in rows.items()]


class _Said:
    """The names of what rows point at, read once for all of them."""

    def __init__(self, rows: list[Held], hub: str) -> None:
        self.hub = hub
        wanted: dict[type[models.Model], set[int]] = {model: set() for model in _SHOWN_LINKS}
        for row in rows:
            for link in _links(row.table):
                wanted[link.related_model].add(row.said.get(link.column) or 0)  # type: ignore[index]
        people = {number: line.name for number, line in names_of(wanted[Person]).items()}
        others = {
            model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=wanted[model])}
            for model in (Agency, Address)
        }
        self.names = {Person: people, **others}
        self.references = dict(
            Enquiry.objects.filter(pk__in={row.enquiry for row in rows}).values_list("pk", "reference")
        )

    def of(self, row: Held, link: models.Field) -> str:
        return self.names[link.related_model].get(row.said.get(link.column) or 0, "")  # type: ignore[index]


def _thing(row: Held, said: _Said, near: Around) -> Thing | None:
    lines = list(_lines(row, said))
    if not lines:
        return None
    text = "\n".join(lines)
    agency = next((said.of(row, link) for link in _links(row.table) if link.related_model is Agency), "")
    return Thing(
        key=f"{row.table}-{row.number}",
        enquiry=row.enquiry,
        reference=said.references.get(row.enquiry or 0, ""),
        title=_TITLES.get(row.table, str(_model(row.table)._meta.verbose_name).capitalize()),
        source=agency or said.hub,
        on=_first_date(row.said),
        text=text,
        points=points(row.table, row.said, text, near),
        is_locked=row.said.get("sensitivity") == "L",
    )


def _lines(row: Held, said: _Said) -> Iterator[str]:
    """Each field that says something of somebody, with its label."""
    for one in _fields(row.table):
        if words := _words(one, row.said.get(one.column or "")):
            yield f"{str(one.verbose_name).capitalize()}: {words}"
    for link in _links(row.table):
        if link.related_model is not Agency and row.table != "people_person" and (name := said.of(row, link)):
            yield f"{str(link.verbose_name).capitalize()}: {name}"
    if source := row.said.get("source"):  # it may name somebody: among the words, where it can be left out
        yield f"Said by: {source}"
    if row.said.get("sensitivity") == "L":
        yield "Locked by its agency: its words are not shown here. Ask its lead"


@cache
def _model(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


@cache
def _fields(table: str) -> tuple[models.Field, ...]:
    model = _model(table)
    privacy = model.Privacy  # type: ignore[attr-defined]
    said = {name for kind in ("personal", "special", "sealed") for name in getattr(privacy, kind, ())}
    kept = (one for one in model._meta.local_fields if one.name in said and not one.is_relation)
    return tuple(one for one in kept if one.name not in ("keys", "named", "hands"))


@cache
def _links(table: str) -> tuple[models.Field, ...]:
    return tuple(one for one in _model(table)._meta.local_fields if one.related_model in _SHOWN_LINKS)


def _words(one: models.Field, value: Any) -> str:
    """A value in words; numbers of people and of users, which say nothing to a reader, are left out."""
    if value in (None, "", [], {}) or isinstance(one, models.BinaryField):
        return (
            "A file: look at it before anything of it is given" if value and isinstance(one, models.BinaryField) else ""
        )
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(one, models.DateTimeField):
        return moment(parse_datetime(value))
    if isinstance(one, models.DateField):
        return day(parse_date(value))
    if isinstance(value, list):
        return ", ".join(str(part).replace("_", " ") for part in value if not isinstance(part, int))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("_", " ") if isinstance(one, models.SlugField) else str(value)


def _first_date(said: Mapping[str, Any]) -> date | None:
    for name in _DATES:
        if value := said.get(name):
            at = parse_datetime(value)
            return local(at).date() if at and len(value) > 10 else parse_date(value[:10])
    return None
