"""Whom a person in a notification may be: the same in another notification, or somebody whom the hub knows."""

from datetime import date

from openmash.notifications.rows import Said
from openmash.people.given import GivenPerson
from openmash.people.matching.described import described
from openmash.people.matching.keys import search_keys
from openmash.people.matching.score import POSSIBLE, score
from openmash.people.matching.search import sharing_keys
from openmash.people.names import classes

_LONGEST = 120


def who(given: str, family: str, born_on: date | None) -> str:
    """The same for one person under spellings that sound alike; empty without a whole name and a birth date."""
    if not (given and family and born_on):
        return ""
    return f"{born_on:%Y%m%d}:{'+'.join(sorted(classes(f'{given} {family}')))}"[:_LONGEST]


def likely_lead(said: Said, area: int) -> int | None:
    """The likeliest person of an area's hub, when there is one. An evaluator is shown only whether they are open."""
    person = described(
        GivenPerson(said.given, said.family, born_on=said.born_on, sex=said.sex, address_lines=said.address_lines,
                    postcode=said.postcode, telephone=said.telephone)
    )  # fmt: skip
    found = sharing_keys(search_keys(person), {area})
    scored = {lead: score(person, theirs).score for lead, theirs in found.items()}
    best = max(scored, key=lambda lead: (scored[lead], -lead), default=None)
    return best if best is not None and scored[best] >= POSSIBLE else None
