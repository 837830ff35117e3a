"""What can follow what: one table of moves that answers, checks and draws itself."""

from __future__ import annotations

from dataclasses import dataclass

from openmash.kit.verdict import Verdict, need


@dataclass(frozen=True, slots=True)
class Move:
    """One row: its name takes any of the sources to the target; a button says its label."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: str = ""

    @property
    def words(self) -> str:
        return self.label or _words(self.name).capitalize()


@dataclass(frozen=True)
class Workflow:
    """The statuses of a thing, and the moves between them; its name reads on after "this".

    A final status is one in which the thing may rest; it may still have moves, such as reopening.
    Raises ValueError, in a sentence, for a workflow that contradicts itself.
    """

    name: str
    statuses: tuple[str, ...]
    initial: str
    final: tuple[str, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"The workflow of {self.name}: {problem}.")

    def may_make(self, move_name: str, status: str) -> Verdict:
        """Yes, or in words why not from this status. KeyError when there is no such move."""
        move = self._move(move_name)
        aim = f"To {move.words[0].lower()}{move.words[1:]}, this {self.name} must be "
        wanted = " or ".join(_words(source) for source in move.sources)
        return need(status in move.sources, f"{aim}{wanted}, but it is {_words(status)}")

    def target(self, move_name: str) -> str:
        return str(self._move(move_name).target)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every legal change of status as (from, to), for the database's own check."""
        return frozenset((str(s), str(move.target)) for move in self.moves for s in move.sources)

    def moves_from(self, status: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if status in move.sources)

    def diagram(self) -> str:
        """The workflow as a Mermaid state diagram."""
        lines = [f"{status}: {_words(status).capitalize()}" for status in self.statuses]
        lines.append(f"[*] --> {self.initial}")
        for move in self.moves:
            lines += [f"{s} --> {move.target}: {move.words}" for s in move.sources]
        lines += [f"{status} --> [*]" for status in self.final]
        return "stateDiagram-v2\n" + "".join(f"    {line}\n" for line in lines)

    def _move(self, name: str) -> Move:
        found = {move.name: move for move in self.moves}
        if name not in found:
            raise KeyError(f"{self.name} has no move {name!r}; it has {', '.join(found)}")
        return found[name]

    def _problems(self) -> list[str]:
        used = [self.initial, *self.final, *(s for pair in self.pairs() for s in pair)]
        names = [move.name for move in self.moves]
        lost = [s for s in self.statuses if s not in self._reachable()]
        ways_out = {s: {m.target for m in self.moves_from(s)} - {s} for s in self.statuses}
        stuck = [s for s in self.statuses if not ways_out[s] and s not in self.final]
        return [
            *(f"status {s!r} is listed twice" for s in self.statuses if self.statuses.count(s) > 1),
            *(f"status {s!r} is not one of its statuses" for s in used if s not in self.statuses),
            *(f"move {name!r} is listed twice" for name in names if names.count(name) > 1),
            *(f"move {move.name!r} starts nowhere" for move in self.moves if not move.sources),
            *(f"status {s!r} can never be reached" for s in lost),
            *(f"status {s!r} can never be left and is not final" for s in stuck),
        ]

    def _reachable(self) -> set[str]:
        reached: set[str] = set()
        waiting = {self.initial}
        while waiting:
            reached |= waiting
            waiting = {m.target for m in self.moves if reached & set(m.sources)} - reached
        return reached


def _words(slug: str) -> str:
    return str(slug).replace("_", " ").replace("-", " ")
