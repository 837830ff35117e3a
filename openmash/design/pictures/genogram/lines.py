"""The lines between partners, and from parents down to their children."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Family, Generations
from openmash.design.pictures.genogram.places import TRACK, Layout
from openmash.design.pictures.genogram.trunks import HALF, PORT, SLIDE, way_out
from openmash.design.pictures.genogram.units import is_way, way
from openmash.design.pictures.ink import QUIET, clean, length, shorten, stroke, words

Point = tuple[float, float]

DASHES = {"birth": None, "adoptive": "12 4", "foster": "2 5", "step": "10 4 2 4", "unknown": "5 5"}
SAID = {"adoptive": "adopted", "foster": "foster", "step": "step", "unknown": "not recorded"}
SLASHES = {"together": 0, "separated": 1, "divorced": 2, "ex": 1, "": 0}
PARTNER_DASHES = {"ex": "8 5", "": "2 5"}


def partner_lines(facts: Facts, kin: Generations, layout: Layout) -> Markup:
    """A line between partners: one slash when separated, two when divorced, broken when they only were a couple."""
    couples = {frozenset((couple.a, couple.b)): couple for couple in facts.couples}
    drawn = Markup("")
    for a, b in kin.pairs:
        couple, row = couples.get(frozenset((a, b))), kin.row[a]
        kind, since = (couple.kind, clean(couple.since)) if couple else ("", "")
        over = (a, b) in layout.over.get(row, ())
        path = layout.arc(row, a, b) if over else sorted((layout.at(a, row), layout.at(b, row)))
        middle, room = _clear(kin, layout, row, a, b)
        label = shorten(since, room, 12)
        cut = middle - (length(label, 12) / 2 + 8 if label else room / 4)
        drawn += stroke(path, stroke_dasharray=PARTNER_DASHES.get(kind)) + slashes(kind, cut, path[1][1])
        drawn += words(label, middle, path[1][1] - 6, 12, fill=QUIET, text_anchor="middle") if label else ""
    return drawn


def slashes(kind: str, x: float, y: float, half: float = 9) -> Markup:
    """The strokes across a line that say it was broken off, the last of them at x."""
    places = [x - 7 * number for number in range(SLASHES[kind])]
    return Markup("").join(stroke([(x - half / 2, y + half), (x + half / 2, y - half)]) for x in places)


def _clear(kin: Generations, layout: Layout, row: int, a: str, b: str) -> tuple[float, float]:
    """The middle and width of a stretch of the line between two where no name and no other line stands."""
    keys = layout.rows[row].keys
    left, right = sorted((keys.index(a), keys.index(b)))
    first = way_out(kin, keys, Family((a, b), (), "")).keys[0] == keys[left]
    ends = (keys[right - 1], keys[right]) if first else (keys[left], keys[left + 1])
    x = [layout.x[key] for key in ends]
    return sum(x) / 2, x[1] - x[0] - 2 * HALF - 8


def child_lines(kin: Generations, layout: Layout) -> Markup:
    """From each couple or single parent down to their children, in the dash that tells the kind of parenthood."""
    net = _Net(kin, layout)
    return Markup("").join(net.gap(row) for row in range(len(layout.rows) - 1))


def drops(kin: Generations, layout: Layout, row: int) -> list[float]:
    """Where lines go down from between the people of a row."""
    net = _Net(kin, layout)
    return [net.trunks[n][-1][0] for n, family in enumerate(kin.families) if kin.row[family.parents[0]] == row]


@dataclass(frozen=True)
class _Comb:
    """One family's line in the gap under a row: where it comes in and what it goes on to."""

    number: int
    family: Family
    enters: float
    ends: Mapping[str, float]

    @property
    def span(self) -> tuple[float, float]:
        return min(self.enters, *self.ends.values()), max(self.enters, *self.ends.values())


class _Net:
    """All the lines to children: trunks from the parents, combs in the gaps between rows."""

    def __init__(self, kin: Generations, layout: Layout) -> None:
        self.kin, self.layout = kin, layout
        self.meeting: dict[str, list[int]] = defaultdict(list)
        for number, family in enumerate(kin.families):
            for child in family.children:
                self.meeting[child].append(number)
        self.used: list[tuple[int, float]] = []
        self.trunks = [self._trunk(number, family) for number, family in enumerate(kin.families)]

    def gap(self, row: int) -> Markup:
        """Every comb in the gap under a row, those that would touch at different heights."""
        combs = list(self._combs(row))
        tracks = _tracks([comb.span for comb in combs])
        return Markup("").join(self._draw(comb, row, track) for comb, track in zip(combs, tracks, strict=True))

    def _trunk(self, number: int, family: Family) -> list[Point]:
        """From the parents to where the line leaves their row; several from one place stand side by side."""
        row, layout = self.kin.row[family.parents[0]], self.layout
        start = way_out(self.kin, layout.rows[row].keys, family)
        x = sum(layout.x[key] for key in start.keys) / len(start.keys) + start.shift
        port = sum(there == row and abs(x - other) < PORT for there, other in self.used)
        self.used.append((row, x))
        ends = list(self._ends(number, family, row).values())
        if len(ends) == 1 and len(start.keys) == 2 and not port:
            x = min(max(ends[0], x - SLIDE), x + SLIDE)
        x += PORT * ((port + 1) // 2) * (1 if port % 2 else -1)
        return [*self._source(family, row, x), (x, layout.rows[row].foot)]

    def _source(self, family: Family, row: int, x: float) -> list[Point]:
        axis = self.layout.rows[row].axis
        if len(family.parents) == 1:
            parent = self.layout.x[family.parents[0]]
            free = not any(family.parents[0] in pair for pair in self.kin.pairs)
            return [(parent, axis if free else axis + 10), (x, axis if free else axis + 10)]
        a, b = family.parents
        pair = next((pair for pair in self.layout.over.get(row, ()) if set(pair) == {a, b}), None)
        return [(x, self.layout.arc(row, *pair)[1][1] if pair else axis)]

    def _ends(self, number: int, family: Family, row: int) -> dict[str, float]:
        """What the line of a family goes on to under a row, and where it meets it; several to one child stand apart."""
        found: dict[str, float] = {}
        for child in family.children:
            if self.kin.row[child] == row + 1:
                lines = self.meeting[child]
                found[child] = self.layout.x[child] + 10 * (lines.index(number) - (len(lines) - 1) / 2)
        further = way(number, row + 1)
        return {**found, further: self.layout.x[further]} if further in self.layout.x else found

    def _combs(self, row: int) -> Iterator[_Comb]:
        for number, family in enumerate(self.kin.families):
            top = self.kin.row[family.parents[0]]
            ends = self._ends(number, family, row) if top <= row else {}
            if ends:
                enters = self.trunks[number][-1][0] if top == row else self.layout.x[way(number, row)]
                yield _Comb(number, family, enters, ends)

    def _draw(self, comb: _Comb, row: int, track: int) -> Markup:
        above, below, kind = self.layout.rows[row], self.layout.rows[row + 1], comb.family.kind
        bus, dash = above.foot + 12 + TRACK * track, DASHES[kind]
        starts = self.kin.row[comb.family.parents[0]] == row
        drawn = stroke(
            [*(self.trunks[comb.number] if starts else [(comb.enters, above.top)]), (comb.enters, bus)],
            stroke_dasharray=dash,
        )
        if comb.span[0] < comb.span[1]:
            drawn += stroke([(comb.span[0], bus), (comb.span[1], bus)], stroke_dasharray=dash)
        for key, x in comb.ends.items():
            drawn += stroke([(x, bus), (x, below.top if is_way(key) else below.axis)], stroke_dasharray=dash)
            if kind in SAID and not is_way(key):
                drawn += self._kind(comb, key, x, below.top + 13)
        return drawn

    def _kind(self, comb: _Comb, child: str, x: float, y: float) -> Markup:
        """The kind of parenthood beside the line, clear of the other lines to the same child."""
        place, last = self.meeting[child].index(comb.number), len(self.meeting[child]) - 1
        left = place == 0 and last > 0
        return words(
            SAID[comb.family.kind],
            x - 5 if left else x + 5,
            y if left else y - 14 * (last - place),
            12,
            fill=QUIET,
            text_anchor="end" if left else "start",
        )


def _tracks(spans: Sequence[tuple[float, float]]) -> list[int]:
    """A height for each span such that spans of one height do not touch."""
    taken: list[list[tuple[float, float]]] = []
    tracks = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda number: spans[number]):
        low, high = spans[number]
        free = (track for track, held in enumerate(taken) if all(b + 12 < low or high + 12 < a for a, b in held))
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        tracks[number] = track
    return tracks
