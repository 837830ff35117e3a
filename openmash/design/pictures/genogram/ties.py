"""A dotted line with its words for every tie that is neither partnership nor parenthood."""

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import OtherTie
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.places import Layout
from openmash.design.pictures.ink import QUIET, clean, shorten, stroke, tag, words

Point = tuple[float, float]
LOOKS = {"stroke": QUIET, "stroke_width": 1.5, "stroke_dasharray": "1 4", "stroke_linecap": "round"}
BEND, ROOM = 60, 160


def tie_lines(kin: Generations, layout: Layout) -> Markup:
    """Over the heads within a row, in a curve from row to row."""
    drawn, labels = Markup(""), Markup("")
    for tie in kin.ties:
        row, other = kin.row[tie.a], kin.row[tie.b]
        if row == other:
            path = layout.arc(row, tie.a, tie.b)
            drawn += stroke(path, **LOOKS)
            place = ((path[1][0] + path[2][0]) / 2, path[1][1] + 4)
        else:
            (x1, y1), (x2, y2), (x3, y3) = bend = _bend(layout, kin, tie)
            drawn += tag("path", d=f"M{x1:.1f},{y1:.1f} Q{x2:.1f},{y2:.1f} {x3:.1f},{y3:.1f}", fill="none", **LOOKS)
            place = _label_place(bend, layout.rows[max(row, other)].top - 6)
        labels += words(shorten(clean(tie.label), ROOM, 12), *place, 12, text_anchor="middle", stroke_width=5)
    return drawn + labels


def _bend(layout: Layout, kin: Generations, tie: OtherTie) -> tuple[Point, Point, Point]:
    a, b = layout.at(tie.a, kin.row[tie.a]), layout.at(tie.b, kin.row[tie.b])
    outward = BEND if b[0] >= a[0] else -BEND
    return a, ((a[0] + b[0]) / 2 + outward, (a[1] + b[1]) / 2), b


def _label_place(bend: tuple[Point, Point, Point], goal: float) -> Point:
    """The point of the curve that lies at a height between rows, where no name stands."""
    points = [_quadratic(bend, step / 40) for step in range(41)]
    return min(points, key=lambda point: abs(point[1] - goal))


def _quadratic(bend: tuple[Point, Point, Point], t: float) -> Point:
    parts = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
    x = sum(point[0] * part for point, part in zip(bend, parts, strict=True))
    return x, sum(point[1] * part for point, part in zip(bend, parts, strict=True))
