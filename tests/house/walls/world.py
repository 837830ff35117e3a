"""Everybody who may look, and everything that a wall tells apart: built by the owner, without triggers, rolled back.

Rows are not believable: what no wall asks for is filled in by type. `test_mutants` says when a kind is missing here.
"""

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from openmash.agencies.models import Agency, Area, User
from openmash.agencies.roles import ROLES
from openmash.audit.signing import signed
from openmash.county.hub import Hub
from openmash.enquiries.models import Conflict, Cover, Enquiry, Glass, Named, Party, Restriction
from openmash.enquiries.workflow import STATUSES
from openmash.intelligence.tests.world import HOUR, make_user
from openmash.people.models import Person

NOW = timezone.now()
POSTED = {  # since and until in days from today, whether they are still here
    "plain": (-900, None, True),
    "first-and-last-day": (0, 0, True),
    "ended": (-900, -1, True),
    "future": (1, None, True),
    "left": (-900, None, False),
}
COVERS = ("covers", "covered", "will-cover", "covers-another")
KEPT = "named was-named named-elsewhere glass glass-over glass-elsewhere knows knows-joined knew".split()
SETTINGS = ("user", "reader", "linking", "load", "reply", "watching")


@dataclass(frozen=True)
class Reader:
    """Whoever asks, from an enquiry or from none, and what the application says, signed, of them."""

    name: str
    by: User | None = None
    says: dict[str, str] = field(default_factory=dict, hash=False)
    looks_from: Enquiry | None = None
    is_signed: bool = True
    role: str = settings.APP_ROLE

    @property
    def is_alone(self) -> bool:
        """Nobody else is of this kind."""
        return self.by is None or self.by.is_system or bool(self.says) or not self.is_signed

    @property
    def user(self) -> User | None:
        """Whom the database believes it to be."""
        return self.by if self.is_signed else None

    def settings(self) -> dict[str, str]:
        said = dict.fromkeys(SETTINGS, "") | self.says
        if self.by:
            said |= {"user": str(self.by.pk), "reader": str(self.by.pk)}
        raw = connection.connection
        believed = {
            f"openmash.{one}": signed(f"openmash.{one}", value, raw) if self.is_signed else f"{value}:{'0' * 64}"
            for one, value in said.items()
        }
        return believed | {"openmash.enquiry": str(self.looks_from.pk) if self.looks_from else ""}


@dataclass
class World:
    """By what they are called. `now` is the database's, to the instant.

    `linked`: whose record it is, by the first of theirs, for each feed and number there."""

    here: Area
    there: Area
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    enquiries: dict[str, Enquiry] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    linked: dict[tuple[int, str], int] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)


def fill(model: type[models.Model], **facts: Any) -> models.Model:
    """One row: what is not said is nothing, or something of its type."""
    number = next(_numbers)
    for one in model._meta.concrete_fields:
        if one.name in facts or one.attname in facts or one.primary_key or one.null or one.has_default():
            continue
        if isinstance(one, models.ForeignKey):
            facts[one.attname] = 1_000_000 + number  # there is none: its row is never committed
        elif isinstance(one, models.DateTimeField | models.DateField):
            facts[one.name] = NOW
        elif isinstance(one, models.CharField | models.TextField):
            facts[one.name] = str(number)[: one.max_length]
        elif isinstance(one, models.BooleanField):
            facts[one.name] = False
        elif isinstance(one, models.BinaryField):
            facts[one.name] = b""
        elif isinstance(one, models.JSONField | ArrayField):
            facts[one.name] = []
        else:
            facts[one.name] = number % 30_000
    row = model(**facts)
    row.save(force_insert=True)
    return row


_numbers = itertools.count(1)


def vary(model: type[models.Model], **facts: list[Any]) -> None:
    """A row for each way to choose one of each list."""
    for chosen in itertools.product(*facts.values()):
        fill(model, **dict(zip(facts, chosen, strict=True)))


def build(hub: Hub) -> World:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        world = World(hub.areas["wend-valley"], hub.areas["harrowmouth"], cursor.fetchone()[0], agencies=hub.agencies)
    _nothing_but_the_walls()
    _enquiries(world)
    _readers(world, hub)
    _kept(world)
    return world


def _nothing_but_the_walls() -> None:
    """What else stops a row would hide what the wall lets through."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', oid::regclass) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relhastriggers"
            " UNION ALL SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)"
            " FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid > 0"
        )
        cursor.execute("; ".join(row[0] for row in cursor.fetchall()))


def _enquiries(world: World) -> None:
    here, there = world.here, world.there
    person = {name: Person.objects.create(area=here, recorded_at=NOW) for name in ("child", "adult", "other", "known")}
    for name, lead in (("joined", "child"), ("known-joined", "known")):
        person[name] = Person.objects.create(area=here, recorded_at=NOW, lead=person[lead])
    kinds = [(here, status, status, "child") for status in STATUSES]
    kinds += [(here, status, f"adult-{status}", "adult") for status in STATUSES]
    kinds += [
        (here, "closed", "closed-too", "child"),
        (here, "review", "joined", "joined"),
        (here, "gathering", "stranger", "other"),
        (here, "gathering", "of-nobody", ""),
        (here, "gathering", "restricted", "child"),
        (here, "gathering", "lifted", "other"),
        (here, "gathering", "known", "known"),
        (here, "gathering", "known-joined", "known-joined"),
        (there, "gathering", "there", "other"),
        (there, "received", "adult-there", "adult"),
        (there, "gathering", "restricted-there", "other"),
    ]
    for area, status, key, whom in kinds:
        kind = "adult" if key.startswith("adult") else "child"
        world.enquiries[key] = fill(Enquiry, area=area, status=status, kind=kind, reference=key)
        if whom:
            fill(Party, enquiry=world.enquiries[key], person=person[whom], role="child")
    world.people = person


def _readers(world: World, hub: Hub) -> None:
    found: dict[tuple[int, frozenset[object]], User] = {}
    for user in hub.staff.values():  # one of each role, area and agency
        found.setdefault((user.agency_id, frozenset(user.postings_now)), user)
    users = {user.name: user for user in found.values()}
    kinds = [(role, kind) for kind in POSTED for role in ROLES]
    kinds += [(role, kind) for kind in COVERS for role in ("practice_manager", "triage_social_worker", "coordinator")]
    kinds += [(role, kind) for kind in KEPT for role in ("practice_manager", "triage_social_worker", "governance_lead")]
    for role, kind in kinds:
        since, until, is_active = POSTED.get(kind, POSTED["plain"])
        name = f"{role}-{kind}"
        users[name] = make_user(
            name, hub.agencies["police"], role, world.here, since=since, until=until, is_active=is_active
        )
    users["system"] = make_user("system", hub.agencies["police"], "notifying_system", world.here)
    User.objects.filter(pk=users["system"].pk).update(is_system=True)
    world.users = {name: User.objects.select_related("agency").get(pk=user.pk) for name, user in users.items()}
    for name, user in world.users.items():
        _cover(world, user, name)
    manager = world.users["practice_manager-plain"]
    world.readers = [Reader(name, user) for name, user in world.users.items()]
    world.readers += [
        Reader("nobody"),
        Reader("the hub", says={"reader": "hub"}),
        Reader("a stranger", says={"reader": "hub"}, role=settings.STRANGERS_ROLE),
        Reader("a manager, unsigned", manager, is_signed=False),
        Reader("the hub, unsigned", says={"reader": "hub", "linking": "on"}, is_signed=False),
        Reader("the linker", says={"reader": "hub", "linking": "on"}),
        Reader("who says of itself that it links", says={"reader": "hub", "linking": "off"}),
    ]


def _cover(world: World, user: User, name: str) -> None:
    covers = {
        "covers": (("closed", 0 * HOUR, HOUR), ("adult-closed", -HOUR, HOUR), ("received", -HOUR, HOUR)),
        "covered": (("closed", -HOUR, 0 * HOUR),),
        "will-cover": (("closed", HOUR, 2 * HOUR),),
        "covers-another": (("closed-too", -HOUR, HOUR),),
    }
    for key, since, until in covers.get(name.partition("-")[2], ()):
        fill(Cover, enquiry=world.enquiries[key], user=user, since=world.now + since, until=world.now + until)


def _kept(world: World) -> None:
    enquiries, people = world.enquiries, world.people
    for key in ("restricted", "restricted-there", "lifted"):
        fill(Restriction, enquiry=enquiries[key], lifted_at=NOW if key == "lifted" else None)
    for name, user in world.users.items():
        kind = name.partition("-")[2]
        opened = ["lifted"] if kind.endswith("elsewhere") else ["restricted", "gathering"]
        if kind in ("named", "was-named", "named-elsewhere"):
            fill(Named, enquiry=enquiries[opened[0]], user=user, until=NOW if kind == "was-named" else None)
        for key in opened if kind.startswith("glass") else ():
            fill(Glass, enquiry=enquiries[key], user=user, until=world.now + HOUR * (kind != "glass-over"))
        if kind in ("knows", "knows-joined", "knew"):
            whom = people["known-joined" if kind == "knows-joined" else "known"]
            fill(Conflict, user=user, person=whom, removed_at=NOW if kind == "knew" else None)
        if kind == "knew":  # and knows somebody else
            fill(Conflict, user=user, person=people["adult"], removed_at=None)
