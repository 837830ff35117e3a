"""What is recorded of an adult at risk: the Care Act test with capacity and wishes, and that a child was considered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openmash.adults.around import children_around
from openmash.adults.codes import ADULT, CONSIDERED, ENQUIRY
from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.adults.policies import answers_for, is_about_them, may_consider_children, may_record
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.steps import meet_need, note_step, raise_need
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.people.models import Name, Person, Residence


@action(may=may_record, event="care-act.recorded")
def record(enquiry: Enquiry, *, by: User, now: datetime, **said: Any) -> CareActRecord:
    """Put the three-part test, capacity, consent and the adult's wishes on record; the earlier record is kept."""
    row = CareActRecord.objects.create(enquiry=enquiry, by=by, at=now, **said)
    says = "Care Act test: all three parts are met" if row.is_duty else "Care Act test: not all three parts are met"
    note_step(enquiry, "care-act", says, by=by, now=now)
    return row


@action(may=may_consider_children, event="children.considered", keeps=("answer",))
def consider_children(
    enquiry: Enquiry, *, by: User, now: datetime, answer: str, because: str, about: Iterable[int] = ()
) -> ChildConsidered:
    """Answer for the children around the adult, with a reason. An enquiry that is needed is made at once, `about` those
    of them who are chosen, by lead.
    """
    children, chosen = [one.lead for one in children_around(enquiry, by=by)], list(about)
    verdict = answers_for(answer, len(children))
    if verdict and answer == ENQUIRY:
        verdict = is_about_them(chosen, children)
    if not verdict:
        raise Refused("children.considered", verdict)
    made = _childs_enquiry(enquiry, chosen, by, now, because) if answer == ENQUIRY else None
    note_step(enquiry, "child-considered", f"Child considered: {CONSIDERED[answer].lower()}"[:200], by=by, now=now,
              because=because)  # fmt: skip
    meet_need(enquiry, "child-considered", by=by, now=now)
    return ChildConsidered.objects.create(
        enquiry=enquiry, answer=answer, because=because, children=children, childs_enquiry=made, by=by, at=now
    )


def on_receiving(enquiry: Enquiry, now: datetime) -> None:
    """The question stands on the list of whoever screens from the moment an adult's enquiry is saved (M58)."""
    if enquiry.kind == ADULT and not enquiry.is_held:
        raise_need(
            enquiry,
            "child-considered",
            "Was a child considered? Look at the children around this adult",
            path=f"/enquiry/{enquiry.reference}/children/",
            due_at=enquiry.triage_due_at,
            now=now,
            permission=Permission.SCREEN,
        )


def _childs_enquiry(adults: Enquiry, children: list[int], by: User, now: datetime, because: str) -> Enquiry:
    """An enquiry about the children with the adults of this one, joined to the people whom the hub knows already."""
    grown = Party.objects.filter(enquiry=adults).exclude(role__in=("child", "unborn")).order_by("order")
    parts = [(Person.objects.get(pk=lead), "child") for lead in children]
    parts += [(party.person, party.role) for party in grown.select_related("person")]
    given = GivenEnquiry(
        worry=because,
        channel="adults_enquiry",
        source_code="5A",
        referrer=GivenReferrer("professional", name=by.name, job_title=by.job_title, organisation=by.agency.name,
                               agency_key=by.agency.key, email=by.email, telephone=by.telephone),
        parties=tuple(GivenParty(_given(person, adults.reference), _role(person, role)) for person, role in parts),
        is_urgent=adults.is_urgent,
        fields={"happened": adults.worry},
    )  # fmt: skip
    made: Enquiry = enquiries.receive(
        adults.area, by=by, now=now, given=given, key=f"children-of-{adults.pk}-{now.timestamp():.0f}"
    )
    _join(made, [person for person, _ in parts], by, now)
    return made


def _join(made: Enquiry, known: list[Person], by: User, now: datetime) -> None:
    """Each is the person whom the hub knows. Who is guarded is joined by two people, at the possible matches."""
    for party, person in zip(made.parties.select_related("person").order_by("order"), known, strict=True):
        try:
            people.say_same(party.person, by=by, now=now, other=person, why="From the adult's enquiry")
            enquiries.settle_party(party, by=by, now=now)
        except Refused:
            continue


def _role(person: Person, role: str) -> str:
    return "unborn" if person.is_unborn else role


def _given(person: Person, reference: str) -> GivenPerson:
    name = Name.objects.filter(person=person, is_usual=True).order_by("-id").first()
    home = Residence.objects.filter(person=person, until=None).select_related("address").order_by("-id").first()
    return GivenPerson(
        given=name.given if name else "",
        family=name.family if name else "",
        sex=person.sex,
        born_on=person.born_on,
        is_birth_date_estimated=person.is_birth_date_estimated,
        due_on=person.due_on,
        address_lines=home.address.lines if home else "",
        postcode=home.address.postcode if home else "",
        source=f"Enquiry {reference}",
    )
