"""How common names are in the index, counted now and then and kept: both the search and the linking weigh by it."""

from datetime import datetime
from time import monotonic

from django.db import connection

from openmash.people.matching.compare import all_classes
from openmash.people.matching.score import MODEL, MODEL_VERSION, UNCOUNTED, Commonness
from openmash.people.matching.stored import described_by
from openmash.people.models import Statistics

SAMPLE, MOST_CLASSES, TOO_MANY_A_KEY = 100_000, 5_000, 60
BELIEVED_FROM = 5_000  # people: where a count weighs as much as what is usual
FRESH_FOR = 600.0
_kept: list[tuple[float, Commonness]] = []


def commonness() -> Commonness:
    """As counted last. Read from the database every ten minutes."""
    if not _kept or monotonic() - _kept[0][0] > FRESH_FOR:
        _kept[:] = [(monotonic(), _read())]
    return _kept[0][1]


def count_again(now: datetime) -> Statistics:
    """Count names in a sample, and the keys too long to link by. Call within `linking.open_index`."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_indexentry")
        (entries,) = cursor.fetchone()
        sampled = min(100.0, 100 * SAMPLE / max(entries, 1))
        cursor.execute("SELECT facts FROM people_indexentry TABLESAMPLE BERNOULLI (%s) REPEATABLE (7)", [sampled])
        sample = cursor.fetchall()
        for (facts,) in sample:
            for name in all_classes(described_by(facts)):
                counts[name] = counts.get(name, 0) + 1
        cursor.execute("SELECT key FROM people_indexkey GROUP BY key HAVING count(*) > %s", [TOO_MANY_A_KEY])
        stop_keys = [row[0] for row in cursor.fetchall()]
    common = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_CLASSES]
    shares = [share(counts[name], len(sample)) for name in common]
    forget()
    return Statistics.objects.create(
        counted_at=now, entries=entries, classes=common, shares=shares, stop_keys=stop_keys, model_version=MODEL_VERSION
    )


def forget() -> None:
    """Read them anew when they are next asked for."""
    _kept.clear()


def share(count: int, of: int) -> float:
    """Few people say little of how common a name is: they are weighed together with what is usual."""
    usual = MODEL["share_of_a_rare_name"]
    return max((count + usual * BELIEVED_FROM) / (of + BELIEVED_FROM), usual)


def _read() -> Commonness:
    last = Statistics.objects.order_by("-pk").values_list("entries", "classes", "shares").first()
    return commonness_of(*last) if last else UNCOUNTED


def commonness_of(entries: int, classes: list[str], shares: list[float]) -> Commonness:
    people = max(float(MODEL["fewest_people"]), entries / MODEL["records_a_person"])
    return Commonness(people, dict(zip(classes, shares, strict=True)))
