"""What was found, judged against the truth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import quantiles

PRECISION, FEWEST_IN_A_TENTH = 0.99, 50
Judged = tuple[float, bool]
"""A score, and whether it was given to the same person."""


@dataclass(frozen=True)
class AtPrecision:
    """The share of those to be found that is found with at most one in a hundred wrong, and from which score."""

    recall: float
    threshold: float


def at_precision(found: Iterable[Judged], wanted: int, precision: float = PRECISION) -> AtPrecision:
    """The best recall at any threshold that is precise enough. Equal scores are taken together."""
    right = wrong = 0
    best = AtPrecision(0.0, 1.0)
    ordered = sorted(found, reverse=True)
    for place, (score, is_right) in enumerate(ordered):
        right, wrong = right + is_right, wrong + (not is_right)
        is_last = place + 1 == len(ordered) or ordered[place + 1][0] != score
        if is_last and right >= precision * (right + wrong):
            best = AtPrecision(right / max(wanted, 1), score)
    return best


def recall_from(found: Iterable[Judged], wanted: int, threshold: float) -> float:
    return sum(is_right for score, is_right in found if score >= threshold) / max(wanted, 1)


@dataclass(frozen=True)
class Tenth:
    """Pairs that were given scores in one tenth: the mean score, the share that is one person, and how many."""

    predicted: float
    observed: float
    pairs: int

    @property
    def error(self) -> float:
        """By how much the share may differ by chance: its standard error."""
        return sqrt(self.observed * (1 - self.observed) / self.pairs)


def tenths(scored: Iterable[Judged]) -> list[Tenth]:
    bins: list[list[Judged]] = [[] for _ in range(10)]
    for score, is_right in scored:
        bins[min(9, int(score * 10))].append((score, is_right))
    return [
        Tenth(sum(s for s, _ in each) / len(each), sum(r for _, r in each) / len(each), len(each))
        for each in bins
        if each
    ]


def worst_tenth(found: Sequence[Tenth]) -> float | None:
    """The greatest difference in points, among tenths with enough pairs to tell."""
    gaps = [abs(one.predicted - one.observed) * 100 for one in found if one.pairs >= FEWEST_IN_A_TENTH]
    return max(gaps, default=None)


def percentile(times: Sequence[float], share: int) -> float:
    """In milliseconds, of seconds."""
    return quantiles(times, n=100, method="inclusive")[share - 1] * 1000
