"""Who is who: each person of an enquiry beside those whom the hub knows, one key to say same or not, and a way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.page import page
from openmash.enquiries import actions
from openmash.enquiries.forms.birth import BirthForm
from openmash.enquiries.known import Looked, look_at_matches
from openmash.enquiries.models import Party
from openmash.enquiries.queries import PartyLine, load, parties
from openmash.enquiries.record import Record, record
from openmash.enquiries.who_is_who import WhoIsWho, open_candidates, who_is_who
from openmash.kit.number import number_in
from openmash.people import actions as people
from openmash.people.models import Judgement
from openmash.people.queries import load_judgement, load_record


@dataclass(frozen=True)
class MatchPage:
    record: Record
    found: WhoIsWho
    judged: int
    path: str


@dataclass(frozen=True)
class BirthPage:
    record: Record
    party: PartyLine
    form: BirthForm
    back_url: str


@require_GET
@holding(Permission.MATCH_PEOPLE)
def match(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody in the enquiry, and the first open question with both records side by side."""
    by, now = request.user, timezone.now()
    enquiry = load(reference, by=by)
    found = who_is_who(enquiry, by=by, party=_number(request, "party"), other=_number(request, "other"))
    look_at_matches(Looked(enquiry, found), by=by)
    judged = _number(request, "judged")
    still_said = {said.judgement for question in found.questions for said in question.said}
    value = MatchPage(
        record=record(enquiry, by=by, now=now, current="people/"),
        found=found,
        judged=judged if judged in still_said else 0,
        path=_path(reference),
    )
    return page(request, "enquiries/match.html", value)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def say(request: HttpRequest, reference: str, party: int) -> HttpResponse:
    """Same, not the same, or none of these. What has no open question left is settled."""
    by = request.user
    row = _party(reference, party, by)
    says = request.POST.get("says", "")
    if says == "propose":
        people.propose_same(row.person, by=by, other=load_record(_posted(request, "other"), by=by))
        messages.success(request, "Proposed. Nothing is joined until somebody else agrees.")
        return redirect(f"{_path(reference)}?party={party}")
    judgement = _judge(request, row, says) if says in _VERBS else None
    if says != Judgement.DIFFERENT or not open_candidates(row, by=by):
        actions.settle_party(row, by=by)
    undo = f"?judged={judgement.pk}" if judgement else ""
    return redirect(_path(reference) + undo)


@require_POST
@holding(Permission.MATCH_PEOPLE)
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """One press for all whom nobody that the hub knows matches: they are new. A brand-new family is done at once."""
    by = request.user
    enquiry = load(reference, by=by)
    for question in who_is_who(enquiry, by=by).unknown:
        actions.settle_party(_party(reference, question.party.party, by), by=by)
    return redirect(_path(reference))


def _judge(request: HttpRequest, row: Party, says: str) -> Judgement:
    other = load_record(_posted(request, "other"), by=request.user)
    judgement: Judgement = _VERBS[says](row.person, by=request.user, other=other)
    return judgement


_VERBS = {Judgement.SAME: people.say_same, Judgement.DIFFERENT: people.say_different, "agree": people.agree_same}


@require_POST
@holding(Permission.MATCH_PEOPLE)
def undo(request: HttpRequest, reference: str, party: int) -> HttpResponse:
    """Take back what was said of this person. The records are as they were, and the question is open again."""
    by = request.user
    row = _party(reference, party, by)
    number = _posted(request, "judgement")
    if number:
        judgement = load_judgement(number, by=by)
        if row.person_id not in (judgement.first_id, judgement.second_id):
            raise Http404
        people.undo(judgement, by=by)
    actions.unsettle_party(row, by=by)
    messages.success(request, "Taken back. The records are as they were before.")
    return redirect(f"{_path(reference)}?party={party}")


@holding(Permission.MATCH_PEOPLE)
@require_http_methods(["GET", "POST"])
def born(request: HttpRequest, reference: str, party: int) -> HttpResponse:
    """An unborn child has been born: the same record goes on as a child's."""
    by = request.user
    row = _party(reference, party, by)
    if row.role != "unborn":
        raise Http404
    form = BirthForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.note_birth(row, by=by, **form.cleaned_data)
        messages.success(request, "The birth is recorded. The due date stays on the record.")
        return redirect(_path(reference))
    line = next(one for one in parties(row.enquiry_id) if one.party == party)
    surroundings = record(row.enquiry, by=by, now=timezone.now(), current="people/")
    return page(request, "enquiries/born.html", BirthPage(surroundings, line, form, _path(reference)))


def _party(reference: str, party: int, by: User) -> Party:
    """The row, for an action; 404 when it is not of this enquiry, or `by` may not know of the enquiry."""
    enquiry = load(reference, by=by)
    row = Party.objects.select_related("enquiry__area", "person").filter(pk=party, enquiry=enquiry).first()
    if row is None:
        raise Http404
    return row


def _number(request: HttpRequest, name: str) -> int:
    return number_in(request.GET.get(name, ""))


def _posted(request: HttpRequest, name: str) -> int:
    return number_in(request.POST.get(name, ""))


def _path(reference: str) -> str:
    return f"/enquiry/{reference}/match/"
