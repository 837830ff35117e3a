"""The other doors of the hub in the county: calls for advice, and a night's file of police notifications."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from random import Random

from openmash.agencies.models import Area
from openmash.consultations import actions as advice
from openmash.consultations.models import Consultation
from openmash.county.families import Family, make_family
from openmash.county.feeds import Somebody, people_of
from openmash.county.hub import Hub
from openmash.enquiries.models import Party
from openmash.feeds.folder import keep
from openmash.notifications import actions as police
from openmash.notifications import loading
from openmash.notifications.models import Notification
from openmash.people import actions as people
from openmash.people.matching import candidates
from openmash.people.models import Person, Proposal
from openmash.people.queries import names_of
from openmash.statutory_checks import actions as checks
from openmash.statutory_checks.models import StatutoryCheck

_FROM = 500  # the numbers of families that only the police have heard of
_NOTIFIED, _TWICE_FROM, _AGAIN = 24, 20, 8  # the last four are of long ago, about families of this night
_WRONG_DAY, _FORWARDED = 11, 2  # which of the night's notifications
_RETAINED = (0, 3, 5, 23)  # the last two fall into the sample for a second look
_KNOWN = (_FORWARDED, 1, 9, 6)  # these are about families whom the hub knows

# Who rang, how many hours ago, what about, what they were told, the level, what was agreed.
_CALLS = (
    ("Weir Street Primary", "Ola Pine", "Designated safeguarding lead", 3, "7",
     "He falls asleep in class and said that nobody was up to wake him. Twice this month in a coat too small.",
     "Speak with his mother today and offer an early help assessment. Ring again if she says no.", 2, "early_help"),
    ("Moorland Medical Centre", "Dr Sunil Mehra", "GP", 7, "15",
     "She asked for the morning-after pill and would not say how old he is. An older man waited outside.",
     "Make an enquiry today and say that she is not to be told by letter.", 3, "enquiry"),
    ("Wend Street Nursery", "", "", 26, "3",
     "Bruises on both upper arms on two Mondays. The father said that she bumps into things.",
     "This is plain. Name the family and send the form within four hours.", 4, "enquiry"),
    ("Harbour Youth Club", "Tess Oyelaran", "Youth worker", 50, "13",
     "New trainers and two telephones, and he leaves when a car comes for him.",
     "Make an enquiry. Note the number of the car, do not follow it.", 3, "enquiry"),
    ("North Wend Housing Association", "Ray Cobb", "Tenancy officer", 75, "8 months",
     "The flat is cold and there is little food, but the mother takes every offer of help.",
     "Go on with what you do. Show her the family centre and the warm homes fund.", 1, "own_agency"),
    ("Weir Secondary School", "Ola Marsh", "Head of year", 120, "14",
     "She says that she cuts herself. Her parents know and see the GP.",
     "Ask the parents whether CAMHS has been offered. Nothing for the hub unless it gets worse.", 2, "speak_to_family"),
)  # fmt: skip

_INCIDENTS = (
    ("Domestic", "Green", "Shouting between the adults, heard by a neighbour. The children were in bed. No injuries."),
    ("Domestic", "Amber", "He had blocked the door and taken her telephone. A child stood on the stairs and cried."),
    ("Domestic", "Red", "He held her by the neck in front of the children. He was arrested at the address."),
    ("Missing child", "Amber", "Back at 3am after two nights. Would not say where. This is the fourth time."),
    ("Antisocial behaviour", "Green", "Stones thrown at buses with two others. Taken home, spoken to with a parent."),
    ("Welfare check", "Green", "The school had not seen the child for a week. Seen well; the family had been away."),
    ("Drugs warrant", "Red", "Cannabis and cash under a cot. The baby slept in the room."),
    ("Concern for safety", "", "An anonymous caller says that the children are alone most evenings."),
)


# Who asks, on what basis, how many days ago, and what was found.
_CHECKS = (
    ("cafcass", "CAFCASS", "private_law", 1, "known_before",
     "Known to early help from March to September 2024. The case was closed with the family's agreement."),
    ("council", "Brackenshire Council", "moved", 2, "not_known",
     "Not known to children's social care in Wendmark."),
    ("fostering", "Harbour Lights Fostering", "suitability", 4, "", ""),
    ("court", "Harrowmouth Family Court", "section_7", 1, "", ""),
)  # fmt: skip


def tell_doors(hub: Hub, now: datetime) -> None:
    """Every door, once. Nothing here is of a real person."""
    if not Consultation.objects.exists():
        _calls(hub, now)


def tell_night(hub: Hub, now: datetime) -> None:
    """The police's notifications of one night, once the hub knows some families of its own."""
    if not Notification.objects.exists():
        _notifications(hub, now)


def tell_guarded(hub: Hub, now: datetime) -> None:
    """One child who was placed for adoption is asked about again: who that is takes two people to say."""
    if Proposal.objects.exists():
        return
    joanna = hub.staff["joanna"]
    waiting = Party.objects.filter(is_matched=False, role="child").select_related("person").order_by("pk")[:40]
    for party in waiting:
        again = [one for one in candidates(party.person, by=joanna) if one.band == "match" and one.judged is None]
        if again:
            known = Person.objects.get(pk=again[0].person)
            people.mark(
                known, by=joanna, now=now, kind="protected_identity", agency=hub.agencies["childrens-social-care"],
                team="Adoption", source="The adoption team",
            )  # fmt: skip
            people.propose_same(party.person, by=joanna, now=now, other=known)
            return


def tell_checks(hub: Hub, now: datetime) -> None:
    """Children of families whom the hub knows are asked about: one answered, one to approve, two to answer."""
    if StatutoryCheck.objects.exists():
        return
    area, joanna, ruth = hub.areas["wend-valley"], hub.staff["joanna"], hub.staff["ruth"]
    children = Party.objects.filter(role="child", enquiry__area=area).order_by("pk").values_list("person", flat=True)
    names = [line for line in names_of(children, today=now.date()).values() if line.born_on]
    for place, (asked, child) in enumerate(zip(_CHECKS, names[:: max(1, len(names) // len(_CHECKS))], strict=False)):
        requester, organisation, basis, days, finding, answer = asked
        came = (now - timedelta(days=days + 2)).replace(hour=10, minute=5 + 7 * place)
        given, _, family = child.name.rpartition(" ")
        row = checks.log(
            area, by=joanna, now=came, requester=requester, organisation=organisation, basis=basis,
            email=f"checks@{organisation.split()[0].lower()}.example", given=given, family=family,
            born_on=child.born_on, received_at=came,
        )  # fmt: skip
        if answer:
            row = checks.propose(row, by=joanna, now=came + timedelta(hours=4), finding=finding, answer=answer)
        if place == 0:
            checks.approve(row, by=ruth, now=came + timedelta(hours=26))


def _calls(hub: Hub, now: datetime) -> None:
    area, peter = hub.areas["wend-valley"], hub.staff["peter"]
    for place, (organisation, caller, job, hours, child, outline, told, level, agreed) in enumerate(_CALLS):
        at = now - timedelta(hours=hours)
        call = advice.advise(
            area, by=peter, now=at, organisation=organisation, caller=caller, job_title=job, child_age=child,
            outline=outline, advice=told, level=level, agreed=agreed, is_harm_plain=level == 4,
            telephone=f"01632 960 {410 + place}" if caller else "",
            training=["consent"] if agreed == "speak_to_family" else [],
        )  # fmt: skip
        if place == 3:
            advice.close(call, by=peter, now=at + timedelta(hours=30), because="The enquiry came by telephone: keyed.")
    _calls_before(hub, now - timedelta(days=40))
    for hours, whom, gist in (
        (2, "Ward sister, Wendmark General", "Asked how to tell parents that an enquiry is made. Sent the leaflet."),
        (30, "Deputy head, Weir Street", "Wanted to know whether late collection is for us. It is not, by itself."),
    ):
        advice.note(area, by=peter, now=now - timedelta(hours=hours), whom=whom, gist=gist)


def _calls_before(hub: Hub, now: datetime) -> None:
    """Another adviser was asked much the same, and found less in it: whether they advise alike is there to see."""
    for organisation, _, _, hours, child, outline, told, level, _ in _CALLS[:5]:
        at, found = now - timedelta(hours=hours), max(1, level - 1)
        agreed = "enquiry" if found == 3 else "own_agency"
        call = advice.advise(
            hub.areas["wend-valley"], by=hub.staff["moira"], now=at, organisation=organisation, child_age=child,
            outline=outline, advice=told, level=found, agreed=agreed,
        )  # fmt: skip
        if agreed == "enquiry":
            advice.close(
                call, by=hub.staff["moira"], now=at + timedelta(hours=20), because="It came by telephone: keyed."
            )


def _notifications(hub: Hub, now: datetime) -> None:
    """A night's extract, read as an evaluator would: two rows wait to be put right, a few are evaluated already.

    Some families the hub knows; two children are open to a worker, and one is forwarded to that worker. One of what
    was retained was looked at by a second evaluator.
    """
    area, alan, draw = hub.areas["wend-valley"], hub.staff["alan"], Random("notifications")
    known = _known_homes(area)
    for home in known[:2]:
        _open_to_a_worker(hub, now, home)
    kept = keep(BytesIO(_extract(now, draw, known).encode()), "vist-nightly.csv")
    file = loading.offer(area, kept, by=alan, source="Nightly extract", kind="ViST", now=now)
    loading.read(loading.begin(file, by=alan, columns=loading.columns_of(file), now=now), now=now)
    waiting = {row.reference: row for row in Notification.objects.select_related("area")}
    for number in _RETAINED:
        because = "Seen by the same officers last month. The child was well and in the care of an adult."
        police.retain(waiting[_reference(number)], by=alan, now=now, risk="green", because=because)
    police.forward(
        waiting[_reference(_FORWARDED)], by=alan, now=now, risk="amber", worker="Amit Desai",
        because="The case is open: the worker needs it today.", team=hub.teams["north-wend-assessment"],
    )  # fmt: skip
    first = Notification.objects.filter(is_sampled=True).select_related("area").earliest("pk")
    police.second(first, by=hub.staff["greta"], now=now, outcome=first.state, because="Nothing in it is new.")


def _reference(number: int) -> str:
    return f"VW{4100 + number}"


def _known_homes(area: Area) -> list[list[Somebody]]:
    """The homes with children whom the hub knows, the latest first."""
    homes: dict[str, list[Somebody]] = {}
    for one in people_of(area):
        if one.lines:
            homes.setdefault(f"{one.lines}, {one.postcode}", []).append(one)
    with_children = [home for home in homes.values() if any(one.is_child for one in home)]
    return [sorted(home, key=lambda one: not one.is_child) for home in reversed(with_children)]


def _open_to_a_worker(hub: Hub, now: datetime, home: list[Somebody]) -> None:
    people.mark(
        Person.objects.get(pk=home[0].number), by=hub.staff["joanna"], now=now, kind="child_in_need",
        agency=hub.agencies["childrens-social-care"], team=hub.teams["north-wend-assessment"].name,
        worker="Amit Desai", since=(now - timedelta(days=120)).date(),
    )  # fmt: skip


def _extract(now: datetime, draw: Random, known: list[list[Somebody]]) -> str:
    """Families that only the police have heard of, four of them years ago too; and some whom the hub knows."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(("ViST Ref", "Incident Date", "Incident Type", "Summary", "RAG", "Role", "Forename", "Surname", "DOB",
                    "Address", "Postcode", "Linked Logs"))  # fmt: skip
    others = [make_family(_FROM + number, "wend-valley", now.date(), draw) for number in range(_TWICE_FROM)]
    homes = dict(zip(_KNOWN, known, strict=False))
    for number in range(_NOTIFIED):
        kind, grade, words = _INCIDENTS[number % len(_INCIDENTS)]
        is_old = number >= _TWICE_FROM
        day = (now - timedelta(days=draw.randrange(400, 1500) if is_old else draw.randrange(1, 4))).date()
        when = "yesterday" if number == _WRONG_DAY else f"{day:%d/%m/%Y}"
        logs = f"L{draw.randrange(1000, 9999)}; L{draw.randrange(1000, 9999)}" if draw.random() < 0.4 else ""
        people = _of_home(homes[number]) if number in homes else _of_family(others[number - _AGAIN * is_old].on(day))
        for role, person in people[:3]:
            lines.writerow((_reference(number), when, kind, words, grade, role, *person, logs))
    return text.getvalue()


def _of_home(home: list[Somebody]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            "Child" if one.is_child else "Adult",
            (one.given, one.family, f"{one.born_on:%d/%m/%Y}", one.lines, one.postcode),
        )
        for one in home
    ]


def _of_family(family: Family) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for member in family.members:
        one = member.person
        born = f"{one.born_on:%d/%m/%Y}" if one.born_on else ""
        role = "Child" if member.role in ("child", "unborn") else "Adult"
        found.append((role, (one.given, one.family, born, one.address_lines, one.postcode)))
    return found
