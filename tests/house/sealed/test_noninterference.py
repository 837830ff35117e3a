"""Two worlds that differ in one hidden thing answer whoever may not know of it alike, byte for byte.

In one transaction: the hidden thing is made, everybody looks, it is undone, and they look again. The clock stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

import pytest
from django.db import transaction
from django.utils import timezone

from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Party
from openmash.intelligence.actions import GivenItem, deposit
from openmash.people.given import GivenPerson
from openmash.people.models import Address, Person
from openmash.people.risks import say_risk
from openmash.people.tying import relate
from openmash.restrictions import actions as restrictions
from tests.house.sealed.crawl import REASON, Told, Visitor
from tests.house.sealed.world import HERE, THERE, World

pytestmark = [pytest.mark.database, pytest.mark.slow]
HIDDEN = GivenPerson("Orla", "Hiddenham", sex="F", born_on=date(2013, 3, 3), address_lines="3 Hidden Lane",
                     postcode="WX1 9HD", telephone="01632 960 799", source="Told")  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """`ask` are the references and the number of a person under which the hidden thing could be asked for."""

    references: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


def locked_item(world: World) -> Hidden:
    """Locked to whoever put it in, in an answer that says other things too."""
    item = GivenItem("A covert watch.", "fact", "1", "A", sensitivity="L", people=(world.child.pk,), rating="amber")
    deposit(world.main, by=world.lewis, now=world.now, answer=None, items=[item])
    return Hidden()


def _another(world: World, area: str = HERE) -> Hidden:
    by = world.joanna if area == HERE else world.ellen
    enquiry = world.receive("hidden", GivenParty(HIDDEN, "child"), by=by, area=area, worry="A hidden worry.")
    return Hidden((enquiry.reference,), tuple(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True)))


def restricted_enquiry(world: World) -> Hidden:
    made = _another(world)
    restrictions.restrict(
        world.things["hidden"], by=world.martin, now=world.now, category="high_profile", because="Named in the press.",
        names=[world.martin],
    )  # fmt: skip
    return made


def enquiry_in_conflict(world: World) -> Hidden:
    """About somebody whom all of these know. They said so before, so that nothing of it is new to them."""
    made = _another(world)
    for name in ("ruth", "hannah", "joanna"):
        person = Person.objects.get(pk=made.people[0])
        restrictions.declare(person, by=world.hub.staff[name], now=world.now, because="My niece.")
    return made


def protected_address(world: World) -> Hidden:
    """The mother lives somewhere else."""
    address = Address.objects.get(residences__person=world.mother)
    Address.objects.filter(pk=address.pk).update(lines="9 Hidden Lane", postcode="WX1 9HD")
    return Hidden()


def person_of_the_other_area(world: World) -> Hidden:
    return _another(world, THERE)


def risk_from_somebody(world: World) -> Hidden:
    """The child is at risk, as her mother is: nothing tells of it where she is not known."""
    say_risk(world.child, by=world.joanna, now=world.now, whom=world.man, because="He hit her.", source="Told")
    return Hidden()


def tie_and_risk_with_somebody_known(world: World) -> Hidden:
    """With somebody whom Ruth knows."""
    known, do = world.conflict_person, {"by": world.joanna, "now": world.now, "source": "Told"}
    relate(known, other=world.mother, kind="friend", **do)
    say_risk(world.mother, whom=known, because="She follows her.", **do)
    return Hidden()


CASES: dict[Callable[[World], Hidden], tuple[str, ...]] = {
    locked_item: ("ruth", "hannah", "joanna", "karen"),
    restricted_enquiry: ("ruth", "joanna", "saul"),
    enquiry_in_conflict: ("ruth", "joanna"),
    protected_address: ("ruth", "joanna", "karen", "amit"),
    risk_from_somebody: ("ellen", "grace", "peter", "saul"),
    tie_and_risk_with_somebody_known: ("ruth",),
    person_of_the_other_area: ("hannah", "joanna", "peter"),
}
# Lists, counts, order and search; and the pages of the enquiry and the people whom it could be beside.
LISTS = (
    "/queue/", "/work/", "/needs/", "/due/", "/exceptions/", "/pairs/", "/missing/", "/wallboard/", "/times/", "/post/",
    "/wallboard/wend-valley/", "/families-in-need/", "/checks/", "/received/", "/consents/", "/mirror/",
    "/consultations/", "/restrictions/", "/conflicts/", "/records/", "/statutory-checks/", "/search/?q=Hidden+Lane",
    "/search/?q=Orla+Hiddenham+2013", "/search/?q=WX1+9HD", "/search/?q=01632960799", "/search/?q=Mirren+1991",
)  # fmt: skip
BESIDE = (
    "/enquiry/{main}/", "/enquiry/{main}/chronology/", "/enquiry/{main}/requests/", "/enquiry/{main}/people/",
    "/enquiry/{main}/match/", "/enquiry/{main}/release/new/", "/enquiry/{main}/record/", "/person/{mother}/",
    "/person/{man}/matches/", "/request/{ask_police}/", "/released/{releaseout}/",
)  # fmt: skip


def looks(who: Visitor, hidden: Hidden, world: World) -> list[Told]:
    """Every list, what they search for, and what they ask of the hidden thing under its own name."""
    names = world.names()
    told = [who.get(path) for path in LISTS] + [who.get(path.format_map(names)) for path in BESIDE]
    for reference in hidden.references:
        told += [who.get(f"/enquiry/{reference}/{part}") for part in ("", "decision/", "no-such/")]
        told.append(who.post(f"/enquiry/{reference}/take/", {}))
        told.append(who.post(f"/enquiry/{reference}/screen/", {"outcome": "research", "considered": REASON}))
        told.append(who.get(f"/search/?q={reference}"))
    for person in hidden.people:
        told += [who.get(f"/person/{person}/{part}") for part in ("", "matches/", f"matches/{world.man.pk}/")]
        told += [who.post(f"/person/{person}/{part}/", {"because": REASON}) for part in ("protect", "whereabouts")]
    return told


def difference(one: Told, other: Told) -> str:
    """The first line that differs; nothing when none does."""
    pairs = zip_longest(one.text.splitlines(), other.text.splitlines(), fillvalue="")
    return next((f"{first.strip()[:160]} | {second.strip()[:160]}" for first, second in pairs if first != second), "")


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_nobody_who_may_not_know_is_told_a_difference(world, make, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    visitors = [Visitor(name, world) for name in CASES[make]]
    with transaction.atomic():
        hidden = make(world)
        there = [looks(who, hidden, world) for who in visitors]
        transaction.set_rollback(True)
    world.things.pop("hidden", None)
    without = [looks(who, hidden, world) for who in visitors]
    differ = [
        (one.who, one.method, one.path, told)
        for first, second in zip(there, without, strict=True)
        for one, other in zip(first, second, strict=True)
        if (told := difference(one, other))
    ]
    assert differ == []
    assert sum(told.status == 200 for first in without for told in first) > 8 * len(visitors)
