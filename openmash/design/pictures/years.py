"""How many in each year: a small bar chart with its table."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from openmash.design.moments import day
from openmash.design.pictures import Picture
from openmash.design.pictures.ink import BLUE, INK, QUIET, canvas, clean, ident, length, stroke, tag, words, wrap

SLOT, BAR, TALL, HEAD, FOOT, EDGE = 46, 30, 96, 46, 26, 12
LEAST, TITLE = 300, 15
EVERY_YEAR_UP_TO, PAGE = 40, 960


def bars_by_year(counts: Mapping[int, int], *, marked_from: date | None = None, label: str) -> Picture:
    """Draw how many there were in each year, years between with none included; counts below nought count as none.

    `label` names the chart; `marked_from` draws an upright line at that day within its year.
    """
    years = _years(counts, marked_from)
    told = [max(counts.get(year, 0), 0) for year in years]
    title = clean(label) or "By year"
    width = max(2 * EDGE + SLOT * len(years), LEAST)
    heading = wrap(title, width - 2 * EDGE, TITLE, 2, bold=True)
    top = HEAD + 18 * len(heading)
    parts = [words(line, EDGE, 18 + 18 * n, TITLE, font_weight="bold") for n, line in enumerate(heading)]
    parts += [_bar(number, max(told), place, top) for place, number in enumerate(told) if number]
    parts.append(stroke([(EDGE, top + TALL), (width - EDGE, top + TALL)], stroke_width=1))
    if marked_from:
        parts.append(_mark(marked_from, years.index(marked_from.year), top, width))
    parts += [_said(year, told[place], max(told), place, top) for place, year in enumerate(years)]
    text, name = _sentence(title, years, told, marked_from), ident("years", title, years, told, marked_from)
    svg = canvas(name, title, text, (width, top + TALL + FOOT), Markup("").join(parts), linked=False)
    rows = tuple((str(year), str(number)) for year, number in zip(years, told, strict=True))
    return Picture(name, title, svg, (text,), columns=("Year", "Number"), rows=rows, wide=width > PAGE)


def _years(counts: Mapping[int, int], marked: date | None) -> list[int]:
    """Every year from the first to the last; when that would be too many, those that are named."""
    named = sorted({*counts, *([marked.year] if marked else [])})
    if named and named[-1] - named[0] < EVERY_YEAR_UP_TO:
        return list(range(named[0], named[-1] + 1))
    return named


def _bar(number: int, most: int, place: int, top: float) -> Markup:
    height = _height(number, most)
    return tag(
        "rect", x=_middle(place) - BAR / 2, y=top + TALL - height, width=BAR, height=height, fill=BLUE, stroke=INK
    )


def _said(year: int, number: int, most: int, place: int, top: float) -> Markup:
    """The number over the bar and the year under it."""
    x, y = _middle(place), top + TALL - _height(number, most)
    over = words(f"{number:,}", x, y - 5, 13, text_anchor="middle", font_weight="bold")
    return over + words(str(year), x, top + TALL + 17, 13, text_anchor="middle")


def _middle(place: int) -> float:
    return EDGE + SLOT * (place + 0.5)


def _height(number: int, most: int) -> float:
    return TALL * number / most if most else 0.0


def _mark(since: date, place: int, top: float, width: float) -> Markup:
    """The marked day, as far into its year as it lies, with its words kept within the picture."""
    x = EDGE + SLOT * (place + since.timetuple().tm_yday / 366)
    label = f"since {day(since)}"
    half = length(label, 13) / 2
    line = stroke([(x, top - 22), (x, top + TALL)], stroke_dasharray="6 4")
    where = min(max(x, half + 2), width - half - 2)
    return line + words(label, where, top - 27, 13, fill=QUIET, text_anchor="middle")


def _sentence(title: str, years: Sequence[int], told: Sequence[int], marked: date | None) -> str:
    if not years:
        return f"{title}: nothing to count."
    span = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
    most = max(told)
    highest = [str(year) for year, number in zip(years, told, strict=True) if number == most]
    peak = f" Most in one year: {most:,} ({', '.join(highest)})." if most and len(years) > 1 else ""
    mark = f" The line marks {day(marked)}." if marked else ""
    return f"{title}: {sum(told):,} {span}.{peak}{mark}"
