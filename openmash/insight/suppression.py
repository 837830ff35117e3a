"""Small numbers are not shown: a figure of fewer than five could be told to be somebody.

Where the total gives a hidden figure away others are hidden with it: until at least two are, together they are at least
five, and more than one set of figures adds up to their sum (two that are fewer than five and make eight are four and
four). Source: DfE and ONS practice for published tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEW = 5
FEWER, NOT_SHOWN = "Fewer than 5", "Not shown"


def suppressed(counts: Mapping[str, int]) -> dict[str, str]:
    """Each figure as it may be shown, in the same order. Nought is shown: it is nobody."""
    hidden = {name for name, count in counts.items() if 0 < count < FEW}
    open_ones = sorted((count, name) for name, count in counts.items() if count >= FEW)
    while open_ones and _are_given_away([counts[name] for name in hidden]):
        hidden.add(open_ones.pop(0)[1])
    return {name: _shown(count, name in hidden) for name, count in counts.items()}


def total_of(counts: Mapping[str, int]) -> str:
    """The total beside them: hidden where it is small, or would give away what `suppressed` hides."""
    total, shown = sum(counts.values()), suppressed(counts)
    hidden = [count for name, count in counts.items() if not shown[name].isdigit()]
    return _shown(total, 0 < total < FEW or _are_given_away(hidden))


@dataclass(frozen=True)
class Table:
    """A table as it may be shown: its cells by row and column, and the totals of both."""

    cells: Mapping[str, Mapping[str, str]]
    across: Mapping[str, str]
    down: Mapping[str, str]


def suppressed_table(rows: Mapping[str, Mapping[str, int]]) -> Table:
    """The same for a table whose rows and columns both have totals: nothing hidden follows from either."""
    cells = {(row, column): count for row, line in rows.items() for column, count in line.items()}
    hidden = {cell for cell, count in cells.items() if 0 < count < FEW}
    columns = list(dict.fromkeys(column for _, column in cells))
    across = {row: [cell for cell in cells if cell[0] == row] for row in rows}
    down = {column: [cell for cell in cells if cell[1] == column] for column in columns}
    while more := {cell for line in (*across.values(), *down.values()) for cell in _to_hide(line, cells, hidden)}:
        hidden |= more
    return Table(
        {row: {cell[1]: _shown(cells[cell], cell in hidden) for cell in line} for row, line in across.items()},
        {row: _total(line, cells, hidden) for row, line in across.items()},
        {column: _total(line, cells, hidden) for column, line in down.items()},
    )


Cell = tuple[str, str]


def _is_given_away(line: list[Cell], cells: Mapping[Cell, int], hidden: set[Cell]) -> bool:
    return _are_given_away([cells[cell] for cell in line if cell in hidden])


def _to_hide(line: list[Cell], cells: Mapping[Cell, int], hidden: set[Cell]) -> list[Cell]:
    """The smallest figure still shown, where the total would give away what is hidden."""
    if not _is_given_away(line, cells, hidden):
        return []
    return [cell for _, cell in sorted((cells[cell], cell) for cell in line if cell not in hidden and cells[cell])[:1]]


def _total(line: list[Cell], cells: Mapping[Cell, int], hidden: set[Cell]) -> str:
    total = sum(cells[cell] for cell in line)
    return _shown(total, 0 < total < FEW or _is_given_away(line, cells, hidden))


def _are_given_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of what is hidden, with the words that stand for it, lets somebody work one of them out."""
    total = sum(hidden)
    least = [1 if count < FEW else FEW for count in hidden]
    most = [FEW - 1 if count < FEW else total for count in hidden]
    only = (
        max(low, total - sum(most) + high) >= min(high, total - sum(least) + low)
        for low, high in zip(least, most, strict=True)
    )
    return bool(hidden) and (total < FEW or any(only))


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent; hidden where the part, the rest or the whole is small."""
    if whole == 0:
        return "None"
    if whole < FEW or 0 < part < FEW or 0 < whole - part < FEW:
        return "Too few to say"
    return f"{round(100 * part / whole)}%"


def _shown(count: int, is_hidden: bool) -> str:
    return str(count) if not is_hidden else FEWER if count < FEW else NOT_SHOWN
