"""From dates to places along a line, with ticks that stay apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 3000, 6000, 12000)
TICK = 34
DAYS_IN_MONTH = 30.44


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last` laid along the line from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands; one outside stands at the end."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Places and words of the beginnings of years, or of months when there is room: `2024`, `Apr`."""
        days = max((self.last - self.first).days, 1)
        month = (self.right - self.left) * DAYS_IN_MONTH / days
        step = next((step for step in STEPS if step * month >= TICK), STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        for number in range(start + -start % step, self.last.year * 12 + self.last.month, step):
            year, of_year = divmod(number, 12)
            if year and date(year, of_year + 1, 1) >= self.first:
                yield self.x(date(year, of_year + 1, 1)), MONTHS[of_year] if of_year else str(year)
