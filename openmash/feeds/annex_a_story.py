"""One child of an Annex A workbook, gathered from every list that names it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from openmash.feeds.codes import outranks
from openmash.feeds.shelf import Sent, SentEvent, Turned
from openmash.feeds.spellings import meaning
from openmash.feeds.values import LONGEST, LeftOut, clean, day
from openmash.people.identifiers import problem
from openmash.people.names import fold

if TYPE_CHECKING:
    from openmash.feeds.annex_a_lists import List


@dataclass(frozen=True)
class Line:
    """One row of one list: `values` by folded heading."""

    kind: "List"
    place: int
    values: dict[str, object]

    @property
    def where(self) -> str:
        return f"{self.kind.name}, row {self.place}"

    @property
    def number(self) -> str:
        """A number typed as a number comes as 9212044.0."""
        value = self.values.get(fold("Child Unique ID"))
        return clean(int(value) if isinstance(value, float) and value.is_integer() else value)

    def text(self, *headings: str) -> str:
        return next((said for heading in headings if (said := clean(self.values.get(fold(heading))))), "")

    def says(self, of: str, *headings: str) -> str:
        """What a coded value means, whatever the spelling; empty when it is not known."""
        return meaning(of, self.text(*headings))

    def day(self, heading: str, read: Callable[[str], date] = day) -> date | None:
        value = self.values.get(fold(heading))
        if isinstance(value, datetime | date):
            value = value.isoformat()[:10]
        said = clean(value)
        return read(said) if said else None


@dataclass
class Child:
    """What the lists say of one child so far. Of several statuses the highest that is open stands."""

    number: str
    sex: str = "U"
    born_on: date | None = None
    status: str = ""
    is_open: bool | None = None
    since: date | None = None
    until: date | None = None
    team: str = ""
    worker: str = ""
    events: dict[str, SentEvent] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def is_who(self, line: Line, born: date | None) -> None:
        sex = line.says("sex", "Sex", "Gender")
        self.sex = sex if sex in ("F", "M") else self.sex
        self.born_on = born or self.born_on
        if not self.team:
            self._held_by(line)

    def event(self, event: SentEvent) -> None:
        self.events[event.key] = event

    def day(self, line: Line, heading: str) -> date | None:
        """A day of the row, or nothing and a word about why."""
        try:
            return line.day(heading)
        except LeftOut as reason:
            self.left_out.append(f"{line.where}: “{heading}” {reason}")
            return None

    def stands(self, line: Line, status: str, since: date | None, until: date | None) -> None:
        """A list says how the case stands: open without an end, else closed."""
        is_open = until is None and status != "closed"
        status = status if is_open else "closed"
        if self.is_open is not None and not outranks(status, self.status):
            return
        self.status, self.is_open, self.since, self.until = status, is_open, since, until
        self._held_by(line)

    def sent(self, row: int) -> Sent | Turned:
        number = "" if problem("la_child_id", self.number) else f"la_child_id:{self.number.upper()}"
        if len(self.number) > LONGEST["number"]:
            return Turned(row, f"Child Unique ID must have at most {LONGEST['number']} characters")
        return Sent(
            row,
            self.number,
            sex=self.sex,
            born_on=self.born_on,
            identifiers=number,
            is_open=self.is_open,
            status=self.status,
            team=self.team,
            worker=self.worker,
            since=self.since,
            until=self.until,
            events=tuple(self.events.values()),
            left_out=tuple(self.left_out),
        )

    def _held_by(self, line: Line) -> None:
        team, worker = line.text("Allocated Team"), line.text("Allocated Worker").replace("\xa0", " ")
        self.team, self.worker = team[: LONGEST["team"]] or self.team, worker[: LONGEST["worker"]] or self.worker
