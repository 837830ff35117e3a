"""Whoever lives where somebody of the user's own full name lives was looked at.

The hub does not know where its staff live. It knows where people live who are called like them: that is looked at.
"""

from collections.abc import Iterator

from django.db.models import Q

from openmash.agencies.models import User
from openmash.kit.settable import Numbers
from openmash.oversight.lines import looked_at, own_names, staff
from openmash.oversight.shelf import Found, Look, Report
from openmash.people.models import Name, Residence
from openmash.people.names import fold


def find(look: Look, _: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    pairs = looked_at(look, users)
    homes = _homes({user: users[user] for user, _ in pairs})
    lived = Residence.objects.filter(person__in={person for _, person in pairs}, until=None)
    addresses = list(lived.values_list("person", "address"))
    for user, person in sorted(pairs):
        if homes.get(user, set()) & {address for who, address in addresses if who == person}:
            says = f"{users[user].name} looked at somebody who lives where a person of {users[user].name}'s name lives"
            yield Found(f"{user}-{person}-{look.day}", says, user=user, person=person)


def _homes(users: dict[int, User]) -> dict[int, set[int]]:
    """Where people live whose given and family name are the user's."""
    names = own_names(users.values())
    wanted = Q(pk__in=())
    for user in users.values():
        wanted |= Q(family__iexact=user.name.split()[-1])
    called: dict[tuple[str, str], set[int]] = {}
    for person, given, family in Name.objects.filter(wanted).values_list("person", "given", "family"):
        called.setdefault((fold(given.split()[0]) if given.split() else "", fold(family)), set()).add(person)
    found: dict[int, set[int]] = {}
    for user, name in names.items():
        if name in called:
            rows = Residence.objects.filter(person__in=called[name], until=None)
            found[user] = set(rows.values_list("address", flat=True))
    return found


REPORT = Report(
    key="own_address",
    name="Own address",
    order=20,
    says="Somebody looked at a person who lives where a person of the looker’s own full name lives.",
    numbers=(),
    find=find,
)
