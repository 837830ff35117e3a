"""The key to the signs that are used in a family diagram, and only to those."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import Facts, FamilyPerson, Sex
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.lines import DASHES, PARTNER_DASHES, slashes
from openmash.design.pictures.genogram.symbols import cross, shape
from openmash.design.pictures.ink import FAINT, QUIET, length, stroke, tag, words

SIZE, STEP, SIGN = 13, 26, 34
COUPLES = {
    "together": "partners",
    "separated": "separated",
    "divorced": "divorced",
    "ex": "former partners",
    "": "parents, couple or not is not recorded",
}
CHILDREN = {
    "adoptive": "adopted child",
    "foster": "foster child",
    "step": "step-child",
    "unknown": "child, not recorded how",
}
SHAPES: dict[Sex, str] = {"M": "man or boy", "F": "woman or girl"}
Draw = Callable[[float, float], Markup]


@dataclass(frozen=True)
class Sign:
    """A sign and what it means."""

    draw: Draw
    meaning: str


def legend(facts: Facts, drawn: tuple[Generations, ...], width: float, top: float) -> tuple[Markup, float]:
    """The key laid out in lines no wider than `width`, and the height at which it ends."""
    x, y = 10.0, top + 30
    parts = [stroke([(0, top), (width, top)], stroke=FAINT, stroke_width=1)]
    for sign in _signs(facts, drawn):
        wide = SIGN + length(sign.meaning, SIZE) + 24
        if x > 10 and x + wide > width:
            x, y = 10.0, y + STEP
        parts += [sign.draw(x + 10, y - 5), words(sign.meaning, x + SIGN, y, SIZE)]
        x += wide
    return Markup("").join(parts), y + 14


def _signs(facts: Facts, drawn: tuple[Generations, ...]) -> Iterator[Sign]:
    people = facts.people.values()
    shapes = {"" if person.unborn else person.sex if person.sex in SHAPES else "U" for person in people}
    yield from (Sign(_shape(FamilyPerson("", "", sex)), meaning) for sex, meaning in SHAPES.items() if sex in shapes)
    if "U" in shapes:
        yield Sign(_shape(FamilyPerson("", "", "U")), "sex not known or other")
    if "" in shapes:
        yield Sign(_shape(FamilyPerson("", "", "U", unborn=True)), "unborn")
    if any(person.deceased for person in people):
        yield Sign(cross_alone, "has died")
    if any(person.focus for person in people):
        yield Sign(_double, "whom this picture is about")
    kinds = {frozenset((couple.a, couple.b)): couple.kind for couple in facts.couples}
    paired = {kinds.get(frozenset(pair), "") for kin in drawn for pair in kin.pairs}
    yield from (Sign(_partners(kind), COUPLES[kind]) for kind in COUPLES if kind in paired)
    born = {family.kind for kin in drawn for family in kin.families}
    yield from (Sign(_child(kind), CHILDREN[kind]) for kind in CHILDREN if kind in born)
    if any(kin.ties for kin in drawn):
        yield Sign(_dotted, "another tie")
    if facts.homes:
        yield Sign(_home, "household")


def cross_alone(x: float, y: float) -> Markup:
    """The cross without a person."""
    return cross(x, y, 10)


def _shape(person: FamilyPerson) -> Draw:
    return lambda x, y: shape(person, x, y, 9)


def _double(x: float, y: float) -> Markup:
    both = (tag("circle", cx=x, cy=y, r=r, fill="none", stroke="#0b0c0c", stroke_width=1.5) for r in (10, 6))
    return Markup("").join(both)


def _partners(kind: str) -> Draw:
    return lambda x, y: (
        stroke([(x - 12, y), (x + 14, y)], stroke_dasharray=PARTNER_DASHES.get(kind)) + slashes(kind, x + 4, y, 7)
    )


def _child(kind: str) -> Draw:
    return lambda x, y: stroke([(x - 12, y), (x + 14, y)], stroke_dasharray=DASHES[kind])


def _dotted(x: float, y: float) -> Markup:
    return stroke([(x - 12, y), (x + 14, y)], stroke=QUIET, stroke_width=1.5, stroke_dasharray="1 4")


def _home(x: float, y: float) -> Markup:
    return tag(
        "rect",
        x=x - 11,
        y=y - 9,
        width=24,
        height=18,
        fill="#f8f8f8",
        stroke=QUIET,
        stroke_width=1.5,
        stroke_dasharray="5 4",
    )
