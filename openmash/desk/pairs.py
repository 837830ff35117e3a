"""The review queue: pairs of people that matching finds alike, for a person to decide, the likeliest first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.people.actions import look_at
from openmash.people.matching.links import to_decide
from openmash.people.queries import Comparison, NameLine, compare, load_person, names_of, open_proposals

PAGE = 30


@dataclass(frozen=True)
class Line:
    """One pair in the list."""

    first: NameLine
    second: NameLine
    likely: int


@dataclass(frozen=True)
class Proposed:
    """One pair that somebody proposed to join, and that waits for a second person."""

    first: NameLine
    second: NameLine
    by: str
    at: datetime


@dataclass(frozen=True)
class PairsPage:
    """The list, and the first pair side by side. `here` is where a judgement comes back to."""

    lines: tuple[Line, ...]
    proposed: tuple[Proposed, ...]
    comparison: Comparison | None
    next_url: str
    here: str


@holding(Permission.MATCH_PEOPLE)
def pairs(request: HttpRequest) -> HttpResponse:
    """What is said of the first pair brings the next; each can be taken back."""
    by, after = request.user, request.GET.get("after", "")
    found = to_decide(by=by, after=after, most=PAGE + 1)
    shown = found[:PAGE]
    waiting = open_proposals(by=by)
    both = {lead for pair in shown for lead in (pair.first, pair.second)}
    names = names_of(both | {record for one in waiting for record in (one.first_id, one.second_id)})
    comparison = None
    if shown:
        for lead in (shown[0].first, shown[0].second):
            look_at(load_person(lead, by=by), by=by)
        comparison = compare(shown[0].first, shown[0].second, by=by)
    value = PairsPage(
        lines=tuple(Line(names[one.first], names[one.second], min(99, round(100 * one.score))) for one in shown),
        proposed=tuple(Proposed(names[one.first_id], names[one.second_id], one.by.name, one.at) for one in waiting),
        comparison=comparison,
        next_url=f"?after={shown[-1].key}" if len(found) > PAGE else "",
        here=request.get_full_path() if after else "/pairs/",
    )
    return page(request, "desk/pairs.html", value)
