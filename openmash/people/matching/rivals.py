"""How likely each of those who are found is the one asked about: only one person can be, and it may be nobody of them.

A score weighs two descriptions as if nobody else had been found. Here all who were found are weighed against one
another, best first. Each is somebody found before, whose records are not linked yet, as likely as the score of the two
says; or else another person, and so a rival: of two namesakes who fit alike each is half as likely.
"""

from collections.abc import Mapping
from typing import TypeVar

from openmash.people.matching.described import Described
from openmash.people.matching.score import MODEL, Commonness, score

# With how many of the best each is compared, and from which odds: who is less likely takes little from others.
MOST_BETTER, LEAST_ODDS = 5, 0.02
_SUREST = 1 - 1e-12
Who = TypeVar("Who", int, tuple[int, int, int])


def weighed_together(scores: Mapping[Who, float], them: Mapping[Who, Described], known: Commonness) -> dict[Who, float]:
    """For each who was found, the likelihood, 0 to 1, that they are the one asked about.

    `scores` are of each alone with the one asked about. One who was found alone becomes likelier than the score, which
    leaves room for others; of rivals each becomes less likely.
    """
    odds = {who: _odds(likely) for who, likely in scores.items()}
    best = sorted((who for who in odds if odds[who] >= LEAST_ODDS), key=lambda who: (-odds[who], who))
    weights, another = dict(odds), dict.fromkeys(odds, 1.0)
    for place, who in enumerate(best):
        left, shared = 1.0, 0.0
        for before in best[: min(place, MOST_BETTER)]:
            fits = _odds(score(them[before], them[who], known).score)
            same = left * another[before] * fits / (1 + fits)
            left, shared = left - same, shared + same * odds[before]
        another[who], weights[who] = left, shared + left * odds[who]
    total = MODEL["nobody"] + sum(another[who] * odds[who] for who in odds)
    return {who: weight / total for who, weight in weights.items()}


def _odds(likely: float) -> float:
    """Without the room for errors that the score leaves: of pairs that it weighs alike more are one person."""
    kept: float = min(likely, _SUREST)
    return MODEL["room"] * kept / (1 - kept)
