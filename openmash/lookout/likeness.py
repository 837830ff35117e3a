"""Who is like whom, for an alert: a likely match, or one detail that leads to the same door."""

from collections.abc import Iterable, Mapping

from openmash.agencies.models import Area
from openmash.people.matching.described import Described
from openmash.people.matching.keys import search_keys
from openmash.people.matching.rows import describe_groups
from openmash.people.matching.score import MATCH, POSSIBLE, score
from openmash.people.matching.search import sharing_keys
from openmash.people.models import Person
from openmash.people.queries import records_of


def described(people: Iterable[int]) -> dict[int, Described]:
    """Each lead with all its records together."""
    kept = records_of(people)
    return describe_groups({record: lead for lead, records in kept.items() for record in records})


def likeness(sought: Mapping[int, Described], seen: Iterable[Described]) -> str:
    """What agrees between a family that is looked for and people who turned up, in words; empty when nothing does.

    A shared telephone, e-mail address or home is enough: somebody who hides gives another name, not another number.
    """
    found: dict[str, None] = {}
    for theirs in seen:
        for ours in sought.values():
            found |= dict.fromkeys(_agrees(ours, theirs))
    return "; ".join(found)


def _agrees(ours: Described, theirs: Described) -> tuple[str, ...]:
    scored = score(ours, theirs)
    if scored.score >= POSSIBLE:
        return scored.reasons
    homes = {home.key for home in ours.homes} & {home.key for home in theirs.homes} - {""}
    details = (
        ("same telephone", ours.telephones & theirs.telephones),
        ("same e-mail address", ours.emails & theirs.emails),
        ("same address", homes),
    )
    return tuple(says for says, shared in details if shared)


def known_in_other_areas(seen: Mapping[int, Described], area: int) -> dict[int, frozenset[int]]:
    """By area: the people whom its hub knows and who are likely to be somebody seen in this one."""
    others = frozenset(Area.objects.exclude(pk=area).values_list("pk", flat=True))
    found: dict[int, set[int]] = {}
    for ours in seen.values():
        near = sharing_keys(search_keys(ours), others)
        likely = [lead for lead, theirs in near.items() if score(ours, theirs).score >= MATCH]
        for lead, records in records_of(likely).items():
            for place in Person.objects.filter(pk__in=records).exclude(area=area).values_list("area", flat=True):
                found.setdefault(place, set()).add(lead)
    return {place: frozenset(leads) for place, leads in found.items()}
