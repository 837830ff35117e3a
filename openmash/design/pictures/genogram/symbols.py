"""One person: a square, circle, diamond or triangle with the age inside and the name and marks under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import FamilyPerson
from openmash.design.pictures.genogram.trunks import CELL, HALF
from openmash.design.pictures.ink import INK, PAPER, clean, length, named, stroke, tag, words, wrap

NAME, SMALL, MARK = 14, 13, 12
LEADING = {NAME: 17, SMALL: 16, MARK: 15}
MOST_MARKS = 4


@dataclass(frozen=True)
class Line:
    """A line of the caption: `y` is its baseline below the middle of the symbol."""

    text: str
    y: float
    size: int
    bold: bool


@dataclass(frozen=True)
class Box:
    """The frame round one mark: its top and height below the middle of the symbol, and its width."""

    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Caption:
    """What stands under a symbol; `foot` is its lowest point below the middle of the symbol."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    foot: float


def caption(person: FamilyPerson) -> Caption:
    """The name, the age when it does not fit inside, the detail and the marks, in lines that fit the cell."""
    lines: list[Line] = []
    y = HALF + 5.0
    age = "" if age_inside(person) else person.age_label
    for text, size, most in ((person.name, NAME, 3), (age, SMALL, 2), (person.detail, SMALL, 3)):
        for line in wrap(text, CELL, size, most, bold=size == NAME):
            y += LEADING[size]
            lines.append(Line(line, y, size, size == NAME))
    boxes: list[Box] = []
    for mark in _marks(person.marks):
        within = wrap(mark, CELL - 10, MARK, 2, bold=True)
        top = y + 7
        y = top + 2
        for line in within:
            y += LEADING[MARK]
            lines.append(Line(line, y - 3, MARK, True))
        boxes.append(Box(top, max(length(line, MARK, bold=True) for line in within) + 12, y - top + 1))
        y += 1
    return Caption(tuple(lines), tuple(boxes), y + 6)


def age_inside(person: FamilyPerson) -> bool:
    """Whether the age stands within the symbol."""
    room = HALF * (1.6 if person.sex in ("M", "F") else 1)
    fits = 0 < length(clean(person.age_label), NAME, bold=True) <= room
    return fits and not person.deceased and not person.unborn


def symbol(person: FamilyPerson, x: float, y: float, said: str) -> Markup:
    """The person drawn with the middle of the symbol at x, y; `said` is read out and shown on hover."""
    under = caption(person)
    parts: list[Markup] = []
    if person.focus:
        parts.append(shape(person, x, y, HALF + 6, class_="openmash-picture__focus"))
    parts.append(shape(person, x, y, HALF, class_="openmash-picture__symbol"))
    if person.deceased:
        parts.append(cross(x, y))
    inside = _inside(person)
    if inside:
        parts.append(words(inside, x, y + 5, NAME, text_anchor="middle", font_weight="bold"))
    parts += [_frame(box, x, y) for box in under.boxes]
    for line in under.lines:
        weight = "bold" if line.bold else None
        parts.append(
            words(line.text, x, y + line.y, line.size, text_anchor="middle", font_weight=weight, stroke="none")
        )
    whole = Markup("").join(parts)
    return named(said, whole, person.url, class_="openmash-picture__person", data_key=clean(person.key))


def shape(person: FamilyPerson, x: float, y: float, half: float, **attributes: object) -> Markup:
    """The outline alone: square for a man, circle for a woman, triangle unborn, diamond when neither or not known."""
    looks: dict[str, object] = {"fill": PAPER, "stroke": INK, "stroke_width": 2, **attributes}
    if person.unborn:
        low = half * 0.8
        return tag("polygon", points=_points((x, y - half), (x + half, y + low), (x - half, y + low)), **looks)
    if person.sex == "M":
        return tag("rect", x=x - half, y=y - half, width=2.0 * half, height=2.0 * half, **looks)
    if person.sex == "F":
        return tag("circle", cx=x, cy=y, r=half, **looks)
    return tag("polygon", points=_points((x, y - half), (x + half, y), (x, y + half), (x - half, y)), **looks)


def cross(x: float, y: float, half: float = HALF) -> Markup:
    """The cross of somebody who has died."""
    reach = half * 0.7
    one = stroke([(x - reach, y - reach), (x + reach, y + reach)])
    return one + stroke([(x - reach, y + reach), (x + reach, y - reach)])


def _inside(person: FamilyPerson) -> str:
    if age_inside(person):
        return clean(person.age_label)
    return "?" if person.sex == "U" and not person.unborn and not person.deceased else ""


def _marks(marks: Sequence[str]) -> list[str]:
    shown = [mark for mark in map(clean, marks) if mark]
    if len(shown) <= MOST_MARKS:
        return shown
    return [*shown[: MOST_MARKS - 1], f"and {len(shown) - MOST_MARKS + 1} more"]


def _frame(box: Box, x: float, y: float) -> Markup:
    return tag(
        "rect", x=x - box.width / 2, y=y + box.y, width=box.width, height=box.height, rx=3, fill=PAPER, stroke=INK
    )


def _points(*points: tuple[float, float]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
