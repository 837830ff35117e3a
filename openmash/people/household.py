"""Who lives with each of many people now, and what it says of a match that others of the household were given too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from openmash.audit.actors import Actor
from openmash.people.around import last_homes
from openmash.people.kept import kept_from
from openmash.people.matching.search import Candidate, areas_known_to
from openmash.people.models import Residence
from openmash.people.named import NameLine, names_of, records_of
from openmash.people.whereabouts import protection

MOST_NAMED = 2
TIMES_AS_LIKELY = 10.0


def living_with(leads: Iterable[int], *, by: Actor) -> dict[int, tuple[NameLine, ...]]:
    """By lead: everybody else whose home was last recorded as where they live now. Seven queries, however many."""
    mine = {record: lead for lead, group in records_of(leads).items() for record in group}
    home = last_homes(Residence.objects.filter(person__in=mine))
    there = Residence.objects.filter(address__in=set(home.values()), until=None, person__area__in=areas_known_to(by))
    there = there.exclude(person__in=kept_from(by))
    found = {lead or person for person, lead in there.values_list("person_id", "person__lead_id")}
    every = {record for group in records_of(found).values() for record in group}
    latest = last_homes(Residence.objects.filter(person__in=every))
    for lead in protection().leads:
        latest.pop(lead, None)  # with whom they live tells where
    names = names_of(latest)
    at: dict[int, list[int]] = defaultdict(list)
    for lead, place in latest.items():
        at[place].append(lead)
    return {
        lead: tuple(names[other] for other in sorted(at[place]) if other != lead and other in names)
        for lead, place in home.items()
        if lead in latest
    }


def household_first(
    asked: Sequence[list[Candidate]], homes: Mapping[int, tuple[NameLine, ...]]
) -> list[list[Candidate]]:
    """The candidates for people who were given together, those before others whose household holds more of them.

    Two Amiras with no birth date are alike until one of them lives with the Zara who was given with her.
    """
    likely = [{one.person: one for one in found if one is found[0] or one.band != "low"} for found in asked]
    return [
        sorted(
            (_with_others(one, [those for at, those in enumerate(likely) if at != place], homes) for one in found),
            key=lambda one: -_odds(one),
        )
        for place, found in enumerate(asked)
    ]


def _odds(one: Candidate) -> float:
    """Whose household holds another who was given is so many times as likely as the score alone says."""
    return one.score / max(1 - one.score, 1e-9) * TIMES_AS_LIKELY**one.family


def _with_others(
    one: Candidate, others: Iterable[Mapping[int, Candidate]], homes: Mapping[int, tuple[NameLine, ...]]
) -> Candidate:
    """Each of the others who was given counts once, for whichever of this candidate's household it may be."""
    lives_with = {line.lead for line in homes.get(one.person, ())}
    too = [next((those[lead].name for lead in those if lead in lives_with), "") for those in others]
    named = [name for name in too if name]
    if not named:
        return one
    says = " and ".join(named[:MOST_NAMED]) + (
        " live there and match too" if len(named) > 1 else " lives there and matches too"
    )
    return replace(one, family=len(named), reasons=(*one.reasons, says))
