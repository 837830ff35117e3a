"""Where the line to the children leaves the row of their parents: between them, or beside a parent alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openmash.design.pictures.genogram.generations import Family, Generations

CELL, HALF, PORT = 112, 22, 7
SLIDE = 12
Arcs = Mapping[int, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Exit:
    """The line leaves below the middle of `keys`, moved right by `shift`."""

    keys: tuple[str, ...]
    shift: float


def arcs(kin: Generations, keys: Sequence[Sequence[str]]) -> Arcs:
    """By row, the pairs whose line must pass over the heads of others, and over their own for a tie in one row."""
    over: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, row in enumerate(keys):
        place = {key: here for here, key in enumerate(row)}
        for a, b in kin.pairs:
            if a in place and abs(place[a] - place[b]) > 1:
                over[number].append((a, b))
        over[number] += [(tie.a, tie.b) for tie in kin.ties if tie.a in place and tie.b in place]
    return {number: tuple(dict.fromkeys(pairs)) for number, pairs in over.items()}


def way_out(kin: Generations, row: Sequence[str], family: Family) -> Exit:
    """Between two who touch; beside one of two who do not, where no other pair's line leaves; beside a parent alone."""
    places = sorted(row.index(key) for key in family.parents)
    if len(places) == 1:
        return Exit(family.parents, _free_side(kin, row, places[0]) * (CELL / 2 + PORT))
    if places[1] - places[0] == 1:
        return Exit((row[places[0]], row[places[1]]), 0.0)
    if _touch(kin, row, places[1] - 1) and not _touch(kin, row, places[0]):
        return Exit((row[places[0]],), CELL / 2 + PORT)
    return Exit((row[places[1]],), -(CELL / 2 + PORT))


def _free_side(kin: Generations, row: Sequence[str], here: int) -> int:
    return -1 if _touch(kin, row, here) and not _touch(kin, row, here - 1) else 1


def _touch(kin: Generations, row: Sequence[str], here: int) -> bool:
    """Whether the two on either side of the gap after `here` are a pair, whose own line leaves there."""
    pair = tuple(row[max(here, 0) : here + 2])
    return here >= 0 and (pair in kin.pairs or pair[::-1] in kin.pairs)
