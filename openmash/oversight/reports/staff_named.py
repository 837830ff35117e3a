"""Somebody in an enquiry is called, rung or written to like a colleague.

Looked at when the enquiry comes or is opened again; when somebody in an open one gets another name, number or record;
and when a colleague begins.

It is said before that colleague looks (security 3.6). They are told nothing: a question would tell them that there is
an enquiry. The governance lead asks, and enters a conflict.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.enquiries.models import Conflict, Party, Step
from openmash.enquiries.workflow import CLOSED
from openmash.kit.settable import Numbers
from openmash.oversight.lines import own_names, staff
from openmash.oversight.shelf import Found, Look, Report
from openmash.people.models import Contact, Judgement, Name, Person
from openmash.people.names import fold
from openmash.people.telephones import email_key, telephone_key

WHY = {"name": "the full name", "number": "the telephone number or e-mail address"}


def find(look: Look, _: Numbers) -> Iterator[Found]:
    day = {"at__gte": look.since, "at__lt": look.now}
    here = Party.objects.filter(enquiry__area=look.area)
    still_open = here.exclude(enquiry__status=CLOSED)
    came = Q(enquiry__received_at__gte=look.since, enquiry__received_at__lt=look.now)
    came_back = Step.objects.filter(what="reopen", **day).values("enquiry")
    today = here.filter(came | Q(enquiry__in=came_back))
    joined = Judgement.objects.filter(says=Judgement.SAME, undone_at=None, **day).values_list("first", flat=True)
    began = Posting.objects.filter(area=look.area, since=timezone.localdate(look.since)).values_list("user", flat=True)
    users = staff(look.area)
    newcomers = {user: users[user] for user in began if user in users}
    found = {one.key: one for one in _found(look, today | _of(still_open, joined), users)}
    found |= {one.key: one for one in _found(look, still_open, users, is_new=True)}
    if newcomers:
        found |= {one.key: one for one in _found(look, still_open, newcomers)}
    yield from found.values()


def _of(parties: QuerySet[Party], people: Iterable[int]) -> QuerySet[Party]:
    """Where these people are, under whichever of their records."""
    leads = set(Person.objects.filter(pk__in=set(people)).values_list(Coalesce("lead", "id"), flat=True))
    return parties.filter(Q(person__in=leads) | Q(person__lead__in=leads))


def _found(look: Look, parties: QuerySet[Party], users: dict[int, User], *, is_new: bool = False) -> Iterator[Found]:
    """One for a colleague, an enquiry and a day. `is_new`: by what was written down today alone."""
    lead = Coalesce("person__lead", "person")
    rows = list(parties.order_by("enquiry", "id").values_list("enquiry", lead, "enquiry__reference"))
    shared = _shared({person for _, person, _ in rows}, users, look.since if is_new else None)
    said = set(Conflict.objects.filter(user__in=users, removed_at=None).values_list("user", lead))
    for enquiry, person, reference in rows:
        for user, why in sorted(shared.get(person, ())):
            if (user, person) not in said:
                says = f"Somebody in {reference} has what {users[user].name} has: {WHY[why]}"
                yield Found(f"{user}-{enquiry}-{look.day}", says, user=user, enquiry=enquiry)


def _shared(
    leads: Iterable[int], users: dict[int, User], since: datetime | None = None
) -> dict[int, set[tuple[int, str]]]:
    """By the first record of each: the users with whom any of their records shares something, and what."""
    called: dict[object, set[int]] = {}
    for user, name in own_names(users.values()).items():
        called.setdefault(name, set()).add(user)
    for user in users.values():
        for key in {email_key(user.email), telephone_key(user.telephone)} - {""}:
            called.setdefault(key, set()).add(user.pk)
    found: dict[int, set[tuple[int, str]]] = {}
    wanted = list(leads)
    theirs = Q(person__in=wanted) | Q(person__lead__in=wanted)
    if since:
        theirs &= Q(recorded_at__gte=since)
    lead = Coalesce("person__lead", "person")
    for person, given, family in Name.objects.filter(theirs).values_list(lead, "given", "family"):
        name = (fold(given.split()[0]) if given.split() else "", fold(family))
        found.setdefault(person, set()).update((user, "name") for user in called.get(name, ()))
    for person, value in Contact.objects.filter(theirs, until=None).values_list(lead, "value"):
        for key in (email_key(value), telephone_key(value)):
            found.setdefault(person, set()).update((user, "number") for user in called.get(key, ()))
    return found


REPORT = Report(
    key="staff_named",
    name="A colleague in an enquiry",
    order=13,
    says="Somebody in a new enquiry has the full name, the telephone number or the e-mail address of a colleague; or "
    "somebody in an open one is given them today, or has those of a colleague who begins today.",
    numbers=(),
    find=find,
    is_urgent=True,
)
