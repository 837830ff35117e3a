"""The family diagram (genogram): generations in rows, partners side by side, a broken line round every household.

Squares are men, circles women, diamonds not known, triangles unborn. A cross is death, a double outline whom it is
about.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from openmash.design.pictures import Picture
from openmash.design.pictures.genogram.facts import Couple, Facts, FamilyPerson, OtherTie, ParentOf, gather
from openmash.design.pictures.genogram.generations import Generations, generations
from openmash.design.pictures.genogram.homes import outlines
from openmash.design.pictures.genogram.legend import legend
from openmash.design.pictures.genogram.lines import child_lines, partner_lines
from openmash.design.pictures.genogram.order import ordered
from openmash.design.pictures.genogram.places import BESIDE, WALL, Layout, place, shifted
from openmash.design.pictures.genogram.sentences import described, said, sentences
from openmash.design.pictures.genogram.symbols import symbol
from openmash.design.pictures.genogram.ties import tie_lines
from openmash.design.pictures.genogram.trunks import CELL, arcs
from openmash.design.pictures.genogram.units import by_age
from openmash.design.pictures.ink import canvas, clean, ident, listed, safe, words

__all__ = ["Couple", "FamilyPerson", "OtherTie", "ParentOf", "family_diagram"]

MARGIN, APART, WIDEST, PAGE, LEAST = 12, 36, 1280, 940, 640
NO_TIE = "No known tie to anybody else here"


@dataclass(frozen=True)
class Part:
    """People who are tied to one another, in their places."""

    facts: Facts
    kin: Generations
    layout: Layout


def family_diagram(
    people: Iterable[FamilyPerson],
    couples: Iterable[Couple] = (),
    parents: Iterable[ParentOf] = (),
    ties: Iterable[OtherTie] = (),
    households: Mapping[str, str] | None = None,
) -> Picture:
    """Draw a family; `households` maps the households' keys to their labels.

    Whatever is told is drawn: a tie to somebody who is not among `people` is left out, a circle of parents becomes a
    labelled line, and those with no tie to anybody stand in a row of their own. Keys hold no NUL character.
    """
    facts = gather(people, couples, parents, ties, households or {})
    groups = list(_groups(facts))
    loose = by_age(facts, (key for group in groups if len(group) == 1 for key in group))
    parts = [_part(_only(facts, group)) for group in groups if len(group) > 1]
    placed, width, height = _shelved(parts)
    drawn = [_drawn(part) for part in placed]
    heading = bool(loose) and len(facts.people) > 1
    if loose:
        rest, width, height = _loose(facts, loose, width, height, heading)
        drawn.append(rest)
    key, height = legend(facts, tuple(part.kin for part in placed), max(width, LEAST), height + 14)
    name = ident("family", facts)
    linked = any(safe(person.url) for person in facts.people.values())
    title = _title(facts)
    svg = canvas(name, title, _about(facts), (max(width, LEAST), height), Markup("").join((*drawn, key)), linked)
    return Picture(name, title, svg, sentences(facts, loose if heading else ()), linked=linked, wide=width > PAGE)


def _groups(facts: Facts) -> Iterator[list[str]]:
    """Everybody, in groups that any tie or a household holds together, in the order given."""
    near: dict[str, set[str]] = {key: set() for key in facts.people}
    pairs = [(couple.a, couple.b) for couple in facts.couples] + [(tie.parent, tie.child) for tie in facts.parents]
    pairs += [(tie.a, tie.b) for tie in facts.ties]
    pairs += [
        (key, mate) for home in facts.homes for key in facts.members(home)[:1] for mate in facts.members(home)[1:]
    ]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    seen: set[str] = set()
    for start in facts.people:
        group, waiting = {start}, [start]
        while waiting and start not in seen:
            fresh = near[waiting.pop()] - group
            group |= fresh
            waiting += fresh
        if start not in seen:
            yield [key for key in facts.people if key in group]
        seen |= group


def _only(facts: Facts, keys: list[str]) -> Facts:
    within = frozenset(keys)
    return replace(
        facts,
        people={key: facts.people[key] for key in keys},
        couples=tuple(couple for couple in facts.couples if couple.a in within),
        parents=tuple(tie for tie in facts.parents if tie.child in within),
        ties=tuple(tie for tie in facts.ties if tie.a in within),
    )


def _part(facts: Facts) -> Part:
    kin = generations(facts)
    keys = ordered(facts, kin)
    return Part(facts, kin, place(facts, kin, keys, arcs(kin, keys)))


def _shelved(parts: list[Part]) -> tuple[list[Part], float, float]:
    """The parts side by side as far as the page is wide, then below; and the width and height they take."""
    placed: list[Part] = []
    x, y, width, height = float(MARGIN), float(MARGIN), 0.0, float(MARGIN)
    for part in parts:
        if x > MARGIN and x + part.layout.width > WIDEST:
            x, y = float(MARGIN), height + APART
        here = replace(part, layout=shifted(part.layout, x, y))
        placed.append(here)
        x = here.layout.width + APART
        width, height = max(width, here.layout.width), max(height, here.layout.height)
    return placed, width + MARGIN, height


def _drawn(part: Part) -> Markup:
    facts, kin, layout = part.facts, part.kin, part.layout
    lines = child_lines(kin, layout) + partner_lines(facts, kin, layout)
    people = (symbol(person, *layout.at(key, kin.row[key]), described(person)) for key, person in facts.people.items())
    return Markup("").join((outlines(facts, kin, layout), tie_lines(kin, layout), lines, *people))


def _loose(facts: Facts, loose: list[str], width: float, height: float, heading: bool) -> tuple[Markup, float, float]:
    """Those without a tie, in rows of their own under the rest; and the width and height of all."""
    room = max(width, PAGE)
    each = max(int((room - 2 * MARGIN) // (CELL + BESIDE + 2 * WALL)), 1)
    drawn = Markup("")
    if heading:
        drawn += words(NO_TIE, MARGIN, height + 40, 14, font_weight="bold")
    height += 46 if heading else 0
    for start in range(0, len(loose), each):
        alone = _only(facts, loose[start : start + each])
        kin = Generations(dict.fromkeys(alone.people, 0), (), (), ())
        layout = shifted(place(alone, kin, [loose[start : start + each]], {}), MARGIN, height)
        drawn += _drawn(Part(alone, kin, layout))
        width, height = max(width, layout.width), layout.height + 10
    return drawn, width, height


def _title(facts: Facts) -> str:
    focus = [clean(person.name) for person in facts.people.values() if person.focus]
    return f"Family of {listed(focus)}" if focus else "Family diagram"


def _about(facts: Facts) -> str:
    people, homes = len(facts.people), len(facts.homes)
    counts = f"{people} {'person' if people == 1 else 'people'}"
    counts += f" and {homes} household{'' if homes == 1 else 's'}" if homes else ""
    return f"{counts}. {listed([said(person) for person in facts.people.values()])}."
