"""The doors of adding up: what a rule found in an enquiry, and the rules of an area with a look back."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openmash.agencies.doors import holding
from openmash.agencies.models import Area
from openmash.agencies.roles import Permission
from openmash.cumulative import actions, queries
from openmash.cumulative.backtest import Backtest, backtest
from openmash.cumulative.forms import AnswerForm, RuleForm
from openmash.cumulative.queries import HitLine, RuleLine
from openmash.cumulative.shelf import RULES, Rule
from openmash.design.page import page
from openmash.enquiries.queries import load
from openmash.enquiries.record import Record, record
from openmash.triage.attempts import attempt

LOOKS_BACK = timedelta(days=365)


@dataclass(frozen=True)
class HitsPage:
    record: Record
    hits: tuple[HitLine, ...]


@dataclass(frozen=True)
class AnswerPage:
    record: Record
    hit: HitLine
    form: AnswerForm


@dataclass(frozen=True)
class RulesPage:
    areas: tuple[tuple[str, str, tuple[RuleLine, ...]], ...]


@dataclass(frozen=True)
class RulePage:
    area: str
    area_key: str
    name: str
    says: str
    fields: tuple[str, ...]
    form: RuleForm
    tried: Backtest | None


@holding(Permission.RATE)
def added_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was added up in an enquiry."""
    enquiry = load(reference, by=request.user)
    around = record(enquiry, by=request.user, now=timezone.now())
    return page(request, "cumulative/added_up.html", HitsPage(around, queries.hits(enquiry, by=request.user)))


@holding(Permission.RATE)
def answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Act on it, or not, with the reason. What somebody else answered meanwhile says so above what was typed."""
    enquiry = load(reference, by=request.user)
    hit = queries.load_hit(number, enquiry)
    form = AnswerForm(request.POST or None)
    if attempt(form, enquiry, lambda **said: actions.answer(hit, by=request.user, **said)).is_done:
        messages.success(request, "Your answer is recorded.")
        return redirect("cumulative:added_up", reference)
    line = next(one for one in queries.hits(enquiry, by=request.user) if one.number == number)
    around = record(enquiry, by=request.user, now=timezone.now())
    return page(request, "cumulative/answer.html", AnswerPage(around, line, form))


@holding(Permission.DECIDE)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the areas where the reader decides."""
    areas = [queries.area_of(key, by=request.user) for key, _ in queries.areas_of(request.user)]
    value = RulesPage(tuple((area.key, area.name, queries.rules(area)) for area in areas))
    return page(request, "cumulative/rules.html", value)


@holding(Permission.DECIDE)
def rule(request: HttpRequest, area: str, key: str) -> HttpResponse:
    """One rule of an area: try numbers on the last twelve months, then save them with a reason."""
    place, found = queries.area_of(area, by=request.user), _rule(key)
    now = actions.rules_of(place)
    initial = found.usual() | now.get(key, {}) | {"is_on": "yes" if key in now else "no"}
    form = RuleForm(request.POST or None, of=found, initial=initial)
    is_saving = request.POST.get("do") == "save"
    if form.is_valid() and is_saving and not form.cleaned_data["because"]:
        form.add_error("because", "Enter why the rule is changed")
    if form.is_valid() and is_saving:
        said = {"is_on": form.cleaned_data["is_on"], "because": form.cleaned_data["because"]}
        actions.set_rule(place, by=request.user, rule=key, numbers=form.numbers, **said)
        messages.success(request, f"Saved. It holds in {place.name} from now on.")
        return redirect("cumulative:rules")
    tried = _try(form, found, place) if form.is_valid() else None
    numbers = form.numbers if form.is_valid() else initial
    fields = tuple(number.key for number in found.numbers)
    value = RulePage(place.name, place.key, found.name, found.sentence(numbers), fields, form, tried)
    return page(request, "cumulative/rule.html", value)


def _rule(key: str) -> Rule:
    try:
        return RULES.get(key)
    except KeyError:
        raise Http404 from None


def _try(form: RuleForm, found: Rule, area: Area) -> Backtest:
    now = timezone.now()
    return backtest(found, form.numbers, area=area, since=now - LOOKS_BACK, now=now)
