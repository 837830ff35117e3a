"""What stands in the hub before the journeys begin, made through real actions: run as a program, it prints the names.

Each story belongs to one journey, which takes it from there in the browser. Nobody in it exists.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import django


@dataclass(frozen=True)
class Told:
    """One story: a family by its surname, how far it has come, and how many working hours ago it came in."""

    name: str
    surname: str
    until: str
    hours: float = 2
    rating: str = "amber"
    agencies: tuple[str, ...] = ("police", "education")
    silent: tuple[str, ...] = ()
    postcode: str = "WX1 4QT"
    telephone: str = ""


STORIES = (
    Told("to be fast-tracked", "Skerrow", "received"),
    Told("to be rated", "Amblecote", "screened"),
    Told("to be done without JavaScript", "Cattermole-Reed", "screened"),
    Told("to be asked about", "Thringle", "triaged", rating="red"),
    Told("with the police still to answer", "Ludgarth", "gathering", silent=("police",)),
    Told("decided, to stand", "Pennymoor", "decided", 7, silent=("education",)),
    Told("decided, to reopen", "Wexcombe", "decided", 7, silent=("education",)),
    Told("decided, with a way that is not safe", "Orlebar", "decided", 7, agencies=("police",)),
    Told("for a system of the police to answer", "Tregarth", "gathering", agencies=("police",), silent=("police",)),
    Told("to be re-rated by two", "Ostrander", "gathering", silent=("police", "education")),
    Told("ready for decision", "Hallowell-Oduya", "review", 6, agencies=("police", "health", "education"),
         telephone="01632 960 471"),
    Told("closed", "Brindlow", "closed", 30),
    Told("to be kept closed", "Quarmby", "received"),
    Told("domestic abuse rated green", "Tollgarth", "triaged", rating="green"),
    Told("of a family that cannot be found", "Windlestraw", "triaged", 20),
    Told("known to agencies", "Marlow-Quint", "closed", 30, postcode="WX1 7LD"),
)  # fmt: skip


def tell() -> dict[str, str]:
    """In the hubs of Wendmark, which are there: the reference of every story by its name."""
    from django.utils import timezone

    from openmash.county.hub import load_hub
    from openmash.county.telling import Course, Teller, working_moment

    now, teller = timezone.now(), Teller(load_hub(), Random(375))
    area = teller.hub.areas["wend-valley"]
    told = {"Wayne, known": _known_before(teller, now)}
    for story in STORIES:
        came = working_moment(area, now, story.hours)
        course = Course(
            came, until=story.until, rating=story.rating, level=3, agencies=story.agencies, silent=story.silent
        )
        told[story.name] = teller.tell(_family(story, now.date()), course).reference
    _called_not_safe(told["decided, with a way that is not safe"], now)
    _sealed_by_the_police(told["decided, with a way that is not safe"], teller.hub, now)
    _feed(teller.hub, now)
    _add_up(area, now)
    return told


def _add_up(area, now: datetime) -> None:
    """What the worker does every five minutes, so that nobody waits for it."""
    from openmash.cumulative.actions import ADDING_UP, add_up

    add_up(area, by=ADDING_UP, now=now)


def _called_not_safe(reference: str, now: datetime) -> None:
    """The number that the referrer gave is one that somebody of the family called not safe."""
    from openmash.enquiries.models import Enquiry
    from openmash.people.models import Contact

    enquiry = Enquiry.objects.select_related("referrer").get(reference=reference)
    enquiry.referrer.telephone = enquiry.referrer.telephone or "01632 960 474"
    enquiry.referrer.save()
    mother = enquiry.parties.get(relation_to_child="mother").person
    Contact.objects.create(
        person=mother, kind="telephone", value=enquiry.referrer.telephone, is_safe=False, source="The mother",
        recorded_at=now,
    )  # fmt: skip


def _sealed_by_the_police(reference: str, hub, now: datetime) -> None:
    from openmash.enquiries.models import Enquiry
    from openmash.intelligence.actions import GivenItem, deposit

    item = GivenItem("A neighbour is afraid of him and will not be named.", "fact", "2", "B", sensitivity="X")
    enquiry = Enquiry.objects.get(reference=reference)
    deposit(enquiry, by=hub.staff["lewis"], now=now, answer=None, items=(item,))


def _feed(hub, now: datetime) -> None:
    """The school knows a girl whom the hub knows; the police know two men of whom the hub never heard; probation has
    something sealed of one whom the hub knows. Linked."""
    from io import BytesIO

    from openmash.audit.actors import SETTING_UP
    from openmash.feeds.actions import agree
    from openmash.feeds.folder import keep
    from openmash.feeds.loading import offer, read
    from openmash.feeds.policies import LOADER
    from openmash.people.matching.linking import link_changed

    born = now.date() - timedelta(days=3000)
    lists = {
        "education": f"E1,Edie,Marlow Quint,{born},3 Marlow-Quint Terr,WX1 7LD,yes",
        "police": "P1,Dennis,Harkaway,1979-03-14,8 Kelp Street,WX4 9ZZ,no\nP2,Waldo,Pemberley,1981-07-02,,,no",
    }
    for agency, row in lists.items():
        feed = agree(hub.agencies[agency], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=False)
        file = BytesIO(f"number,given,family,born_on,address,postcode,open\n{row}\n".encode())
        read(offer(feed, keep(file, f"{agency}.csv"), by=LOADER, is_full=True))
    feed = agree(hub.agencies["probation"], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=True)
    for name, rows in {
        "people": "number,given,family,born_on,address,postcode,open\n"
        "R1,Karl,Orlebar,1988-09-30,3 Orlebar Terrace,WX1 4QT,yes\n",
        "events": f"number,happened_on,kind,words,sensitivity\n"
        f"R1,{now.date() - timedelta(days=40)},incident,His cellmate says that he will come for them.,X\n",
    }.items():
        read(offer(feed, keep(BytesIO(rows.encode()), f"{name}.csv"), by=LOADER, is_full=False))
    link_changed(now=now)


def _family(story: Told, today: date):
    from openmash.county.families import Family, Member
    from openmash.people.given import GivenPerson

    surname = story.surname
    home = {"address_lines": f"3 {surname} Terrace", "postcode": story.postcode}
    child = GivenPerson("Edie", surname, sex="F", born_on=today - timedelta(days=3000), **home)
    mother = GivenPerson("Ros", surname, sex="F", born_on=date(1991, 5, 3), telephone=story.telephone, **home)
    father = GivenPerson("Karl", surname, sex="M", born_on=date(1988, 9, 30), **home)
    members = (
        Member(child, "child", school="Weir Street Primary"),
        Member(mother, "adult", "mother", factors=("da_parent",)),
        Member(father, "adult", "father"),
    )
    return Family(f"journey-{surname}", "wend-valley", "north-wend", members, "da_parent")


def _known_before(teller, now: datetime) -> str:
    """The man of source case 4 was in an enquiry about somebody else, twenty months ago; so was a namesake of hers."""
    from openmash.county.families import Family, Member
    from openmash.county.telling import Course
    from openmash.people.given import GivenPerson

    home = {"address_lines": "5 Sluice Lane", "postcode": "WX4 2LN"}
    members = (
        Member(GivenPerson("Alfie", "Tarrant", sex="M", born_on=date(2016, 1, 20), **home), "child"),
        Member(GivenPerson("Gemma", "Northcott", sex="F", **home), "adult", "mother"),
        Member(GivenPerson("Wayne", "Dyer", sex="M", born_on=date(1987, 2, 9), **home), "adult", "step_parent"),
    )
    family = Family("journey-known", "wend-valley", "south-wend", members, "da_parent")
    course = Course(now - timedelta(days=600), until="closed", rating="green", level=1, is_direct=True)
    return str(teller.tell(family, course).reference)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(tell()))
