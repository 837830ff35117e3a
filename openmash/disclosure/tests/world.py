"""A family, an enquiry ready for decision, and items of every grade from three agencies, all by real actions."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from openmash.county.hub import Hub
from openmash.disclosure import actions
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.plan import Chosen, Plan
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.intelligence import actions as intelligence
from openmash.intelligence.actions import GivenItem
from openmash.people import actions as people
from openmash.people.given import GivenPerson
from openmash.triage import actions as triage

NOW = timezone.now()


@dataclass
class World:
    hub: Hub
    enquiry: Enquiry
    earlier: Enquiry
    people: dict[str, int]
    items: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str):
        """A member of staff by first name."""
        try:
            return self.hub.staff[name]
        except KeyError:
            raise AttributeError(name) from None

    def plan(self, *items: str | Chosen, **changes) -> Plan:
        """A complete plan for the north team's manager, with these items in full."""
        chosen = tuple(one if isinstance(one, Chosen) else Chosen(self.items[one], ReleaseItem.FULL) for one in items)
        plan = Plan(
            recipient=self.amit.pk,
            team=self.hub.teams["north-wend-assessment"].pk,
            purpose="assessment",
            purpose_words="To begin the assessment that was decided.",
            why_them="The family lives in the team's part of the area.",
            lawful_basis="public_task",
            gateway="ca1989_s17",
            necessity="Without it the first visit would be made blind.",
            told_family=True,
            told_family_words="",
            conditions="Keep it on the case file only.",
            expires_at=NOW + timedelta(days=28),
            items=chosen,
        )
        return replace(plan, **changes)

    def words(self, name: str, **more) -> Chosen:
        return Chosen(self.items[name], ReleaseItem.WORDS, **more)

    def draft(self, *items: str | Chosen, by=None, **changes) -> Release:
        return actions.draft(self.enquiry, by=by or self.hannah, plan=self.plan(*items, **changes))

    def proposed(self, *items: str | Chosen, by=None, **changes) -> Release:
        return actions.propose(self.draft(*items, by=by, **changes), by=by or self.hannah)

    def released(self, *items: str, **changes) -> Release:
        """Proposed by the social worker, granted by every owner, approved by the practice manager."""
        release = self.proposed(*items, **changes)
        for row in release.items.filter(owner_says=""):
            release = actions.owner_answers(release, by=self.lead_of(row.agency.key), item=row.pk, says="granted")
        return actions.approve(release, by=self.ruth, shown=release.body_hash)

    def lead_of(self, agency: str):
        return {"police": self.karen, "health": self.anjali, "education": self.claire}[agency]

    def row(self, release: Release, name: str) -> ReleaseItem:
        return release.items.get(item=self.items[name])


S, C, OPINION = {"sensitivity": "S"}, {"handling": "C", "conditions": "Not for a court bundle"}, {"nature": "opinion"}
# name: (who deposits, words, grades). "canary" words let a test find what leaked.
ITEMS = {
    "police": ("lewis", "Officers were called to the address twice in March; canary-police.", {}),
    "police_s": ("lewis", "A neighbour reported shouting at night; canary-police-s.", {**S, "nature": "allegation"}),
    "police_c": ("lewis", "Call recording held; canary-police-c.", C),
    "police_x": ("lewis", "An informant says that he keeps a knife; canary-police-x.", {"sensitivity": "X"}),
    "police_l": ("lewis", "A covert operation watches him; canary-police-l.", {"sensitivity": "L"}),
    "police_e": ("lewis", "A rumour that nobody believes goes round; canary-police-e.", {"known_how": "E"}),
    "health": ("mary", "Two checks were missed and the health visitor was not let in; canary-health.", OPINION),
    "health_s": ("mary", "The mother takes tablets for her mood every day now; canary-health-s.", S),
    "education": ("femi", "Attendance has fallen to seventy per cent since Easter; canary-education.", {}),
    "others": ("mary", "Dale Thorne was seen at the clinic with a cut hand; canary-others.", {}),
}  # fmt: skip


def build(hub: Hub, *, now: datetime = NOW) -> World:
    """Ready for decision; Dale is known only from an earlier enquiry about the same mother."""
    area = hub.areas["wend-valley"]
    earlier = _receive(area, hub, "earlier", ("Sana", "Mirren", None), ("Dale", "Thorne", None))
    enquiry = _receive(area, hub, "this", ("Iona", "Mirren", date(2019, 4, 3)), ("Sana", "Mirren", None))
    mother, dale = (party.person for party in earlier.parties.order_by("order"))
    child, her = (party.person for party in enquiry.parties.order_by("order"))
    people.say_same(mother, by=hub.staff["joanna"], now=now, other=her)
    enquiries.advance(enquiry, by=hub.staff["hannah"], now=now, move="screen")
    enquiry.refresh_from_db()
    triage.rate(enquiry, by=hub.staff["hannah"], now=now, rating="amber", because="Seen as amber.")
    enquiry.refresh_from_db()
    enquiry = enquiries.advance(enquiry, by=hub.staff["hannah"], now=now, move="review")
    world = World(hub, enquiry, earlier, {"child": child.pk, "mother": her.pk, "dale": dale.pk})
    for who in ("lewis", "mary", "femi"):
        own = {name: (words, grades) for name, (by, words, grades) in ITEMS.items() if by == who}
        given = [_given(world, name, words, grades) for name, (words, grades) in own.items()]
        numbers = intelligence.deposit(enquiry, by=hub.staff[who], now=now, answer=None, items=given)
        world.items |= dict(zip(own, numbers, strict=True))
    return world


def _given(world: World, name: str, words: str, grades: dict[str, str]) -> GivenItem:
    about = world.people["dale" if name == "others" else "child"]
    return GivenItem(
        **{"words": words, "nature": "fact", "dependable": "1", "known_how": "A", "people": (about,)} | grades
    )


def _receive(area, hub: Hub, key: str, *names) -> Enquiry:
    given = GivenEnquiry(
        worry="Somebody is worried.",
        channel="telephone",
        source_code="3B",
        referrer=GivenReferrer(kind="professional", name="A Visitor"),
        parties=tuple(
            GivenParty(
                GivenPerson(given=given, family=family, born_on=born, source="Told"), role="child" if born else "adult"
            )
            for given, family, born in names
        ),
    )
    return enquiries.receive(area, by=hub.staff["joanna"], now=NOW, given=given, key=f"test-{key}")
