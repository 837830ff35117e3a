"""The tokens of other systems as those who keep them see them: whose, what for, when used. Never the token itself."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.http import Http404

from openmash.agencies.models import Agency, Area, Team, Token, User
from openmash.agencies.policies import may_agree_token, may_be_sent, may_keep_tokens
from openmash.agencies.queries import areas
from openmash.agencies.scopes import SCOPES
from openmash.audit.binding import asked_by
from openmash.kit.verdict import Verdict

WAITS = "Waits for a second person"


@dataclass(frozen=True)
class TokenLine:
    """One token; `may_agree` says why not."""

    number: int
    system: str
    agency: str
    area: str
    begins: str
    scopes: tuple[str, ...]
    team: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    may_agree: Verdict
    last_used_at: datetime | None
    state: str
    waiting: int

    @property
    def is_live(self) -> bool:
        return self.state == "In force"

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITS


def kept_in(by: User) -> list[Area]:
    """The areas whose tokens `by` keeps."""
    return [area for area in areas().values() if may_keep_tokens(by, area)]


def tokens(by: User, *, now: datetime) -> tuple[TokenLine, ...]:
    """Every token of those areas: those that wait for a second person first, those in force, then the newest."""
    with asked_by(by), connection.cursor() as cursor:
        rows = Token.objects.filter(area__in=kept_in(by))
        rows = rows.select_related("user__agency", "area", "team", "issued_by", "agreed_by")
        found = list(rows.order_by("-id")[:500])
        cursor.execute("SELECT who FROM openmash_waiting_deliveries()")
        waits = Counter(who for (who,) in cursor.fetchall())
    lines = (_line(row, by, waits[row.user_id], now) for row in found)
    return tuple(sorted(lines, key=lambda line: (not line.is_waiting, not line.is_live)))


def waiting(by: User, *, now: datetime) -> tuple[TokenLine, ...]:
    """Those that wait for a second person."""
    return tuple(line for line in tokens(by, now=now) if line.is_waiting)


def _state(row: Token, now: datetime) -> str:
    if row.revoked_at:
        return "Revoked"
    if row.expires_at <= now:
        return "Expired"
    return "In force" if row.agreed_at else WAITS


def _line(row: Token, by: User, waiting: int, now: datetime) -> TokenLine:
    return TokenLine(
        number=row.pk,
        system=row.user.name,
        agency=row.user.agency.name,
        area=row.area.name,
        begins=row.begins,
        scopes=tuple(SCOPES[key].says for key in row.scopes if key in SCOPES),
        team=row.team.name if row.team else "",
        issued_by=row.issued_by.name if row.issued_by else "",
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        agreed_by=row.agreed_by.name if row.agreed_by else "",
        agreed_at=row.agreed_at,
        may_agree=may_agree_token(by, row),
        last_used_at=row.last_used_at,
        state=_state(row, now),
        waiting=waiting,
    )


def load_token(number: int, *, by: User) -> Token:
    """The row, for whoever keeps tokens in its area; 404 for everybody else."""
    with asked_by(by):
        row = Token.objects.select_related("user__agency", "area").filter(pk=number, area__in=kept_in(by)).first()
    if row is None:
        raise Http404
    return row


def choices(by: User) -> dict[str, list[tuple[int, str]]]:
    """What can be chosen for a new token: the areas that `by` keeps, agencies that have signed in one, their teams."""
    mine = kept_in(by)
    signed = [
        agency
        for agency in Agency.objects.filter(left_on=None, areas__in=mine).distinct().order_by("name")
        if any(may_be_sent(agency, area.pk) for area in mine)
    ]
    teams = Team.objects.filter(agency__in=signed, area__in=mine).select_related("agency").order_by("name")
    return {
        "agency": [(agency.pk, agency.name) for agency in signed],
        "area": [(area.pk, area.name) for area in mine],
        "team": [(team.pk, f"{team.name}, {team.agency.name}") for team in teams],
    }
