"""One believable world with a word of its own in every compartment, made through the hub's real actions.

`zq` and a name is such a word: it stands nowhere else, so whoever is shown it was shown that compartment.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.cache import cache
from django.utils import timezone

from openmash.adults import actions as adults
from openmash.agencies import systems
from openmash.agencies.models import Agreement, User
from openmash.allocation import actions as allocation
from openmash.allocation.models import Handover
from openmash.audit.actors import SETTING_UP
from openmash.audit.binding import bound_to
from openmash.consultations import actions as advice
from openmash.county.hub import Hub, load_hub
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.disclosure import actions as disclosure
from openmash.disclosure.models import Release
from openmash.disclosure.plan import Chosen, Plan
from openmash.disclosure.rows import sealed_for
from openmash.domestic_abuse import actions as abuse
from openmash.domestic_abuse.given import GivenAction, GivenMeeting
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenProfessional, GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.feeds import actions as feeds
from openmash.feeds import loading as feed_files
from openmash.feeds.folder import keep
from openmash.feeds.policies import LOADER
from openmash.feeds.tests.files import comma_file, event, person
from openmash.gathering import actions as gathering
from openmash.gathering.answering import answer, keep_answer_draft
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.tests.conftest import HARM, known
from openmash.intelligence.actions import GivenItem
from openmash.lookout import actions as lookout
from openmash.notifications import actions as notices
from openmash.notifications import loading as notice_files
from openmash.notifications.models import Notification
from openmash.people import actions as people
from openmash.people import protecting, risks, tying
from openmash.people.given import GivenPerson
from openmash.people.matching.linking import link_changed
from openmash.people.models import Person
from openmash.post import actions as post
from openmash.post.policies import POSTMAN
from openmash.post.tests.letters import answer_of, reply_to
from openmash.records import actions as records
from openmash.records import answering
from openmash.restrictions import actions as restrictions
from openmash.statutory_checks import actions as checks
from openmash.triage import actions as triage

HERE, THERE = "wend-valley", "harrowmouth"
TELEPHONE, POSTCODE = "01632 960 787", "WX5 9ZQ"
NHS, BORN, MOTHER_BORN = "9434765919", date(2019, 4, 3), date(1991, 6, 12)
TOKENS = {
    "police": ("enquiries", "notifications", "requests"),
    "health": ("requests",),
    "childrens-social-care": ("cases", "releases"),
}


@dataclass
class World:
    """`things` are the rows by name; `system` the tokens by agency."""

    hub: Hub
    now: datetime
    folder: Path
    things: dict[str, Any] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for found in (self.hub.staff, self.things):
            if name in found:
                return found[name]
        raise AttributeError(name)

    def names(self) -> dict[str, object]:
        """What the rows are called in an address."""
        found: dict[str, object] = {}
        for name, row in self.things.items():
            if isinstance(row, Enquiry):
                found[name] = row.reference
            elif hasattr(row, "pk"):
                found[name] = getattr(row, "token", row.pk)
        found |= {f"ask_{key}": row.token for key, row in self.request.items()}
        found |= {name: row.token for name, row in self.release.items()}
        found |= {name: row.pk for name, row in self.notices.items()}
        found |= {"held": self.held.call, "enclosure": self.enclosures[0].pk, "main_row": self.main.pk}
        found |= {"joanna": self.joanna.pk}
        return found

    def fresh(self, enquiry: Enquiry) -> Enquiry:
        enquiry.refresh_from_db()
        return enquiry

    def receive(
        self, name: str, *parties: GivenParty, by: User | None = None, area: str = HERE, **more: Any
    ) -> Enquiry:
        facts: dict[str, Any] = {
            "worry": f"Somebody is worried: zq{name}.",
            "channel": "telephone",
            "source_code": "3B",
            "referrer": GivenReferrer("professional", name="Ola Pine", organisation="Weir Street Primary"),
            "parties": parties,
            "fields": {"concerns": ["neglect"], "told_family": False, "why_not_told": "raises_risk"},
        }
        given, by = GivenEnquiry(**facts | more), by or self.joanna
        enquiry = enquiries.receive(self.hub.areas[area], by=by, now=self.now, given=given, key=f"sealed-{name}")
        self.things[name] = enquiry
        return enquiry

    def rated(self, enquiry: Enquiry) -> Enquiry:
        do: dict[str, Any] = {"now": self.now}
        triage.screen(enquiry, by=self.joanna, **do, outcome="research", considered="Looked for earlier enquiries.")
        triage.rate(self.fresh(enquiry), by=self.hannah, **do, rating="amber", because="He is often at home alone.")
        triage.record_basis(
            self.fresh(enquiry), by=self.hannah, **do, **HARM | {"harm_because": "Left alone at four: zqharm."}
        )
        return self.fresh(enquiry)


def build(folder: Path) -> World:
    """All of it, a moment ago."""
    cache.clear()
    world = World(load_hub(), timezone.now() - timedelta(minutes=10), folder)
    for part in (_main, _feed, _items, _protected, _releases, _abuse, _decided, _adult, _kept, _elsewhere, _post,
                 _other_doors, _records):  # fmt: skip
        part(world)
    return world


def _main(world: World) -> None:
    """Mother and child live where nobody is to know. A neighbour who wants to stay unknown told the hub."""
    home = {"address_lines": "7 Zqrefuge Lane", "postcode": POSTCODE, "source": "Zqteller, who drove them there"}
    child = GivenPerson("Iona", "Mirren", sex="F", born_on=BORN, identifiers=(("nhs", NHS),), **home)
    mother = GivenPerson("Sana", "Mirren", sex="F", born_on=MOTHER_BORN, telephone=TELEPHONE, **home)
    man = GivenPerson("Dale", "Thorne", sex="M", born_on=date(1988, 1, 9), source="Ola Pine")
    world.receive(
        "main",
        GivenParty(child, "child", lives_in_household=True, school="Zqschool Primary", gp="Zqsurgery"),
        GivenParty(mother, "adult", "mother", lives_in_household=True),
        GivenParty(man, "adult", "step_parent", lives_in_household=False),
        source_code="1B",
        referrer=GivenReferrer(
            "public", name="Wilma Zqneighbour", telephone="01632 960 781", email="zqmail@x.example",
            relationship="Zqtie of the mother", keep_name_from_family=True,
        ),
        professionals=(GivenProfessional("Zqagency", "Support worker", "Zqworker", "01632 960 782"),),
    )  # fmt: skip
    for party in world.main.parties.all():
        enquiries.settle_party(party, by=world.joanna, now=world.now)
    world.things |= dict(zip(("child", "mother", "man"), _people_of(world.main), strict=True))
    world.rated(world.main)


def _people_of(enquiry: Enquiry) -> list[Person]:
    return [party.person for party in enquiry.parties.order_by("order").select_related("person")]


def _feed(world: World) -> None:
    """The police send whom they know: the child, under her NHS number, and what happened, in every grade."""
    area = world.hub.areas[HERE]
    feed = feeds.agree(world.hub.agencies["police"], by=SETTING_UP, area=area, sends_events=True)
    who = {"given": "Iona", "family": "Mirren", "born_on": f"{BORN}", "nhs": NHS, "address": "7 Zqrefuge Lane",
           "postcode": POSTCODE, "team": "Zqfeedteam", "worker": "Zqfeedworker"}  # fmt: skip
    events = [event("P1", words=f"Officers were called: zqevent{grade.lower()}.", sensitivity=grade) for grade in "GSX"]
    for rows in ([person("P1", **who)], events):
        with comma_file(world.folder / "feed.csv", *rows).open("rb") as file:
            kept = keep(file, "feed.csv")
        feed_files.read(feed_files.offer(feed, kept, by=LOADER, is_full=False))
    link_changed(now=world.now)
    world.things |= {"feed": feed, "load": feed.loads.first()}


def _items(world: World) -> None:
    """Four are asked. Three answer, in every grade; probation has begun to type; a landlord has sent an e-mail."""
    asked = [
        Asked(world.hub.agencies[key], f"It knows the family: zqask{key.replace('-', '')[:9]}.")
        for key in ("police", "health", "education", "probation", "north-wend-housing")
    ]
    gathering.ask(world.main, by=world.hannah, now=world.now, agencies=asked)
    world.things["request"] = {
        one.agency.key: one for one in Request.objects.filter(enquiry=world.main).select_related("agency")
    }
    named = (world.lewis.pk, world.martin.pk)
    for by, agency, graded in (
        (world.lewis, "police", ("G", "S", "X", "L")),
        (world.mary, "health", ("G", "S")),
        (world.femi, "education", ("G",)),
    ):
        items = [
            GivenItem(
                f"It was noted: zq{agency}{grade.lower()}.", "fact", "1", "A", sensitivity=grade,
                named=named if grade == "L" else (), people=(world.child.pk,),
            )
            for grade in graded
        ]  # fmt: skip
        request = world.request[agency]
        answer(request, by=by, now=world.now, **known(request, *items))
    typed = {"items-number": ["1"], "items-1-words": ["He missed two meetings: zqanswerdraft."]}
    keep_answer_draft(world.request["probation"], by=world.marcus, now=world.now, typed=typed)
    gathering.take_to_review(world.fresh(world.main), by=world.hannah, now=world.now, because="Enough: zqenough.")
    world.fresh(world.main)
    given = GivenDecision(analysis="Not safe with him: zqdecisiondraft.", level=3)
    decisions.draft(world.main, by=world.hannah, now=world.now, given=given)


def _protected(world: World) -> None:
    protecting.protect(world.mother, by=world.joanna, now=world.now, because="From Dale: zqprotectbecause.")
    world.things["risk"] = risks.say_risk(
        world.mother, by=world.joanna, now=world.now, whom=world.man, source="The refuge",
        because="He said that he finds her: zqriskbecause.",
    )  # fmt: skip
    look = {"now": world.now, "because": "To ring her about tonight: zqopenedbecause."}
    protecting.open_whereabouts(world.mother, by=world.hannah, **look)
    world.things["unprotecting"] = protecting.propose_unprotecting(
        world.mother, by=world.hannah, now=world.now, because="He has moved: zqunprotect.", their_view="Zqtheirview."
    )


def _releases(world: World) -> None:
    """One at each end: a draft, proposed, sent back, refused, out, and recalled."""
    with bound_to(world.martin):
        rows = sealed_for(world.main, world.martin, world.now).values()
    found = {item.words.split("zq")[1].rstrip("."): item.number for item in rows}
    world.things["release"] = {}
    for name, items, act in (
        ("releasedraft", ["policeg"], None),
        ("releaseproposed", ["polices"], None),
        ("releasereturned", ["policeg"], disclosure.send_back),
        ("releaserefused", ["policeg"], disclosure.refuse),
        ("releaseout", ["educationg"], None),
        ("releaserecalled", ["healthg"], None),
    ):
        plan = _plan(world, name, [found[item] for item in items])
        release: Release = disclosure.draft(world.main, by=world.hannah, now=world.now, plan=plan)
        if name != "releasedraft":
            release = disclosure.propose(release, by=world.hannah, now=world.now)
        if act:
            release = act(release, by=world.ruth, now=world.now, because=f"Too much: zqwhy{name}.")
        if name in ("releaseout", "releaserecalled"):
            release = disclosure.approve(release, by=world.ruth, now=world.now, shown=release.body_hash)
            release = disclosure.open_released(release, by=world.amit, now=world.now)
            release = disclosure.acknowledge(release, by=world.amit, now=world.now)
        if name == "releaserecalled":
            release = disclosure.recall(release, by=world.hannah, now=world.now, because="Zqwhyreleaserecalled.")
        world.release[name] = release


def _plan(world: World, name: str, items: list[int]) -> Plan:
    return Plan(
        recipient=world.amit.pk,
        team=world.hub.teams["north-wend-assessment"].pk,
        purpose="assessment",
        purpose_words="To begin the assessment.",
        why_them="The family is theirs.",
        lawful_basis="public_task",
        gateway="ca1989_s17",
        necessity="Without it the first visit would be made blind.",
        told_family=True,
        told_family_words="",
        conditions=f"On the case file only: zq{name}.",
        expires_at=world.now + timedelta(days=28),
        items=tuple(Chosen(number, "full") for number in items),
    )


def _abuse(world: World) -> None:
    today = world.now.date()
    referral = abuse.refer_to_marac(
        world.main, by=world.hannah, now=world.now, criteria=["visible"], because="He held her: zqmaracbecause.",
        referred_on=today, victim_knows="agrees", safe_contact="By text: zqmaracsafe.", meets_on=today,
    )  # fmt: skip
    housing = world.hub.agencies["housing"].pk
    to_do = [GivenAction("Change the locks: zqmaracaction.", housing, "Tenancy team", today + timedelta(days=2))]
    met = GivenMeeting(today, "Seen weekly: zqmaracminutes.", "Sana", [world.mother.pk], to_do)
    abuse.record_marac(referral, by=world.hannah, now=world.now, given=met)
    world.things["marac"] = referral


def _decided(world: World) -> None:
    """A health visitor's own, decided at once and handed to the north team, who ask for it to be looked at again."""
    child = GivenPerson("Poppy", "Arkwright", sex="F", born_on=date(2017, 3, 1), source="Siobhan Daly")
    mother = GivenPerson("Lena", "Arkwright", sex="F", born_on=date(1990, 3, 1), source="Siobhan Daly")
    decided = world.receive(
        "decided", GivenParty(child, "child"), GivenParty(mother, "adult", "mother"), by=world.siobhan,
        channel="professional_form",
        referrer=GivenReferrer("professional", name="Siobhan Daly", email=world.siobhan.email),
    )  # fmt: skip
    for party in decided.parties.all():
        enquiries.settle_party(party, by=world.joanna, now=world.now)
    triage.screen(decided, by=world.joanna, now=world.now, outcome="research", considered="Nothing before.")
    triage.rate(world.fresh(decided), by=world.hannah, now=world.now, rating="amber", because="Left alone: zqrated.")
    outcome = GivenOutcome(
        "assessment", "See her this week: zqhandover.", team=world.hub.teams["north-wend-assessment"].pk
    )
    said = GivenDecision(
        is_safeguarding_concern=True, level=4, domains=("child",), facts="Alone at night: zqfacts.",
        analysis="Not safe: zqanalysis.", rationale="An assessment is needed: zqrationale.",
        not_known="Where the father is: zqnotknown.", for_referrer="The north team visits: zqforreferrer.",
        for_child="We want you safe: zqforchild.", outcomes=(outcome,),
    )  # fmt: skip
    decisions.decide_directly(world.fresh(decided), by=world.ruth, now=world.now, reason="routed", given=said)
    handover = Handover.objects.get(enquiry=decided)
    allocation.acknowledge(handover, by=world.amit, now=world.now, worker="Zqallocated")
    handover.refresh_from_db()
    allocation.step_up(handover, by=world.amit, now=world.now, because="Graver than it looked: zqstepup.")
    world.things |= {"handover": handover, "decided_child": _people_of(decided)[0]}
    world.things["tie"] = tying.relate(
        world.man, by=world.joanna, now=world.now, other=world.decided_child, kind="other", source="School: zqsaysso."
    )


def _adult(world: World) -> None:
    woman = GivenPerson("Edna", "Orrell", sex="F", born_on=date(1941, 4, 2), source="Home carer")
    adult = world.receive(
        "adult", GivenParty(woman, "adult"), kind="adult",
        fields={"concerns": ["adult_financial"], "adults_wishes": "My purse: zqwisheasked."},
    )  # fmt: skip
    adults.consider_children(adult, by=world.joanna, now=world.now, answer="none", because="None: zqchildconsidered.")
    triage.screen(world.fresh(adult), by=world.joanna, now=world.now, outcome="research", considered="Nothing before.")
    triage.rate(world.fresh(adult), by=world.hannah, now=world.now, rating="green", because="Money is short.")
    adults.record(
        world.fresh(adult), by=world.hannah, now=world.now, categories=["adult_financial"], has_needs=True,
        needs_because="Dementia: zqneeds.", is_at_risk=True, risk_because="He keeps her card: zqatrisk.",
        cannot_protect=True, protect_because="She forgets.", capacity="lacks", decision_about="The card: zqcapacity.",
        assessed_by="Dr Rao", assessed_on=world.now.date(), best_interests="The bank has it: zqbestinterests.",
        consent="not_asked", without_consent_because="She cannot decide.", wishes="Her own purse: zqwishes.",
    )  # fmt: skip


def _kept(world: World) -> None:
    """One enquiry is restricted to Martin; another is about somebody whom Ruth knows."""
    restricted = world.receive(
        "restricted", GivenParty(GivenPerson("Tove", "Zqrestrictedname", sex="F", born_on=date(2016, 2, 2)), "child")
    )
    world.things["restricted_person"] = _people_of(restricted)[0]
    restrictions.restrict(
        restricted, by=world.martin, now=world.now, category="relative_of_user",
        because="A colleague’s niece: zqrestrictbecause.", names=[world.martin],
    )  # fmt: skip
    with bound_to(world.martin):
        world.things["restriction"] = restricted.restrictions.get()
    conflict = world.receive(
        "conflict", GivenParty(GivenPerson("Una", "Zqconflictname", sex="F", born_on=date(2015, 5, 5)), "child")
    )
    world.things["conflict_person"] = _people_of(conflict)[0]
    world.things["conflict_row"] = restrictions.declare(
        world.conflict_person, by=world.ruth, now=world.now, because="My niece: zqconflictbecause."
    )
    world.things["glass"] = restrictions.break_glass(
        world.tomasz, by=world.tomasz, now=world.now, reference=restricted.reference, reason="immediate_risk",
        because="A child is being hurt now: zqglassbecause.",
    )  # fmt: skip


def _elsewhere(world: World) -> None:
    other = world.receive(
        "other", GivenParty(GivenPerson("Wynn", "Zqothername", sex="M", born_on=date(2014, 9, 9)), "child"),
        by=world.ellen, area=THERE,
    )  # fmt: skip
    world.things["other_person"] = _people_of(other)[0]
    gone = GivenPerson("Callum", "Rudd", sex="M", born_on=date(2019, 5, 2), source="Aunt")
    missing = world.receive("missing", GivenParty(gone, "child"))
    people_of = [one.pk for one in _people_of(missing)]
    world.things["missing_family"] = lookout.look_for(
        missing, by=world.hannah, now=world.now, who=people_of, because="Gone since Monday: zqlookout."
    )
    again = world.receive("sighted", GivenParty(gone, "child"), by=world.ellen, area=THERE)
    lookout.compare(again, by=lookout.LOOKING, now=world.now)


def _post(world: World) -> None:
    """A landlord's e-mail that nobody has read yet, and one whose sender is not known."""
    request = world.request["north-wend-housing"]
    text = f"Ring me, zqreplytext.\n{answer_of(request, words='zqreplyitem')}\nand more\n"
    files = (("zqenclosure.txt", b"zqenclosed"), ("second.txt", b"zqnotscanned"))
    world.things["reply"] = post.receive(None, by=POSTMAN, now=world.now, raw=reply_to(request, text, files=files))
    first, _ = world.things["enclosures"] = list(world.reply.enclosures.order_by("pk"))
    with patch("openmash.post.quarantine.scanned", return_value=""):  # the scanner's word: clean
        post.scan(first, by=POSTMAN, now=world.now)
    world.things["stray"] = post.bring_in(
        world.hub.areas[HERE], by=world.joanna, now=world.now,
        raw=b"From: zqsender@elsewhere.example\r\nTo: hub@openmash.example\r\nSubject: Zqsubject\r\n"
        b"Message-ID: <stray@elsewhere.example>\r\n\r\nFrom somebody: zqstray.\r\n",
    )  # fmt: skip


def _other_doors(world: World) -> None:
    area, now = world.hub.areas[HERE], world.now
    for agency, scopes in TOKENS.items():
        issued = systems.issue(
            area, by=world.nina, now=now, agency=world.hub.agencies[agency], name=f"System of {agency}", scopes=scopes,
            expires_at=now + timedelta(days=30),
            team=world.hub.teams["north-wend-assessment"] if "releases" in scopes else None,
        )  # fmt: skip
        systems.agree(issued.token, by=world.gwen, now=now)
        world.system[agency] = issued.shows
        if agency == "police":
            caller = systems.caller_for(issued.token.user)
            world.things["held"] = systems.hold_back(
                caller.token, by=caller.user, now=now, what="enquiry", key="k-1", body=b'{"worry": "zqheldback"}',
                because="zqheldwhy: There is no field of this name",
            )  # fmt: skip
    world.things["call"] = advice.advise(
        area, by=world.peter, now=now, outline="Bruises: zqoutline.", advice="Ring again: zqadvice.", level=2,
        agreed="enquiry", caller="Zqcaller", organisation="Zqcallersplace", telephone="01632 960 783",
        child_age="4", tried="Spoke to her: zqtried.",
    )  # fmt: skip
    advice.note(area, by=world.peter, now=now, whom="Zqnotewhom", gist="How to tell parents: zqgist.")
    lines = [
        "Ref,Date,Summary,RAG,Role,Forename,Surname,DOB,Address,Postcode",
        f"V1,{now.date()},Shouting: zqnotice.,Amber,Child,Mia,Zqnoticename,2018-03-01,14 Mill Lane,WX3 4AB",
        f"V2,{now.date()},Door kicked: zqforwarded.,Red,Child,Tom,Hart,2018-03-02,2 Mill Lane,WX3 4AC",
        f"V3,{now.date()},Music: zqretained.,Green,Child,Ada,Hill,2018-03-03,3 Mill Lane,WX3 4AD",
        "V4,not a date,Lost: zqrepair.,Red,Child,Tom,Hart,2019-05-05,2 Weir Street,WX1 1AA",
    ]
    kept = keep(io.BytesIO("\n".join(lines).encode()), "night.csv")
    file = notice_files.offer(area, kept, by=world.alan, source="Nightly", kind="ViST", now=now)
    columns = notice_files.columns_of(file)
    notice_files.read(notice_files.begin(file, by=world.alan, columns=columns, now=now), now=now)
    world.things |= {
        "notice_file": file,
        "repair": file.repairs.get(),
        "notices": {one.reference: one for one in Notification.objects.all()},
    }
    notices.forward(
        world.notices["V2"], by=world.alan, now=now, risk="red", because="Open to the team: zqforwardwhy.",
        team=world.hub.teams["north-wend-assessment"], worker="Amit Desai",
    )  # fmt: skip
    notices.retain(world.notices["V3"], by=world.alan, now=now, risk="green", because="All well: zqretainwhy.")
    check = checks.log(
        area, by=world.joanna, now=now, requester="cafcass", organisation="CAFCASS", basis="private_law",
        email="checks@cafcass.example", given="Iona", family="Mirren", born_on=BORN, received_at=now,
    )  # fmt: skip
    world.things["check"] = checks.propose(
        check, by=world.joanna, now=now, finding="known_before", answer="Early help in 2024: zqcheckanswer."
    )


def _records(world: World) -> None:
    today = world.now.date()
    world.things["hold"] = records.hold_enquiry(
        world.main, by=world.gwen, now=world.now, kind="inquiry", because="Letter of the inquiry: zqhold."
    )
    request = answering.open_request(
        world.mother, by=world.gwen, now=world.now, asker="self", asker_name="Sana Zqasker", asker_right="",
        received_on=today, identity_how="Passport, seen: zqidentity", identity_on=today,
    )  # fmt: skip
    answering.extend(request, by=world.gwen, now=world.now, because="Two hundred pages: zqextended.")
    world.things |= {"subject_request": request, "agreement": Agreement.objects.order_by("pk").first()}
    people.look_at(world.mother, by=world.hannah, now=world.now)
