"""The lines of the ledger as the reports count them: who of an area looked at whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Subquery

from openmash.agencies.models import Area, Posting, User
from openmash.audit.models import LedgerEvent
from openmash.enquiries.models import Party
from openmash.oversight.shelf import Look
from openmash.people.models import Name
from openmash.people.names import fold

# The looks at an enquiry or at people. A test holds them against the acts of the house.
LOOKS = (
    "enquiry.opened",
    "enquiry.carried-over",
    "fast-track.opened",
    "intelligence.read",
    "matches.looked-at",
    "people.looked-up",
    "person.looked-at",
    "record.made",
    "referrer.revealed",
    "release.looked-at",
    "release.read",
    "whereabouts.opened",
)


def staff(area: Area) -> dict[int, User]:
    """Everybody whose last posting is in the area, by number: who has left may have looked this morning.

    Who works in several areas belongs to the first, so that one look is one alert.
    """
    last = Posting.objects.filter(user=OuterRef("pk")).order_by(F("until").desc(nulls_first=True), "-since", "id")
    users = User.objects.filter(is_system=False).annotate(home=Subquery(last.values("area")[:1]))
    return {user.pk: user for user in users.filter(home=area.pk)}


def looked_at(look: Look, users: Iterable[int]) -> set[tuple[int, int]]:
    """(user, person record) of every look of the day, at the person or at an enquiry that they are in."""
    rows = LedgerEvent.objects.filter(
        event__in=LOOKS, outcome=LedgerEvent.ALLOWED, at__gte=look.since, at__lt=look.now, actor__in=list(users)
    )
    pairs: set[tuple[int, int]] = set()
    opened: dict[int, set[int]] = {}
    for actor, enquiry, people in rows.values_list("actor", "enquiry", "people").distinct():
        pairs |= {(actor or 0, person) for person in people}
        if enquiry:
            opened.setdefault(enquiry, set()).add(actor or 0)
    for enquiry, person in Party.objects.filter(enquiry__in=opened).values_list("enquiry", "person"):
        pairs |= {(actor, person) for actor in opened[enquiry]}
    return pairs


@dataclass(frozen=True)
class Approval:
    """One release that was approved, by its line on the ledger, and how long after it was proposed."""

    line: int
    enquiry: int
    by: int
    proposed_by: int
    seconds: int


_APPROVALS = """
SELECT said.id, said.enquiry, said.actor, proposed.actor, extract(epoch FROM said.at - proposed.at)::integer
FROM audit_ledgerevent said CROSS JOIN LATERAL (
  SELECT asked.actor, asked.at FROM audit_ledgerevent asked
  WHERE asked.enquiry = said.enquiry AND asked.thing_number = said.thing_number
    AND asked.event = 'release.proposed' AND asked.outcome = 'allowed' AND asked.id < said.id
  ORDER BY asked.id DESC LIMIT 1
) proposed
WHERE said.event = 'release.approved' AND said.outcome = 'allowed'
  AND said.at >= %s AND said.at < %s AND said.actor = ANY (%s) ORDER BY said.id
"""


def approvals(since: datetime, until: datetime, users: Iterable[int]) -> list[Approval]:
    """The releases that these users approved meanwhile."""
    return [Approval(*row) for row in asked(_APPROVALS, [since, until, list(users)])]


def own_names(users: Iterable[User]) -> dict[int, tuple[str, str]]:
    """(first, last) of each user's name, folded: "Con Zoë O'Neill" is "zoe", "oneill" with her rank left out."""
    return {user.pk: (fold(_words(user)[0]), fold(_words(user)[-1])) for user in users if _words(user)}


_TITLES = {"sgt", "con", "insp", "dr", "mr", "mrs", "ms", "miss", "prof", "rev", "pc", "ds", "dc"}


def _words(user: User) -> list[str]:
    words = [word for word in user.name.split() if word.strip(".").lower() not in _TITLES]
    return words or user.name.split()


def families_of(people: Iterable[int]) -> dict[int, set[str]]:
    """Every family name that these records ever had, folded."""
    found: dict[int, set[str]] = {}
    for person, family in Name.objects.filter(person__in=list(people)).values_list("person", "family"):
        if family:
            found.setdefault(person, set()).add(fold(family))
    return found


def asked(query: str, given: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of a count over the ledger that the ORM has no words for."""
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


def days_before(look: Look, days: int) -> datetime:
    return look.since - timedelta(days=days)
