"""Events along one lane as dots: those that would touch become one larger dot with their number in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, log2
from typing import Literal

from markupsafe import Markup

from openmash.design.pictures.ink import INK, PAPER, tag, words
from openmash.design.pictures.scale import Scale

Level = Literal["red", "amber", "green"]
LEVELS: tuple[Level, ...] = ("red", "amber", "green")
FILLS = {"red": "#b5291a", "amber": "#ffbf47", "green": "#00703c"}
LETTERS = {"red": PAPER, "amber": INK, "green": PAPER}
LARGEST, DIAMOND = 17, 1.2


@dataclass(frozen=True)
class LaneEvent:
    """Something that happened on a day or went on until another; `kind` and `level` are told in words as well."""

    key: str
    lane: str
    at: date
    label: str
    kind: str = ""
    until: date | None = None
    level: Level | None = None
    url: str | None = None


@dataclass(frozen=True)
class Dot:
    """One or several events that stand at one place."""

    events: tuple[LaneEvent, ...]
    x: float

    @property
    def radius(self) -> float:
        """How far the dot reaches from its middle."""
        count = len(self.events)
        return min(10 + 2 * log2(count), LARGEST) if count > 1 else 9.0 if self.level else 6.5

    @property
    def level(self) -> Level | None:
        """The highest level among its events."""
        found = {event.level for event in self.events}
        return next((level for level in LEVELS if level in found), None)


def dots(events: Iterable[LaneEvent], scale: Scale, line: date | None) -> list[Dot]:
    """The dots of one lane from left to right; none holds events from both sides of the line."""
    ordered = sorted(events, key=lambda event: event.at)
    if line is None:
        return _gathered(ordered, scale, (-inf, inf))
    before = [event for event in ordered if event.at < line]
    since = [event for event in ordered if event.at >= line]
    here = scale.x(line)
    return [*_gathered(before, scale, (-inf, here)), *_gathered(since, scale, (here, inf))]


def drawn(level: Level | None, x: float, y: float, radius: float, inside: str = "", several: bool = False) -> Markup:
    """The dot itself: a square is red, a diamond amber, a circle green or without level, so that shape tells too.

    Several events have a white heart: their highest level is round them, and is not true of each.
    """
    sign = _shape(level, x, y, radius, FILLS.get(level or "", PAPER), INK)
    if several and level:
        sign += _shape(level, x, y, radius * 0.74, PAPER, "none")
    if not inside:
        return sign
    colour = INK if several else LETTERS.get(level or "", INK)
    return sign + words(inside, x, y + 4, 12, fill=colour, stroke="none", text_anchor="middle", font_weight="bold")


def _shape(level: Level | None, x: float, y: float, radius: float, fill: str, line: str) -> Markup:
    looks: dict[str, object] = {"fill": fill, "stroke": line, "stroke_width": 1.5}
    if level == "red":
        half = radius * 0.9
        return tag("rect", x=x - half, y=y - half, width=2.0 * half, height=2.0 * half, **looks)
    if level == "amber":
        half = radius * DIAMOND
        points = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y:.1f} {x:.1f},{y + half:.1f} {x - half:.1f},{y:.1f}"
        return tag("polygon", points=points, **looks)
    return tag("circle", cx=x, cy=y, r=radius, **looks)


def _gathered(events: Sequence[LaneEvent], scale: Scale, room: tuple[float, float]) -> list[Dot]:
    """The dots of events in order of time, none touching another or the ends of the room."""
    found: list[Dot] = []
    for event in events:
        dot = _inside(Dot((event,), scale.x(event.at)), room)
        while found and dot.x - found[-1].x < _reach(dot) + _reach(found[-1]):
            before = found.pop()
            share = len(dot.events) / (len(dot.events) + len(before.events))
            dot = _inside(Dot((*before.events, *dot.events), before.x + (dot.x - before.x) * share), room)
        found.append(dot)
    return found


def _inside(dot: Dot, room: tuple[float, float]) -> Dot:
    return Dot(dot.events, min(max(dot.x, room[0] + _reach(dot)), room[1] - _reach(dot)))


def _reach(dot: Dot) -> float:
    return dot.radius * (DIAMOND if dot.level == "amber" else 1) + 0.5
