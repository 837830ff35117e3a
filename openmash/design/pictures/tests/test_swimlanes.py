"""Swim-lanes: every event is counted once, dots never touch, the marked day hides nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.design.pictures.dots import dots
from openmash.design.pictures.scale import Scale
from openmash.design.pictures.swimlanes import Lane, LaneEvent, swimlanes
from openmash.design.pictures.tests.drawing import SVG, names, tree, written

TODAY = date(2026, 4, 3)
NASTY = "<img src=x onerror=\"1\"> & 'Bell'"
words = st.one_of(st.just(NASTY), st.text(max_size=30), st.just("B" * 400))
days = st.one_of(st.dates(), st.dates(date(2010, 1, 1), date(2027, 1, 1)))
happenings = st.builds(
    LaneEvent,
    key=st.text(max_size=6),
    lane=st.sampled_from(["a", "b", "c", "unheard of"]),
    at=days,
    label=words,
    kind=words,
    until=st.one_of(st.none(), days),
    level=st.sampled_from([None, "red", "amber", "green"]),
    url=st.sampled_from([None, "/enquiries/1", "javascript:alert(1)"]),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(happenings, max_size=40), days, st.one_of(st.none(), days), words)
def test_any_events_are_drawn(events: list[LaneEvent], today: date, line: date | None, label: str) -> None:
    lanes = (Lane("a", "Police"), Lane("b", NASTY), Lane("c", ""))
    picture = swimlanes(lanes, events, today=today, marked_line=line, marked_label=label)
    assert names(tree(picture)).isdisjoint({"script", "style", "img"})
    links = [link.get("href") for link in tree(picture).iter(f"{SVG}a")]
    assert not any(str(link).startswith("javascript") for link in links)
    count = len(dict.fromkeys(events))
    assert picture.text[0].startswith(f"{count} event" if count else "No events")
    assert "Police" in " ".join(picture.text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dates(date(2011, 1, 1), TODAY), max_size=300), st.sampled_from([None, "red", "amber"]))
def test_dots_hold_every_event_once_and_never_touch(on: list[date], level) -> None:
    scale, line = Scale(date(2011, 1, 1), TODAY, 184, 942), TODAY - timedelta(days=365)
    events = [LaneEvent(str(number), "a", day, "x", level=level) for number, day in enumerate(on)]
    found = dots(events, scale, line)
    assert sorted(event.key for dot in found for event in dot.events) == sorted(event.key for event in events)
    for left, right in pairwise(found):
        assert right.x - left.x >= left.radius + right.radius
    for dot in found:
        sides = {event.at < line for event in dot.events}
        assert len(sides) == 1
        assert (dot.x < scale.x(line)) == sides.pop()


def busy(number: int = 500) -> list[LaneEvent]:
    return [
        LaneEvent(f"e{n}", f"l{n * n % 13}", TODAY - timedelta(days=n * n * 22 % 5475), f"Event {n}")
        for n in range(number)
    ]


def test_five_hundred_events_over_fifteen_years_in_thirteen_lanes() -> None:
    lanes = [Lane(f"l{n}", f"Source {n}") for n in range(13)]
    line = TODAY - timedelta(days=365)
    picture = swimlanes(lanes, busy(), today=TODAY, marked_line=line, marked_label="12 months ago")
    before = sum(event.at < line for event in busy())
    assert f"{before} before, {500 - before} since" in written(picture)
    assert f"{before} before 12 months ago (3 April 2025) and {500 - before} since" in picture.text[0]
    assert len(list(tree(picture).iter(f"{SVG}a"))) < 400
    assert all(f"Source {n}" in written(picture) for n in range(13))


def test_one_event_leads_to_its_line_or_its_own_page() -> None:
    events = [
        LaneEvent("a/1", "p", date(2020, 1, 1), "One"),
        LaneEvent("b", "p", date(2023, 1, 1), "Two", url="/enquiries/2"),
    ]
    picture = swimlanes([Lane("p", "Police")], events, today=TODAY)
    assert [link.get("href") for link in tree(picture).iter(f"{SVG}a")] == ["#line-a%2F1", "/enquiries/2"]


def test_events_of_one_day_become_one_dot_with_their_number() -> None:
    events = [
        LaneEvent(str(n), "p", date(2025, 6, 1), f"Visit {n}", level="amber" if n == 3 else None) for n in range(9)
    ]
    picture = swimlanes([Lane("p", "Police")], events, today=TODAY)
    links = list(tree(picture).iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["#line-0"]
    said = links[0][0].text or ""
    assert said.startswith("Police, 9 events, 1 June 2025. Highest rating amber. 1 June 2025, Visit 0;")
    assert said.endswith("and 3 more.")
    assert [part.text for part in links[0].iter(f"{SVG}text")] == ["9"]


def test_a_level_is_told_by_shape_letter_and_word() -> None:
    shapes = {}
    for level in ("red", "amber", "green"):
        event = LaneEvent("e", "p", date(2025, 6, 1), "Visit", "contact", level=level)
        link = next(tree(swimlanes([Lane("p", "Police")], [event], today=TODAY)).iter(f"{SVG}a"))
        assert link[0].text == f"Police, 1 June 2025: Visit (contact). Rated {level}."
        shapes[level] = (names(link) - {"a", "g", "title", "text"}, [t.text for t in link.iter(f"{SVG}text")])
    assert shapes == {"red": ({"rect"}, ["R"]), "amber": ({"polygon"}, ["A"]), "green": ({"circle"}, ["G"])}


def test_what_lasted_is_a_bar_told_with_both_days() -> None:
    event = LaneEvent("e", "p", date(2024, 6, 1), "Order", until=date(2025, 6, 1))
    assert "Police, 1 June 2024 to 1 June 2025: Order." in written(
        swimlanes([Lane("p", "Police")], [event], today=TODAY)
    )


def test_empty_lanes_are_drawn_and_say_so() -> None:
    picture = swimlanes([Lane("p", "Police"), Lane("h", "Health")], [], today=TODAY)
    assert written(picture).count("No events") >= 2
    assert picture.text[1:] == ("Police: No events.", "Health: No events.")
    assert not picture.linked


def test_years_are_ticked_apart() -> None:
    for first in (date(1900, 1, 1), date(2011, 4, 7), date(2024, 4, 3), date(2026, 1, 1), date.min):
        ticks = list(Scale(first, TODAY, 184, 942).ticks())
        assert all(right[0] - left[0] >= 30 for left, right in pairwise(ticks))
        assert ticks


def test_no_number_is_written_carelessly() -> None:
    assert not re.search(r"\d\.\d{3,}|nan|inf", str(swimlanes([Lane("l1", "A")], busy(40), today=TODAY).svg))
