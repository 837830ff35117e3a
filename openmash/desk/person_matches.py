"""Is this the same person? The possible matches, two records side by side, one click each way, and an undo."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmash.agencies.doors import holding
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.desk.onward import onward
from openmash.desk.person import Surroundings, surroundings
from openmash.desk.person_records import RecordsView, records_view
from openmash.people import actions
from openmash.people.matching import Candidate, search
from openmash.people.models import Judgement
from openmash.people.queries import (
    Comparison,
    compare,
    facts_to_review,
    load_judgement,
    load_person,
    load_proposal,
    load_record,
)


@dataclass(frozen=True)
class MatchesPage:
    around: Surroundings
    open: tuple[Candidate, ...]
    parted: tuple[Candidate, ...]
    agencies: RecordsView


@dataclass(frozen=True)
class ComparePage:
    around: Surroundings
    comparison: Comparison
    onward: str


@holding(Permission.MATCH_PEOPLE)
def matches(request: HttpRequest, number: int) -> HttpResponse:
    """Who this may also be, best first, with the reasons; those said to be somebody else stand apart."""
    record = load_person(number, by=request.user)
    found = search(record, by=request.user)
    view = actions.look_at(record, by=request.user)
    still_open = tuple(one for one in found.people if one.judged is None)
    parted = tuple(one for one in found.people if one.judged is not None)
    agencies = records_view(record, view.records, found, by=request.user)
    value = MatchesPage(surroundings(request, view, "matches/"), still_open, parted, agencies)
    return page(request, "desk/person_matches.html", value)


@holding(Permission.MATCH_PEOPLE)
def side_by_side(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Two people side by side with their differences marked."""
    by = request.user
    view = actions.look_at(load_person(number, by=by), by=by)
    actions.look_at(load_person(other, by=by), by=by)
    around = surroundings(request, view, "matches/")
    return page(
        request, "desk/person_compare.html", ComparePage(around, compare(number, other, by=by), onward(request.GET))
    )


@require_POST
@holding(Permission.MATCH_PEOPLE)
def say(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """One click: the same person, or not the same."""
    by = request.user
    one, two = load_record(number, by=by), load_record(other, by=by)
    says = request.POST.get("says")
    if says == "propose":
        actions.propose_same(one, by=by, other=two)
        messages.success(request, "Proposed. Nothing is joined until somebody else agrees.")
        return redirect(onward(request.POST) or f"/person/{number}/matches/{other}/")
    is_same = says in (Judgement.SAME, "agree")
    judgement = _verb(says)(one, by=by, other=two)
    lead = load_person(number, by=by)
    has_news = is_same and bool(facts_to_review(lead, by=by))
    place = onward(request.POST) or f"/person/{lead.pk}/{'review' if has_news else 'matches'}/"
    return redirect(f"{place}?{urlencode({'judged': judgement.pk})}")


def _verb(says: str | None) -> Callable[..., Judgement]:
    verbs = {Judgement.SAME: actions.say_same, "agree": actions.agree_same}
    return verbs.get(says or "", actions.say_different)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def decline(request: HttpRequest, number: int) -> HttpResponse:
    """The second person does not agree, or the first takes it back."""
    because = " ".join(request.POST.get("because", "").split())[:200]
    proposal = load_proposal(number, by=request.user)
    back = onward(request.POST) or "/pairs/"
    if not because:
        messages.error(request, "Enter why they should not be joined")
        return redirect(f"/person/{proposal.first_id}/matches/{proposal.second_id}/?{urlencode({'next': back})}")
    actions.decline_same(proposal, by=request.user, because=because)
    messages.success(request, "Not joined. It can be proposed again.")
    return redirect(back)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said; the records are as they were."""
    judgement = actions.undo(load_judgement(number, by=request.user), by=request.user)
    messages.success(request, "Taken back. The records are as they were before.")
    return redirect(onward(request.POST) or f"/person/{judgement.first_id}/matches/")
