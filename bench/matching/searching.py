"""Searching for one person: how fast and how well, beside Splink's own search and a bare fetch, one after another."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psycopg

from bench.matching.baseline import Search
from bench.matching.figures import Judged, at_precision, percentile, recall_from, tenths, worst_tenth
from bench.matching.hub import ASKER, Whose, given
from bench.matching.names import GROUPS
from bench.matching.people import Enquiry, common_names
from bench.matching.table import Table
from openmash.agencies.models import User
from openmash.people.given import GivenPerson
from openmash.people.matching import search

FIRST, WARM = 60, 40
FASTER, FETCHES, PLUS = 100, 2, 3.0
FIVE, GROWS = 5, 2  # with five times as many records p95 may double


@dataclass
class Found:
    """The answers to all enquiries, by place: scores and the records behind each, best first."""

    answers: list[list[tuple[float, frozenset[int]]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def asker() -> Callable[[GivenPerson], list[tuple[float, frozenset[int]]]]:
    """The product's own search, as a coordinator of a hub asks it."""
    by = User.objects.get(email=ASKER)

    def ask(person: GivenPerson) -> list[tuple[float, frozenset[int]]]:
        answer = search(person, by=by, limit=FIRST)
        found = [*answer.people, *answer.elsewhere]
        behind = [(one.score, frozenset(known.record for known in one.known_to)) for one in found]
        return sorted(behind, key=lambda one: -one[0])

    return ask


def measure(
    table: Table,
    asked: Sequence[Enquiry],
    whose: Mapping[int, Whose],
    owner_url: str,
    splink: Search | None,
    rounds: int,
) -> Found:
    """Alternating, so that all share whatever else the machine does. Splink, which is slow, answers each 40th."""
    ask, ours, fetched, theirs = asker(), Found(), [], []
    people = [given(one.row) for one in asked]
    entries = list(whose)
    for person in people[:WARM]:
        ask(person)
    every = max(1, len(people) // rounds)
    with psycopg.connect(owner_url) as bare:
        for place, person in enumerate(people):
            ours.answers.append(_timed(ours.times, ask, person))
            record = random.choice(entries)
            _timed(fetched, lambda: bare.execute(FETCH, [record]).fetchone())  # noqa: B023
            if splink and place % every == 0:
                _timed(theirs, splink.ask, [asked[place].row])
    _tell_speed(table, ours.times, fetched, theirs)
    _tell_accuracy(table, "ours", asked, ours.answers, whose)
    if splink:
        answers = splink.ask([one.row for one in asked])
        behind = [[(score, frozenset([record])) for score, record in answers[place]] for place in range(len(asked))]
        _tell_accuracy(table, "Splink", asked, behind, whose)
    return ours


FETCH = "SELECT facts FROM people_indexentry WHERE record = %s"


def _timed(times: list[float], do: Callable[..., object], *values: object) -> object:
    began = perf_counter()
    answer = do(*values)
    times.append(perf_counter() - began)
    return answer


def _tell_speed(table: Table, ours: list[float], fetched: list[float], theirs: list[float]) -> None:
    p50, p95, floor = percentile(ours, 50), percentile(ours, 95), percentile(fetched, 95)
    table.tell("fetch by primary key, p50 / p95 ms", f"{percentile(fetched, 50):.2f} / {floor:.2f}")
    allowed = FETCHES * floor + PLUS
    table.tell("search, p50 / p95 ms", f"{p50:.1f} / {p95:.1f}", f"p95 <= {allowed:.1f}", is_met=p95 <= allowed)
    if theirs:
        them, them95 = percentile(theirs, 50), percentile(theirs, 95)
        table.tell("Splink's search, p50 / p95 ms", f"{them:.0f} / {them95:.0f}")
        table.tell(
            "faster than Splink's, p95", f"{them95 / p95:.0f} x", f">= {FASTER} x", is_met=them95 / p95 >= FASTER
        )


def tell_growth(table: Table, ours: Found, home: Path, size: int, seed: int) -> None:
    """Keep this p95, and compare it with that of each smaller population that was measured in the same place."""
    p95, kept = percentile(ours.times, 95), home / f"p95-{seed}.json"
    before: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
    for smaller in sorted(each for each in map(int, before) if each < size):
        then, is_judged = before[str(smaller)], size <= FIVE * smaller
        table.tell(
            f"search p95, how many times that of {smaller:,}",
            f"{p95 / then:.1f} ({p95:.1f} / {then:.1f} ms)",
            f"<= {GROWS}" if is_judged else "",
            is_met=p95 <= GROWS * then if is_judged else None,
        )
    kept.write_text(json.dumps(before | {str(size): p95}))


def worst_names(table: Table, ours: Found, wanted: int) -> None:
    """Names that many share, without a date of birth or anything else."""
    ask, times = asker(), []
    for first, last in common_names(wanted):
        _timed(times, ask, GivenPerson(given=first, family=last))
    p99, most = percentile(times, 99), 5 * percentile(ours.times, 50)
    table.tell(
        "common names alone, p50 / p99 ms",
        f"{percentile(times, 50):.1f} / {p99:.1f}",
        f"p99 <= {most:.1f}",
        is_met=p99 <= most,
    )


Answers = Sequence[list[tuple[float, frozenset[int]]]]


def _tell_accuracy(
    table: Table, who: str, asked: Sequence[Enquiry], answers: Answers, whose: Mapping[int, Whose]
) -> None:
    right = [
        [any(whose[record].person == one.person for record in records) for _, records in answer]
        for one, answer in zip(asked, answers, strict=True)
    ]
    known = [place for place, one in enumerate(asked) if one.is_known]
    at_all = sum(any(right[place]) for place in known) / len(known)
    first = sum(right[place][:1] == [True] for place in known) / len(known)
    is_ours = who == "ours"
    table.tell(
        f"{who}: found at all (first {FIRST})",
        f"{at_all:.3f}",
        *([">= 0.98"] if is_ours else []),
        is_met=at_all >= 0.98 if is_ours else None,
    )
    table.tell(
        f"{who}: in first place",
        f"{first:.3f}",
        *([">= 0.98"] if is_ours else []),
        is_met=first >= 0.98 if is_ours else None,
    )
    best: list[Judged] = [(answer[0][0], right[place][0]) for place, answer in enumerate(answers) if answer]
    sure = at_precision(best, len(known))
    table.tell(
        f"{who}: recall at 99 % precision", f"{sure.recall:.3f} from {sure.threshold:.3f}",
        *([">= 0.92"] if is_ours else []), is_met=sure.recall >= 0.92 if is_ours else None,
    )  # fmt: skip
    _tell_groups(table, who, asked, answers, right, sure.threshold)
    if is_ours:
        _tell_families(table, asked, answers, whose)
        _tell_calibration(table, answers, right)


def _tell_groups(
    table: Table, who: str, asked: Sequence[Enquiry], answers: Answers, right: list[list[bool]], threshold: float
) -> None:
    """Recall of each name group, all from the one threshold, and found at all."""
    recalls, at_all = {}, {}
    for group in GROUPS:
        known = [place for place, one in enumerate(asked) if one.is_known and one.group == group]
        best = [(answers[place][0][0], right[place][0]) for place in known if answers[place]]
        recalls[group] = recall_from(best, len(known), threshold)
        at_all[group] = sum(any(right[place]) for place in known) / max(len(known), 1)
        table.tell(f"{who}: {group}: found at all / recall", f"{at_all[group]:.3f} / {recalls[group]:.3f}")
    gap = 100 * (max(recalls.values()) - min(recalls.values()))
    is_ours = who == "ours"
    table.tell(
        f"{who}: gap between name groups, found at all / recall",
        f"{100 * (max(at_all.values()) - min(at_all.values())):.1f} / {gap:.1f} points",
        *(["<= 4 points"] if is_ours else []), is_met=gap <= 4 if is_ours else None,
    )  # fmt: skip


def _tell_families(table: Table, asked: Sequence[Enquiry], answers: Answers, whose: Mapping[int, Whose]) -> None:
    """How often somebody else of the same household is called a match."""
    wrong = pairs = 0
    for one, answer in zip(asked, answers, strict=True):
        for score, records in answer:
            theirs = {whose[record] for record in records}
            if any(each.household == one.household for each in theirs) and all(
                each.person != one.person for each in theirs
            ):
                pairs, wrong = pairs + 1, wrong + (score >= 0.95)
    table.tell("search: of the family and called a match", f"{wrong} of {pairs:,}")


def _tell_calibration(table: Table, answers: Answers, right: list[list[bool]]) -> None:
    scored = [
        (score, is_right)
        for answer, rights in zip(answers, right, strict=True)
        for (score, _), is_right in zip(answer, rights, strict=True)
    ]
    found = tenths(scored)
    for one in found:
        table.tell(
            f"calibration: predicted {one.predicted:.2f}", f"{one.observed:.2f} ± {one.error:.2f} of {one.pairs:,}"
        )
    worst = worst_tenth(found)
    if worst is not None:
        table.tell("calibration: worst tenth of 50 or more", f"{worst:.1f} points", "<= 3 points", is_met=worst <= 3)
