"""A call as it is keyed: all the forms of the telephone screen together, its draft, and the enquiry that it becomes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from openmash.agencies.models import Area, HeldBack, User
from openmash.agencies.roles import Permission
from openmash.design.moments import local
from openmash.design.repeated import Repeated, kept
from openmash.enquiries import actions, drafts
from openmash.enquiries.eform.answers import in_words
from openmash.enquiries.eform.saying import Said, is_said
from openmash.enquiries.eform.typed import sent_with
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.place import FIND_SAYS
from openmash.enquiries.forms.telephone import (
    TelephoneAdultForm,
    TelephoneChildForm,
    TelephoneForm,
    TelephoneWorkerForm,
)
from openmash.enquiries.giving import give, place_said
from openmash.enquiries.models import Draft, Enquiry

MOST = 15
Typing = MultiValueDict[str, str]


@dataclass(frozen=True)
class CallForms:
    """The call itself, and the several people in it."""

    call: TelephoneForm
    children: Repeated[TelephoneChildForm]
    adults: Repeated[TelephoneAdultForm]
    workers: Repeated[TelephoneWorkerForm]

    @property
    def groups(self) -> dict[str, Repeated[Any]]:
        return {"children": self.children, "adults": self.adults, "workers": self.workers}

    @property
    def is_changing(self) -> bool:
        """Whether "Add another" or "Remove" was pressed."""
        return any(group.changing for group in self.groups.values())

    def is_valid(self) -> bool:
        """Everything right, and some way to find the child: a name or a place."""
        is_right = all([self.call.is_valid(), *(group.is_valid() for group in self.groups.values())])
        facts = self.call.cleaned_data
        named = any(
            said.get("given") or said.get("family") for said in [*self._said("children"), *self._said("adults")]
        )
        if is_right and not named and not any(facts.get(name) for name in ("address_lines", "postcode", "where_now")):
            self.call.add_error("address_lines", FIND_SAYS)
            return False
        return is_right

    def said(self) -> Said:
        """What is right so far. What is wrong is left out."""
        self.is_valid()
        return Said(self.call.cleaned_data, {kind: self._said(kind) for kind in self.groups})

    def _said(self, kind: str) -> tuple[dict[str, Any], ...]:
        answers = [form.cleaned_data for form in self.groups[kind] if form.is_bound and hasattr(form, "cleaned_data")]
        return tuple(one for one in answers if is_said(one))

    def sent(self, data: QueryDict) -> dict[str, list[str]]:
        """What was sent for the fields of the screen, and nothing else."""
        everything: dict[str, list[str]] = sent_with(self.call, data)
        for group in self.groups.values():
            everything |= sent_with(group, data)
        return everything


def call_forms(data: Mapping[str, Any] | None, *, quiet: bool = False, now: datetime | None = None) -> CallForms:
    """The forms, bound to `data`; with `quiet` only shown again. Without data, empty, received by telephone `now`."""
    if data is None or quiet:
        start = {"channel": "telephone", "received_on": local(now).date(), "received_time": local(now)} if now else {}
        call = kept(TelephoneForm, data or MultiValueDict(), initial=start)
        if now:  # a call has just come in: the hands are at the first question
            call.fields["danger"].widget.attrs["autofocus"] = True
    else:
        call = TelephoneForm(data)
    return CallForms(
        call,
        Repeated(TelephoneChildForm, prefix="children", data=data, one="child", most=MOST, quiet=quiet),
        Repeated(TelephoneAdultForm, prefix="adults", data=data, one="adult", most=MOST, quiet=quiet),
        Repeated(TelephoneWorkerForm, prefix="workers", data=data, one="professional", most=MOST, quiet=quiet),
    )


def typed_in(draft: Draft) -> Typing:
    return MultiValueDict({name: list(values) for name, values in draft.answers.get("sent", {}).items()})


def keep_call(token: str, sent: dict[str, list[str]], *, by: User, now: datetime, writer: str, opened_at: int) -> Draft:
    """Keep what has been typed. `Overtaken` when another open page saved the same call after this one was opened."""
    answers = {"sent": sent, "by": by.name}
    draft = drafts.find(token, what=drafts.TELEPHONE, by=by, now=now)
    if draft is None and drafts.is_taken(token):
        raise Http404
    if draft and draft.answers == answers and draft.writer == writer:
        return draft
    kept_draft: Draft = drafts.keep(
        token, by=by, now=now, what=drafts.TELEPHONE, answers=answers, writer=writer, opened_at=opened_at
    )
    return kept_draft


def send_call(draft: Draft, forms: CallForms, *, by: User, now: datetime, held: HeldBack | None = None) -> Enquiry:
    """Make the enquiry, once, and put it on the fast track when the coordinator said so. Ask `is_valid` first.

    What a system sent and a person completed is the enquiry of the system's agency, in its area.
    """
    said = forms.said()
    facts = said.facts
    area = held.area if held else area_of_call(said, by)
    area, given = give(said, channel=facts["channel"], by=by, area=area, received_at=facts["received_at"])
    if held:
        whose = {"agency_key": held.system.agency.key, "account": held.system_id}
        given = replace(given, referrer=replace(given.referrer, **whose))
    with transaction.atomic():  # all or nothing, as on the public form
        enquiry: Enquiry = actions.receive(area, by=by, now=now, given=given, key=drafts.key_of(draft.token))
        if facts.get("is_fast_track") and enquiry.fast_track_at is None:
            enquiry = actions.fast_track(enquiry, by=by, now=now, because=facts["fast_track_because"])
        drafts.mark_sent(draft, by=by, now=now, reference=enquiry.reference)
    return enquiry


def area_of_call(said: Said, by: User) -> Area:
    """The area of the address, when the coordinator keys for it; otherwise their own first."""
    mine = by.areas_where(Permission.KEY_ENQUIRY)
    place = place_said(said)
    return Area.objects.get(pk=place.area if place and place.area in mine else min(mine))


@dataclass(frozen=True)
class Difference:
    """One field that another open page left different: what it says now."""

    what: str
    was: str
    now: str


def differences(mine: CallForms, theirs: CallForms) -> tuple[Difference, ...]:
    """What another page saved that this one does not say, field by field."""
    here, there = dict(_fields(mine)), dict(_fields(theirs))
    changed = [what for what in {**there, **here} if here.get(what, "") != there.get(what, "")]
    return tuple(Difference(what, here.get(what, ""), there.get(what, "")) for what in changed)


def _fields(forms: CallForms) -> Iterator[tuple[str, str]]:
    yield from _words_of(forms.call, "")
    for group in forms.groups.values():
        for number, form in enumerate(group, 1):
            yield from _words_of(form, f"{group.one.capitalize()} {number}: ")


def _words_of(form: Asking, before: str) -> Iterator[tuple[str, str]]:
    for field in form:
        yield f"{before}{field.label}", in_words(field)
