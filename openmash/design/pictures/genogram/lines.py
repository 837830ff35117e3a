"""The lines between people: partners, from parents down to children, and any other tie."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import Facts, OtherTie
from openmash.design.pictures.genogram.generations import Family, Generations
from openmash.design.pictures.genogram.places import TRACK, Layout
from openmash.design.pictures.genogram.symbols import CELL, HALF
from openmash.design.pictures.genogram.units import is_way, way
from openmash.design.pictures.ink import INK, QUIET, clean, length, shorten, stroke, tag, words

Point = tuple[float, float]

DASHES = {"birth": None, "adoptive": "12 4", "foster": "2 5", "step": "10 4 2 4", "unknown": "5 5"}
SAID = {"adoptive": "adopted", "foster": "foster", "step": "step", "unknown": "not known"}
SLASHES = {"together": 0, "separated": 1, "divorced": 2, "ex": 1, "": 0}
PARTNER_DASHES = {"ex": "8 5", "": "2 5"}
PORT = 7


def arcs(kin: Generations, keys: Sequence[Sequence[str]]) -> dict[int, list[tuple[str, str]]]:
    """By row, the pairs whose line must pass over the heads of others, or over their own for a tie."""
    over: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, row in enumerate(keys):
        place = {key: here for here, key in enumerate(row)}
        for a, b in kin.pairs:
            if a in place and abs(place[a] - place[b]) > 1:
                over[number].append((a, b))
        over[number] += [(tie.a, tie.b) for tie in kin.ties if tie.a in place and tie.b in place]
    return over


def partner_lines(facts: Facts, kin: Generations, layout: Layout) -> Markup:
    """A line between partners: one slash when separated, two when divorced, broken when no longer partners."""
    kinds = {frozenset((couple.a, couple.b)): couple for couple in facts.couples}
    over = arcs(kin, [row.keys for row in layout.rows])
    drawn = Markup("")
    for a, b in kin.pairs:
        couple = kinds.get(frozenset((a, b)))
        kind, since = (couple.kind, clean(couple.since)) if couple else ("", "")
        row = kin.row[a]
        path = _over(layout, row, over[row].index((a, b)), a, b) if (a, b) in over[row] else _beside(layout, row, a, b)
        drawn += stroke(path, stroke_dasharray=PARTNER_DASHES.get(kind))
        left, right = sorted((path[-2][0], path[1][0]) if len(path) > 2 else (path[0][0] + HALF, path[1][0] - HALF))
        level = path[1][1]
        for number in range(SLASHES[kind]):
            here = left + (right - left) * 0.22 + 7 * number
            drawn += stroke([(here - 5, level + 9), (here + 5, level - 9)])
        if since:
            label = shorten(since, right - left - 8, 12)
            drawn += words(label, (left + right) / 2, level - 7, 12, fill=QUIET, text_anchor="middle")
    return drawn


def child_lines(kin: Generations, layout: Layout) -> Markup:
    """From each couple or single parent down to their children, in the dash that tells the kind of parenthood."""
    starts = _trunks(kin, layout)
    lands = _landings(kin, layout)
    drawn = Markup("")
    for row in range(len(layout.rows) - 1):
        crossing = list(_crossing(kin, starts, lands, layout, row))
        tracks = _tracks([(min(xs), max(xs)) for _, xs in crossing])
        for (number, xs), track in zip(crossing, tracks, strict=True):
            drawn += _comb(kin, layout, row, number, xs, track, starts, lands)
    return drawn


def tie_lines(kin: Generations, layout: Layout) -> Markup:
    """A dotted line with its words for every other tie."""
    over = arcs(kin, [row.keys for row in layout.rows])
    drawn = Markup("")
    looks = {"stroke": QUIET, "stroke_width": 1.5, "stroke_dasharray": "1 4", "stroke_linecap": "round"}
    for tie in kin.ties:
        row, other = kin.row[tie.a], kin.row[tie.b]
        if row == other:
            path = _over(layout, row, over[row].index((tie.a, tie.b)), tie.a, tie.b)
            drawn += stroke(path, **looks)
            place = ((path[1][0] + path[2][0]) / 2, path[1][1] + 4)
        else:
            drawn += tag("path", d=_curve(layout, kin, tie), fill="none", **looks)
            place = _on_curve(layout, kin, tie)
        drawn += _tie_label(tie, place)
    return drawn


def drops(kin: Generations, layout: Layout, row: int) -> list[float]:
    """Where lines go down from between the people of a row."""
    trunks = _trunks(kin, layout)
    return [trunks[number][-1][0] for number, family in enumerate(kin.families) if kin.row[family.parents[0]] == row]


def _beside(layout: Layout, row: int, a: str, b: str) -> list[Point]:
    left, right = sorted((layout.x[a], layout.x[b]))
    return [(left, layout.rows[row].axis), (right, layout.rows[row].axis)]


def _over(layout: Layout, row: int, level: int, a: str, b: str) -> list[Point]:
    left, right = sorted((layout.x[a], layout.x[b]))
    axis, y = layout.rows[row].axis, layout.rows[row].axis - HALF - 14 - 16 * level
    inward = 8 + 3 * (level % 3)
    return [(left + inward, axis), (left + inward, y), (right - inward, y), (right - inward, axis)]


def _trunks(kin: Generations, layout: Layout) -> list[list[Point]]:
    """For every family the line from the parents to where it leaves their row, not yet down to the children."""
    over = arcs(kin, [row.keys for row in layout.rows])
    used: dict[tuple[int, int], int] = defaultdict(int)
    trunks: list[list[Point]] = []
    for family in kin.families:
        number = kin.row[family.parents[0]]
        path = _trunk(kin, layout, family, over[number])
        port = used[(number, round(path[-1][0]))]
        used[(number, round(path[-1][0]))] += 1
        shift = PORT * ((port + 1) // 2) * (1 if port % 2 else -1)
        x, y = path[-1]
        trunks.append([*path[:-1], (x + shift, y), (x + shift, layout.rows[number].foot)])
    return trunks


def _trunk(kin: Generations, layout: Layout, family: Family, over: Sequence[tuple[str, str]]) -> list[Point]:
    row = layout.rows[kin.row[family.parents[0]]]
    if len(family.parents) == 1:
        return _side_exit(kin, layout, family)
    a, b = family.parents
    left, right = sorted((layout.x[a], layout.x[b]))
    passing = next((pair for pair in over if set(pair) == {a, b}), None)
    if passing is None:
        return [((left + right) / 2, row.axis)]
    level = over.index(passing)
    return [(right - CELL / 2 - PORT, row.axis - HALF - 14 - 16 * level)]


def _side_exit(kin: Generations, layout: Layout, family: Family) -> list[Point]:
    """A single parent's line leaves by the side that is free, or else towards the children."""
    key = family.parents[0]
    row = layout.rows[kin.row[key]]
    here = row.keys.index(key)
    partners = {b if a == key else a for a, b in kin.pairs if key in (a, b)}
    left = here > 0 and row.keys[here - 1] in partners
    right = here + 1 < len(row.keys) and row.keys[here + 1] in partners
    middle = sum(layout.x[child] for child in family.children) / len(family.children)
    side = (1 if middle >= layout.x[key] else -1) if left == right else (1 if left else -1)
    level = row.axis + 10
    return [(layout.x[key], level), (layout.x[key] + side * (CELL / 2 + PORT), level)]


def _landings(kin: Generations, layout: Layout) -> dict[tuple[int, str], float]:
    """Where each family's line meets each child or way; several to one child stand apart."""
    meeting: dict[str, list[int]] = defaultdict(list)
    for number, family in enumerate(kin.families):
        for child in family.children:
            meeting[child].append(number)
    lands = {
        (number, child): layout.x[child] + 10 * (place - (len(numbers) - 1) / 2)
        for child, numbers in meeting.items()
        for place, number in enumerate(numbers)
    }
    for row in layout.rows:
        lands |= {(int(key[1:].split(":")[0]), key): layout.x[key] for key in row.keys if is_way(key)}
    return lands


def _crossing(
    kin: Generations, starts: Sequence[list[Point]], lands: Mapping[tuple[int, str], float], layout: Layout, row: int
) -> Iterator[tuple[int, list[float]]]:
    """The families whose line passes the gap under a row, with every x it touches there, the first where it enters."""
    for number, family in enumerate(kin.families):
        top = kin.row[family.parents[0]]
        ends = [lands[(number, key)] for key in _ends(kin, family, number, layout, row)]
        if top <= row and ends:
            enters = starts[number][-1][0] if top == row else lands[(number, way(number, row))]
            yield number, [enters, *ends]


def _ends(kin: Generations, family: Family, number: int, layout: Layout, row: int) -> list[str]:
    further = way(number, row + 1)
    ends = [child for child in family.children if kin.row[child] == row + 1]
    return [*ends, further] if further in layout.rows[row + 1].keys else ends


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


def _comb(
    kin: Generations,
    layout: Layout,
    row: int,
    number: int,
    xs: Sequence[float],
    track: int,
    starts: Sequence[list[Point]],
    lands: Mapping[tuple[int, str], float],
) -> Markup:
    """The line into the gap, along it and down to each child."""
    family = kin.families[number]
    bus = layout.rows[row].foot + 12 + TRACK * track
    looks = {"stroke_dasharray": DASHES[family.kind]}
    here = kin.row[family.parents[0]] == row
    first = starts[number] if here else [(xs[0], layout.rows[row].top)]
    drawn = stroke([*first, (xs[0], bus)], **looks)
    if max(xs) > min(xs):
        drawn += stroke([(min(xs), bus), (max(xs), bus)], **looks)
    for key in _ends(kin, family, number, layout, row + 0):
        x, below = lands[(number, key)], layout.rows[row + 1]
        drawn += stroke([(x, bus), (x, below.top if is_way(key) else below.axis)], **looks)
        if family.kind in SAID and not is_way(key):
            drawn += words(SAID[family.kind], x + 5, below.top + 13, 12, fill=QUIET)
    return drawn


def _curve(layout: Layout, kin: Generations, tie: OtherTie) -> str:
    (x1, y1), (x2, y2), (x3, y3) = _bend(layout, kin, tie)
    return f"M{x1:.1f},{y1:.1f} Q{x2:.1f},{y2:.1f} {x3:.1f},{y3:.1f}"


def _bend(layout: Layout, kin: Generations, tie: OtherTie) -> tuple[Point, Point, Point]:
    a, b = layout.at(tie.a, kin.row[tie.a]), layout.at(tie.b, kin.row[tie.b])
    outward = 60 if b[0] >= a[0] else -60
    return a, ((a[0] + b[0]) / 2 + outward, (a[1] + b[1]) / 2), b


def _on_curve(layout: Layout, kin: Generations, tie: OtherTie) -> Point:
    """The point of a tie's curve that lies in the gap above the lower of the two."""
    a, bend, b = _bend(layout, kin, tie)
    goal = layout.rows[max(kin.row[tie.a], kin.row[tie.b])].top - 6
    points = [_quadratic(a, bend, b, step / 40) for step in range(41)]
    return min(points, key=lambda point: abs(point[1] - goal))


def _quadratic(a: Point, bend: Point, b: Point, t: float) -> Point:
    parts = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
    points: Iterable[Point] = (a, bend, b)
    xs, ys = zip(*((x * part, y * part) for (x, y), part in zip(points, parts, strict=True)), strict=True)
    return sum(xs), sum(ys)


def _tie_label(tie: OtherTie, place: Point) -> Markup:
    label = shorten(clean(tie.label), 160, 12)
    width = length(label, 12)
    back = tag("rect", x=place[0] - width / 2 - 3, y=place[1] - 11, width=width + 6, height=15.0, fill="#ffffff")
    return back + words(label, place[0], place[1], 12, fill=INK, text_anchor="middle") if label else Markup("")
