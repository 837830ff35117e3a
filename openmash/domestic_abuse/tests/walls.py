"""Everybody who may ask, and enquiries at every status, for the tests that policy and database are equal."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from openmash.agencies.models import Area, User
from openmash.agencies.roles import ROLES
from openmash.audit.binding import bound_to
from openmash.enquiries.models import Cover, Enquiry
from openmash.enquiries.workflow import CLOSED, STATUSES
from openmash.intelligence.tests.world import KINDS, make_enquiry, make_user
from openmash.people.models import Person

NOW, HOUR = timezone.now(), timedelta(hours=1)
SPELLS = {"covers": (-HOUR, HOUR), "covered": (-2 * HOUR, -HOUR), "will-cover": (HOUR, 2 * HOUR)}
OF_THE_HUB = ("coordinator", "triage_social_worker", "practice_manager")
Write = Callable[[Enquiry, User], object]


@dataclass(frozen=True)
class World:
    users: list[User]
    enquiries: list[Enquiry]

    def looks(self) -> Iterable[tuple[User, Enquiry]]:
        return itertools.product(self.users, self.enquiries)


def build(hub, kind: str, write: Write) -> World:
    """An enquiry at every status here and one elsewhere, each with what `write` writes; users of every role.

    Those of the hub in every kind: those of other roles hold nothing here, whatever else is so.
    """
    here, there, agency = hub.areas["wend-valley"], hub.areas["harrowmouth"], hub.agencies["police"]
    person = Person.objects.create(area=here, recorded_at=NOW)
    enquiries = [_written(here, status, kind, person, hub.staff["ruth"], write) for status in STATUSES]
    enquiries.append(_written(there, "review", kind, person, hub.staff["shabana"], write))
    closed = next(one for one in enquiries if one.status == CLOSED)
    users = [make_user(f"{role}-elsewhere", agency, role, there) for role in ROLES]
    for role, (name, since, until, is_active) in itertools.product(ROLES, KINDS):
        if name != "plain" and role not in OF_THE_HUB:
            continue
        user = make_user(f"{role}-{name}", agency, role, here, since=since, until=until, is_active=is_active)
        users.append(user)
        for start, end in (SPELLS[name],) if name in SPELLS else ():
            Cover.objects.create(enquiry=closed, user=user, since=NOW + start, until=NOW + end, because="x")
    return World(users, enquiries)


def _written(area: Area, status: str, kind: str, person: Person, by: User, write: Write) -> Enquiry:
    """What is written is written before the decision; afterwards the enquiry goes on."""
    onward = {"decided": ("decided",), CLOSED: ("decided", CLOSED)}.get(status, ())
    enquiry = make_enquiry(area, "review" if onward else status, f"{area.letters}-{status}", person)
    Enquiry.objects.filter(pk=enquiry.pk).update(kind=kind)
    with bound_to(by):
        write(enquiry, by)
    for step in onward:
        _put(enquiry.pk, step)
    return Enquiry.objects.get(pk=enquiry.pk)


class Undone(Exception):
    """So that what was tried leaves nothing."""


def lets_in(write: Write, enquiry: Enquiry, by: User) -> bool:
    """Whether the database lets `by` write."""
    try:
        with transaction.atomic(), bound_to(by):
            write(enquiry, by)
            raise Undone
    except Undone:
        return True
    except ProgrammingError as refused:
        if "row-level security" not in str(refused):
            raise
        return False


def _put(enquiry: int, status: str) -> None:
    is_closed = status == CLOSED
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enquiries_enquiry SET status = %s, desk = %s, clock = %s, due_at = %s WHERE id = %s",
            [status, "" if is_closed else "x", "" if is_closed else "x", None if is_closed else NOW, enquiry],
        )
