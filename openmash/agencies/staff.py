"""Who works in the hub, with which roles, and which changes wait for a second person."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from openmash.agencies.access import FACTOR, ROLE
from openmash.agencies.factors import STRONG
from openmash.agencies.granting import words_of
from openmash.agencies.models import AccessChange, Agency, Area, Posting, Team, User
from openmash.agencies.policies import (
    holds,
    may_agree_access,
    may_close_account,
    may_decline_access,
    may_propose_access,
    may_take_role_away,
)
from openmash.agencies.practices import VERSION, Acknowledgement, acknowledged_at
from openmash.agencies.roles import ROLES, Permission
from openmash.kit.verdict import Verdict

SYSTEMS = ("notifying_system", "case_system")


@dataclass(frozen=True)
class ChangeLine:
    """A change that somebody proposed; `may_agree` says why not."""

    number: int
    user: str
    words: str
    because: str
    by: str
    at: datetime
    may_agree: Verdict
    may_decline: Verdict


@dataclass(frozen=True)
class RoleLine:
    number: int
    role: str
    area: str
    since: date
    may_take: bool


@dataclass(frozen=True)
class StaffLine:
    number: int
    name: str
    email: str
    agency: str
    roles: str
    is_active: bool
    last_signed_in: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Member:
    """One person: what they may do here, what waits, and what can be done."""

    line: StaffLine
    job_title: str
    factors: str
    roles: tuple[RoleLine, ...]
    changes: tuple[ChangeLine, ...]
    may_propose: bool
    may_reset: Verdict
    may_close: Verdict


def staff(*, by: User) -> tuple[StaffLine, ...]:
    """Everybody of the agencies that serve the reader's areas; who has left comes last."""
    rows = _known(by).prefetch_related("postings").order_by("-is_active", "name")
    has = dict(Acknowledgement.objects.filter(version=VERSION).values_list("user", "at"))
    return tuple(_line(row, has.get(row.pk)) for row in rows)


def changes(*, by: User) -> tuple[ChangeLine, ...]:
    """What waits for a second person in the reader's areas, the oldest first."""
    rows = AccessChange.objects.filter(answered_at=None, area__in=_areas(by)).order_by("at")
    return tuple(_change(row, by) for row in rows.select_related("user", "area", "by"))


def member(number: int, *, by: User) -> Member:
    row = load_member(number, by=by)
    live = row.postings.filter(Q(until=None) | Q(until__gte=timezone.localdate())).select_related("area")
    kinds = set(Authenticator.objects.filter(user=row, type__in=STRONG).values_list("type", flat=True))
    waiting = AccessChange.objects.filter(user=row, answered_at=None).select_related("user", "area", "by")
    return Member(
        line=_line(row, acknowledged_at(row.pk)),
        job_title=row.job_title,
        factors=" and ".join(words for kind, words in (("webauthn", "a passkey"), ("totp", "an app")) if kind in kinds),
        roles=tuple(
            RoleLine(one.pk, ROLES[one.role].name, one.area.name, one.since, bool(may_take_role_away(by, one)))
            for one in live
        ),
        changes=tuple(_change(one, by) for one in waiting),
        may_propose=bool(holds(by, Permission.MANAGE_USERS)) and row.is_active and row.pk != by.pk,
        may_reset=may_propose_access(by, reset_of(row, by)),
        may_close=may_close_account(by, row),
    )


def load_member(number: int, *, by: User) -> User:
    row = _known(by).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def load_change(number: int, *, by: User) -> AccessChange:
    row = AccessChange.objects.filter(pk=number, area__in=_areas(by)).select_related("user", "area", "by").first()
    if row is None:
        raise Http404
    return row


def load_role(number: int, of: User, *, by: User) -> Posting:
    row = of.postings.filter(pk=number, area__in=_areas(by)).first()
    if row is None:
        raise Http404
    return row


def reset_of(user: User, by: User) -> AccessChange:
    """A second factor to be enrolled anew, not yet proposed: in an area that both have to do with."""
    places = {area for _, area, _ in user.postings_now} & _areas(by) or _areas(by)
    return AccessChange(user=user, kind=FACTOR, area=Area.objects.get(pk=min(places)))


def role_of(user: User, role: str, area: int, team: int | None, because: str) -> AccessChange:
    """A role, not yet proposed."""
    return AccessChange(user=user, kind=ROLE, role=role, area_id=area, team_id=team, because=because)


def choices(by: User) -> dict[str, list[tuple[object, str]]]:
    areas = _areas(by)
    return {
        "role": [(role.key, role.name) for role in ROLES.values() if role.key not in SYSTEMS],
        "area": list(Area.objects.filter(pk__in=areas).values_list("pk", "name")),
        "team": list(Team.objects.filter(area__in=areas).order_by("name").values_list("pk", "name")),
    }


def employers(by: User) -> list[tuple[int, str]]:
    return list(Agency.objects.filter(areas__in=_areas(by)).distinct().order_by("name").values_list("pk", "name"))


def _areas(by: User) -> frozenset[int]:
    return by.areas_where(Permission.MANAGE_USERS) | by.areas_where(Permission.AGREE_ACCESS)


def _known(by: User) -> QuerySet[User]:
    agencies = Agency.objects.filter(areas__in=_areas(by))
    return User.objects.filter(agency__in=agencies, is_system=False)


def _line(row: User, acknowledged: datetime | None) -> StaffLine:
    today = timezone.localdate()
    live = {ROLES[one.role].name for one in row.postings.all() if one.until is None or one.until >= today}
    return StaffLine(
        row.pk, row.name, row.email, row.agency.name, ", ".join(sorted(live)), row.is_active, row.last_login,
        acknowledged,
    )  # fmt: skip


def _change(row: AccessChange, by: User) -> ChangeLine:
    return ChangeLine(
        row.pk,
        row.user.name,
        words_of(row),
        row.because,
        row.by.name,
        row.at,
        may_agree_access(by, row),
        may_decline_access(by, row),
    )
