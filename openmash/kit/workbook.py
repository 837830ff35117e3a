"""The sheets of a workbook, read by a process of their own.

A workbook of two kilobytes can have one cell in the last row of the last column: whoever opens it is asked for half a
terabyte, and ends. So does a small archive of a large sheet. Here a child that may have so much memory ends instead.
"""

import json
import resource
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

MEMORY = 2 * 1024**3
SECONDS = 300
MOST_CELLS, MOST_CHARACTERS = 10_000_000, 100_000_000
Rows = list[list[object]]


class Unreadable(Exception):
    """It is damaged, protected by a password, or larger than anything that is sent here."""


def sheets(path: Path) -> dict[str, Rows]:
    """Every sheet by its name: texts, numbers, days and moments. Raises Unreadable."""
    read = [sys.executable, "-I", __file__, str(path)]
    try:
        done = subprocess.run(read, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable from None
    if done.returncode:
        raise Unreadable
    found: dict[str, Rows] = json.loads(done.stdout, object_hook=_moment)
    return found


def _moment(said: dict[str, Any]) -> object:
    if said.keys() == {"", "day"}:
        return date.fromisoformat(said["day"])
    return datetime.fromisoformat(said["moment"]) if said.keys() == {"", "moment"} else said


def _said(cell: object) -> object:
    """The mark is a key that no sheet has for a name."""
    if isinstance(cell, datetime):
        return {"": "", "moment": cell.isoformat()}
    return {"": "", "day": cell.isoformat()} if isinstance(cell, date) else str(cell)


def _read(path: str) -> None:
    from python_calamine import CalamineWorkbook

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = CalamineWorkbook.from_path(path)
    found = {name: list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names}
    rows = [row for sheet in found.values() for row in sheet]
    if sum(map(len, rows)) > MOST_CELLS or sum(len(str(cell)) for row in rows for cell in row) > MOST_CHARACTERS:
        raise Unreadable
    json.dump(found, sys.stdout, default=_said)


if __name__ == "__main__":
    _read(sys.argv[1])
