"""Ofsted's Annex A workbook, Lists 1 to 7: the council's children, how their cases stand, and what happened when.

A child is one record however many lists name it. Ethnicity and disability are not read: the index has no need of them.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from openmash.feeds.annex_a_lists import CHILD, LISTS, List
from openmash.feeds.annex_a_story import Child, Line
from openmash.feeds.shelf import Broken, Column, Format, Reading, Sent, Turned
from openmash.feeds.values import LeftOut, clean, past_day
from openmash.kit.workbook import Unreadable, sheets
from openmash.people.names import fold

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how a workbook begins, of this century and of the last
_SEARCHED = 10  # rows in which the heading may stand, below a title


def _fits(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _BOOKS


def _open(path: Path) -> Reading:
    """Read every list into memory: an authority has tens of thousands of rows at most."""
    try:
        book = {fold(name): sheet for name, sheet in sheets(path).items()}
    except Unreadable:
        raise Broken("The workbook cannot be opened: it is damaged, protected by a password, or too large.") from None
    found = {name: book[fold(name)] for name in LISTS if fold(name) in book}
    if not found:
        raise Broken("The workbook has none of the sheets List 1 to List 7 of Annex A.")
    rows = _gathered([(LISTS[name], _below_heading(name, sheet)) for name, sheet in found.items()])
    return Reading(len(rows), partial(_after, rows))


def _below_heading(name: str, sheet: list[list[object]]) -> list[tuple[int, dict[str, object]]]:
    """The rows of a list as spreadsheet row number and values by heading. Headings are compared folded."""
    headings = [[fold(str(cell)) for cell in row] for row in sheet[:_SEARCHED]]
    at = next((place for place, heading in enumerate(headings) if fold(CHILD) in heading), None)
    if at is None:
        raise Broken(f"{name} has no row of headings: none has “{CHILD}”.")
    heading = headings[at]
    for needed in LISTS[name].needed:
        if not any(fold(one) in heading for one in needed):
            raise Broken(f"{name} has no column “{needed[0]}”.")
    below = enumerate(sheet[at + 1 :], at + 2)
    return [(number, dict(zip(heading, row, strict=False))) for number, row in below if any(map(clean, row))]


def _gathered(lists: list[tuple[List, list[tuple[int, dict[str, object]]]]]) -> list[Sent | Turned]:
    """Every child once, in the order in which the lists name them; rows without a child's number first."""
    children: dict[str, Child] = {}
    nameless: list[str] = []
    for kind, rows in lists:
        for place, values in rows:
            line = Line(kind, place, values)
            if not line.number:
                nameless.append(f"{line.where}: “{CHILD}” is missing")
                continue
            child = children.setdefault(line.number, Child(line.number))
            kind.tell(child, line)
            child.is_who(line, _born(child, line))
    turned: list[Sent | Turned] = [Turned(row, because) for row, because in enumerate(nameless, 1)]
    return [*turned, *(child.sent(row) for row, child in enumerate(children.values(), len(turned) + 1))]


def _born(child: Child, line: Line) -> date | None:
    try:
        return line.day("Date of Birth", past_day)
    except LeftOut as reason:
        child.left_out.append(f"{line.where}: “Date of Birth” {reason}")
        return None


def _after(rows: list[Sent | Turned], after: int) -> Iterator[Sent | Turned]:
    return iter(rows[after:])


FORMAT = Format(
    key="annex_a",
    name="Ofsted Annex A workbook",
    order=40,
    says="Lists 1 to 7 of the workbook that a council keeps for Ofsted, with the heading “Gender” or “Sex”.",
    columns=tuple(Column(f"{name}: {kind.what}", kind.says, is_needed=False) for name, kind in LISTS.items()),
    fits=_fits,
    open=_open,
    unit="Child",
)
