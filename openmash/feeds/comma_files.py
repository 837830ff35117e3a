"""Files of comma-separated values: their shape is checked from end to end before the first row is used."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openmash.feeds.shelf import Broken, Column, Reading, Sent, Turned
from openmash.feeds.values import LeftOut

Reader = Callable[[str], object]
_WIDEST = 131_072


@dataclass(frozen=True)
class Shape:
    """The columns of one kind of file. `readers` says by heading into which field a value is read, and how; `row` makes
    what was read of one row into what it sends."""

    columns: tuple[Column, ...]
    readers: dict[str, tuple[str, Reader]]
    row: Callable[[int, dict[str, object], list[str]], Sent | Turned]

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns if column.is_needed)


def fits(shape: Shape, path: Path) -> bool:
    """Whether the file has a heading for every column that this kind of file must have."""
    try:
        return shape.needed <= set(_heading(path))
    except Broken:
        return False


def read(shape: Shape, path: Path) -> Reading:
    """Check the whole file; `Broken` when its shape is wrong."""
    heading = _heading(path)
    known = {column.name for column in shape.columns}
    if unknown := [name for name in heading if name not in known]:
        raise Broken(f"The column “{unknown[0]}” is not known. The columns are: {', '.join(sorted(known))}.")
    if len(set(heading)) < len(heading):
        raise Broken("Two columns have the same heading.")
    return Reading(_count(path), partial(_rows, shape, path, heading))


def _heading(path: Path) -> list[str]:
    return next((_plain(row) for _, row in _lines(path)), [])


def _plain(row: Iterable[str]) -> list[str]:
    return [name.strip().casefold().replace(" ", "_") for name in row]


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line that is not empty, with its number as a spreadsheet shows it; `Broken` where none can be read."""
    csv.field_size_limit(_WIDEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, strict=True), 1):
                if row:
                    yield number, row
    except UnicodeDecodeError:
        raise Broken("The file is not in UTF-8. Save it again as “CSV UTF-8”.") from None
    except csv.Error:
        raise Broken("The file ends in the middle of a row, or has a quotation mark out of place.") from None


def _count(path: Path) -> int:
    """How many rows there are below the heading. A last row without its line break was cut short."""
    total = -1
    for _, row in _lines(path):
        total += 1
        if any("\x00" in cell for cell in row):
            raise Broken("The file is damaged: it holds signs that are not text.")
    with path.open("rb") as file:
        file.seek(-1, 2)
        if file.read(1) not in b"\r\n":
            raise Broken("The file ends in the middle of a row: the last row has no line break. Send it again.")
    return total


def _rows(shape: Shape, path: Path, heading: Sequence[str], after: int) -> Iterator[Sent | Turned]:
    readers = [(name, *shape.readers[name]) for name in heading]
    width, lines = len(heading), _lines(path)
    next(lines)
    for number, row in lines:
        if number <= after:
            continue
        if len(row) != width:
            yield Turned(number, f"It has {len(row)} values, and the heading has {width}")
            continue
        said: dict[str, object] = {}
        wrong: list[str] = []
        for (name, field, reader), cell in zip(readers, row, strict=True):
            if value := cell.strip():
                try:
                    said[field] = reader(value)
                except LeftOut as reason:
                    wrong.append(f"“{name}” {reason}")
        yield shape.row(number, said, wrong)
