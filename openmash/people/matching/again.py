"""When the rules by which keys are made change, every entry is written anew, a batch at a time, while it is searched.

Until then an entry is found under its old keys. What is compared is what the entry says already: a rule that needs to
read a record itself anew takes effect when the record is next written.
"""

from collections import defaultdict
from time import monotonic

from openmash.people.matching import index
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.matching.linking import open_index
from openmash.people.matching.stored import described_by
from openmash.people.models import IndexEntry, Person

AT_ONCE = 1_000


def older() -> int:
    """How many entries are still to be written by the present rules."""
    with open_index():
        return IndexEntry.objects.filter(keys_version__lt=KEYS_VERSION).count()


def index_again(*, within: float = float("inf")) -> int:
    """Write older entries anew, for about so many seconds; what is left is written when this is next called."""
    until, written = monotonic() + within, 0
    while monotonic() < until and (many := _write_some()):
        written += many
    return written


def _write_some() -> int:
    with open_index():
        old = IndexEntry.objects.filter(keys_version__lt=KEYS_VERSION).order_by("keys_version", "pk")
        rows = old.values_list("source", "record", "person", "facts", "area", "is_restricted")[:AT_ONCE]
        by_source: dict[int | None, list[index.IndexRow]] = defaultdict(list)
        people: list[Person] = []
        for source, record, person, facts, area, is_restricted in rows:
            told = described_by(facts)
            by_source[source].append(index.IndexRow(record or person, told, area, is_restricted))
            if person:
                people.append(Person(pk=person, keys=keys_of(told), keys_version=KEYS_VERSION))
        for source, again in by_source.items():
            index.put(source, again)
        # The hub's own people are searched by the keys in their own row too.
        Person.objects.bulk_update(people, ["keys", "keys_version"])
        return sum(map(len, by_source.values()))
