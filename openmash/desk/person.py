"""The person page: who somebody is, who knows them, where and with whom they live, and what nobody has told us (M5)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from openmash.agencies.doors import holding
from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.design.moments import day
from openmash.design.page import NavItem, page
from openmash.design.pictures import Picture
from openmash.desk.person_family import family_picture
from openmash.enquiries.models import Party
from openmash.enquiries.queries import EarlierLine, of_people, years_as_child
from openmash.feeds.known import Known, known_to
from openmash.people.actions import look_at
from openmash.people.contacting import cautions
from openmash.people.markers import BEWARE, marker_says
from openmash.people.queries import NO_GP, NO_SCHOOL, PersonView, family_of, load_person
from openmash.people.whereabouts import WITHHELD

_CAUTIONED = frozenset(marker_says(kind) for kind in BEWARE)


@dataclass(frozen=True)
class Judged:
    """What has just been said, so that it can be taken back at once."""

    number: int
    says: str


@dataclass(frozen=True)
class Surroundings:
    """What stands around every page about one person."""

    person: PersonView
    areas: tuple[NavItem, ...]
    judged: Judged | None
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A school or a surgery, as an enquiry told of it."""

    what: str
    name: str
    reference: str


@dataclass(frozen=True)
class PersonPage:
    around: Surroundings
    family: Picture | None
    enquiries: tuple[EarlierLine, ...]
    known_as_child: int
    known: tuple[Known, ...]
    places: tuple[Place, ...]
    gaps: tuple[str, ...]
    risks: tuple[str, ...]
    deaths: tuple[str, ...]


@holding(Permission.MATCH_PEOPLE)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Everything known of one person. Every look is on the ledger; who may not know them gets a 404."""
    by = request.user
    record = load_person(number, by=by)
    view = look_at(record, by=by)
    places = places_of(view.records, is_protected=view.is_protected)
    known = known_to([view.lead], by=by).get(view.lead, ())
    return page(
        request,
        "desk/person.html",
        PersonPage(
            around=surroundings(request, view, ""),
            family=_family(view, by),
            enquiries=of_people(view.records, by=by),
            known_as_child=years_as_child({view.lead: view.records}).get(view.lead, 0),
            known=known,
            places=places,
            gaps=_gaps(view, places),
            risks=_risks(view),
            deaths=_deaths(known),
        ),
    )


def surroundings(request: HttpRequest, view: PersonView, current: str) -> Surroundings:
    """The identity bar and the areas; `?judged=` names a judgement that can still be undone."""
    path = f"/person/{view.lead}/"
    places = [("", "Person", "o"), ("contact/", "Safe contact", "t"), ("matches/", "Possible matches", "m")]
    if view.is_protected and request.user.areas_where(Permission.OPEN_WHEREABOUTS):
        places.append(("whereabouts/", "Where they are", "h"))
    if len(view.records) > 1:
        places.append(("review/", "Review what was given", "r"))
    areas = tuple(NavItem(label, path + part, current=part == current, key=key) for part, label, key in places)
    return Surroundings(view, areas, _judged(request, view), cautions(view.records, by=request.user))


def _judged(request: HttpRequest, view: PersonView) -> Judged | None:
    number = request.GET.get("judged", "")
    said = {str(one.judgement): one for one in view.judgements}
    if number not in said:
        return None
    words = "are one person" if said[number].says == "same" else "are not the same person"
    who = "You" if said[number].by == request.user.name else said[number].by
    return Judged(int(number), f"{who} said that {view.name} and {said[number].other_name} {words}.")


def _family(view: PersonView, by: User) -> Picture | None:
    """The diagram, when there is anybody else to draw."""
    housemates = {one.lead for home in view.households_now for one in home.members}
    family = family_of({view.lead, *housemates}, by=by)
    return family_picture(family, focus=frozenset({view.lead})) if len(family.people) > 1 else None


def places_of(records: tuple[int, ...], *, is_protected: bool) -> tuple[Place, ...]:
    """Schools and surgeries that enquiries named, the latest first, each once."""
    rows = Party.objects.filter(person__in=records).order_by("-id").values_list("school", "gp", "enquiry__reference")
    found: dict[tuple[str, str], Place] = {}
    for school, gp, reference in rows:
        for what, name in (("School, nursery or college", school), ("GP", gp)):
            if name and is_protected:
                found[what, ""] = Place(what, WITHHELD, "")
            elif name:
                found.setdefault((what, name.casefold()), Place(what, name, reference))
    return tuple(found.values())


def _gaps(view: PersonView, places: tuple[Place, ...]) -> tuple[str, ...]:
    """What nobody has told us, neither of the person nor in any enquiry about them."""
    told = {one.what for one in places}
    closed = {NO_GP if what == "GP" else NO_SCHOOL for what in told}
    return tuple(gap for gap in view.gaps if gap not in closed)


def _deaths(known: tuple[Known, ...]) -> tuple[str, ...]:
    """What agencies' lists say of their death, each once."""
    dead = [one for one in known if one.is_deceased or one.died_on]
    return tuple(
        dict.fromkeys(
            f"{one.agency} says that they died{f' on {day(one.died_on)}' if one.died_on else ''}." for one in dead
        )
    )


def _risks(view: PersonView) -> tuple[str, ...]:
    """What else those who live there carry: it surfaces in any household that they join (M53)."""
    lines = (
        f"{one.name}, who lives there: {says[0].lower()}{says[1:]}"
        for home in view.households_now
        for one in home.members
        for says in one.risks
        if says not in _CAUTIONED
    )
    return tuple(dict.fromkeys(lines))  # somebody may be recorded at two addresses
