"""Who asks, who answers, who chases, and what stands in the way. Pure: reads facts, writes nothing."""

from openmash.agencies.models import User
from openmash.agencies.policies import holds, unsigned
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.enquiries.codes import RATINGS
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, REVIEW, STATUS_WORDS, TRIAGED
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import Override, RatingAlert, Request, SystemCheck
from openmash.gathering.shelf import RETURNS
from openmash.gathering.standing import Standing, may_be_sent_about
from openmash.intelligence.policies import capacities
from openmash.kit.verdict import Verdict, need
from openmash.triage.models import Basis

_URGENCY = {"": 0, "green": 1, "amber": 2, "red": 3}


def may_ask(by: Actor, enquiry: Enquiry) -> Verdict:
    """No request without a basis on record, between triage and the decision (journey of an enquiry, the gate)."""
    return (
        holds(by, Permission.ASK, enquiry.area_id)
        & need(
            enquiry.status in (TRIAGED, GATHERING, REVIEW),
            f"Agencies are asked after triage and before the decision. This enquiry is {_stage(enquiry)}.",
        )
        & need(Basis.objects.filter(enquiry=enquiry).exists(), "Record the basis for asking first.")
    )


def may_be_asked(agency: Standing) -> Verdict:
    """Whether one agency may be sent an enquiry: it serves the area, has joined and signed, and is not asked yet.

    An agency without a live signature on an agreement in force is sent no personal data (M131), unless the governance
    lead has let this one request go, on record.
    """
    return (
        need(agency.has_form, f"{agency.name} has no form to answer on.")
        & need(agency.serves_area, f"{agency.name} does not serve this area.")
        & need(agency.has_joined, f"{agency.name} has not joined the hub.")
        & need(agency.can_be_reached, f"{agency.name} has no e-mail address on a domain that is allowed.")
        & need(not agency.is_asked, f"{agency.name} has been asked already and has not answered.")
        & need(
            agency.has_signed or agency.is_let_through,
            unsigned(agency.name),
        )
    )


def may_be_let_through(agency: Standing) -> Verdict:
    """Whether the governance lead can be asked to let an agency be sent this enquiry: only its signature is missing."""
    return (
        need(agency.serves_area, f"{agency.name} does not serve this area.")
        & need(agency.has_joined, f"{agency.name} has not joined the hub.")
        & need(not agency.has_signed and not agency.is_let_through, f"{agency.name} can be asked without that.")
        & need(not agency.is_wanted, "The governance lead has been asked already.")
    )


def may_want_override(by: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever may ask may put it to the governance lead: for a request, a release or an outcome, from triage on."""
    return holds(by, Permission.ASK, enquiry.area_id) & need(
        enquiry.status in (TRIAGED, GATHERING, REVIEW, DECIDED),
        f"Agencies are sent something after triage and before it is closed. This enquiry is {_stage(enquiry)}.",
    )


def may_know_of_override(by: Actor, override: Override) -> Verdict:
    return holds(by, Permission.OVERRIDE_AGREEMENT, override.enquiry.area_id)


def may_override_agreement(by: Actor, override: Override) -> Verdict:
    """The governance lead of the area says yes or no, once, and never to their own wish."""
    return (
        may_know_of_override(by, override)
        & need(override.did == "", "This has been answered already.")
        & need(by.ledger_id != override.wanted_by_id, "Nobody answers their own request.")
    )


def may_withdraw(by: Actor, request: Request) -> Verdict:
    return (
        holds(by, Permission.ASK, request.enquiry.area_id)
        & need(request.answered_at is None, "The agency has answered already.")
        & need(request.withdrawn_at is None, "The request has been withdrawn already.")
    )


def may_take_to_review(by: Actor, enquiry: Enquiry) -> Verdict:
    """To the decision without asking anybody, or without waiting for those who have not answered: with a reason."""
    return holds(by, Permission.PROPOSE_DECISION, enquiry.area_id) & need(
        enquiry.status in (TRIAGED, GATHERING),
        f"An enquiry goes to decision once it is rated. This enquiry is {_stage(enquiry)}.",
    )


def may_chase(by: Actor, request: Request) -> Verdict:
    """The system's own clock, or whoever chases in the area; only what is still open."""
    may = (
        need("remind" in by.permissions, f"{by.ledger_name} cannot do this.")
        if isinstance(by, System)
        else holds(by, Permission.CHASE, request.enquiry.area_id)
    )
    return may & need(request.is_open, "There is nothing to chase: the request is answered or withdrawn.")


def is_of_agency(by: Actor, request: Request) -> Verdict:
    """Whether `by` answers for the agency that is asked, in the enquiry's area."""
    is_theirs = isinstance(by, User) and by.agency_id == request.agency_id
    return holds(by, Permission.ANSWER, request.enquiry.area_id) & need(is_theirs, "This request is to another agency.")


def may_answer(by: Actor, request: Request) -> Verdict:
    """The agency's own people, until it is withdrawn; once answered, until the enquiry closes (security design 3.4).

    An answer after the decision is late, and never turned away; nor is one of an agency whose signature has ended.
    """
    return (
        is_of_agency(by, request)
        & need(request.withdrawn_at is None, "The request was withdrawn.")
        & need(request.answered_at is None or request.enquiry.status != CLOSED, "The enquiry is closed.")
    )


def may_open_request(by: Actor, request: Request) -> Verdict:
    """Whoever may answer. What it says is sent anew each time: not to an agency whose signature has ended (M131)."""
    return may_answer(by, request) & may_be_sent_about(request.agency, request.enquiry)


def may_keep_answer_draft(by: Actor, request: Request) -> Verdict:
    return may_answer(by, request)


def may_sweep(by: Actor, _: object) -> Verdict:
    """The system's own clock sweeps the drafts of answers that were never sent."""
    return need(isinstance(by, System), "Only the system's own clock does this.")


def is_complete(given: GivenAnswer, request: Request) -> Verdict:
    """Whether an answer says what its return asks: every system, at least one item or nothing known, and a rating."""
    systems = {system.key for system in RETURNS.get(request.agency.return_key).systems}
    people = set(request.people)
    nothing, items = given["is_nothing_known"], given["items"]
    return (
        need(set(given["checks"]) == systems, "Say of each system whether you checked it.")
        & need(set(given["checks"].values()) <= set(SystemCheck.RESULTS), "Say what each system showed.")
        & need(nothing or bool(items), "Add what is known, or answer that nothing is known.")
        & need(not nothing or not items, "Nothing known has no items. Send the items, or remove them.")
        & need(
            not nothing or "known" not in given["checks"].values(),
            "A system shows something, so something is known. Add it, or change what the system shows.",
        )
        & need(nothing or given["rating"] in RATINGS, "Give your agency’s own rating.")
        & need(all(set(item.people) <= people for item in items), "An item is about people who are in the request.")
    )


def is_higher(rating: str, than: str) -> bool:
    """Whether one rating is more urgent than another; no rating is the least."""
    return _URGENCY[rating] > _URGENCY[than]


def may_meet_alert(by: Actor, alert: RatingAlert) -> Verdict:
    """The practice manager confirms or declines, once (M99)."""
    return holds(by, Permission.DECIDE, alert.enquiry.area_id) & need(
        alert.did == "", "This has been answered already."
    )


def may_rerate_on_alert(by: Actor, alert: RatingAlert) -> Verdict:
    return may_meet_alert(by, alert) & need(
        is_higher(alert.agency_rating, than=alert.enquiry.rating),
        "The enquiry is rated as high already. Say that no change is needed, and why.",
    )


def may_see_requests(by: Actor, enquiry: Enquiry) -> Verdict:
    """Hub staff see who was asked, when, and that an answer came."""
    return holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id)


def may_know_what_came(by: Actor, enquiry: Enquiry) -> Verdict:
    """Triage and practice managers may know what kind of answer came. A coordinator is a courier: that one came, and
    its rating, and nothing else (security design P8).
    """
    return need(bool(capacities(by, enquiry) & {"manager", "triage"}), "You see that an answer came, not what it says.")


def _stage(enquiry: Enquiry) -> str:
    return STATUS_WORDS[enquiry.status].lower()
