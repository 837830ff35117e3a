"""`python -m bench.notifications`: how many police notifications a minute are loaded and matched, and how well.

`--size` is the county's enquiries, of three people each (`--size 400000` has more than 1,000,000 people). The file goes
through the product's own loader, and all that it wrote is taken back. Beside it, in the same run, a naive matcher: every
name of the area compared with rapidfuzz, one by one, and then the birth dates.
"""

import argparse
import csv
import io
import os
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter

import django
from rapidfuzz import fuzz, process

from bench.county import counted, county, machine

AREA = "wend-valley"
DRAWN = """
SELECT coalesce(p.lead_id, p.id), n.given, n.family, p.born_on, p.sex, a.lines, a.postcode
FROM people_person p JOIN people_name n ON n.person_id = p.id JOIN agencies_area area ON area.id = p.area_id
JOIN people_residence r ON r.person_id = p.id JOIN people_address a ON a.id = r.address_id
WHERE area.key = %s AND p.born_on IS NOT NULL AND n.family <> '' ORDER BY p.id"""
NEAR = 85  # of 100: how near a name has to be for the naive matcher


@dataclass(frozen=True)
class Known:
    lead: int
    given: str
    family: str
    born_on: date
    sex: str
    lines: str
    postcode: str


@dataclass(frozen=True)
class Sent:
    """One person in a notification, and whom it is in truth: none for somebody whom nobody knows."""

    given: str
    family: str
    born_on: date
    of: Known | None


def draw(known: list[Known], count: int, seed: int) -> list[Sent]:
    """Two of three are known to the hub, every third of these misspelt; the rest have a name and a date by chance."""
    chance = Random(seed)
    found = []
    for place in range(count):
        one, other = chance.choice(known), chance.choice(known)
        if place % 3 == 2:
            born = date(1950, 1, 1) + timedelta(days=chance.randrange(27_000))
            found.append(Sent(one.given, other.family, born, None))
        else:
            family = misspelt(one.family, chance) if place % 9 in (0, 4) else one.family
            found.append(Sent(one.given, family, one.born_on, one))
    return found


def misspelt(name: str, chance: Random) -> str:
    """Two letters the other way round, or one too few."""
    at = chance.randrange(1, max(2, len(name) - 1))
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :] if chance.random() < 0.5 else name[:at] + name[at + 1 :]  # fmt: skip


def written(people: list[Sent]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow("reference happened_on words grade what address_lines postcode role given family born_on sex".split())
    for number, one in enumerate(people):
        where, sex = (one.of.lines, one.of.sex) if one.of else ("1 No Such Street", "U")
        postcode = one.of.postcode if one.of else ""
        out.writerow([f"BENCH{number // 2}", "2026-01-05", "He blocked the door. Made for measuring.", "amber",
                      "Domestic", where, postcode, "child" if number % 2 else "adult", one.given, one.family,
                      one.born_on, sex])  # fmt: skip
    return text.getvalue().encode()


def load(people: list[Sent]) -> tuple[float, dict[tuple[str, str, date], int | None]]:
    """Seconds, and who was found: everything as the product does it, and taken back."""
    from django.db import transaction

    from openmash.agencies.models import Area
    from openmash.feeds.folder import keep
    from openmash.notifications import loading
    from openmash.notifications.actions import LOADER
    from openmash.notifications.models import Subject
    from openmash.notifications.rows import FIELDS

    with transaction.atomic():
        area = Area.objects.get(key=AREA)
        kept = keep(io.BytesIO(written(people)), "bench.csv")
        file = loading.offer(area, kept, by=LOADER, source="bench", kind="ViST")
        file = loading.begin(file, by=LOADER, columns={one.key: one.key for one in FIELDS})
        begun = perf_counter()
        loading.read(file)
        took = perf_counter() - begun
        rows = Subject.objects.filter(notification__file=file)
        found = {(one.given, one.family, one.born_on): one.lead for one in rows}
        transaction.set_rollback(True)
    return took, found


def naive(known: list[Known], people: list[Sent]) -> tuple[float, list[int | None]]:
    """The same people by comparing every name."""
    names = [f"{one.given} {one.family}" for one in known]
    begun, found = perf_counter(), []
    for one in people:
        near = process.extract(f"{one.given} {one.family}", names, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        same = [known[place].lead for _, _, place in near if known[place].born_on == one.born_on]
        found.append(same[0] if same else None)
    return perf_counter() - begun, found


def tell(what: str, seconds: float, people: list[Sent], found: list[int | None]) -> float:
    rate = len(people) / 2 / seconds * 60
    known = [(one, who) for one, who in zip(people, found, strict=True) if one.of]
    right = sum(_is_same(one, who) for one, who in known)
    wrong = sum(who is not None for one, who in zip(people, found, strict=True) if not one.of)
    strangers = len(people) - len(known)
    print(f"{what:44} {rate:12,.0f} {right / len(known):11.1%} {wrong / max(1, strangers):14.1%}", flush=True)
    return rate


def _is_same(one: Sent, who: int | None) -> bool:
    """The county draws the same person more than once: one with the same name, birth date and home is as right."""
    return who is not None and (who == one.of.lead or _ALIKE.get(who) == _ALIKE[one.of.lead])


_ALIKE: dict[int, tuple[object, ...]] = {}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.notifications", description=__doc__)
    asked.add_argument("--size", type=int, default=100_000, help="enquiries of the county (100,000)")
    asked.add_argument("--count", type=int, default=2_000, help="notifications, of two people each (2,000)")
    asked.add_argument("--naive", type=int, default=200, help="people for the naive matcher (200)")
    asked.add_argument("--seed", type=int, default=11)
    said = asked.parse_args()
    with county(said.size) as env:
        os.environ |= {**env, "DJANGO_SETTINGS_MODULE": "openmash.settings", "OPENMASH_LOG": "ERROR"}
        django.setup()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(DRAWN, [AREA])
            known = [Known(*row) for row in cursor.fetchall()]
        _ALIKE.update({one.lead: (one.given, one.family, one.born_on) for one in known})
        people = draw(known, 2 * said.count, said.seed)
        size = counted(os.environ["OPENMASH_OWNER_URL"], people="people_person", enquiries="enquiries_enquiry")
        print(f"{size}, {len(known):,} people in the area · {machine()}")
        print(
            f"{said.count:,} notifications, {len(people):,} people: two of three known, every third of these misspelt"
        )
        print(f"{'':44} {'a minute':>12} {'known found':>11} {'strangers taken':>15}")
        took, by_name = load(people)
        ours = tell("loaded and matched", took, people, [by_name[one.given, one.family, one.born_on] for one in people])
        some = people[: said.naive]
        slow, whom = naive(known, some)
        theirs = tell("naive: every name compared, nothing loaded", slow, some, whom)
        print(f"{'ratio':44} {ours / theirs:12.1f}")


if __name__ == "__main__":
    main()
