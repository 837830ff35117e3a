"""What a wall is said to do, and who is asked: the policies of the rooms, of one reader."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.enquiries.kept_from import may_be_told
from openmash.enquiries.models import Conflict, Enquiry
from openmash.intelligence.policies import capacities
from openmash.people.models import Person
from tests.house.walls.world import Reader, World


@dataclass(frozen=True)
class Look:
    """One reader, and what the policies say of them. `by` is who the database has to believe they are."""

    reader: Reader
    world: World

    @property
    def by(self) -> User | None:
        return self.reader.by if self.reader.is_signed else None

    def says(self, setting: str) -> str:
        return self.reader.says.get(setting, "") if self.reader.is_signed else ""

    @property
    def is_stranger(self) -> bool:
        return self.reader.role == settings.STRANGERS_ROLE

    @property
    def is_hub(self) -> bool:
        return self.by is None and self.says("reader") == "hub"

    def is_said(self, setting: str, number: int | None) -> bool:
        return number is not None and self.says(setting) == str(number)

    def holds(self, permission: Permission, area: int | None = None) -> bool:
        return bool(holds(self.by, permission, area))

    def signs(self, user: int | None) -> bool:
        return self.by is not None and user == self.by.pk

    def knows(self, enquiry: int | None) -> bool:
        """Whether the enquiry is not kept from them. Nobody at all knows nothing, and the hub everything."""
        return self.is_hub or (self.by is not None and (enquiry is None or self.by.pk in _those_who_know(enquiry)))

    def is_in_conflict(self, person: int | None) -> bool:
        return self.by is not None and person is not None and _lead(person) in _known_to(self.by.pk)

    def does_not_exist(self, person: int) -> bool:
        """Whom they know, and who is known from enquiries alone that are kept from them."""
        about = _enquiries_about(_lead(person))
        return self.is_in_conflict(person) or (bool(about) and not any(self.knows(one) for one in about))

    @cached_property
    def capacities(self) -> frozenset[str]:
        """In the enquiry that they look from: none in one that is kept from them."""
        place = self.reader.looks_from
        return capacities(self.by, place) if place and self.knows(place.pk) else frozenset()


Rule = Callable[[Look, Any], object]


@cache
def _those_who_know(enquiry: int) -> frozenset[int]:
    """Asked of everybody at once."""
    return frozenset(user.pk for user in may_be_told(Enquiry.objects.get(pk=enquiry), User.objects.all()))


@cache
def _lead(person: int) -> int:
    return Person.objects.get(pk=person).lead_id_or_own


@cache
def _known_to(user: int) -> frozenset[int]:
    rows = Conflict.objects.filter(user=user, removed_at=None)
    return frozenset(_lead(person) for person in rows.values_list("person", flat=True))


@cache
def _enquiries_about(lead: int) -> frozenset[int]:
    rows = Enquiry.objects.filter(Q(parties__person=lead) | Q(parties__person__lead=lead))
    return frozenset(rows.values_list("pk", flat=True))


@cache
def leads_in(enquiry: int) -> frozenset[int]:
    """The people whom an enquiry is about, by the first of their records."""
    people = Person.objects.filter(parties__enquiry=enquiry).values_list("pk", flat=True)
    return frozenset(_lead(person) for person in people)


def yes(_: Look, __: Any) -> bool:
    return True


def no(_: Look, __: Any) -> bool:
    return False


@dataclass(frozen=True)
class Wall:
    """One table. `rows` makes those that its wall tells apart; each rule says who may do something with a row.

    A row is changed by whoever reads it, before and after, where `change` is true of it before and `becomes` after.
    What the application's role may not do at all is not said here: the model's `Privacy` says it.

    `about`: the columns of the enquiries that it may be kept with. `signed_in`: the columns where a reader puts their
    own number, and `moves_in`: those by which a row moves to the other area: each is tried. `looks_from`: the enquiries
    that a sealed row is looked at from.
    """

    model: type[Model]
    rows: Callable[[World], None]
    read: Rule
    add: Rule = no
    change: Rule = no
    becomes: Rule = yes
    remove: Rule = no
    about: tuple[str, ...] = ()
    signed_in: tuple[str, ...] = ()
    moves_in: tuple[str, ...] = ()
    looks_from: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return self.model._meta.pk.column or "entry"  # the index of keys has two, and this one tells its rows apart
