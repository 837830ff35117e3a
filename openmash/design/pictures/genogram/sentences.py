"""The family diagram in words: a plain sentence for each relation, each household and each person."""

from collections.abc import Iterator, Sequence

from openmash.design.pictures.genogram.facts import Couple, Facts, FamilyPerson
from openmash.design.pictures.genogram.generations import Family, told_families
from openmash.design.pictures.genogram.units import by_age
from openmash.design.pictures.ink import clean, listed

COUPLED = {
    "together": "are partners",
    "separated": "are separated",
    "divorced": "are divorced",
    "ex": "are former partners",
}
PARENTS = {"step": "step-", "adoptive": "adoptive ", "foster": "foster "}
SEXES = {"M": "male", "F": "female", "X": "sex recorded as other"}


def sentences(facts: Facts, loose: Sequence[str]) -> tuple[str, ...]:
    """All that the diagram shows, with every name in it."""
    told = (*_relations(facts), *_ties(facts), *_homes(facts), *_loose(facts, loose), *_people(facts))
    return tuple(dict.fromkeys(told))


def said(person: FamilyPerson) -> str:
    """`Amara Bell (34)`, `Unborn baby (due 3 May 2026)`, `Joan Bell (61, has died)`."""
    name, age = clean(person.name) or "Name not known", clean(person.age_label)
    unborn = "unborn" if person.unborn and "unborn" not in f"{name} {age}".lower() else ""
    notes = [note for note in (unborn, age, "has died" if person.deceased else "") if note]
    return f"{name} ({', '.join(notes)})" if notes else name


def described(person: FamilyPerson) -> str:
    """`Amara Bell (34), female, nurse. Marked: carer.`"""
    parts = [said(person), "" if person.unborn else SEXES.get(person.sex, "sex not known"), clean(person.detail)]
    marks = [mark for mark in map(clean, person.marks) if mark]
    ends = [f"Marked: {'; '.join(marks)}."] if marks else []
    if person.focus:
        ends.append("This picture is about them.")
    return " ".join((f"{', '.join(part for part in parts if part)}.", *ends))


def _relations(facts: Facts) -> Iterator[str]:
    families = told_families(facts)
    coupled = {frozenset((couple.a, couple.b)) for couple in facts.couples}
    for couple in facts.couples:
        pair = {couple.a, couple.b}
        theirs = [family for family in families if set(family.parents) == pair]
        yield " ".join((_couple(facts, couple), *(f"They {_parenthood(facts, family)}" for family in theirs)))
    for family in families:
        if frozenset(family.parents) not in coupled:
            yield f"{_names(facts, family.parents)} {_parenthood(facts, family)}"


def _couple(facts: Facts, couple: Couple) -> str:
    since, verb = clean(couple.since), COUPLED[couple.kind]
    if facts.people[couple.a].deceased or facts.people[couple.b].deceased:
        verb = verb.replace("are ", "were ", 1)
    return f"{_names(facts, (couple.a, couple.b))} {verb}{f' ({since})' if since else ''}."


def _parenthood(facts: Facts, family: Family) -> str:
    kind, children = PARENTS.get(family.kind, ""), _names(facts, by_age(facts, family.children))
    verb = f"are the {kind}parents of" if len(family.parents) > 1 else f"is {_article(kind)} {kind}parent of"
    ending = " (not recorded whether by birth)" if family.kind == "unknown" else ""
    return f"{verb} {children}{ending}."


def _article(kind: str) -> str:
    return "an" if kind.startswith("a") else "a"


def _ties(facts: Facts) -> Iterator[str]:
    for tie in facts.ties:
        yield f"{_names(facts, (tie.a, tie.b))}: {clean(tie.label) or 'tie not described'}."


def _homes(facts: Facts) -> Iterator[str]:
    for home in facts.homes:
        members = facts.members(home)
        verb = "lives" if len(members) == 1 else "live"
        yield f"{facts.home_label(home)}: {_names(facts, members)} {verb} here."


def _loose(facts: Facts, loose: Sequence[str]) -> Iterator[str]:
    if loose:
        yield f"No known tie to anybody else here: {_names(facts, loose)}."


def _people(facts: Facts) -> Iterator[str]:
    yield from (described(person) for person in facts.people.values())


def _names(facts: Facts, keys: Sequence[str]) -> str:
    return listed([said(facts.people[key]) for key in keys])
