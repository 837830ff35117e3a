"""A system makes an enquiry as its agency's professional does on the form, and reads back how far its own are."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, model_validator

from openmash.agencies.queries import areas
from openmash.agencies.systems import Caller
from openmash.api.door import Token
from openmash.api.intake import Taken, Waits, take, takes
from openmash.api.problems import Problem
from openmash.api.shapes import (
    DueDay,
    EmailText,
    Key,
    PastDay,
    PostcodeText,
    Sent,
    TelephoneText,
    Worry,
    line,
    one_of,
    words,
)
from openmash.decisions.queries import told
from openmash.enquiries.actions import receive
from openmash.enquiries.codes import (
    ABUSE_GRADES,
    ABUSE_RISKS,
    AGREEMENT,
    CAPACITY_DOUBT,
    CONCERNS,
    LEGAL_STATUSES,
    RISK_FACTORS,
    WHY_NOT_TOLD,
)
from openmash.enquiries.eform.saying import Said
from openmash.enquiries.giving import give
from openmash.enquiries.submitted import SubmittedLine, load_own, open_submission, submitted_by
from openmash.people.ethnicities import ETHNICITIES
from openmash.people.relations import RELATIONS

router = Router(tags=["Enquiries"])
MOST_PEOPLE = 30
WRONG = frozenset({400, 401, 404, 409, 413, 415, 422, 429, 500, 503})


class PersonSent(Sent):
    """A person as far as they are known. A mistyped number is kept, and marked as mistyped: nothing is turned away."""

    given: line(100) = ""
    family: line(100) = ""
    other_names: line(200) = ""
    sex: one_of(("F", "M", "U")) = "U"
    born_on: PastDay | None = None
    is_birth_date_estimated: bool = False
    ethnicity: one_of(("", *ETHNICITIES)) = ""
    language: line(60) = ""
    needs_interpreter: bool | None = None
    religion: line(60) = ""
    nationality: line(80) = ""
    disability: line(200) = ""
    communication: line(200) = ""
    nhs: line(40) = ""
    upn: line(40) = ""
    la_child_id: line(40) = ""
    school: line(160) = ""
    gp: line(160) = ""
    legal_status: one_of(("", *LEGAL_STATUSES)) = ""
    address_lines: line(200) = ""
    postcode: PostcodeText = ""
    note: line(300) = ""


class ChildSent(PersonSent):
    """An address of a child's own says that the child does not live in the household."""

    own_telephone: TelephoneText = ""
    is_safe_to_contact: bool | None = None


class AdultSent(PersonSent):
    """`relation`: they are the … of the child."""

    relation: one_of(("", *RELATIONS)) = ""
    has_parental_responsibility: bool | None = None
    lives_in_household: bool | None = None
    telephone: TelephoneText = ""
    risk_factors: Annotated[list[one_of(RISK_FACTORS)], Field(max_length=len(RISK_FACTORS))] = []


class WorkerSent(Sent):
    """Somebody who works with the family."""

    agency: line(120)
    role: line(120) = ""
    name: line(120) = ""
    contact: line(120) = ""


class ReferrerSent(Sent):
    """Who in your agency is worried."""

    name: line(120) = ""
    job_title: line(120) = ""
    telephone: TelephoneText = ""
    email: EmailText = ""
    relationship: line(200) = ""
    manager_told: line(120) = ""
    wants_feedback_by: one_of(("email", "telephone", "none")) = "email"


class EnquirySent(Sent):
    """One worry and everybody in it. Only the worry, and some way to find them, is needed.

    Of an adult at risk (`kind` is adult): `adults` are those whom it is about and `others` everybody around them;
    `concerns` that begin with adult_, and da_adult, are the categories of abuse; `care_needs`, `worry` and
    `cannot_protect` are the facts for the three parts of the Care Act test, `told_family` and `family_agrees` say
    whether the adult knows and consents. What is sent here is what the hub's own test begins with.
    """

    worry: Worry
    kind: one_of(("child", "unborn", "adult", "family")) = "child"
    care_needs: words(2000) = ""
    cannot_protect: words(2000) = ""
    adults_wishes: words(2000) = ""
    capacity_doubt: one_of(("", *CAPACITY_DOUBT)) = ""
    spoken_for_by: line(200) = ""
    is_danger_now: bool = False
    happened: words() = ""
    impact: words() = ""
    strengths: words() = ""
    history: words() = ""
    childs_words: words() = ""
    source_of_words: one_of(("", "seen", "told", "opinion")) = ""
    alleged: words() = ""
    injury: words() = ""
    risk_to_staff: words() = ""
    help_tried: words() = ""
    wants: words() = ""
    thinks_level: Annotated[int, Field(ge=1, le=4)] | None = None
    concerns: Annotated[list[one_of(CONCERNS)], Field(max_length=len(CONCERNS))] = []
    early_help_done: bool | None = None
    early_help_lead: line(120) = ""
    domestic_abuse_score: Annotated[int, Field(ge=0, le=24)] | None = None
    abuse_risks: Annotated[list[one_of(ABUSE_RISKS)], Field(max_length=len(ABUSE_RISKS))] = []
    abuse_grade: one_of(("", *ABUSE_GRADES)) = ""
    abuse_because: words() = ""
    told_family: bool | None = None
    family_agrees: one_of(("", *AGREEMENT)) = ""
    agreed_by: line(200) = ""
    why_not_told: one_of(("", *WHY_NOT_TOLD)) = ""
    why_not_told_words: words() = ""
    child_told: bool | None = None
    keep_from_family: words() = ""
    parents_words: words() = ""
    address_lines: line(200) = ""
    postcode: PostcodeText = ""
    where_now: words(1000) = ""
    earlier_homes: words(1000) = ""
    follows_call: line(120) = ""
    due_on: DueDay | None = None
    children: Annotated[list[ChildSent], Field(max_length=MOST_PEOPLE)] = []
    adults: Annotated[list[AdultSent], Field(max_length=MOST_PEOPLE)] = []
    others: Annotated[list[AdultSent], Field(max_length=MOST_PEOPLE)] = []
    workers: Annotated[list[WorkerSent], Field(max_length=MOST_PEOPLE)] = []
    referrer: ReferrerSent = ReferrerSent()

    @model_validator(mode="after")
    def _can_be_found(self) -> "EnquirySent":
        if not (
            self.children
            or self.adults
            or self.others
            or self.address_lines
            or self.postcode
            or self.where_now
            or self.due_on
        ):
            raise ValueError("Say who it is about, or where they can be found")
        return self


class OwnEnquiry(Schema):
    """One of the system's own. `stage` says no more than whether there is a decision; `told` is the hub's answer."""

    reference: str
    received_at: datetime
    about: str
    hub: str
    telephone: str
    stage: str
    told: str


class OwnEnquiries(Schema):
    enquiries: list[OwnEnquiry]


class SentBack(OwnEnquiry):
    """The enquiry as it was sent. Nothing that the hub added is in it."""

    worry: str
    concerns: list[str]
    people: list[list[str]]


@router.post("/enquiries", auth=Token("enquiries", takes="enquiry"), response={201: Taken, 202: Waits, WRONG: Problem},
             operation_id="send_enquiry", summary="Send an enquiry")  # fmt: skip
def send_enquiry(request: HttpRequest, key: Key, payload: EnquirySent) -> Status:
    """It is in the hub's queue when this answers 201. On 202 it is kept, and comes into the queue in its turn."""
    return take(request.auth, "enquiry", key, payload)


@router.get("/enquiries", auth=Token("enquiries"), response={200: OwnEnquiries, WRONG: Problem},
            operation_id="list_enquiries", summary="List your own enquiries")  # fmt: skip
def list_enquiries(request: HttpRequest) -> dict[str, Any]:
    lines = submitted_by(request.auth.user)[:500]
    words_of = told([one.reference for one in lines], by=request.auth.user)
    return {"enquiries": [_own(one, words_of) for one in lines]}


@router.get("/enquiries/{reference}", auth=Token("enquiries"), response={200: SentBack, WRONG: Problem},
            operation_id="read_enquiry", summary="Read one of your own enquiries")  # fmt: skip
def read_enquiry(request: HttpRequest, reference: str) -> dict[str, Any]:
    by = request.auth.user
    sent = open_submission(load_own(reference, by=by), by=by)
    own = _own(sent.line, told([reference], by=by))
    return own | {"worry": sent.worry, "concerns": list(sent.concerns), "people": [list(one) for one in sent.people]}


def _own(one: SubmittedLine, words_of: dict[str, str]) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "received_at": one.received_at,
        "about": one.about,
        "hub": one.hub_name,
        "telephone": one.telephone,
        "stage": one.stage,
        "told": words_of.get(one.reference, ""),
    }


@takes("enquiry", EnquirySent)
def take_enquiry(caller: Caller, key: str, sent: EnquirySent, now: datetime) -> dict[str, Any]:
    """Into the queue of the token's area, as an enquiry of the system's agency."""
    area = areas()[caller.token.area_id]
    _, given = give(_said(sent, caller), channel="other_system", by=caller.user, area=area)
    given = replace(given, referrer=replace(given.referrer, agency_key=caller.user.agency.key))
    once = hashlib.sha256(f"{caller.token.pk} {key}".encode()).hexdigest()
    enquiry = receive(area, by=caller.user, now=now, given=given, key=once)
    return {"reference": enquiry.reference, "path": f"/api/v1/enquiries/{enquiry.reference}"}


def _said(sent: EnquirySent, caller: Caller) -> Said:
    """As if it had been said on the professional form."""
    facts = sent.model_dump(exclude={"referrer", "is_danger_now"})
    people = {kind: tuple(facts.pop(kind)) for kind in ("children", "adults", "others", "workers")}
    who = sent.referrer
    return Said(
        facts
        | {
            "danger": "yes" if sent.is_danger_now else "no",
            "source_code": caller.user.agency.source_code,
            "referrer_kind": "professional",
            "referrer_name": who.name or caller.user.name,
            "job_title": who.job_title,
            "organisation": caller.user.agency.name,
            "referrer_telephone": who.telephone,
            "referrer_email": who.email,
            "relationship": who.relationship,
            "manager_told": who.manager_told,
            "wants_feedback_by": who.wants_feedback_by if who.email or who.telephone else "none",
        },
        people,
    )
