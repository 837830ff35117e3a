"""What is seen of statutory checks. Everything returned is a finished, frozen value."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.kit.verdict import Verdict
from openmash.people.given import GivenPerson
from openmash.statutory_checks.codes import ANSWERED, BASES, FINDINGS, REFUSED, REQUESTERS, STATES, WAITING
from openmash.statutory_checks.models import StatutoryCheck
from openmash.statutory_checks.policies import may_approve, may_propose, may_refuse, may_send_back

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One check in a list."""

    number: int
    who: str
    requester: str
    organisation: str
    received_at: datetime
    due_at: datetime
    ended_at: datetime | None
    state: str
    state_words: str
    is_late: bool


@dataclass(frozen=True)
class View:
    """One check: who asks about whom, what is to be told or was told, and what the reader may do."""

    line: Line
    version: int
    rows: tuple[tuple[str, str], ...]
    basis: str
    asks: str
    finding: str
    finding_words: str
    answer: str
    proposed_by: str
    proposed_at: datetime | None
    sent_back: str
    ended_by: str
    ended_because: str
    email: str
    may_propose: Verdict
    may_approve: Verdict
    may_send_back: Verdict
    may_refuse: Verdict


@dataclass(frozen=True)
class Volume:
    """The checks of one kind of requester: how many came, how many were answered, and how many of these in time."""

    requester: str
    received: int
    waiting: int
    answered: int
    in_time: int
    refused: int

    @property
    def share_in_time(self) -> str:
        return f"{round(100 * self.in_time / self.answered)}%" if self.answered else "None answered"


def waiting(*, by: User, now: datetime) -> tuple[Line, ...]:
    """What has to be answered or approved, what is due first."""
    rows = _of(by).filter(state__in=WAITING).order_by("due_at", "id")
    return tuple(_line(row, now) for row in rows[:SHOWN])


def ended(*, by: User, now: datetime) -> tuple[Line, ...]:
    rows = _of(by).exclude(state__in=WAITING).order_by("-ended_at", "-id")
    return tuple(_line(row, now) for row in rows[:SHOWN])


def volumes(*, by: User, since: datetime) -> tuple[Volume, ...]:
    """By kind of requester, the most first."""
    rows = list(_of(by).filter(received_at__gte=since).values_list("requester", "state", "due_at", "ended_at"))
    found = []
    for key in dict.fromkeys(requester for requester, *_ in rows):
        theirs = [row for row in rows if row[0] == key]
        answered = [row for row in theirs if row[1] == ANSWERED]
        found.append(
            Volume(
                REQUESTERS[key][0],
                len(theirs),
                sum(row[1] in WAITING for row in theirs),
                len(answered),
                sum(ended is not None and ended <= due for _, _, due, ended in answered),
                sum(row[1] == REFUSED for row in theirs),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.received, one.requester)))


def load(number: int, *, by: User) -> StatutoryCheck:
    """The row, for an action; 404 when there is none or `by` may not know of it."""
    row = _of(by).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def view(row: StatutoryCheck, *, by: User, now: datetime) -> View:
    born = f"{row.born_on:%-d %B %Y}" if row.born_on else "Not told"
    return View(
        line=_line(row, now),
        version=row.version,
        rows=(
            ("About", f"{row.given} {row.family}".strip()),
            ("Date of birth", born),
            ("Address", ", ".join(filter(None, [row.address_lines, row.postcode])) or "Not told"),
            ("Others asked about", row.others or "Nobody"),
            ("Asked by", ", ".join(filter(None, [row.contact, row.organisation]))),
            ("Their reference", row.their_reference or "None"),
            ("The answer goes to", row.email),
        ),
        basis=row.basis_words if row.basis == "other" else BASES[row.basis],
        asks=row.asks,
        finding=row.finding,
        finding_words=FINDINGS.get(row.finding, ""),
        answer=row.answer,
        proposed_by=row.proposed_by.name if row.proposed_by else "",
        proposed_at=row.proposed_at,
        sent_back=row.sent_back,
        ended_by=row.ended_by.name if row.ended_by else "",
        ended_because=row.ended_because,
        email=row.email,
        may_propose=may_propose(by, row),
        may_approve=may_approve(by, row),
        may_send_back=may_send_back(by, row),
        may_refuse=may_refuse(by, row),
    )


def asked_about(row: StatutoryCheck) -> GivenPerson:
    """Whom the check is about, as matching is asked."""
    born: date | None = row.born_on
    return GivenPerson(
        given=row.given, family=row.family, born_on=born, address_lines=row.address_lines, postcode=row.postcode
    )


def _of(by: User) -> QuerySet[StatutoryCheck]:
    rows = StatutoryCheck.objects.filter(area__in=by.areas_where(Permission.MATCH_PEOPLE))
    return rows.select_related("area", "proposed_by", "ended_by")


def _line(row: StatutoryCheck, now: datetime) -> Line:
    return Line(
        number=row.pk,
        who=f"{row.given} {row.family}".strip(),
        requester=REQUESTERS[row.requester][0],
        organisation=row.organisation,
        received_at=row.received_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        state=row.state,
        state_words=STATES[row.state],
        is_late=(row.ended_at or now) > row.due_at,
    )
