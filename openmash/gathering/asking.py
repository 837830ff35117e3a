"""What asking an agency leaves behind: the request with its wording, the need, and the letters. Called inside acts."""

from datetime import datetime, timedelta

from openmash.agencies import letters
from openmash.agencies.models import Agency, User
from openmash.agencies.queries import holders, posted
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.enquiries import actions as enquiries
from openmash.enquiries.codes import CONCERNS, WHY_NOT_TOLD
from openmash.enquiries.kept_from import may_be_told
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import meet_need, raise_need
from openmash.enquiries.workflow import GATHERING
from openmash.gathering.by_post import is_by_post, tell_by_post
from openmash.gathering.clocks import due_of, request_due
from openmash.gathering.defaults import USUALLY
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.policies import may_be_asked
from openmash.gathering.shelf import RETURNS
from openmash.gathering.standing import live_override, standings
from openmash.gathering.wording import Facts, wording
from openmash.kit.verdict import Verdict, need
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES
from openmash.triage.household import Member
from openmash.triage.models import Basis

_LONGEST_STEP = 200


def may_ask_all(agencies: tuple[Asked, ...], enquiry: Enquiry) -> Verdict:
    """Whether each of these agencies may be asked, and a reason is given for each."""
    verdict: Verdict = need(bool(agencies), "Choose at least one agency to ask.")
    stand = standings(enquiry, [asked.agency for asked in agencies])
    for asked in agencies:
        verdict &= may_be_asked(stand[asked.agency.pk])
        verdict &= need(bool(asked.because.strip()), f"Say why asking {asked.agency.name} is proportionate.")
    twice = len({asked.agency.pk for asked in agencies}) < len(agencies)
    return verdict & (need(not twice, "Each agency is asked once."))


def send(enquiry: Enquiry, asked: Asked, basis: Basis, members: tuple[Member, ...], by: User, now: datetime) -> Request:
    """One request: its wording is written here, from facts, and kept as it was sent."""
    due = request_due(enquiry, asked.agency, now)
    override = live_override(asked.agency, enquiry)
    request = Request.objects.create(
        enquiry=enquiry,
        agency=asked.agency,
        basis=basis,
        proportionate_because=asked.because,
        wording=wording(facts(enquiry, asked.agency, basis, members, due)),
        people=[member.person for member in members],
        overridden_by=override.by if override else None,
        overridden_because=override.because if override else "",
        asked_by=by,
        asked_at=now,
        due_at=due,
    )
    _tell(request, now)
    return request


def facts(enquiry: Enquiry, agency: Agency, basis: Basis, members: tuple[Member, ...], due: datetime) -> Facts:
    """The facts of one request: the concerns, address and identifiers are those that this agency needs (M98)."""
    usual = USUALLY[agency.return_key]
    return Facts(
        reference=enquiry.reference,
        hub=enquiry.area.hub_name,
        telephone=enquiry.area.telephone,
        agency=agency.name,
        kind=enquiry.kind,
        rating=enquiry.rating,
        received_on=enquiry.received_at,
        concerns=tuple(CONCERNS[key] for key in usual.told(enquiry.concerns)),
        members=members,
        tells_address=usual.needs_address,
        identifiers=usual.identifiers,
        asks=RETURNS.get(agency.return_key).asks,
        due_at=due,
        suspects_significant_harm=basis.suspects_significant_harm,
        lawful_basis=LAWFUL_BASES[basis.lawful_basis],
        gateway=GATEWAYS[basis.gateway],
        told_family=basis.told_family,
        agrees_to_service=basis.agrees_to_service == "yes",
        why_not_told=WHY_NOT_TOLD.get(basis.why_not_told, ""),
        must_not_reach_family=bool(enquiry.keep_from_family),
    )


def _tell(request: Request, now: datetime) -> None:
    """The agency needs to answer: a need for all of its people, and a letter to each; or the request itself by post."""
    enquiry, is_red = request.enquiry, request.enquiry.rating == "red"
    says = "A request to answer now" if is_red else "A request to answer"
    path = f"/request/{request.token}/"
    raise_need(enquiry, "answer", says, path=path, due_at=request.due_at, now=now, agency=request.agency, tell=False)
    if is_by_post(request):
        tell_by_post(request, "asked", now)
        return
    for person in answerers(request):
        _write(person, enquiry, says, path, f"request-{request.pk}-{person.pk}", now)


def remind(request: Request, says: str, now: datetime) -> None:
    """A letter to the agency's people; once the answer is late, one to whoever watches over the enquiry too."""
    enquiry, key = request.enquiry, f"chase-{request.pk}-{request.chased}"
    if is_by_post(request):
        tell_by_post(request, says, now)
    else:
        for person in answerers(request):
            _write(person, enquiry, says, f"/request/{request.token}/", f"{key}-{person.pk}", now)
    if now >= due_of(request.asked_at, request.due_at, enquiry.research_due_at):
        late = f"{request.agency.name} has not answered in time"
        for person in watchers(enquiry):
            path = f"/enquiry/{enquiry.reference}/requests/"
            _write(person, enquiry, late, path, f"{key}-watch-{person.pk}", now)


def _write(person: User, enquiry: Enquiry, says: str, path: str, key: str, now: datetime) -> None:
    """At red nobody's letter waits for the digest of the next morning."""
    letters.write(
        to=person.email,
        user=None if enquiry.rating == "red" else person,
        about=enquiry.reference,
        subject=f"{enquiry.reference} needs you",
        line=says,
        link=path,
        key=key,
        now=now,
    )


def answerers(request: Request) -> list[User]:
    """Those who answer for the agency in the enquiry's area, but for those from whom it is kept."""
    found = holders(Permission.ANSWER, areas=[request.enquiry.area_id]).filter(agency=request.agency_id)
    return may_be_told(request.enquiry, found.order_by("pk"))


def watchers(enquiry: Enquiry) -> list[User]:
    """Who is told that an answer is late: whoever has taken the enquiry, otherwise the coordinators of its area."""
    if enquiry.owner:
        return [enquiry.owner]
    return may_be_told(enquiry, posted("coordinator", areas=[enquiry.area_id]).order_by("pk"))


def named(agencies: list[Agency]) -> str:
    """ "Asked Police and Health", or how many when that would be too long for a step."""
    names = [agency.name for agency in agencies]
    says = f"Asked {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"Asked {names[0]}"
    return says if len(says) <= _LONGEST_STEP else f"Asked {len(names)} agencies"


def finish_gathering(enquiry: Enquiry, by: Actor, now: datetime) -> None:
    """When nobody has still to answer, the enquiry goes to the decision and the practice managers are told."""
    waiting = Request.objects.filter(enquiry=enquiry, answered_at=None, withdrawn_at=None).exists()
    if enquiry.status == GATHERING and not waiting:
        to_review(enquiry, "Nothing is outstanding", by, now)


def to_review(enquiry: Enquiry, because: str, by: Actor, now: datetime) -> None:
    """To the practice managers' desk, with the need that tells them."""
    row = enquiries.advance(enquiry, by=by, now=now, move="review", because=because)
    raise_need(
        row,
        "decide",
        "Ready for decision",
        path=f"/enquiry/{row.reference}/decide/",
        due_at=row.due_at or now + timedelta(hours=1),
        now=now,
        permission=Permission.DECIDE,
    )


def meet_answer(request: Request, by: Actor, now: datetime) -> None:
    """The agency has nothing to answer any more."""
    meet_need(request.enquiry, "answer", by=by, now=now, about=request.agency.key)
