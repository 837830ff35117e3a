"""A release as somebody plans it: everything that has to be said before it can be proposed. Nothing is preselected."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Chosen:
    """One item that is to leave, by its number: in full or in words that its owner writes, and what to leave out."""

    item: int
    form: str
    leave_out: tuple[str, ...] = ()
    leave_out_because: str = ""


@dataclass(frozen=True)
class Plan:
    """To whom, for what, on what basis, which items. `named` says of a person, by lead, why they must be named (I7)."""

    recipient: int
    team: int | None
    purpose: str
    purpose_words: str
    why_them: str
    lawful_basis: str
    gateway: str
    necessity: str
    told_family: bool
    told_family_words: str
    conditions: str
    expires_at: datetime
    items: tuple[Chosen, ...]
    summary: str = ""
    referrer_because: str = ""
    named: tuple[tuple[int, str], ...] = ()


# What an owner is shown before they answer: when any of it changes, their answer no longer stands (I3).
OWNER_WAS_SHOWN = (
    "recipient_id",
    "team_id",
    "purpose",
    "purpose_words",
    "why_them",
    "lawful_basis",
    "gateway",
    "conditions",
    "expires_at",
)


@dataclass(frozen=True)
class Told:
    """Who at an agency without accounts said yes or no, how (a key of `codes.MEANS`), and when."""

    who: str
    how: str
    at: datetime
