"""The families of Wendmark: who they are, before any agency has heard of them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from openmash.county.hub import LOCALITIES
from openmash.county.names import STREETS, SURGERIES, Group, group_of, nhs_number, school_at, surname_for
from openmash.people.given import GivenPerson

YEAR = 365.25
_PREGNANT_AND_KNOWN = timedelta(days=230)
# Numbers that nobody has, kept for stories; some belong to the people of the source cases.
_TAKEN = {155, 388, 641, 712}


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

    @property
    def mark(self) -> str:
        """Tells the members of one family apart: no two have the same first name."""
        return self.person.given or self.role

    def age_on(self, day: date) -> int:
        """In whole years; -1 before birth."""
        return int((day - self.person.born_on).days // YEAR) if self.person.born_on else -1

    def is_there_on(self, day: date) -> bool:
        """Whether anybody could know of them on that day: born, or expected within some months."""
        if self.person.due_on:
            return day <= self.person.due_on <= day + _PREGNANT_AND_KNOWN
        return self.person.born_on is None or self.person.born_on < day


@dataclass(frozen=True)
class Family:
    key: str
    area: str
    locality: str
    members: tuple[Member, ...]
    concern: str
    number: int = 0
    """What it was drawn with; 0 is a family that is told as it stands."""

    @property
    def children(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.role in ("child", "unborn"))

    def first_born_on(self) -> date:
        return min(child.person.born_on for child in self.children if child.person.born_on)

    def on(self, day: date) -> "Family":
        """The family as it was that day: without those not yet born, and each at the school of their age."""
        if not self.number:
            return self
        there = (member for member in self.members if member.is_there_on(day))
        return replace(self, members=tuple(self._at_school(member, day) for member in there))

    def _at_school(self, member: Member, day: date) -> Member:
        if member.role != "child":
            return member
        began = date(day.year if day.month >= 9 else day.year - 1, 8, 31)
        return replace(member, school=school_at(self.area, member.age_on(began), self.number))


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
_FACTORS = ("da_parent", "mh_parent", "alcohol_parent", "drugs_parent")
# Concerns about a child of at least such an age; any family has somebody old enough for the others.
_LEAST_AGE = {"behaviour": 12, "mh_child": 12, "cse": 13, "cce": 13, "education": 6, "emotional": 6, "sexual_adult": 5}


def make_family(number: int, area: str, today: date, draw: Random) -> Family:
    """One family of the area, drawn from the seed: between one and five children, their adults, one home or two."""
    locality = draw.choice([place for place in LOCALITIES if place[0] == area])
    concern = draw.choices(*zip(*CONCERNS, strict=True))[0]
    made = _Made(number, area, locality[3], concern, today, draw)
    return Family(f"{area}-{number}", area, locality[1], tuple(made.members()), concern, number)


class _Made:
    """A family while it is being drawn. No two of its members get the same first name."""

    def __init__(
        self, number: int, area: str, districts: tuple[str, ...], concern: str, today: date, draw: Random
    ) -> None:
        self.number, self.area, self.districts, self.concern = number, area, districts, concern
        self.today, self.draw = today, draw
        self.group = group_of(area, draw)
        self.surname = draw.choice(self.group.surnames)
        self.home = self._home()
        self.language = draw.choice(self.group.origins)
        self.names: set[str] = set()

    def members(self) -> list[Member]:
        children = self._children()
        oldest = min((child.person.born_on for child in children if child.person.born_on), default=self.today)
        return [*children, *self._adults(oldest)]

    def _home(self) -> tuple[str, str]:
        house, street, district = (
            self.draw.randrange(1, 140), self.draw.choice(STREETS), self.draw.choice(self.districts)
        )  # fmt: skip
        letters = Random(f"{district} {street} {house // 20}").choices("ABDEFGHJLNPQRSTUWXYZ", k=2)
        return f"{house} {street}", f"{district} {len(street) % 9 + 1}{''.join(letters)}"

    def _person(
        self, names: list[str], sex: str, surname: str, born: date, home: tuple[str, str], group: Group | None = None
    ) -> GivenPerson:
        given = self.draw.choice([name for name in names if name not in self.names])
        self.names.add(given)
        ethnicity, language = self.draw.choice(group.origins) if group else self.language
        return GivenPerson(
            given=given,
            family=surname_for(surname, sex),
            sex=sex,
            born_on=born,
            ethnicity=ethnicity,
            language=language,
            needs_interpreter=language != "English" and born.year < self.today.year - 18 and self.draw.random() < 0.3,
            address_lines=home[0],
            postcode=home[1],
        )

    def _children(self) -> list[Member]:
        gp = self.draw.choice(SURGERIES[self.area])
        found = []
        least = _LEAST_AGE.get(self.concern, 0) or (3 if self.draw.random() < 0.7 else 0)
        born = self.today - timedelta(days=int(self.draw.uniform(max(least * YEAR, 20), 17.9 * YEAR)))
        for _ in range(self.draw.choices((1, 2, 3, 4, 5), (38, 34, 17, 8, 3))[0]):
            if born > self.today - timedelta(days=20):
                break
            sex = self.draw.choice("FM")
            person = self._person(
                self.group.girls if sex == "F" else self.group.boys, sex, self.surname, born, self.home
            )
            numbers = (("nhs", nhs_number(self.draw)),) if self.draw.random() < 0.6 else ()
            found.append(Member(replace(person, identifiers=numbers), "child", gp=gp))
            born += timedelta(days=self.draw.randrange(330, 1700))
        if self.concern == "unborn":
            due = self.today + timedelta(days=self.draw.randrange(30, 200))
            home = {"address_lines": self.home[0], "postcode": self.home[1]}
            found.append(Member(GivenPerson(family=self.surname, due_on=due, **home), "unborn", gp=gp))
        return found

    def _before(self, born: date, low: float, high: float) -> date:
        return born - timedelta(days=int(self.draw.triangular(low, high) * YEAR))

    def _adults(self, oldest: date) -> list[Member]:
        draw, kind = self.draw, self.draw.random()
        factor = (self.concern,) if self.concern in _FACTORS else ()
        own = self.surname if draw.random() < 0.7 else draw.choice(self.group.surnames)
        mother = self._person(self.group.women, "F", own, self._before(oldest, 17, 36), self.home)
        found = [Member(replace(mother, telephone=_telephone(self.number)), "adult", "mother", factors=factor)]
        if kind < 0.45:
            found.append(self._man("father", self.surname, self._before(oldest, 17, 42), self.home))
        elif kind < 0.75:
            away = self._man("father", draw.choice(self.group.surnames), self._before(oldest, 17, 42), self._home())
            found.append(replace(away, role="other", lives_there=False))
        if 0.55 < kind < 0.8:
            group = group_of(self.area, draw)
            born = min(
                mother.born_on + timedelta(days=draw.randrange(-3000, 2500)),
                self.today - timedelta(days=int(18.2 * YEAR)),
            )
            found.append(self._man("step_parent", draw.choice(group.surnames), born, self.home, group))
        if draw.random() < 0.12:
            person = self._person(self.group.women, "F", own, self._before(mother.born_on, 17, 34), self.home)
            found.append(Member(person, "adult", "grandparent"))
        return found

    def _man(
        self, relation: str, surname: str, born: date, home: tuple[str, str], group: Group | None = None
    ) -> Member:
        return Member(self._person((group or self.group).men, "M", surname, born, home, group), "adult", relation)


def _telephone(number: int) -> str:
    """A number for stories, whose range holds a thousand: no two families share one, so most have none."""
    if number < 100:
        last = number
    elif number % 3 == 0 and number >= 1000:
        last = 100 + (number - 1000) // 3
    else:
        return ""
    return f"07700 900{last:03}" if last < 1000 and last not in _TAKEN else ""
