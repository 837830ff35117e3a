"""Search for people: two details, or one that is enough by itself; at most twenty; only whom the searcher may know.

Source: security 3.4, "search": results need two identifiers, at most 20, never a wildcard.
"""

from dataclasses import dataclass
from datetime import date

from openmash.audit.actors import Actor
from openmash.people.asked import Asked, asked
from openmash.people.kept import kept_from
from openmash.people.matching.described import Described, home
from openmash.people.matching.keys import address_keys, search_keys
from openmash.people.matching.score import Scored, score
from openmash.people.matching.search import areas_known_to, sharing_keys
from openmash.people.named import NameLine, names_of
from openmash.people.names import classes
from openmash.people.whereabouts import Protection, protection

MOST_SHOWN = 20
_NAME_AND_MORE = "dyp"  # keys of a name with a birth date, a year of birth or a postcode
NOT_ENOUGH = "Add a date or year of birth, or a postcode: a name alone is not enough to find one person"
ADD_A_NAME = "Add a name: a postcode or a date alone is not enough to find one person"
ADD_A_FIRST_NAME = "Add a first name or a whole date of birth"
NOBODY = "Nobody we know of matches what you entered. Check the spelling, or try another detail"


@dataclass(frozen=True)
class PersonLine:
    """One person found: whom they are, where they live, and why they were found."""

    lead: int
    name: str
    age: str
    born_on: date | None
    sex: str
    address: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Who was found. `advice` says what to do when nobody was; `is_more` that there were more than could be shown."""

    people: tuple[PersonLine, ...] = ()
    advice: str = ""
    is_more: bool = False


def find_people(text: str, *, by: Actor) -> Found:
    """Search by name with a birth date, year or postcode, or by number, telephone, e-mail address or address alone."""
    question = asked(text)
    advice = _not_enough(question)
    if advice:
        return Found(advice=advice)
    described = question.described
    guard = protection()
    there = sharing_keys(_keys(question, described), areas_known_to(by), without=kept_from(by))
    if question.is_strong and not question.identifiers:
        there = _findable_by_where(there, described, guard)
    scored = {lead: score(described, guard.shield(lead, them)) for lead, them in there.items()}
    best = sorted(
        (one for one in there if _is_meant(question, scored[one])), key=lambda lead: (-scored[lead].score, lead)
    )
    names = names_of(best[:MOST_SHOWN])
    shown = best[:MOST_SHOWN]
    people = tuple(_line(names[lead], guard.home_of(lead, there[lead]), scored[lead].reasons) for lead in shown)
    return Found(people, "" if people else NOBODY, len(best) > MOST_SHOWN)


def _is_meant(question: Asked, scored: Scored) -> bool:
    """Who shares nothing but a birth date and a first letter was not asked for."""
    named = {scored.levels.given, scored.levels.surname} - {"", "other", "initial"}
    return question.is_strong or not question.words or bool(named)


def known_at(lines: str, postcode: str, *, by: Actor) -> tuple[PersonLine, ...]:
    """Everybody known to live, or to have lived, at an address: what "already known" means of a place (M1)."""
    place = home(lines, postcode)
    there = sharing_keys(address_keys(Described(homes=(place,))), areas_known_to(by), without=kept_from(by))
    guard = protection()
    leads = list(_findable_by_where(there, Described(homes=(place,)), guard))[:MOST_SHOWN]
    names = names_of(leads)
    return tuple(_line(names[lead], guard.home_of(lead, there[lead])) for lead in leads)


def _findable_by_where(there: dict[int, Described], asked: Described, guard: Protection) -> dict[int, Described]:
    """An address or a number finds nobody whose whereabouts are protected, and nobody who lives with them."""
    if any(home.key in guard.homes for home in asked.homes):
        return {}
    return {lead: them for lead, them in there.items() if lead not in guard.leads}


def _not_enough(question: Asked) -> str:
    if question.is_strong:
        return ""
    if not question.words:
        return ADD_A_NAME
    if question.born or question.postcode:
        return ""
    if not question.years:
        return NOT_ENOUGH
    return "" if len(question.words) > 1 else ADD_A_FIRST_NAME


def _keys(question: Asked, described: Described) -> list[str]:
    """A strong detail is looked up by itself; otherwise the name together with the date, the year or the postcode."""
    if question.is_strong:
        exact = Described(
            homes=described.homes if question.address else (),
            telephones=described.telephones,
            emails=described.emails,
            identifiers=described.identifiers,
        )
        return search_keys(exact) + address_keys(exact)
    both = [key for key in search_keys(described) if key[0] in _NAME_AND_MORE]
    return both + [f"y:{year}:{pair}" for year in question.years for pair in _pairs(question)]


def _pairs(question: Asked) -> list[str]:
    parts = sorted(set(classes(" ".join(question.words))))
    return [f"{one}+{two}" for i, one in enumerate(parts) for two in parts[i + 1 :]]


def _line(name: NameLine, address: str, why: tuple[str, ...] = ()) -> PersonLine:
    return PersonLine(name.lead, name.name, name.age, name.born_on, name.sex, address, why)
