"""The county's agencies send whom they know: each some of every family, as its own staff once spelt and dated them.

Made from the people of the county by a seed, in files of several formats, and loaded through the real loader.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from openmash.agencies.models import Area
from openmash.audit.actors import SETTING_UP
from openmash.county.history import CONVICTIONS, Happening, incidents
from openmash.county.hub import Hub
from openmash.county.misspelling import as_an_agency_has_it
from openmash.county.names import nhs_number
from openmash.enquiries.models import Party
from openmash.feeds.actions import agree
from openmash.feeds.folder import keep, make_drop
from openmash.feeds.loading import offer, read
from openmash.feeds.policies import LOADER
from openmash.people.models import Contact, Identifier, Name, Person, Residence

SEED = 2026
_NHS = "https://fhir.nhs.uk/Id/nhs-number"
_TEAMS = {
    "police": ("Neighbourhood policing", "Public protection", "Response"),
    "education": ("Attendance service", "Pupil support", "School safeguarding lead"),
    "housing": ("Tenancies north", "Tenancies south", "Homelessness"),
    "childrens-social-care": ("Assessment team", "Long-term team", "Children in care team", "Early help"),
}
_WORKERS = "P Stone;R Vance;M Iveson;C Dunbar;L Pryce;T Hallam;S Rook;G Amos".split(";")
_EVENTS = {
    "police": (
        "Officers were called to a disturbance. No offence disclosed.",
        "Stopped with others at night; words of advice.",
    ),
    "education": (
        "Attendance fell below 85 per cent; a letter was sent home.",
        "Moved to another school within the county.",
    ),
    "housing": ("Neighbours complained of noise at night.", "A repair to a broken door was asked for."),
}
_KINDS = {"police": "incident", "education": "attendance", "housing": "tenancy"}


@dataclass(frozen=True)
class Somebody:
    """One of the county as the hub's record has them. `is_child` as the enquiry gave them."""

    number: int
    given: str
    family: str
    sex: str
    born_on: date
    lines: str
    postcode: str
    telephone: str
    nhs: str
    is_child: bool

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.family}"


def load_feeds(hub: Hub) -> None:
    """Each agency sends everybody whom it knows in each area, then what happened. Sent again, it changes what changed."""
    for area in hub.areas.values():
        people = list(people_of(area))
        for key, knows, files in _AGENCIES:
            agency = hub.agencies[key]
            feed = agree(agency, by=SETTING_UP, area=area, sends_events=key in _EVENTS)
            make_drop(key, area.key)
            known = [one for one in people if knows(one, Random(f"{SEED}-{key}-{one.number}"))]
            for name, text in files(key, known):
                if not text:
                    continue
                kept = keep(io.BytesIO(text.encode()), name)
                read(offer(feed, kept, by=LOADER, is_full=True, may_withdraw_many=True))


def people_of(area: Area) -> Iterator[Somebody]:
    """Everybody with a name and a date of birth whom an enquiry of the area is about, each once."""
    leads = Person.objects.filter(area=area, lead=None, born_on__isnull=False).order_by("pk")
    rows = list(leads.values_list("pk", "sex", "born_on"))
    children = set(Party.objects.filter(enquiry__area=area, role="child").values_list("person", flat=True))
    names = dict(_pairs(Name.objects.filter(is_usual=True), area, "given", "family"))
    homes = dict(_pairs(Residence.objects.all(), area, "address__lines", "address__postcode"))
    numbers = dict(_pairs(Identifier.objects.filter(kind="nhs"), area, "value", "kind"))
    rung = dict(_pairs(Contact.objects.filter(kind="telephone"), area, "value", "kind"))
    for pk, sex, born_on in rows:
        given, family = names.get(pk, ("", ""))
        lines, postcode = homes.get(pk, ("", ""))
        if given and family:
            yield Somebody(
                pk, given, family, sex, born_on, lines, postcode, rung.get(pk, ("",))[0], numbers.get(pk, ("",))[0],
                pk in children,
            )  # fmt: skip


def _pairs(rows, area: Area, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:  # noqa: ANN001 - a query set
    """By person, in the order in which they were told: a dictionary keeps the last."""
    found = rows.filter(person__area=area).order_by("pk").values_list("person_id", *columns)
    yield from ((person, values) for person, *values in found)


def _age(one: Somebody) -> int:
    return (timezone.localdate() - one.born_on).days // 365


def _police(one: Somebody, draw: Random) -> bool:
    return _age(one) >= 12 and (draw.random() < 0.45 or one.full_name in _KNOWN_TO_POLICE)


def _health(_: Somebody, draw: Random) -> bool:
    return draw.random() < 0.9


def _education(one: Somebody, draw: Random) -> bool:
    return 3 <= _age(one) <= 17 and draw.random() < 0.95


def _housing(one: Somebody, draw: Random) -> bool:
    return _age(one) >= 18 and draw.random() < 0.4


def _social_care(one: Somebody, draw: Random) -> bool:
    return one.is_child and draw.random() < 0.35


def _files(key: str, known: list[Somebody]) -> Iterator[tuple[str, str]]:
    """Our own two files: whom the agency knows, and what happened."""
    rows = [_row(key, one, Random(f"{SEED}-{key}-row-{one.number}")) for one in known]
    yield f"{key}-people.csv", _comma_file(rows)
    events = [event for one in known for event in _events(key, one, Random(f"{SEED}-{key}-event-{one.number}"))]
    yield f"{key}-events.csv", _comma_file(events)


def _row(key: str, one: Somebody, draw: Random) -> dict[str, str]:
    told = as_an_agency_has_it(one, draw)
    since = timezone.localdate() - timedelta(days=draw.randrange(30, max(31, min(4000, _age(one) * 365))))
    return {
        "number": _number(key, one),
        "given": told.given,
        "family": told.family,
        "sex": one.sex,
        "born_on": told.born_on.isoformat(),
        "address": told.lines,
        "postcode": told.postcode,
        "telephone": one.telephone if draw.random() < 0.4 else "",
        "open": draw.choice(("yes", "no", "no")),
        "team": draw.choice(_TEAMS[key]),
        "worker": draw.choice(_WORKERS),
        "since": since.replace(month=1, day=1).isoformat(),
    }


def _events(key: str, one: Somebody, draw: Random) -> Iterator[dict[str, str]]:
    told = [happening for happening in _HISTORY if key == "police" and happening.who == one.full_name]
    for happening in told or _drawn(key, one, draw):
        yield {
            "number": _number(key, one),
            "happened_on": happening.on.isoformat(),
            "kind": happening.kind,
            "words": happening.words,
            "sensitivity": happening.sensitivity,
        }


def _drawn(key: str, one: Somebody, draw: Random) -> list[Happening]:
    days = [
        date(draw.randrange(2015, 2026), draw.randrange(1, 13), draw.randrange(1, 28))
        for _ in range(draw.choice((0, 0, 1, 2)))
    ]
    return [
        Happening(one.full_name, on, draw.choice(_EVENTS[key]), _KINDS[key])
        for on in days
        if one.born_on < on < timezone.localdate()
    ]


def _open_cases(key: str, known: list[Somebody]) -> Iterator[tuple[str, str]]:
    """The council's own list, with the statuses as its staff write them."""
    rows = []
    for one in known:
        draw = Random(f"{SEED}-{key}-row-{one.number}")
        row = _row(key, one, draw)
        row["case_status"] = draw.choice(
            ("CIN", "CPP", "LAC", "Early Help", "Open assessment", "Closed case", "Closed case")
        )
        rows.append({name: value for name, value in row.items() if name not in ("open", "telephone")})
    yield "open-cases.csv", _comma_file(rows)


def _bundle(key: str, known: list[Somebody]) -> Iterator[tuple[str, str]]:
    """Health's demographics, as the NHS writes them. Whoever has no number on the hub's record has one here."""
    entries = []
    for one in known:
        draw = Random(f"{SEED}-{key}-{one.number}-patient")
        told, number = as_an_agency_has_it(one, draw), one.nhs or nhs_number(draw)
        entries.append(
            {
                "resourceType": "Patient",
                "id": number,
                "identifier": [{"system": _NHS, "value": number}],
                "meta": {"security": [{"code": "R" if draw.random() < 0.01 else "U"}]},
                "name": [{"use": "usual", "given": [told.given], "family": told.family}],
                "gender": {"F": "female", "M": "male"}.get(one.sex, "unknown"),
                "birthDate": told.born_on.isoformat(),
                "address": [{"use": "home", "line": [told.lines], "postalCode": told.postcode}],
                "generalPractitioner": [{"identifier": {"value": f"Y{draw.randrange(10_000, 10_020)}"}}],
            }
        )
    yield (
        "patients.json",
        json.dumps(
            {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": entry} for entry in entries]}
        ),
    )


def _number(key: str, one: Somebody) -> str:
    return f"{key[:2].upper()}{one.number:06}"


def _comma_file(rows: Iterable[dict[str, str]]) -> str:
    listed = list(rows)
    out = io.StringIO()
    if listed:
        writer = csv.DictWriter(out, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return out.getvalue()


Knows = Callable[[Somebody, Random], bool]
Files = Callable[[str, list[Somebody]], Iterator[tuple[str, str]]]
_AGENCIES: tuple[tuple[str, Knows, Files], ...] = (
    ("police", _police, _files),
    ("health", _health, _bundle),
    ("education", _education, _files),
    ("housing", _housing, _files),
    ("childrens-social-care", _social_care, _open_cases),
)
_HISTORY = (*CONVICTIONS, *incidents(timezone.localdate().year))
_KNOWN_TO_POLICE = frozenset(happening.who for happening in _HISTORY)
