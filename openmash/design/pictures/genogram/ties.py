"""A dotted line with its words for every tie that is neither partnership nor parenthood."""

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import OtherTie
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.places import Layout
from openmash.design.pictures.ink import QUIET, clean, shorten, stroke, tag, words

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
LOOKS = {"stroke": QUIET, "stroke_width": 1.5, "stroke_dasharray": "1 4", "stroke_linecap": "round"}
BEND, STEP, ROOM = 90, 22, 160


def tie_lines(kin: Generations, layout: Layout) -> Markup:
    """Over the heads within a row, in a curve from row to row."""
    drawn, labels = Markup(""), Markup("")
    for number, tie in enumerate(kin.ties):
        row, other = kin.row[tie.a], kin.row[tie.b]
        if row == other:
            path = layout.arc(row, tie.a, tie.b)
            drawn += stroke(path, **LOOKS)
            place = ((path[1][0] + path[2][0]) / 2, path[1][1] + 4)
        else:
            bend = _bend(layout, kin, tie, BEND + STEP * (number % 4))
            (x1, y1), (x2, y2), (x3, y3), (x4, y4) = bend
            curve = f"M{x1:.1f},{y1:.1f} C{x2:.1f},{y2:.1f} {x3:.1f},{y3:.1f} {x4:.1f},{y4:.1f}"
            drawn += tag("path", d=curve, fill="none", **LOOKS)
            place = _label_place(bend, layout.rows[max(row, other)].top - 6 - 14 * (number % 3))
        labels += words(shorten(clean(tie.label), ROOM, 12), *place, 12, text_anchor="middle", stroke_width=5)
    return drawn + labels


def _bend(layout: Layout, kin: Generations, tie: OtherTie, reach: float) -> Curve:
    """Out from the side of the upper one, clear of the name, and down on the head of the lower."""
    upper, lower = sorted((tie.a, tie.b), key=lambda key: kin.row[key])
    (x1, y1), (x2, y2) = layout.at(upper, kin.row[upper]), layout.at(lower, kin.row[lower])
    side = 1 if x2 >= x1 else -1
    return (x1, y1), (x1 + side * reach, y1), (x2 - side * 12, layout.rows[kin.row[lower]].top - reach), (x2, y2)


def _label_place(bend: Curve, goal: float) -> Point:
    """The point of the curve that lies at a height between rows, where no name stands."""
    points = [_cubic(bend, step / 40) for step in range(41)]
    return min(points, key=lambda point: abs(point[1] - goal))


def _cubic(bend: Curve, t: float) -> Point:
    parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x = sum(point[0] * part for point, part in zip(bend, parts, strict=True))
    return x, sum(point[1] * part for point, part in zip(bend, parts, strict=True))
