"""Somebody of the user's own family name was looked at: their child, their neighbour, or chance (security 4.6)."""

from collections.abc import Iterator

from openmash.kit.settable import Numbers
from openmash.oversight.lines import families_of, looked_at, own_names, staff
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, _: Numbers) -> Iterator[Found]:
    users = staff(look.area)
    names = own_names(users.values())
    pairs = looked_at(look, users)
    families = families_of({person for _, person in pairs})
    for user, person in sorted(pairs):
        if names[user][1] in families.get(person, ()):
            says = f"{users[user].name} looked at somebody of the same family name"
            yield Found(f"{user}-{person}-{look.day}", says, user=user, person=person)


REPORT = Report(
    key="own_name",
    name="Own family name",
    order=10,
    says="Somebody looked at a person of their own family name.",
    numbers=(),
    find=find,
)
