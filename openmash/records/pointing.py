"""What somebody has to see before a thing is given: other people, who made the enquiry, protected homes, sealed words.

The machine takes nothing out and lets nothing through: it points, and a person says what becomes of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openmash.enquiries.models import Party, Referrer
from openmash.kit.legible import bare
from openmash.people.markers import GUARDING
from openmash.people.models import Marker, Name, Relationship, Residence
from openmash.people.queries import leads_of, records_of
from openmash.people.risks import near_by_risk

_SEALED = {"X": "Sealed by its agency: ask it first", "L": "Locked by its agency: only its lead says what is given"}


@dataclass(frozen=True)
class Around:
    """Whose names and homes to look for: `others` by full name, with the single names that give them away."""

    others: tuple[tuple[str, frozenset[str]], ...]
    referrers: tuple[frozenset[str], ...]
    protected: frozenset[str]
    homes: frozenset[str]


def around(person: int, enquiries: Iterable[int]) -> Around:
    """Everybody of these enquiries, every relation of the person, whoever is a danger to them or at risk from them, but
    the person; who made the enquiries; and the homes of all."""
    own = records_of(leads_of([person]).values()).popitem()[1]
    near = set(Party.objects.filter(enquiry__in=enquiries).values_list("person", flat=True))
    for pair in Relationship.objects.filter(person__in=own).values_list("other", flat=True):
        near.add(pair)
    near |= set(Relationship.objects.filter(other__in=own).values_list("person", flat=True))
    near |= near_by_risk([person])
    others = {record for records in records_of(leads_of(near).values()).values() for record in records} - own
    theirs = {part for pair in Name.objects.filter(person__in=own).values_list("given", "family") for part in pair}
    guarded = set(Marker.objects.filter(person__in=others | own, kind__in=GUARDING).values_list("person", flat=True))
    referrers = (
        Referrer.objects.filter(enquiry__in=enquiries).exclude(name="").values_list("name", "email", "telephone")
    )
    return Around(
        others=tuple(
            (f"{given} {family}".strip(), frozenset({f"{given} {family}".strip(), given} - theirs - {""}))
            for given, family in dict.fromkeys(Name.objects.filter(person__in=others).values_list("given", "family"))
        ),
        referrers=tuple(frozenset(filter(None, facts)) for facts in referrers),
        protected=_homes(guarded),
        homes=_homes(others) - _homes(own),
    )


def _homes(people: Iterable[int]) -> frozenset[str]:
    rows = Residence.objects.filter(person__in=people).values_list("address__lines", "address__postcode")
    return frozenset(part for pair in rows for part in pair if part)


def points(table: str, said: Mapping[str, Any], text: str, near: Around) -> tuple[str, ...]:
    """Each in a sentence, the gravest first; none: nothing was found, which is not to say that nothing is there."""
    found = []
    if _any_in(near.protected, text):
        found.append("It has an address that is protected")
    if table == "enquiries_referrer":
        found.append(
            "It is who made the enquiry"
            + (", who asked that the family is not told" if said.get("keep_name_from_family") else "")
        )
    elif any(_any_in(one, text) for one in near.referrers):
        found.append("It names who made the enquiry")
    found += [f"It names {name}" for name, marks in near.others if _any_in(marks, text)]
    if _any_in(near.homes - near.protected, text):
        found.append("It has an address of somebody else")
    found += [_SEALED[said["sensitivity"]]] if said.get("sensitivity") in _SEALED else []
    found += ["Its agency set conditions"] if said.get("handling") == "C" else []
    return tuple(found)


def _any_in(marks: Iterable[str], text: str) -> bool:
    """Whole words, in any case, however their letters are written."""
    words, text = (r"\s+".join(map(re.escape, bare(mark).split())) for mark in marks if len(mark) > 1), bare(text)
    return any(re.search(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE) for word in words if word)
