"""What people said of agencies' records binds linking: these entries belong together, those stay apart."""

from collections.abc import Iterable

from django.db.models import Q

from openmash.people.models import IndexEntry, RecordJudgement

Pair = tuple[int, int]


def told(entries: Iterable[int]) -> tuple[list[Pair], set[frozenset[int]]]:
    """Of these entries: the pairs that somebody said are one person, and those that somebody said are not."""
    entry_of, _ = _numbers(entries)
    same, apart = [], set()
    for record, person, other, says in _live(entries).order_by("pk").values_list("record", "person", "other", "says"):
        pair = (entry_of.get(f"r{record}"), entry_of.get(f"p{person}" if person else f"r{other}"))
        if pair[0] is None or pair[1] is None:
            continue
        if says == RecordJudgement.SAME:
            same.append(pair)
        else:
            apart.add(frozenset(pair))
    return same, apart


def told_with(entries: Iterable[int]) -> set[int]:
    """Whoever somebody has judged together with one of these entries."""
    rows = _live(entries).values_list("record", "person", "other")
    records = {number for record, _, other in rows for number in (record, other) if number}
    people = {person for _, person, _ in rows if person}
    found = IndexEntry.objects.filter(Q(record__in=records) | Q(person__in=people))
    return set(found.values_list("pk", flat=True))


def are_apart(ours: Iterable[int], theirs: Iterable[int], apart: set[frozenset[int]]) -> bool:
    return bool(apart) and any(frozenset({one, two}) in apart for one in ours for two in theirs)


def _numbers(entries: Iterable[int]) -> tuple[dict[str, int], tuple[set[int], set[int]]]:
    """The entries by what they are of, as "r7" and "p3"; and the numbers of the records and of the people."""
    rows = list(IndexEntry.objects.filter(pk__in=list(entries)).values_list("pk", "record", "person"))
    by_name = {f"r{record}" if record else f"p{person}": entry for entry, record, person in rows}
    return by_name, ({record for _, record, _ in rows if record}, {person for _, _, person in rows if person})


def _live(entries: Iterable[int]):  # noqa: ANN202 - a query set
    _, (records, people) = _numbers(entries)
    theirs = Q(record__in=records) | Q(other__in=records) | Q(person__in=people)
    return RecordJudgement.objects.filter(theirs, undone_at=None)
