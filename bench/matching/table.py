"""One table: what was measured, the goal, and whether it is met. A goal that is missed is printed as missed."""

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.db import connection

MET, MISSED, ONLY_TOLD = "met", "MISSED", ""
_ABOUT = ("splink", "duckdb", "rapidfuzz", "psycopg", "django", "numpy", "recordlinkage", "pyspark")


@dataclass
class Table:
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def tell(self, what: str, figure: str, goal: str = "", *, is_met: bool | None = None) -> None:
        """One row, printed at once too, since the whole takes long."""
        verdict = ONLY_TOLD if is_met is None else MET if is_met else MISSED
        self.rows.append((what, figure, goal, verdict))
        print(f"  {what}: {figure} {f'(goal {goal}: {verdict})' if verdict else ''}", flush=True)

    def show(self, title: str) -> None:
        widths = [max(len(row[place]) for row in [*self.rows, ("what", "figure", "goal", "")]) for place in range(4)]
        print(f"\n{title}\n{machine()}\n")
        for row in [("what", "figure", "goal", ""), tuple("-" * width for width in widths), *self.rows]:
            print("| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |")


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, load {load} · Python {platform.python_version()}, "
        f"PostgreSQL {server}, {', '.join(_versions())}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _versions() -> list[str]:
    found = []
    for name in _ABOUT:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
