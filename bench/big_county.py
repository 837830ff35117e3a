"""A county as large as is asked for, written straight into the tables: for measuring, never for showing.

`python -m bench.big_county 100000` makes that many enquiries, three people and ten sealed items each, in the database
of `OPENMASH_OWNER_URL`, which must be empty and migrated. Connects as the owner.
"""

import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any

import django

django.setup()

import psycopg
from django.db import transaction

from bench.copying import ITEMS, NOW, copy, multiply
from openmash.county.families import CONCERNS, Family, make_family
from openmash.county.hub import found_hub, load_hub
from openmash.enquiries.workflow import CLOSED, DESKS, OPEN
from openmash.people.addresses import address_key
from openmash.people.matching.described import Described, described
from openmash.people.matching.index import put_people
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.models import Person
from openmash.settings import OWNER_URL

OPEN_NOW, POOL = 600, 20_000
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class County:
    """The rows of every table for so many enquiries, each drawn again from its number."""

    def __init__(self, size: int) -> None:
        self.size, self.hub = size, load_hub()
        draw = Random(7)
        areas = list(self.hub.areas)
        self.pool: list[Family] = [make_family(n, areas[n % 2], NOW.date(), draw) for n in range(POOL)]
        self.keys = [[keys_of(described(member.person)) for member in family.members] for family in self.pool]
        self.agencies = [self.hub.agencies[key].pk for key in ("police", "health", "education", "housing")]
        self.depositors = [self.hub.staff[name].pk for name in ("lewis", "mary", "femi", "tina")]

    def family(self, number: int) -> Family:
        return self.pool[number % POOL]

    def people(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            family = self.family(n)
            for place in range(3):
                member = family.members[place % len(family.members)]
                yield {
                    "id": n * 3 + place + 1,
                    "area_id": self.hub.areas[family.area].pk,
                    "lead_id": None,
                    "sex": member.person.sex,
                    "born_on": member.person.born_on,
                    "due_on": member.person.due_on,
                    "keys": self.keys[n % POOL][place % len(family.members)],
                    "keys_version": KEYS_VERSION,
                    "recorded_at": NOW,
                }

    def names(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            family = self.family(n)
            for place in range(3):
                person = family.members[place % len(family.members)].person
                yield {"id": n * 3 + place + 1, "person_id": n * 3 + place + 1, "given": person.given,
                       "family": person.family, "is_usual": True, "source": "bench"}  # fmt: skip

    def addresses(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            person = self.family(n).members[0].person
            yield {"id": n + 1, "lines": person.address_lines, "postcode": person.postcode,
                   "key": address_key(person.address_lines, person.postcode)}  # fmt: skip

    def residences(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            for place in range(3):
                yield {"id": n * 3 + place + 1, "person_id": n * 3 + place + 1, "address_id": n + 1, "source": "bench"}

    def enquiries(self) -> Iterator[dict[str, Any]]:
        draw = Random(8)
        for n in range(self.size):
            is_open = n >= self.size - OPEN_NOW
            status = draw.choice(OPEN) if is_open else CLOSED
            received = NOW - timedelta(minutes=(self.size - n) * 3)
            due = received + timedelta(days=1)
            yield {
                "id": n + 1,
                "reference": self._reference(n),
                "area_id": self.hub.areas[self.family(n).area].pk,
                "kind": "child",
                "channel": "telephone",
                "source_code": "6",
                "received_at": received,
                "received_key": f"bench-{n}",
                "status": status,
                "rating": draw.choice(("red", "amber", "green")),
                "desk": DESKS[status],
                "clock": "research" if is_open else "",
                "due_at": due if is_open else None,
                "triage_due_at": due,
                "statutory_due_at": due,
                "research_due_at": due,
                "decided_at": due if status == "decided" else None,
                "worry": "Made for measuring.",
                "concerns": [CONCERNS[n % len(CONCERNS)][0]],
            }

    def _reference(self, n: int) -> str:
        marks, left = "", n * 7919 + 104729
        for _ in range(8):
            left, place = divmod(left, len(_LETTERS))
            marks += _LETTERS[place]
        return f"WV-{marks[:4]}-{marks[4:]}"

    def referrers(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            yield {"id": n + 1, "enquiry_id": n + 1, "kind": "professional", "organisation": "Police"}

    def parties(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            for place in range(3):
                role = "child" if place == 0 else "adult"
                yield {"id": n * 3 + place + 1, "enquiry_id": n + 1, "person_id": n * 3 + place + 1, "role": role,
                       "order": place, "is_matched": True}  # fmt: skip

    def steps(self) -> Iterator[dict[str, Any]]:
        for n in range(self.size):
            yield {
                "id": n + 1,
                "enquiry_id": n + 1,
                "what": "received",
                "says": "Received",
                "by_name": "bench",
                "version": 1,
            }

    def items(self) -> Iterator[dict[str, Any]]:
        draw = Random(9)
        for n in range(self.size):
            for place in range(ITEMS):
                which = place % len(self.agencies)
                yield {
                    "id": n * ITEMS + place + 1,
                    "enquiry_id": n + 1,
                    "area_id": self.hub.areas[self.family(n).area].pk,
                    "agency_id": self.agencies[which],
                    "answer": uuid.UUID(int=n * 4 + which),
                    "kind": ("incident", "contact", "attendance", "tenancy")[which],
                    "words": "Officers were called to the home by a neighbour who heard shouting. Made for measuring.",
                    "happened_on": (NOW - timedelta(days=draw.randrange(4000))).date(),
                    "nature": "fact",
                    "dependable": "1",
                    "known_how": "A",
                    "handling": "P",
                    "sensitivity": "G",
                    "deposited_by_id": self.depositors[which],
                    "deposited_at": NOW,
                }

    def about(self) -> Iterator[dict[str, Any]]:
        for number in range(self.size * ITEMS):
            yield {"id": number + 1, "item_id": number + 1, "person_id": number // ITEMS * 3 + 1}

    def _gathering(self) -> Iterator[tuple[int, datetime]]:
        for row in self.enquiries():
            if row["status"] in ("gathering", "review"):
                yield row["id"], row["received_at"]

    def bases(self) -> Iterator[dict[str, Any]]:
        for number, at in self._gathering():
            yield {"id": number, "enquiry_id": number, "number": 1, "suspects_significant_harm": True, "harm_because": "Made for measuring.",
                   "why_not_told": "raises_risk",
                   "thought_level": 4, "agrees_to_service": "not_asked", "lawful_basis": "legal_obligation",
                   "gateway": "children_act_2004", "by_id": self.depositors[0], "at": at}  # fmt: skip

    def requests(self) -> Iterator[dict[str, Any]]:
        """Each that gathers waits for four agencies."""
        for number, at in self._gathering():
            for which, agency in enumerate(self.agencies):
                yield {
                    "id": number * 4 + which,
                    "token": uuid.UUID(int=number * 4 + which),
                    "enquiry_id": number,
                    "agency_id": agency,
                    "basis_id": number,
                    "wording": "What do you know of this family? Made for measuring.",
                    "proportionate_because": "Made for measuring.",
                    "people": [],
                    "asked_by_id": self.depositors[0],
                    "asked_at": at,
                    "due_at": at + timedelta(days=1),
                }

    def needs(self) -> Iterator[dict[str, Any]]:
        """One need of each open enquiry: to rate it, or to decide."""
        for row in self.enquiries():
            if row["status"] != CLOSED:
                due = row["due_at"]
                yield {"id": row["id"], "enquiry_id": row["id"], "kind": "bench", "key": f"bench-{row['id']}",
                       "says": "Made for measuring", "path": f"/enquiry/{row['reference']}/", "area_id": row["area_id"],
                       "permission": "rate" if row["desk"] == "triage" else "decide",
                       "due_at": due, "made_at": row["received_at"]}  # fmt: skip


TABLES = (
    ("people_person", "people", 3),
    ("people_name", "names", 3),
    ("people_address", "addresses", 1),
    ("people_residence", "residences", 3),
    ("enquiries_enquiry", "enquiries", 1),
    ("enquiries_referrer", "referrers", 1),
    ("enquiries_party", "parties", 3),
    ("enquiries_step", "steps", 1),
    ("intelligence_item", "items", ITEMS),
    ("intelligence_about", "about", ITEMS),
    ("triage_basis", "bases", 0),
    ("gathering_request", "requests", 0),
    ("enquiries_need", "needs", 0),
)
"""Each table, what draws its rows, and how many an enquiry has; 0 where only the open ones have any."""
LARGEST_FAMILY = 50
"""The last enquiry's child was in so many earlier ones: the largest family's chronology has some 500 lines."""
DRAWN = 100_000
"""So many enquiries are drawn one by one. A larger county is these again and again, closed and longer ago."""


def index_people(county: County) -> None:
    """Everybody into the index that the search looks in, a few thousand at a time."""
    told: dict[Person, Described] = {}
    for row in county.people():
        place, family = (row["id"] - 1) % 3, county.family((row["id"] - 1) // 3)
        given = family.members[place % len(family.members)].person
        told[Person(pk=row["id"], area_id=row["area_id"])] = described(given)
        if len(told) == 2_000:
            put_people(told)
            told = {}
    put_people(told)


def join_family(cursor: psycopg.Cursor, size: int) -> None:
    last = (size - 2) * 3 + 1  # in the first area, where the manager who measures works
    cursor.execute(
        "UPDATE people_person SET lead_id = %s WHERE id = ANY (%s)",
        [1, [*(n * 3 + 1 for n in range(1, LARGEST_FAMILY)), last]],
    )


def build(size: int) -> None:
    """Write the county, join the largest family, and gather statistics."""
    with transaction.atomic():
        found_hub()
    drawn = min(size, DRAWN)
    county = County(drawn)
    with psycopg.connect(OWNER_URL) as owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, rows, _ in TABLES:
            begun = perf_counter()
            count = copy(cursor, table, getattr(county, rows)())
            print(f"{table:24} {count:>10,} rows in {perf_counter() - begun:6.1f} s", flush=True)
        join_family(cursor, drawn)
        owner.commit()
        begun = perf_counter()
        index_people(county)
        print(f"{'people_indexentry':24} {drawn * 3:>10,} rows in {perf_counter() - begun:6.1f} s", flush=True)
        if size > drawn:
            multiply(cursor, TABLES, drawn, size // drawn)
        cursor.execute("SET session_replication_role = DEFAULT")
    finish()


def finish() -> None:
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        for table, _, _ in TABLES:
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        owner.execute("VACUUM ANALYZE")
        owner.execute("CREATE TABLE bench_built AS SELECT now() AS at")


if __name__ == "__main__":
    build(int(sys.argv[1]))
