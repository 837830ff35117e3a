"""How long pictures take to draw and how large they are: `python bench/pictures.py`."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import quantiles
from time import perf_counter

from openmash.design.pictures import Picture
from openmash.design.pictures.family import Couple, FamilyPerson, ParentOf, family_diagram
from openmash.design.pictures.swimlanes import Lane, LaneEvent, swimlanes
from openmash.design.pictures.years import bars_by_year

TODAY = date(2026, 4, 3)
ROUNDS = 40


def family(size: int) -> Picture:
    """Three generations: every third person has a former partner who is the other parent of some of the children."""
    people = [
        FamilyPerson(f"p{n}", f"Person Number {n}", "MF"[n % 2], "school", str(80 - 2 * n), household=f"h{n % 4}")
        for n in range(size)
    ]
    parents = [ParentOf(f"p{(n - 1) // 3}", f"p{n}") for n in range(1, size)]
    couples = [Couple(f"p{n}", f"p{n + 1}", "separated", "2019") for n in range(0, size // 3 - 1, 3)]
    return family_diagram(people, couples, parents, (), {f"h{n}": f"{n} Elm Road" for n in range(4)})


def lanes(size: int) -> Picture:
    """Events over fifteen years in thirteen lanes."""
    events = [
        LaneEvent(f"e{n}", f"l{n * n % 13}", TODAY - timedelta(days=n * n * 22 % 5475), f"Event {n}", "incident")
        for n in range(size)
    ]
    sources = [Lane(f"l{n}", f"Source number {n}") for n in range(13)]
    return swimlanes(
        sources, events, today=TODAY, marked_line=TODAY - timedelta(days=365), marked_label="12 months ago"
    )


def years(size: int) -> Picture:
    """So many years of bars."""
    return bars_by_year({2026 - n: n * 7 % 11 for n in range(size)}, marked_from=date(2025, 4, 3), label="By year")


DRAWINGS: tuple[tuple[str, Callable[[int], Picture], int], ...] = (
    ("family, 3 people", family, 3),
    ("family, 12 people", family, 12),
    ("family, 25 people", family, 25),
    ("lanes, 3 events", lanes, 3),
    ("lanes, 500 events", lanes, 500),
    ("lanes, 2,000 events", lanes, 2000),
    ("years, 15", years, 15),
)


def main() -> None:
    """Print a table of the median, the 95th percentile and the size of each."""
    print(f"{'picture':24}{'p50 ms':>10}{'p95 ms':>10}{'KB':>8}")
    for name, draw, size in DRAWINGS:
        times = []
        for _ in range(ROUNDS):
            start = perf_counter()
            picture = draw(size)
            times.append((perf_counter() - start) * 1000)
        cuts = quantiles(times, n=20)
        print(f"{name:24}{cuts[9]:10.1f}{cuts[18]:10.1f}{len(picture.svg) / 1000:8.0f}")


if __name__ == "__main__":
    main()
