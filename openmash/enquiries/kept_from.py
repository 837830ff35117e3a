"""From whom an enquiry, or a person, is kept. The database holds the same in `openmash_kept_from()`; a test compares.

Every query of whoever reads or acts runs behind that wall. The hub's own work looks past it, with `unhindered()`:
nothing that comes in is lost, and no clock stops, because of what is kept from somebody.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet

from openmash.agencies.models import User
from openmash.audit.action import known_to
from openmash.audit.actors import Actor, System
from openmash.audit.binding import asked_by
from openmash.enquiries.models import Conflict, Enquiry, Restriction
from openmash.enquiries.policies import has_no_conflict, is_open_to
from openmash.kit.verdict import YES

WALL = System("The wall around what is kept from somebody")


@contextmanager
def unhindered() -> Iterator[None]:
    """Within it the hub itself looks, and everything is there. What it finds is shown to nobody without `may_know`."""
    with asked_by(WALL):
        yield


def known(by: Actor, rows: QuerySet[Enquiry]) -> Enquiry:
    """The first of these rows, if nothing keeps it from `by`; otherwise 404. A conflict that is met is on the ledger
    under a name of its own, so that governance is told.
    """
    conflict, restriction = YES, YES
    with unhindered():
        enquiry = rows.first()
        if enquiry:
            conflict, restriction = has_no_conflict(by, enquiry), is_open_to(by, enquiry)
    known_to(by, enquiry, lambda *_: conflict, event="conflict.met")
    return known_to(by, enquiry, lambda *_: restriction, event="enquiry.looked-up")


def may_be_told(enquiry: Enquiry, users: Iterable[User]) -> list[User]:
    """Those of these users from whom the enquiry is not kept: the others get no letter and no task."""
    some = list(users)
    with unhindered():
        knowing = set(Conflict.objects.filter(user__in=some, removed_at=None).values_list("user", flat=True))
        restricted = Restriction.objects.filter(enquiry=enquiry, lifted_at=None).exists()
        return [
            user
            for user in some
            if (user.pk not in knowing or has_no_conflict(user, enquiry))
            and (not restricted or is_open_to(user, enquiry))
        ]


def people_in_conflict(by: Actor) -> frozenset[int]:
    """Every record of those whom `by` is in conflict with."""
    return _asked("openmash_people_in_conflict()", by)


def people_kept_from(by: Actor) -> frozenset[int]:
    """Every record of those who do not exist for `by`: these, and whoever is known from kept enquiries alone."""
    return _asked("openmash_people_kept_from()", by)


def enquiries_kept_from(by: Actor) -> frozenset[int]:
    """Every enquiry that does not exist for `by`."""
    return _asked("openmash_kept_from()", by)


def _asked(function: str, by: Actor) -> frozenset[int]:
    with asked_by(by), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}")
        return frozenset(cursor.fetchone()[0])
