"""Reading a drawn picture back: what stands where, and what it says."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

from openmash.design.pictures import Picture

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def tree(picture: Picture) -> ElementTree.Element:
    """The SVG as a browser would take it; raises when it is not well formed."""
    return ElementTree.fromstring(str(picture.svg))


def boxes(picture: Picture) -> dict[str, Box]:
    """The box round the symbol of every person drawn, by key."""
    found = {}
    for person in tree(picture).iter(f"{SVG}g"):
        if person.get("class") == "openmash-picture__person":
            shape = next(part for part in person if part.get("class") == "openmash-picture__symbol")
            found[str(person.get("data-key"))] = box(shape)
    return found


def box(shape: ElementTree.Element) -> Box:
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    if shape.tag == f"{SVG}circle":
        x, y, r = (float(shape.attrib[name]) for name in ("cx", "cy", "r"))
        return x - r, y - r, x + r, y + r
    points = [tuple(map(float, point.split(","))) for point in shape.attrib["points"].split()]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def overlapping(found: list[Box]) -> list[tuple[Box, Box]]:
    """Every two boxes that share some ground."""
    return [(a, b) for a, b in combinations(found, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]


def canvas(picture: Picture) -> Box:
    """The box of the whole picture."""
    left, top, width, height = map(float, tree(picture).attrib["viewBox"].split())
    return left, top, left + width, top + height


def beyond(found: list[Box], around: Box) -> list[Box]:
    """The boxes that do not lie wholly within another."""
    return [b for b in found if b[0] < around[0] or b[1] < around[1] or b[2] > around[2] or b[3] > around[3]]


def names(element: ElementTree.Element) -> set[str]:
    """The names of all the elements in it."""
    return {part.tag.removeprefix(SVG) for part in element.iter()}


def written(picture: Picture) -> str:
    """All that is written in the picture itself."""
    return re.sub(r"\s+", " ", " ".join(tree(picture).itertext()))
