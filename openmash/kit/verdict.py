"""A verdict: yes, or no with every reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when nothing stands in the way; otherwise false, with all the reasons.

    The same value draws a button, explains why it is missing, and is enforced by the action.
    Each reason is a plain clause or sentence that can be shown to the person who asked, such as
    "Only a practice manager can decide". Raises ValueError for a reason without words.

    `a & b` is true only when both are, and collects the reasons of both, each once, in order.
    """

    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(reason.strip() for reason in self.reasons):
            raise ValueError("A refusal has to say why: a reason has no words.")

    def __bool__(self) -> bool:
        return not self.reasons

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(tuple(dict.fromkeys(self.reasons + other.reasons)))

    @property
    def why(self) -> str:
        """All the reasons as sentences in one line; empty when the verdict is yes."""
        return " ".join(_sentence(reason.strip()) for reason in self.reasons)


YES = Verdict()


def no(reason: str) -> Verdict:
    """A refusal for one reason."""
    return Verdict((reason,))


def need(condition: bool, reason: str) -> Verdict:
    """Yes when the condition holds; otherwise a refusal that gives the reason.

    need(enquiry.rating != "", "The enquiry has not been rated")
    """
    return YES if condition else no(reason)


def _sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:] + ("" if reason[-1] in ".?!" else ".")
