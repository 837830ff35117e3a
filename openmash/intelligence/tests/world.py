"""Every kind of user, place, enquiry and item that either wall of the sealed room tells apart."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from openmash.agencies.models import Posting, User
from openmash.agencies.roles import ROLES
from openmash.enquiries.codes import GLASS_REASONS
from openmash.enquiries.models import Cover, Enquiry, Glass, Party
from openmash.enquiries.workflow import CLOSED, DESKS, STATUSES
from openmash.intelligence import actions
from openmash.intelligence.actions import GivenItem
from openmash.intelligence.policies import ItemFacts, capacities, may_read_item
from openmash.people.models import Person

NOW = timezone.now()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRADES = "GSXL"
# What a user may have besides a role, an agency and a posting in the area: name, posting since and until, still here.
KINDS = (
    ("plain", -900, None, True),
    ("named", -900, None, True),
    ("covers", -900, None, True),
    ("covered", -900, None, True),
    ("will-cover", -900, None, True),
    ("covers-another", -900, None, True),
    ("first-and-last-day", 0, 0, True),
    ("ended", -900, -1, True),
    ("future", 1, None, True),
    ("left", -900, None, False),
    ("opened", -900, None, True),
    ("opened-before", -900, None, True),
    ("opened-ended", -900, -1, True),
)


@dataclass(frozen=True)
class World:
    """`items` are the number, the enquiry and the facts of each item, kept when it was deposited."""

    enquiries: list[Enquiry]
    users: list[User]
    items: list[tuple[int, int, ItemFacts]]

    def seen_by_the_policy(self) -> dict[tuple[int, int], set[int]]:
        """The items that `intelligence.policies` lets each user read from each enquiry."""
        families = {enquiry.pk: family_of(enquiry) for enquiry in self.enquiries}
        return {
            (by.pk, enquiry.pk): self._seen(by, capacities(by, enquiry), families[enquiry.pk], enquiry.pk)
            for by, enquiry in itertools.product(self.users, self.enquiries)
        }

    def _seen(self, by: User, held: frozenset[str], family: set[int], here: int) -> set[int]:
        return {
            number
            for number, enquiry, facts in self.items
            if may_read_item(by, held, replace(facts, is_in_family=enquiry in family, is_here=enquiry == here))
        }


def make_enquiry(area, status: str, key: str, person: Person) -> Enquiry:
    is_closed = status == CLOSED
    enquiry = Enquiry.objects.create(
        reference=f"T-{key}",
        area=area,
        channel="telephone",
        source_code="6",
        received_at=NOW,
        received_key=key,
        status=status,
        rating="amber",
        desk=DESKS[status],
        clock="" if is_closed else "research",
        due_at=None if is_closed else NOW,
        triage_due_at=NOW,
        statutory_due_at=NOW,
        worry="x",
    )
    Party.objects.create(enquiry=enquiry, person=person, role="child")
    return enquiry


def make_user(name: str, agency, role: str, area, *, since: int = -900, until=None, is_active=True) -> User:
    """`since` and `until` in days from today."""
    user = User.objects.create(
        email=f"{name}@x.example", name=name, agency=agency, joined_on=date(2020, 1, 1), is_active=is_active
    )
    today = timezone.localdate()
    ends = None if until is None else today + until * DAY
    Posting.objects.create(user=user, role=role, area=area, since=today + since * DAY, until=ends)
    return user


def build(hub, roles: Iterable[str] = tuple(ROLES)) -> World:
    """Enquiries at every status about one child, one about a record joined to it, one about somebody else; in each,
    items of every grade from two agencies; and users of every role, agency and kind.
    """
    here = hub.areas["wend-valley"]
    child, other = (Person.objects.create(area=here, recorded_at=NOW) for _ in range(2))
    joined = Person.objects.create(area=here, recorded_at=NOW, lead=child)
    enquiries = [make_enquiry(here, status, status, child) for status in STATUSES]
    closed = enquiries[STATUSES.index(CLOSED)]
    another = make_enquiry(here, CLOSED, "closed-too", child)
    enquiries += [another, make_enquiry(here, "review", "joined", joined)]
    enquiries.append(make_enquiry(here, "gathering", "stranger", other))
    users = list(_users(hub, roles))
    named = tuple(user.pk for user in users if user.name.endswith("-named"))
    movers = _movers(hub)
    items = []
    for enquiry, by in itertools.product(enquiries, (hub.staff["lewis"], hub.staff["mary"], *movers)):
        graded = [
            GivenItem(f"{s} {by.name}", "fact", "1", "A", sensitivity=s, named=named * (s == "L")) for s in GRADES
        ]
        for number, given in zip(actions.deposit(enquiry, by=by, answer=None, items=graded), graded, strict=True):
            # A locked item that names nobody is its depositor's alone.
            readers = given.named or ((by.pk,) if given.sensitivity == "L" else ())
            facts = ItemFacts(by.agency_id, given.sensitivity, frozenset(readers), by.pk, is_in_family=False)
            items.append((number, enquiry.pk, facts))
    for mover, changed in zip(movers, ({"agency": hub.agencies["health"]}, {"is_active": False}), strict=True):
        User.objects.filter(pk=mover.pk).update(**changed)
    for user in users:
        _cover(user, closed, another, enquiries[0])
        _opened(user, enquiries)
    movers = [User.objects.get(pk=mover.pk) for mover in movers]
    return World(enquiries, [*users, *movers, hub.staff["lewis"], hub.staff["mary"]], items)


def _users(hub, roles):
    here, there = hub.areas["wend-valley"], hub.areas["harrowmouth"]
    for role, agency in itertools.product(roles, ("police", "health")):
        place = hub.agencies[agency]
        yield make_user(f"{role}-{agency}-elsewhere", place, role, there)
        for kind, since, until, is_active in KINDS:
            yield make_user(f"{role}-{agency}-{kind}", place, role, here, since=since, until=until, is_active=is_active)


def _movers(hub) -> list[User]:
    """Two who answer for the police: the one goes to another agency afterwards, the other leaves."""
    here, police = hub.areas["wend-valley"], hub.agencies["police"]
    return [make_user(name, police, "agency_researcher", here) for name in ("moves", "leaves")]


def _cover(user: User, closed: Enquiry, another: Enquiry, open_one: Enquiry) -> None:
    covers = {
        "-covers": ((closed, NOW - HOUR, NOW + HOUR), (open_one, NOW - HOUR, NOW + HOUR)),
        "-covered": ((closed, NOW - 2 * HOUR, NOW - HOUR),),
        "-will-cover": ((closed, NOW + HOUR, NOW + 2 * HOUR),),
        "-covers-another": ((another, NOW - HOUR, NOW + HOUR),),
    }
    for kind, spells in covers.items():
        for enquiry, since, until in spells if user.name.endswith(kind) else ():
            Cover.objects.create(enquiry=enquiry, user=user, since=since, until=until, because="x")


def _opened(user: User, enquiries: list[Enquiry]) -> None:
    """In an emergency, all but the one that is about a record joined to the child's: within the hour, or before."""
    ends = {"-opened": NOW + HOUR, "-opened-ended": NOW + HOUR, "-opened-before": NOW - HOUR}
    until = next((moment for kind, moment in ends.items() if user.name.endswith(kind)), None)
    if until:
        facts = {"user": user, "reason": next(iter(GLASS_REASONS)), "because": "x", "review_due_at": NOW}
        facts |= {"at": until - HOUR, "until": until}
        Glass.objects.bulk_create(Glass(enquiry=one, **facts) for one in enquiries if one.reference != "T-joined")


def family_of(enquiry: Enquiry) -> set[int]:
    """The enquiries about the same people, whichever of a person's joined records they are about."""
    people = Person.objects.filter(parties__enquiry=enquiry)
    leads = {person.lead_id_or_own for person in people}
    rows = Party.objects.select_related("person")
    return {row.enquiry_id for row in rows if row.person.lead_id_or_own in leads} | {enquiry.pk}
