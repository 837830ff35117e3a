"""What happened, by source: one lane each, time from left to right, dense times gathered into numbered dots."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from markupsafe import Markup

from openmash.design.moments import day
from openmash.design.pictures import Picture
from openmash.design.pictures.dots import LEVELS, Dot, LaneEvent, dots, drawn
from openmash.design.pictures.ink import (
    FAINT,
    PALE,
    QUIET,
    canvas,
    clean,
    group,
    ident,
    length,
    named,
    paragraph,
    stroke,
    tag,
    words,
    wrap,
)
from openmash.design.pictures.scale import Scale

__all__ = ["Lane", "LaneEvent", "swimlanes"]

WIDTH, LABELS, EDGE, HEADER = 860, 166, 18, 54
LANE, BAR, MOST_BARS = 44, 8, 3
SHORTEST = timedelta(days=180)
TOLD = 6
SEVERAL = {True: "several events: how many, in the sign of the highest rating", False: "several events: how many"}


@dataclass(frozen=True)
class Lane:
    """A source of events."""

    key: str
    label: str


@dataclass(frozen=True)
class Chart:
    """All that a drawing of lanes needs: what lies in each, the scale, and the marked day with its words."""

    lanes: tuple[Lane, ...]
    events: Mapping[str, tuple[LaneEvent, ...]]
    scale: Scale
    today: date
    line: date | None
    line_label: str

    def split(self, events: Iterable[LaneEvent]) -> tuple[int, int]:
        """How many lie before the marked day, and how many on it or since."""
        found = [self.line is not None and event.at < self.line for event in events]
        return sum(found), len(found) - sum(found)


def swimlanes(
    lanes: Iterable[Lane],
    events: Iterable[LaneEvent],
    *,
    today: date,
    marked_line: date | None = None,
    marked_label: str = "",
) -> Picture:
    """Draw events in lanes. A dot of one event leads to its url or to `#line-<key>`, a numbered one to its earliest.

    `marked_line` draws an upright line called `marked_label`, with how much lies before it and since; it hides nothing.
    An event in a lane that is not among `lanes` gets a lane of its own name. Every lane is drawn, the empty ones too.
    """
    told = tuple(dict.fromkeys(events))
    chart = _chart(tuple(lanes), told, today, marked_line, clean(marked_label) or "Marked line")
    tops, height = _tops(chart)
    name, title = ident("lanes", chart), "Events by source over time"
    found = {key: dots(within, chart.scale, chart.line) for key, within in chart.events.items()}
    lanes_drawn = (_lane(chart, lane, found.get(lane.key, []), tops[lane.key]) for lane in chart.lanes)
    several = any(len(dot.events) > 1 for within in found.values() for dot in within)
    key, foot = _legend(told, several, height + 34)
    text = tuple(_sentences(chart, told))
    return Picture(
        name,
        title,
        canvas(name, title, text[0], (WIDTH, foot), group(_frame(chart, tops, height), *lanes_drawn, key), bool(told)),
        text,
        linked=bool(told),
        latest=True,
    )


def _chart(lanes: tuple[Lane, ...], events: Sequence[LaneEvent], today: date, line: date | None, label: str) -> Chart:
    by_lane: dict[str, list[LaneEvent]] = defaultdict(list)
    for event in events:
        by_lane[event.lane].append(event)
    known = {lane.key: lane for lane in reversed(lanes)}
    shown = tuple(
        dict.fromkeys([*(known[lane.key] for lane in lanes), *(Lane(k, k) for k in by_lane if k not in known)])
    )
    days = [today, *(event.at for event in events), *([line] if line else [])]
    first, last = min(days), max(days)
    if last - first < SHORTEST:
        first = last - SHORTEST if last - date.min > SHORTEST else date.min
    scale = Scale(first, last, LABELS + EDGE, WIDTH - EDGE)
    return Chart(shown, {key: tuple(within) for key, within in by_lane.items()}, scale, today, line, label)


def _tops(chart: Chart) -> tuple[dict[str, float], float]:
    """The upper edge of every lane, and where the last one ends."""
    tops: dict[str, float] = {}
    y = float(HEADER)
    for lane in chart.lanes:
        tops[lane.key] = y
        tracks = {track for _, track in _bars(chart, lane)}
        lines = len(_label(lane)) + 1
        y += max(LANE, 15 * lines + 10) + BAR * len(tracks)
    return tops, y


def _frame(chart: Chart, tops: Mapping[str, float], foot: float) -> Markup:
    """What lies behind the dots: the time since the marked day, years, lanes, the marked day and today."""
    scale, parts = chart.scale, []
    if chart.line:
        here = scale.x(chart.line)
        parts.append(tag("rect", x=here, y=HEADER, width=scale.right + EDGE - here, height=foot - HEADER, fill=PALE))
    parts += [stroke([(x, HEADER - 4), (x, foot)], stroke=FAINT, stroke_width=1) for x, _ in scale.ticks()]
    for y in (*tops.values(), foot):
        parts.append(stroke([(0, y), (WIDTH, y)], stroke=FAINT, stroke_width=1))
    if chart.line:
        parts.append(stroke([(here, 24), (here, foot)], stroke_dasharray="6 4"))
        before, since = chart.split(event for within in chart.events.values() for event in within)
        label = f"{chart.line_label} ({day(chart.line)}): {before} before, {since} since"
        parts.append(_within(label, here, 16, 14))
    parts += [words(label, x, HEADER - 9, 13, text_anchor="middle") for x, label in scale.ticks()]
    now = scale.x(chart.today)
    parts.append(stroke([(now, HEADER), (now, foot + 4)], stroke=QUIET))
    parts.append(_within(f"Today, {day(chart.today)}", now, foot + 18, 13))
    if now > WIDTH / 2:
        parts.append(words(f"From {day(scale.first)}", LABELS, foot + 18, 13))
    return Markup("").join(parts)


def _within(label: str, x: float, y: float, size: int) -> Markup:
    """Words in the middle over x, moved as far as the edges of the picture ask."""
    half = length(label, size, bold=True) / 2
    return words(label, min(max(x, half + 2), WIDTH - half - 2), y, size, text_anchor="middle", font_weight="bold")


def _label(lane: Lane) -> tuple[str, ...]:
    return wrap(lane.label or lane.key, LABELS, 14, 2, bold=True) or ("Not named",)


def _lane(chart: Chart, lane: Lane, found: Sequence[Dot], top: float) -> Markup:
    events = chart.events.get(lane.key, ())
    lines = _label(lane)
    before, since = chart.split(events)
    counts = f"{before} before, {since} since" if chart.line else _count(len(events))
    parts = [paragraph(lines, 2, top + 18, 14, 16, font_weight="bold")]
    parts.append(words(counts if events else "No events", 2, top + 18 + 16 * len(lines), 13, fill=QUIET))
    low = top + max(LANE, 15 * (len(lines) + 1) + 10)
    for event, track in _bars(chart, lane):
        parts.append(_bar(chart, lane, event, low - 6 + BAR * track))
    parts += [_dot(lane, dot, top + LANE / 2 - 2) for dot in found]
    return group(*parts)


def _bars(chart: Chart, lane: Lane) -> list[tuple[LaneEvent, int]]:
    """What lasted, each with the track that it has to itself as far as there are tracks."""
    ends: list[float] = []
    found: list[tuple[LaneEvent, int]] = []
    for event in sorted(chart.events.get(lane.key, ()), key=lambda event: event.at):
        if event.until and event.until > event.at:
            start, end = chart.scale.x(event.at), chart.scale.x(event.until)
            track = next((track for track, taken in enumerate(ends) if taken + 2 < start), len(ends))
            track = min(track, MOST_BARS - 1)
            ends[track : track + 1] = [end]
            found.append((event, track))
    return found


def _bar(chart: Chart, lane: Lane, event: LaneEvent, y: float) -> Markup:
    start, end = chart.scale.x(event.at), chart.scale.x(event.until or event.at)
    bar = tag("rect", x=start, y=y, width=max(end - start, 4.0), height=5.0, rx=2, fill=QUIET)
    return named(_told(lane, event), bar)


def _dot(lane: Lane, dot: Dot, y: float) -> Markup:
    one = dot.events[0]
    if len(dot.events) == 1:
        said, inside = _told(lane, one), (one.level or "")[:1].upper()
    else:
        said, inside = _told_together(lane, dot), str(len(dot.events))
    url = one.url if one.url and len(dot.events) == 1 else f"#line-{quote(one.key, safe='')}"
    return named(said, drawn(dot.level, dot.x, y, dot.radius, inside, len(dot.events) > 1), url)


def _told(lane: Lane, event: LaneEvent) -> str:
    """`Police, 3 April 2026: Attended the home (incident). Rated red.`"""
    when = f"{day(event.at)} to {day(event.until)}" if event.until and event.until > event.at else day(event.at)
    kind = f" ({clean(event.kind)})" if event.kind else ""
    rated = f" Rated {event.level}." if event.level else ""
    return f"{clean(lane.label)}, {when}: {clean(event.label)}{kind}.{rated}"


def _told_together(lane: Lane, dot: Dot) -> str:
    first, last = day(dot.events[0].at), day(dot.events[-1].at)
    when = first if first == last else f"{first} to {last}"
    highest = f" Highest rating {dot.level}." if dot.level else ""
    told = "; ".join(f"{day(event.at)}, {clean(event.label)}" for event in dot.events[:TOLD])
    more = f"; and {len(dot.events) - TOLD} more" if len(dot.events) > TOLD else ""
    return f"{clean(lane.label)}, {len(dot.events)} events, {when}.{highest} {told}{more}."


def _legend(events: Sequence[LaneEvent], several: bool, y: float) -> tuple[Markup, float]:
    """The key to the signs in use, and where it ends."""
    used = [level for level in LEVELS if any(event.level == level for event in events)]
    signs = [(drawn(level, 0, 0, 9, level[0].upper()), f"rated {level}") for level in used]
    if any(event.level is None for event in events):
        signs.append((drawn(None, 0, 0, 6.5), "not rated"))
    if several:
        signs.append((drawn(used[0] if used else None, 0, 0, 11, "7", True), SEVERAL[bool(used)]))
    if any(event.until and event.until > event.at for event in events):
        signs.append((tag("rect", x=-12, y=-3, width=24, height=5.0, rx=2, fill=QUIET), "how long it lasted"))
    parts, x = [], 14.0
    for sign, meaning in signs:
        wide = 44 + length(meaning, 13)
        if x + wide > WIDTH:
            x, y = 14.0, y + 28
        parts.append(group(sign, words(meaning, 20, 5, 13), transform=f"translate({x:.1f} {y + 8:.1f})"))
        x += wide
    return Markup("").join(parts), y + 26


def _sentences(chart: Chart, events: Sequence[LaneEvent]) -> Iterator[str]:
    """The whole first, then a sentence for each lane."""
    before, since = chart.split(events)
    line = f" {before} before {chart.line_label} ({day(chart.line)}) and {since} since." if chart.line else ""
    span = f" from {day(min(e.at for e in events))} to {day(max(e.at for e in events))}" if events else ""
    sources = f"{len(chart.lanes)} source{'' if len(chart.lanes) == 1 else 's'}"
    yield f"{_count(len(events))} from {sources}{span}.{line}"
    for lane in chart.lanes:
        within = chart.events.get(lane.key, ())
        before, since = chart.split(within)
        parts = [f"{clean(lane.label)}: {_count(len(within))}"]
        parts += [f"{before} before {chart.line_label}, {since} since"] if chart.line and within else []
        counts = [(level, sum(event.level == level for event in within)) for level in LEVELS]
        parts += [f"{number} rated {level}" for level, number in counts if number]
        yield f"{'; '.join(parts)}."


def _count(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}" if number else "No events"
