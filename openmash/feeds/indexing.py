"""Whoever an agency sends is in the index of everybody known: once, however many of its formats say so."""

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date

from openmash.feeds.models import Feed, Record
from openmash.people.given import GivenPerson
from openmash.people.matching import index
from openmash.people.matching.described import Described, described

_COLUMNS = (
    "pk", "number", "given", "family", "other_names", "sex", "born_on", "address_lines", "postcode", "telephone",
    "email", "identifiers", "died_on", "is_sensitive", "withdrawn_at",
)  # fmt: skip


def renew(
    feed: Feed, numbers: Iterable[str], *, pool: Executor | None = None
) -> list[tuple[str, GivenPerson | Described]]:
    """Write to the index what the feed now says of these numbers; or take out whom it says nothing of any more.

    Of the records of one number the first that is live stands for all. A sensitive one is never linked by itself.
    The caller has opened the feed's records with `staging.loading`. Returned is who is there, by number, but for
    those of whom nobody may learn where they are.
    """
    told: dict[str, list[tuple]] = defaultdict(list)
    rows = Record.objects.filter(feed=feed, number__in=list(numbers)).order_by("pk")
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=5_000):
        told[row[1]].append(row)
    put, gone, there = [], [], []
    for number, records in told.items():
        live = [row for row in records if row[-1] is None]
        if live:
            people = [_given(row) for row in live]
            person = _with_deaths(people, {row[-3] for row in live if row[-3]})
            is_restricted = any(row[-2] for row in live)
            put.append(index.IndexRow(live[0][0], person, feed.area_id, is_restricted=is_restricted))
            if not is_restricted:
                there.append((number, person))
        gone += [row[0] for row in records if not live or row[0] != live[0][0]]
    index.withdraw(feed.agency_id, gone)
    index.put(feed.agency_id, put, pool=pool)
    return there


def _given(row: tuple) -> GivenPerson:
    _, _, given, family, other_names, sex, born_on, lines, postcode, telephone, email, identifiers, _, _, _ = row
    return GivenPerson(
        given=given,
        family=family,
        other_names=other_names,
        sex=sex,
        born_on=born_on,
        address_lines=lines,
        postcode=postcode,
        telephone=telephone,
        email=email,
        identifiers=tuple(tuple(one.split(":", 1)) for one in identifiers),
    )


def _with_deaths(people: list[GivenPerson], died: set[date]) -> GivenPerson | Described:
    if len(people) == 1 and not died:
        return people[0]
    return replace(_together(people), died=frozenset(died))


def _together(people: list[GivenPerson]) -> Described:
    """One description of what several formats say."""
    each = [described(person) for person in people]
    return Described(
        names=tuple(dict.fromkeys(name for one in each for name in one.names)),
        born=frozenset().union(*(one.born for one in each)),
        sexes=frozenset().union(*(one.sexes for one in each)),
        homes=tuple(dict.fromkeys(home for one in each for home in one.homes)),
        telephones=frozenset().union(*(one.telephones for one in each)),
        emails=frozenset().union(*(one.emails for one in each)),
        identifiers=frozenset().union(*(one.identifiers for one in each)),
    )
