"""The index kept up to date: what agencies say of whom they know, and what the hub writes of its own people.

Everything is made comparable when it is written, never when it is asked. In bulk the work is shared by processes.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

import django
from django.db import connection

from openmash.people.given import GivenPerson
from openmash.people.matching.described import Described, described
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.matching.stored import facts_of, numbered
from openmash.people.models import Person

_AT_ONCE = 2_000
Comparable = tuple[str, str]
"""The facts of a record, and its keys as PostgreSQL writes an array."""


@dataclass(frozen=True)
class IndexRow:
    """One record of an agency. `area` is none for somebody known in the whole county.

    Give a `Described` where more is known than a form asks for, such as earlier names or several homes.
    """

    record: int
    person: GivenPerson | Described
    area: int | None = None
    is_restricted: bool = False


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Workers for `put` of many thousand rows. They need a second to start."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield pool


def put(source: int | None, rows: Iterable[IndexRow], *, pool: Executor | None = None) -> int:
    """Write the records of an agency (its number), or people of the hub, to the index; how many are new or changed.

    A record that is there already is replaced. It is linked with others at the next `links.link_changed`.
    """
    batches = _batches(rows)
    if pool is None:
        return sum(_write(source, batch, comparable(one.person for one in batch)) for batch in batches)
    return sum(_write(source, batch, ready) for batch, ready in _shared(pool, batches))


def withdraw(source: int, records: Iterable[int]) -> int:
    """Take records of an agency out of the index, and undo every link through them; returns how many were there."""
    return _call("SELECT openmash_unindex_records(%s, %s)", [source, list(records)])


def put_people(people: Mapping[Person, Described]) -> None:
    """Write the hub's own people, as described, to the index. One query."""
    if people:
        rows = [IndexRow(one.pk, told, one.area_id) for one, told in people.items()]
        _write(None, rows, comparable(people.values()))


def comparable(people: Iterable[GivenPerson | Described]) -> list[Comparable]:
    return [_comparable(one if isinstance(one, Described) else described(one)) for one in people]


def _comparable(person: Described) -> Comparable:
    return facts_of(person), f"{{{','.join(map(str, numbered(keys_of(person))))}}}"


def _batches(rows: Iterable[IndexRow]) -> Iterator[list[IndexRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch


def _shared(pool: Executor, batches: Iterator[list[IndexRow]]) -> Iterator[tuple[list[IndexRow], list[Comparable]]]:
    """Each batch with what the workers made of it, in order, a few batches ahead of the database."""
    waiting = [(batch, pool.submit(comparable, [one.person for one in batch])) for batch in islice(batches, 4)]
    while waiting:
        batch, ready = waiting.pop(0)
        waiting += [(more, pool.submit(comparable, [one.person for one in more])) for more in islice(batches, 1)]
        yield batch, ready.result()


def _write(source: int | None, batch: list[IndexRow], ready: list[Comparable]) -> int:
    """Without a source the rows are people of the hub. Of two rows of one record, the last counts.

    What is said of each is a line of one text: an array takes four times as long to write and to read.
    """
    latest = {row.record: (row, *pair) for row, pair in zip(batch, ready, strict=True)}
    rows, facts, keys = zip(*latest.values(), strict=True)
    return _call(
        "SELECT openmash_index(%s, %s, %s, %s, %s, %s, %s)",
        [
            source, [row.record for row in rows], [row.area for row in rows], "\n".join(facts), "\n".join(keys),
            [row.is_restricted for row in rows], KEYS_VERSION,
        ],
    )  # fmt: skip


def _call(statement: str, values: list[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0
