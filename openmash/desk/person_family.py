"""A family as facts, turned into the family diagram."""

from typing import cast

from openmash.design.pictures import Picture
from openmash.design.pictures.family import Couple, FamilyPerson, OtherTie, ParentOf, family_diagram
from openmash.design.pictures.genogram.facts import CoupleKind, ParentKind, Sex
from openmash.people.queries import FamilyView


def family_picture(family: FamilyView, *, focus: frozenset[int] = frozenset()) -> Picture:
    """The diagram with its text equivalent. `focus` are the leads whom it is about; everybody links to their page."""
    people = tuple(
        FamilyPerson(
            key=_key(one.lead),
            name=one.name,
            sex=cast("Sex", one.sex if one.sex in "MFUX" else "U"),
            age_label=one.age,
            unborn=one.is_unborn,
            deceased=one.is_dead,
            focus=one.lead in focus,
            household=one.household or None,
            marks=one.markers,
            url=f"/person/{one.lead}/",
        )
        for one in family.people
    )
    couples = tuple(Couple(_key(one.a), _key(one.b), cast("CoupleKind", one.kind), one.since) for one in family.couples)
    parents = tuple(ParentOf(_key(one.a), _key(one.b), cast("ParentKind", one.kind)) for one in family.parents)
    ties = tuple(OtherTie(_key(one.a), _key(one.b), one.kind) for one in family.ties)
    return family_diagram(people, couples, parents, ties, households=dict(family.households))


def _key(lead: int) -> str:
    return f"person-{lead}"
