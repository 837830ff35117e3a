"""What a rule looks at: everything that came in about the same people, as of one moment. Plain values, no database."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Contact:
    """One enquiry about somebody of the family. `was_acted_on` when a decision sent work to somebody."""

    number: int
    reference: str
    on: date
    rating: str
    is_domestic_abuse: bool
    source: str
    is_decided: bool
    was_acted_on: bool


@dataclass(frozen=True)
class Carried:
    """A status or a risk that somebody carries, and when they came to live with the child (none: not known)."""

    person: int
    name: str
    kind: str
    says: str
    since: date | None
    until: date | None
    joined_on: date | None

    def is_live(self, today: date) -> bool:
        return (self.since is None or self.since <= today) and (self.until is None or self.until > today)


@dataclass(frozen=True)
class Story:
    """One enquiry and its family, as of `today`. Contacts are the earlier ones and its own, earliest first.

    `removed` says which earlier children of these adults were looked after; `sightings`, which missing family matches.
    """

    number: int
    today: date
    contacts: tuple[Contact, ...] = ()
    has_child: bool = False
    is_unborn: bool = False
    adults: tuple[Carried, ...] = ()
    removed: tuple[str, ...] = ()
    sightings: tuple[str, ...] = ()
