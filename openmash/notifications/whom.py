"""Whom a person in a notification may be: the same in another notification, or somebody whom the hub knows."""

from collections.abc import Mapping, Sequence
from datetime import date

from openmash.notifications.models import Notification, Subject
from openmash.notifications.rows import Said
from openmash.people.given import GivenPerson
from openmash.people.matching.described import Described, described
from openmash.people.matching.keys import search_keys
from openmash.people.matching.score import POSSIBLE, score
from openmash.people.matching.search import each_sharing_keys
from openmash.people.names import classes

_LONGEST = 120


def who(given: str, family: str, born_on: date | None) -> str:
    """The same for one person under spellings that sound alike; empty without a whole name and a birth date."""
    if not (given and family and born_on):
        return ""
    return f"{born_on:%Y%m%d}:{'+'.join(sorted(classes(f'{given} {family}')))}"[:_LONGEST]


def likely_leads(said: Sequence[Said], area: int) -> list[int | None]:
    """Of each, the likeliest person of an area's hub, when there is one: many at once, since a night's file has many.

    An evaluator is shown only whether they are open.
    """
    people = [as_described(one, one) for one in said]
    found = each_sharing_keys([search_keys(person) for person in people], {area})
    return [next(iter(likely(person, there)), None) for person, there in zip(people, found, strict=True)]


def as_described(one: Said | Subject, at: Said | Notification) -> Described:
    """A person of a notification, and where it happened, in comparable form."""
    return described(
        GivenPerson(one.given, one.family, born_on=one.born_on, sex=one.sex, postcode=at.postcode,
                    address_lines=at.address_lines, telephone=one.telephone)
    )  # fmt: skip


def likely(person: Described, there: Mapping[int, Described]) -> list[int]:
    """Of these whoever is likely enough to be that person for somebody to decide, the likeliest first."""
    scored = {one: score(person, theirs).score for one, theirs in there.items()}
    return sorted((one for one in scored if scored[one] >= POSSIBLE), key=lambda one: (-scored[one], one))
