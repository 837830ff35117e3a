"""An agency's own desk: the requests that wait for it, and one request with everything that is needed to answer it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from openmash.agencies.models import User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.design.moments import day
from openmash.enquiries.workflow import CLOSED, DECIDED
from openmash.gathering.by_post import is_by_post
from openmash.gathering.clocks import due_now, due_of
from openmash.gathering.models import Answer, Request
from openmash.gathering.shelf import RETURNS, Return
from openmash.gathering.standing import may_be_sent_among
from openmash.gathering.wording import ADDRESS
from openmash.people.queries import leads_of
from openmash.people.whereabouts import protected_since
from openmash.triage.household import Member, household, households

PAGE = 50
_AGAIN_WITHIN = timedelta(hours=12)
_HAVE_A_LIST = ("agency_researcher", "agency_lead")


@dataclass(frozen=True)
class CheckLine:
    """One request that waits. `members` is empty for a responder outside the hub: reference, due and rating only."""

    token: UUID
    reference: str
    rating: str
    is_fast_track: bool
    asked_at: datetime
    due_at: datetime
    is_over: bool
    members: tuple[Member, ...]
    is_decided: bool


@dataclass(frozen=True)
class AnsweredLine:
    """One request that was answered in the last hours, so that a fuller answer can be added."""

    token: UUID
    reference: str
    at: datetime
    is_nothing_known: bool


@dataclass(frozen=True)
class Checks:
    """One page of my agency's checks. `systems` is what "nothing known" says was looked at.

    `next_after` is the key of the next page, empty on the last.
    """

    agency: str
    has_list: bool
    systems: tuple[str, ...]
    lines: tuple[CheckLine, ...]
    is_first: bool
    next_after: str
    answered: tuple[AnsweredLine, ...]


def has_list(by: User) -> bool:
    """Those in the hub see whom their requests are about; a responder outside has no list of cases (security 3.4)."""
    return any(by.is_posted_as(role) for role in _HAVE_A_LIST)


def checks(*, by: User, now: datetime, after: str = "") -> Checks:
    """The open requests to the user's agency, first due first, a page at a time. The same few queries however many."""
    areas = by.areas_where(Permission.ANSWER)
    rows = Request.objects.filter(agency=by.agency_id, enquiry__area__in=areas)
    waiting = rows.filter(answered_at=None, withdrawn_at=None).select_related("enquiry").annotate(due=due_now())
    found = list(_from(waiting, after).order_by("due", "id")[: PAGE + 1])
    is_more, found = len(found) > PAGE, found[:PAGE]
    listed = has_list(by)
    known = may_be_sent_among(by.agency, [row.enquiry for row in found]) if listed else set()
    people = households([row.enquiry_id for row in found if row.enquiry_id in known]) if known else {}
    return Checks(
        agency=by.agency.name,
        has_list=listed,
        systems=tuple(system.name for system in _return(by.agency.return_key).systems) if by.agency.return_key else (),
        lines=tuple(_line(row, people.get(row.enquiry_id, ()), now) for row in found),
        is_first=not after,
        next_after=f"{found[-1].due.isoformat()}_{found[-1].pk}" if is_more else "",  # type: ignore[attr-defined]
        answered=_answered(by, areas, now) if listed and not after else (),
    )


def _from(rows: QuerySet[Request], after: str) -> QuerySet[Request]:
    moment, _, number = after.rpartition("_")
    try:
        due = datetime.fromisoformat(moment)
        return rows.filter(Q(due__gt=due) | Q(due=due, pk__gt=int(number)))
    except ValueError:
        return rows  # the first page, or an address that somebody cut short


def _return(key: str) -> Return:
    return RETURNS.get(key)


def _line(row: Request, members: tuple[Member, ...], now: datetime) -> CheckLine:
    enquiry = row.enquiry
    return CheckLine(
        token=row.token,
        reference=enquiry.reference,
        rating=enquiry.rating,
        is_fast_track=enquiry.fast_track_at is not None,
        asked_at=row.asked_at,
        due_at=row.due,  # type: ignore[attr-defined]
        is_over=row.due <= now,  # type: ignore[attr-defined]
        members=members,
        is_decided=enquiry.status in (DECIDED, CLOSED),
    )


def _answered(by: User, areas: frozenset[int], now: datetime) -> tuple[AnsweredLine, ...]:
    rows = Answer.objects.filter(
        agency=by.agency_id, enquiry__area__in=areas, at__range=(now - _AGAIN_WITHIN, now), by=by
    )
    facts = rows.exclude(enquiry__status=CLOSED).order_by("-at", "-id")[:20]
    return tuple(
        AnsweredLine(*found)
        for found in facts.values_list("request__token", "enquiry__reference", "at", "is_nothing_known")
    )


@dataclass(frozen=True)
class Asked:
    """One request, for the agency's own people: what was sent, by when, and what its form asks."""

    token: UUID
    reference: str
    hub: str
    telephone: str
    agency: str
    rating: str
    wording: str
    asked_at: datetime
    due_at: datetime
    is_over: bool
    is_decided: bool
    answered: tuple[datetime, ...]
    form: Return
    people: tuple[tuple[int, str], ...]
    colleagues: tuple[tuple[int, str], ...]


def asked(row: Request, *, now: datetime) -> Asked:
    """Everything that the answer page shows. Ask only once the policy has let the reader open the request."""
    enquiry = row.enquiry
    due = due_of(row.asked_at, row.due_at, enquiry.research_due_at)
    members = {member.person: member for member in household(row.enquiry_id)}
    return Asked(
        token=row.token,
        reference=enquiry.reference,
        hub=enquiry.area.hub_name,
        telephone=enquiry.area.telephone,
        agency=row.agency.name,
        rating=enquiry.rating,
        wording=told_now(row),
        asked_at=row.asked_at,
        due_at=due,
        is_over=now >= due,
        is_decided=enquiry.status in (DECIDED, CLOSED),
        answered=tuple(row.answers.order_by("id").values_list("at", flat=True)),
        form=_return(row.agency.return_key),
        people=tuple((number, called(members[number])) for number in row.people if number in members),
        colleagues=_who_may_see(row),
    )


def told_now(row: Request) -> str:
    """What the request says; no address, once somebody in it has come to be protected since it was written."""
    if not protected_since(leads_of(row.people).values(), row.asked_at):
        return row.wording
    return "\n".join(line for line in row.wording.split("\n") if not line.startswith(ADDRESS))


def called(member: Member) -> str:
    """How an agency is told of somebody: the name and the birth date."""
    born = f", born {day(member.born_on)}" if member.born_on else ""
    return f"{member.name}{born}"


def _who_may_see(row: Request) -> tuple[tuple[int, str], ...]:
    """For a locked item: the agency's own people in the area, and its practice managers."""
    areas = [row.enquiry.area_id]
    own = holders(Permission.ANSWER, areas=areas).filter(agency=row.agency_id)
    if is_by_post(row):
        own = own.none()  # its account is nobody: to be read by named people of theirs, it is not written down here
    managers = holders(Permission.DECIDE, areas=areas)
    found = {user.pk: f"{user.name}, {user.job_title}" for rows in (own, managers) for user in rows.order_by("name")}
    return tuple(found.items())
