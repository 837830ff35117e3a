"""The broken line round each household, closed round its members and nobody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from openmash.design.pictures.genogram.facts import Facts
from openmash.design.pictures.genogram.generations import Generations
from openmash.design.pictures.genogram.lines import drops
from openmash.design.pictures.genogram.places import LABEL_LEADING, LABEL_SIZE, WALL, Layout
from openmash.design.pictures.genogram.trunks import CELL
from openmash.design.pictures.genogram.units import is_way
from openmash.design.pictures.ink import QUIET, named, paragraph, tag, wrap

FILL = "#f8f8f8"
NEAR = 8


@dataclass(frozen=True)
class Run:
    """Members of one household who stand next to one another: their row and the two ends."""

    home: str
    row: int
    left: float
    right: float


def outlines(facts: Facts, kin: Generations, layout: Layout) -> Markup:
    """Every household's outline with its label at the foot; one in several places is drawn once for each."""
    drawn = Markup("")
    for home in facts.homes:
        for chain in map(_smooth, _chains([run for run in _runs(facts, layout) if run.home == home])):
            label = facts.home_label(home)
            drawn += named(label, _outline(chain, layout) + _label(chain[-1], kin, layout, label))
    return drawn


def _runs(facts: Facts, layout: Layout) -> Iterator[Run]:
    for number, row in enumerate(layout.rows):
        current: list[str] = []
        for key in (*row.keys, ""):
            home = None if is_way(key) or not key else facts.people[key].household
            before = facts.people[current[-1]].household if current else None
            if current and home != before:
                yield _run(str(before), number, current, layout)
                current = []
            if home:
                current.append(key)


def _run(home: str, row: int, keys: Sequence[str], layout: Layout) -> Run:
    reach = CELL / 2 + WALL - 4
    return Run(home, row, layout.x[keys[0]] - reach, layout.x[keys[-1]] + reach)


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs of following rows that overlap, joined from the top down."""
    chains: list[list[Run]] = []
    for run in runs:
        above = [chain for chain in chains if chain[-1].row == run.row - 1 and _overlap(chain[-1], run) >= CELL / 2]
        if above:
            max(above, key=lambda chain: _overlap(chain[-1], run)).append(run)
        else:
            chains.append([run])
    return chains


def _smooth(chain: list[Run]) -> list[Run]:
    """The runs with ends that nearly meet drawn out to meet; outlines stand further apart than that."""
    for _ in range(2):
        chain.reverse()
        for number in range(1, len(chain)):
            before, run = chain[number - 1], chain[number]
            left = before.left if 0 < run.left - before.left <= NEAR else run.left
            right = before.right if 0 < before.right - run.right <= NEAR else run.right
            chain[number] = replace(run, left=left, right=right)
    return chain


def _overlap(one: Run, other: Run) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _outline(chain: Sequence[Run], layout: Layout) -> Markup:
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    for number, run in enumerate(chain):
        row = layout.rows[run.row]
        if number:
            before = chain[number - 1]
            foot = layout.rows[before.row].foot
            neck = (max(before.left, run.left), min(before.right, run.right))
            right += [(neck[1], foot), (neck[1], row.top)]
            left += [(neck[0], foot), (neck[0], row.top)]
        right += [(run.right, row.top), (run.right, row.foot)]
        left += [(run.left, row.top), (run.left, row.foot)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*right, *left[::-1]))
    return tag(
        "polygon",
        points=points,
        fill=FILL,
        stroke=QUIET,
        stroke_width=1.5,
        stroke_dasharray="7 5",
        stroke_linejoin="round",
        class_="openmash-picture__home",
    )


def _label(run: Run, kin: Generations, layout: Layout, label: str) -> Markup:
    ends = [x for x in drops(kin, layout, run.row) if run.left + 40 < x < run.right]
    lines = wrap(label, min([run.right, *ends]) - run.left - 14, LABEL_SIZE, 2, bold=True)
    y = layout.rows[run.row].foot - 7 - LABEL_LEADING * (len(lines) - 1)
    return paragraph(lines, run.left + 7, y, LABEL_SIZE, LABEL_LEADING, font_weight="bold")
