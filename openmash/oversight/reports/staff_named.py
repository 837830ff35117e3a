"""Somebody in a new enquiry is called, rung or written to like a colleague, or in an open one like a new colleague.

It is said before that colleague looks (security 3.6). They are told nothing: a question would tell them that there is
an enquiry. The governance lead asks, and enters a conflict.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.enquiries.models import Conflict, Party
from openmash.enquiries.workflow import CLOSED
from openmash.kit.settable import Numbers
from openmash.oversight.lines import own_names, staff
from openmash.oversight.shelf import Found, Look, Report
from openmash.people.models import Contact, Name
from openmash.people.names import fold
from openmash.people.telephones import email_key, telephone_key

WHY = {"name": "the full name", "number": "the telephone number or e-mail address"}


def find(look: Look, _: Numbers) -> Iterator[Found]:
    here = Party.objects.filter(enquiry__area=look.area)
    today = here.filter(enquiry__received_at__gte=look.since, enquiry__received_at__lt=look.now)
    began = Posting.objects.filter(area=look.area, since=timezone.localdate(look.since)).values_list("user", flat=True)
    everybody = staff(look.area) if began or today.exists() else {}
    newcomers = {user: everybody[user] for user in began if user in everybody}
    found = {one.key: one for one in _found(today, everybody)}
    if newcomers:
        found |= {one.key: one for one in _found(here.exclude(enquiry__status=CLOSED), newcomers)}
    yield from found.values()


def _found(parties: QuerySet[Party], users: dict[int, User]) -> Iterator[Found]:
    rows = list(parties.order_by("enquiry", "id").values_list("enquiry", "person", "enquiry__reference"))
    shared = _shared({person for _, person, _ in rows}, users)
    said = set(Conflict.objects.filter(user__in=users, removed_at=None).values_list("user", "person"))
    for enquiry, person, reference in rows:
        for user, why in sorted(shared.get(person, ())):
            if (user, person) not in said:
                says = f"Somebody in {reference} has what {users[user].name} has: {WHY[why]}"
                yield Found(f"{user}-{enquiry}", says, user=user, enquiry=enquiry)


def _shared(people: Iterable[int], users: dict[int, User]) -> dict[int, set[tuple[int, str]]]:
    """By person: the users with whom they share something, and what."""
    called: dict[object, set[int]] = {}
    for user, name in own_names(users.values()).items():
        called.setdefault(name, set()).add(user)
    for user in users.values():
        for key in {email_key(user.email), telephone_key(user.telephone)} - {""}:
            called.setdefault(key, set()).add(user.pk)
    found: dict[int, set[tuple[int, str]]] = {}
    wanted = list(people)
    for person, given, family in Name.objects.filter(person__in=wanted).values_list("person", "given", "family"):
        name = (fold(given.split()[0]) if given.split() else "", fold(family))
        found.setdefault(person, set()).update((user, "name") for user in called.get(name, ()))
    for person, value in Contact.objects.filter(person__in=wanted, until=None).values_list("person", "value"):
        for key in (email_key(value), telephone_key(value)):
            found.setdefault(person, set()).update((user, "number") for user in called.get(key, ()))
    return found


REPORT = Report(
    key="staff_named",
    name="A colleague in an enquiry",
    order=13,
    says="Somebody in a new enquiry has the full name, the telephone number or the e-mail address of a colleague; or "
    "somebody in an open one those of a colleague who begins today.",
    numbers=(),
    find=find,
    is_urgent=True,
)
