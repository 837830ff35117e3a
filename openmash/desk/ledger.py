"""The ledger for the information governance lead: who looked at this person, and what this user did."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from openmash.agencies.doors import holding
from openmash.agencies.models import Agency, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit import queries as ledger
from openmash.audit.action import reading
from openmash.audit.actors import Actor
from openmash.audit.binding import asked_by
from openmash.audit.models import LedgerEvent
from openmash.audit.queries import LedgerLine, Looker
from openmash.design.page import page
from openmash.desk.search import NO_REFERENCE
from openmash.enquiries.kept_from import people_kept_from
from openmash.enquiries.models import Enquiry, Party
from openmash.kit.number import number_in
from openmash.kit.verdict import Verdict
from openmash.oversight.models import Alert
from openmash.people.models import Person
from openmash.people.queries import names_of

NOBODY = "Nobody has this name or e-mail address. Enter a part of it, as it is written on Staff"


class LookForm(forms.Form):
    """What the governance lead looks for: an enquiry's reference, a user, or what that user did with that enquiry."""

    reference = forms.CharField(label="An enquiry's reference", required=False)
    user = forms.CharField(label="A user's name or e-mail address", required=False)
    refused = forms.BooleanField(label="Only what was refused", required=False)


@dataclass(frozen=True)
class Line:
    """One line in words, with the reference and the agency's name that the ledger itself does not hold."""

    at: datetime
    who: str
    agency: str
    what: str
    is_refused: bool
    reference: str
    more: str


@dataclass(frozen=True)
class Choice:
    label: str
    url: str


@dataclass(frozen=True)
class LedgerPage:
    title: str
    form: LookForm
    lines: tuple[Line, ...]
    lookers: tuple[Looker, ...]
    people: tuple[Choice, ...]
    users: tuple[Choice, ...]
    next_url: str


def may_read_ledger(by: Actor, _: object) -> Verdict:
    return holds(by, Permission.READ_LEDGER)


@reading(may=may_read_ledger, event="ledger.read")
def look(
    _: object, *, by: User, now: Any, what: str, but: Q = ledger.EVERYTHING, **asked: Any
) -> tuple[LedgerLine, ...]:
    """Reading the ledger is itself on the ledger."""
    return getattr(ledger, what)(**asked, but=_alerts_of_others() | but)


def _alerts_of_others() -> Q:
    """That there is an alert, and what became of it, is for whoever may see it: where they are bound."""
    return Q(thing=Alert._meta.label_lower) & ~Q(thing_number__in=Alert.objects.values("pk"))


@holding(Permission.READ_LEDGER)
def ledger_page(request: HttpRequest) -> HttpResponse:
    """Every line, or those of one enquiry, of some users, of what was refused. What is not found shows no line at all:
    the lines of others under a mistyped reference would be taken for its own.
    """
    form = LookForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    enquiry, users = _enquiry(asked.get("reference", "")), _users_called(asked.get("user", ""))
    if asked.get("reference") and not enquiry:
        form.add_error("reference", NO_REFERENCE)
    if asked.get("user") and not users:
        form.add_error("user", NOBODY)
    but = ~Q(outcome=LedgerEvent.REFUSED) if asked.get("refused") else Q()
    but |= ~Q(actor__in=[user.pk for user in users]) if users else Q()
    which: dict[str, Any] = {"what": "latest"}
    if enquiry or form.errors:
        which = {"what": "about_people", "people": [], "enquiries": [enquiry.pk] if enquiry and not form.errors else []}
    lines = look(None, by=request.user, before=_before(request), but=but, **which)
    url = f"?{urlencode({key: value for key, value in asked.items() if value} | {'before': ''})}"
    value = replace(
        _value("The ledger", form, lines, url),
        people=_people_in(enquiry) if enquiry else (),
        users=tuple(Choice(user.name, f"/ledger/user/{user.pk}/") for user in users),
    )
    return page(request, "desk/ledger.html", value)


@holding(Permission.READ_LEDGER)
def about_person(request: HttpRequest, number: int) -> HttpResponse:
    """Who looked at this person, and what was done: for a complaint, or for the person themself."""
    person = Person.objects.filter(pk=number).first()
    if person is None or number in people_kept_from(request.user):
        raise Http404
    lead = person.lead_id or person.pk
    records = list(Person.objects.filter(Q(pk=lead) | Q(lead=lead)).values_list("pk", flat=True))
    enquiries = list(Party.objects.filter(person__in=records).values_list("enquiry", flat=True))
    lines = look(
        person, by=request.user, what="about_people", people=records, enquiries=enquiries, before=_before(request)
    )
    title = f"Who looked at {names_of([lead])[lead].name}"
    value = _value(title, LookForm(), lines, "?before=")
    with asked_by(request.user):
        lookers = ledger.lookers(records, enquiries, but=_alerts_of_others())
    return page(request, "desk/ledger.html", replace(value, lookers=_named(lookers)))


@holding(Permission.READ_LEDGER)
def by_user(request: HttpRequest, number: int) -> HttpResponse:
    user = User.objects.filter(pk=number).first()
    if user is None:
        raise Http404
    lines = look(None, by=request.user, what="by_user", user=number, before=_before(request))
    return page(request, "desk/ledger.html", _value(f"What {user.name} did", LookForm(), lines, "?before="))


def _before(request: HttpRequest) -> int:
    return number_in(request.GET.get("before", ""))


def _value(title: str, form: LookForm, lines: tuple[LedgerLine, ...], url: str) -> LedgerPage:
    numbers = {line.enquiry for line in lines if line.enquiry}
    references = dict(Enquiry.objects.filter(pk__in=numbers).values_list("pk", "reference"))
    agencies = _agencies()
    shown = tuple(_line(line, references.get(line.enquiry or 0, ""), agencies) for line in lines)
    more = f"{url}{lines[-1].number}" if len(lines) == ledger.PAGE else ""
    return LedgerPage(title, form, shown, (), (), (), more)


def _agencies() -> dict[str, str]:
    return dict(Agency.objects.values_list("key", "name"))


def _named(found: tuple[Looker, ...]) -> tuple[Looker, ...]:
    agencies = _agencies()
    return tuple(replace(one, agency=agencies.get(one.agency, one.agency)) for one in found)


def _line(line: LedgerLine, reference: str, agencies: dict[str, str]) -> Line:
    """The event's own name is nearly words: "person.looked-at" is "Person looked at"."""
    kept = "; ".join(f"{key}: {value.replace('_', ' ')}" for key, value in line.kept).capitalize()
    try:
        kind = str(apps.get_model(line.thing)._meta.verbose_name) if line.thing else ""
    except LookupError:  # a table that is no more: its lines stay
        kind = line.thing.rpartition(".")[2]
    thing = f"{kind} {line.thing_number}".capitalize() if kind not in ("", "enquiry") else ""
    return Line(
        at=line.at,
        who=line.actor_name,
        agency=agencies.get(line.agency, line.agency),
        what=re.sub(r"[.\-_]", " ", line.event).capitalize(),
        is_refused=line.is_refused,
        reference=reference,
        more=line.reasons or kept or thing,
    )


def _enquiry(typed: str) -> Enquiry | None:
    """By its reference, with or without spaces and dashes."""
    marks = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return Enquiry.objects.filter(reference=f"{marks[:-8]}-{marks[-8:-4]}-{marks[-4:]}").first() if marks else None


def _people_in(enquiry: Enquiry) -> tuple[Choice, ...]:
    numbers = list(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True))
    names = names_of(numbers)
    return tuple(Choice(names[number].name, f"/ledger/person/{number}/") for number in numbers)


def _users_called(name: str) -> tuple[User, ...]:
    if not name:
        return ()
    return tuple(User.objects.filter(Q(name__icontains=name) | Q(email__icontains=name)).order_by("name")[:20])
