"""A decision as somebody gives it: half written, proposed, or ready to sign. One shape for all three."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class GivenOutcome:
    """One outcome and who owns it: the number of a team or of an agency, or neither for what the hub itself does."""

    kind: str
    what: str = ""
    team: int | None = None
    agency: int | None = None
    within: str = ""


@dataclass(frozen=True)
class GivenPin:
    """A line of the chronology that the decision rests on, by its key; or one that points the other way."""

    line: str
    point: str = ""
    is_contrary: bool = False


@dataclass(frozen=True)
class GivenAdvice:
    """What one agency, by its number, advised: a key of `Advice.SAYS`, and why."""

    agency: int
    says: str
    because: str = ""


@dataclass(frozen=True)
class GivenDecision:
    """Everything that the form asks. A draft may leave any of it empty; a signed decision may not."""

    is_safeguarding_concern: bool | None = None
    level: int | None = None
    domains: tuple[str, ...] = ()
    facts: str = ""
    analysis: str = ""
    contrary: str = ""
    rationale: str = ""
    not_known: str = ""
    for_referrer: str = ""
    for_child: str = ""
    early_or_late_because: str = ""
    differs_because: str = ""
    weak_because: str = ""
    outcomes: tuple[GivenOutcome, ...] = ()
    pins: tuple[GivenPin, ...] = ()
    advice: tuple[GivenAdvice, ...] = ()

    def words(self) -> dict[str, str]:
        """The fields that are words, by name."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, str)}

    def as_proposed(self) -> dict[str, Any]:
        """What is kept of a proposal, so that the decision can be held against it later (M14)."""
        return asdict(self)

    def differs_from(self, proposal: dict[str, Any]) -> tuple[str, ...]:
        """In what this differs from a proposal that was kept: level, concern or outcomes, in words."""
        found = []
        if self.is_safeguarding_concern != proposal.get("is_safeguarding_concern"):
            found.append("whether it is a safeguarding concern")
        if self.level != proposal.get("level"):
            found.append("the level of need")
        if sorted(one.kind for one in self.outcomes) != sorted(one["kind"] for one in proposal.get("outcomes", ())):
            found.append("the outcomes")
        return tuple(found)
