"""What is seen of restrictions, conflicts and emergencies. Everything returned is a finished, frozen value.

Each of these pages stands behind the wall like any other: nobody reads of an enquiry that is kept from them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from openmash.agencies.models import Letter, User
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import known_to
from openmash.enquiries.codes import GLASS_OUTCOMES, GLASS_REASONS, RESTRICTED_AS
from openmash.enquiries.kept_from import known, unhindered
from openmash.enquiries.models import Conflict, Enquiry, Glass, Named, Need, Restriction
from openmash.enquiries.policies import has_no_conflict
from openmash.kit.verdict import Verdict
from openmash.lookout.actions import LIKE_RESTRICTED
from openmash.people.queries import names_of
from openmash.restrictions.policies import (
    may_ask_removal,
    may_look_after,
    may_remove,
    may_review,
    may_review_glass,
)

_REVIEWED_SHOWN = 30


@dataclass(frozen=True)
class NamedLine:
    number: int
    name: str
    since: datetime


@dataclass(frozen=True)
class LikeLine:
    """A new enquiry that may be about the same people, and when it has to be looked at."""

    reference: str
    due_at: datetime


@dataclass(frozen=True)
class RestrictionLine:
    """One restriction that is in force, with who is named on it."""

    number: int
    reference: str
    area: str
    category: str
    because: str
    by: str
    at: datetime
    names: tuple[NamedLine, ...]
    review_due_at: datetime
    is_overdue: bool
    reviewed: str
    may_review: Verdict


@dataclass(frozen=True)
class ConflictLine:
    number: int
    user: str
    person: str
    because: str
    by: str
    at: datetime
    asked_by: str
    asked_because: str
    may_ask_removal: Verdict
    may_remove: Verdict


@dataclass(frozen=True)
class GlassLine:
    """One opening in an emergency."""

    number: int
    user: str
    reference: str
    reason: str
    because: str
    at: datetime
    until: datetime
    review_due_at: datetime
    is_overdue: bool
    outcome: str
    reviewed: str
    may_review: Verdict


def load_to_restrict(reference: str, *, by: User) -> Enquiry:
    """The row, for the act; 404 when there is none, it is kept from `by`, or `by` restricts nothing in its area."""
    enquiry = known(by, Enquiry.objects.select_related("owner", "area").filter(reference=reference))
    if enquiry.area_id not in by.areas_where(Permission.RESTRICT):
        raise Http404
    return enquiry


def restriction_of(enquiry: Enquiry) -> int:
    """The number of the restriction that is in force; 0 when there is none."""
    return Restriction.objects.filter(enquiry=enquiry, lifted_at=None).values_list("pk", flat=True).first() or 0


def load_restriction(number: int, *, by: User) -> Restriction:
    row = _restrictions().filter(pk=number).first()
    return known_to(by, row, may_look_after, event="restriction.looked-up")


def restrictions(*, by: User, now: datetime) -> tuple[RestrictionLine, ...]:
    """What is restricted in the reader's areas, first due for review first."""
    rows = _restrictions().filter(enquiry__area__in=by.areas_where(Permission.RESTRICT)).order_by("review_due_at")
    found = list(rows)
    named: dict[int, list[NamedLine]] = {}
    for row in Named.objects.filter(enquiry__in=[one.enquiry_id for one in found], until=None).select_related("user"):
        named.setdefault(row.enquiry_id, []).append(NamedLine(row.user_id, row.user.name, row.since))
    return tuple(_restriction(row, named.get(row.enquiry_id, []), by, now) for row in found)


def restriction(row: Restriction, *, by: User, now: datetime) -> RestrictionLine:
    named = Named.objects.filter(enquiry=row.enquiry, until=None).select_related("user")
    return _restriction(row, [NamedLine(one.user_id, one.user.name, one.since) for one in named], by, now)


def likenesses(row: Restriction) -> tuple[LikeLine, ...]:
    """The enquiries that came since and may be about the same people, first due first."""
    live = Need.objects.filter(enquiry=row.enquiry, kind=LIKE_RESTRICTED, met_at=None).order_by("due_at")
    return tuple(LikeLine(need.says.split()[0], need.due_at) for need in live)


def _restrictions() -> QuerySet[Restriction]:
    return Restriction.objects.filter(lifted_at=None).select_related("enquiry__area", "by", "reviewed_by")


def _restriction(row: Restriction, named: list[NamedLine], by: User, now: datetime) -> RestrictionLine:
    return RestrictionLine(
        number=row.pk,
        reference=row.enquiry.reference,
        area=row.enquiry.area.name,
        category=RESTRICTED_AS[row.category],
        because=row.because,
        by=row.by.name,
        at=row.at,
        names=tuple(sorted(named, key=lambda one: one.name)),
        review_due_at=row.review_due_at,
        is_overdue=row.review_due_at <= now,
        reviewed=row.reviewed_by.name if row.reviewed_by else "",
        may_review=may_review(by, row),
    )


def people_of(area: int) -> tuple[tuple[int, str], ...]:
    """Everybody who may be named in an area, those who work in the hub first, each with role and agency."""
    users = User.objects.filter(is_active=True, is_system=False, postings__area=area).distinct()
    lines = []
    for user in users.select_related("agency").prefetch_related("postings"):
        roles = [role for role, place, _ in user.postings_now if place == area]
        is_hub = any(Permission.SEE_ENQUIRIES in ROLES[role].may for role in roles)
        if roles:
            lines.append((not is_hub, user.name, user.pk, f"{user.name}, {ROLES[roles[0]].name}, {user.agency.name}"))
    return tuple((number, words) for _, _, number, words in sorted(lines))


def colleagues(*, by: User) -> tuple[tuple[int, str], ...]:
    """Everybody but the reader who works where the reader looks after conflicts."""
    found = dict(one for area in by.areas_where(Permission.RESTRICT) for one in people_of(area))
    return tuple((number, words) for number, words in found.items() if number != by.pk)


def load_conflict(number: int, *, by: User) -> Conflict:
    row = Conflict.objects.select_related("user").filter(pk=number, removed_at=None).first()
    if row is None or row.user_id == by.pk:
        raise Http404
    return row


def conflicts(*, by: User) -> tuple[ConflictLine, ...]:
    """Who is in conflict with whom, where the reader looks after it: those that wait for a second person first."""
    areas = by.areas_where(Permission.RESTRICT)
    rows = Conflict.objects.filter(removed_at=None, user__postings__area__in=areas).exclude(user=by).distinct()
    found = list(rows.select_related("user", "by", "removal_by").order_by("removal_at", "-at"))
    names = names_of([row.person_id for row in found])
    return tuple(
        ConflictLine(
            number=row.pk,
            user=row.user.name,
            person=names[row.person_id].name,
            because=row.because,
            by=row.by.name,
            at=row.at,
            asked_by=row.removal_by.name if row.removal_by else "",
            asked_because=row.removal_because,
            may_ask_removal=may_ask_removal(by, row),
            may_remove=may_remove(by, row),
        )
        for row in found
    )


def is_kept(letter: Letter) -> bool:
    """Whether it tells of an enquiry with somebody whom they know: a conflict may be entered while it waits."""
    with unhindered():
        enquiry = Enquiry.objects.filter(reference=letter.about).first()
        user = letter.user or User.objects.filter(email__iexact=letter.to).first()
        return bool(enquiry and user and not has_no_conflict(user, enquiry))


def load_glass(number: int, *, by: User) -> Glass:
    row = Glass.objects.select_related("enquiry__area", "user", "reviewed_by").filter(pk=number).first()
    if row is None or row.enquiry.area_id not in by.areas_where(Permission.REVIEW_RESTRICTED):
        raise Http404
    return row


def emergencies(*, by: User, now: datetime) -> tuple[GlassLine, ...]:
    """Every opening that waits for its review, first due first; then the last that were reviewed."""
    rows = Glass.objects.filter(enquiry__area__in=by.areas_where(Permission.REVIEW_RESTRICTED)).select_related(
        "enquiry", "user", "reviewed_by"
    )
    waiting = rows.filter(outcome="").order_by("review_due_at")
    reviewed = rows.filter(~Q(outcome="")).order_by("-reviewed_at")[:_REVIEWED_SHOWN]
    return tuple(glass_line(row, by=by, now=now) for row in (*waiting, *reviewed))


def glass_line(row: Glass, *, by: User, now: datetime) -> GlassLine:
    return GlassLine(
        number=row.pk,
        user=row.user.name,
        reference=row.enquiry.reference,
        reason=GLASS_REASONS[row.reason],
        because=row.because,
        at=row.at,
        until=row.until,
        review_due_at=row.review_due_at,
        is_overdue=row.is_overdue(now),
        outcome=GLASS_OUTCOMES.get(row.outcome, ""),
        reviewed=f"{row.reviewed_by.name}: {row.reviewed_because}" if row.reviewed_by else "",
        may_review=may_review_glass(by, row),
    )


def open_until(reference: str, *, by: User, now: datetime) -> datetime | None:
    """Until when `by` has opened this enquiry in an emergency; nothing when they have not, or not any more."""
    own = Glass.objects.filter(enquiry__reference=reference, user=by, until__gt=now).order_by("-until")
    return own.values_list("until", flat=True).first()
