"""The areas as every page needs them, few and seldom changed; and who is posted where today."""

from collections.abc import Iterable
from time import monotonic

from django.db.models import Q, QuerySet
from django.utils import timezone

from openmash.agencies.models import Area, Posting, Team, User
from openmash.agencies.roles import ROLES

_FRESH_FOR = 30.0  # seconds: a change of an area's hours or telephone number is seen within half a minute
_kept: tuple[float, dict[int, Area]] = (-_FRESH_FOR, {})


def areas() -> dict[int, Area]:
    """Every area by number, with its working time worked out once. For reading: an act takes its own row."""
    global _kept  # noqa: PLW0603 - a memory of the process, and nothing else
    read_at, found = _kept
    if not found or monotonic() - read_at > _FRESH_FOR:
        found = Area.objects.in_bulk()
        _kept = (monotonic(), found)
    return found


def areas_of(numbers: Iterable[int]) -> list[Area]:
    """These areas, in order of their numbers."""
    known = areas()
    return [known[number] for number in sorted(numbers) if number in known]


def forget_areas() -> None:
    """After a change to an area, in the process that made it."""
    global _kept  # noqa: PLW0603
    _kept = (-_FRESH_FOR, {})


def holders(*permissions: str, areas: Iterable[int] | None = None) -> QuerySet[User]:
    """Everybody who holds one of these permissions today in one of these areas; without areas, in any."""
    return posted(*(key for key, role in ROLES.items() if not role.may.isdisjoint(permissions)), areas=areas)


def posted(*roles: str, areas: Iterable[int] | None = None) -> QuerySet[User]:
    """Everybody who has one of these roles today in one of these areas. Whose posting has ended is told no more."""
    rows = _today().filter(role__in=roles)
    return _active(rows if areas is None else rows.filter(area__in=list(areas)))


def on_team(team: Team | int) -> QuerySet[User]:
    """Everybody who is posted to a team today."""
    return _active(_today().filter(team=team))


def _today() -> QuerySet[Posting]:
    today = timezone.localdate()
    return Posting.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


def _active(rows: QuerySet[Posting]) -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=rows.values("user"))
