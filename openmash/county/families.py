"""The families of Wendmark: who they are, before any agency has heard of them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from openmash.county.hub import LOCALITIES
from openmash.county.names import GROUPS, SCHOOLS, STREETS, SURGERIES, group_of, nhs_number
from openmash.people.given import GivenPerson


@dataclass(frozen=True)
class Member:
    """One of a family: as they are, how they are related to the children, and whether they live there."""

    person: GivenPerson
    role: str
    relation: str = ""
    lives_there: bool = True
    school: str = ""
    gp: str = ""
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    key: str
    area: str
    locality: str
    members: tuple[Member, ...]
    concern: str
    is_known: bool = field(default=False)

    @property
    def children(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.role in ("child", "unborn"))


# What brings a family to the hub, with how often.
CONCERNS = (
    ("da_parent", 26),
    ("neglect", 16),
    ("mh_parent", 9),
    ("emotional", 8),
    ("physical_adult", 8),
    ("alcohol_parent", 6),
    ("drugs_parent", 6),
    ("behaviour", 5),
    ("mh_child", 4),
    ("sexual_adult", 3),
    ("cse", 2),
    ("cce", 2),
    ("education", 2),
    ("housing", 2),
    ("unborn", 1),
)
_FACTORS = {
    "da_parent": "da_parent",
    "mh_parent": "mh_parent",
    "alcohol_parent": "alcohol_parent",
    "drugs_parent": "drugs_parent",
}


def make_family(number: int, area: str, today: date, draw: Random) -> Family:
    """One family of the area, drawn from the seed: between one and five children, their adults, one home or two."""
    group = group_of(area, draw)
    locality = draw.choice([place for place in LOCALITIES if place[0] == area])
    concern = draw.choices(*zip(*CONCERNS, strict=True))[0]
    home = _home(locality[3], draw)
    surname = draw.choice(GROUPS[group][2])
    children = _children(group, surname, home, today, concern, draw)
    adults = _adults(group, surname, home, locality[3], today, concern, draw)
    return Family(f"{area}-{number}", area, locality[1], (*children, *adults), concern)


def _home(districts: tuple[str, ...], draw: Random) -> tuple[str, str]:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    postcode = f"{draw.choice(districts)} {draw.randrange(1, 10)}{draw.choice(letters)}{draw.choice(letters)}"
    return f"{draw.randrange(1, 140)} {draw.choice(STREETS)}", postcode


def _person(group: str, sex: str, surname: str, born: date | None, home: tuple[str, str], draw: Random) -> GivenPerson:
    women, men, _, codes, language = GROUPS[group]
    ethnicity = draw.choice(codes)
    return GivenPerson(
        given=draw.choice(women if sex == "F" else men),
        family=surname,
        sex=sex,
        born_on=born,
        ethnicity=ethnicity,
        language=language,
        needs_interpreter=language != "English" and draw.random() < 0.3,
        address_lines=home[0],
        postcode=home[1],
    )


def _children(group: str, surname: str, home: tuple[str, str], today: date, concern: str, draw: Random) -> list[Member]:
    gp = draw.choice(SURGERIES)
    found: list[Member] = []
    names: set[str] = set()
    for _ in range(draw.choices((1, 2, 3, 4, 5), (38, 34, 17, 8, 3))[0]):
        born = today - timedelta(days=draw.randrange(20, 17 * 365))
        person = _person(group, draw.choice("FM"), surname, born, home, draw)
        if person.given in names:
            continue
        names.add(person.given)
        numbers = (("nhs", nhs_number(draw)),) if draw.random() < 0.6 else ()
        age = (today - born).days // 365
        school = draw.choice(SCHOOLS) if age >= 3 else ""
        found.append(Member(replace(person, identifiers=numbers), "child", school=school, gp=gp))
    if concern == "unborn":
        due = today + timedelta(days=draw.randrange(30, 200))
        unborn = GivenPerson(family=surname, due_on=due, address_lines=home[0], postcode=home[1])
        found.append(Member(unborn, "unborn", gp=gp))
    return found


def _adults(
    group: str,
    surname: str,
    home: tuple[str, str],
    districts: tuple[str, ...],
    today: date,
    concern: str,
    draw: Random,
) -> list[Member]:
    def aged(low: int, high: int) -> date:
        return today - timedelta(days=draw.randrange(low * 365, high * 365))

    factor = (_FACTORS[concern],) if concern in _FACTORS else ()
    telephone = f"07700 900{draw.randrange(1000):03}"
    mother = replace(_person(group, "F", surname, aged(20, 46), home, draw), telephone=telephone)
    found = [Member(mother, "adult", "mother", factors=factor)]
    kind = draw.random()
    if kind < 0.45:
        found.append(Member(_person(group, "M", surname, aged(21, 52), home, draw), "adult", "father"))
    elif kind < 0.75:
        other_surname = draw.choice(GROUPS[group][2])
        away = _home(districts, draw)
        found.append(Member(_person(group, "M", other_surname, aged(21, 52), away, draw), "other", "father", False))
    if 0.55 < kind < 0.8:
        partner = _person(
            "british" if draw.random() < 0.3 else group, "M", draw.choice(GROUPS[group][2]), aged(19, 50), home, draw
        )
        found.append(Member(partner, "adult", "step_parent"))
    if draw.random() < 0.12:
        found.append(Member(_person(group, "F", surname, aged(48, 76), home, draw), "adult", "grandparent"))
    return found
