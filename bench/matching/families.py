"""A made-up population, block by block: households of seven name groups, with twins, fathers and sons, and past names.

A block depends on the seed and its number alone, so that processes share the work and any block can be made again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.gb import upn

from bench.matching.names import GROUPS, Group, Skewed, composed

TODAY = date(2026, 11, 2)
HOUSEHOLDS_A_BLOCK = 2_000
_PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_POST_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

STREETS = [
    name.replace("/", " ")
    for name in composed(
        "High Station Church Mill Park Victoria Green Manor Kings Queens North South Elm Oak Ash Beech Cedar Canal Chapel School "
        "Bridge Spring Hill Albert George Grange Orchard Meadow Garden Tower Harbour Forge Priory Abbey Castle Market",
        "/Road /Street /Avenue /Close /Lane /Drive /Way /Court /Crescent /Gardens /Place /Terrace",
    )
]
TOWNS = ("Wendmark", "Harrowmouth", "Upper Wend", "Wendford", "Marsh End", "Harrow Docks", "Nether Moor", "Castle Wend")


@dataclass(slots=True)
class Soul:
    """Somebody as they really are. `twin` and `child` say what they are in their household."""

    number: int
    household: int
    group: str
    given: str
    second: str
    family: str
    sex: str
    born: date
    is_child: bool
    home: int
    past_families: list[str] = field(default_factory=list)
    past_homes: list[int] = field(default_factory=list)
    telephone: str = ""
    shared_telephone: str = ""
    email: str = ""
    nhs: str = ""
    upn: str = ""
    pnc: str = ""
    twin: int = 0


def block(seed: int, number: int) -> list[list[Soul]]:
    """The households of one block."""
    draw = Random(f"{seed} {number}")
    count = Counter(number)
    return [_household(draw, count, number * HOUSEHOLDS_A_BLOCK + place) for place in range(HOUSEHOLDS_A_BLOCK)]


class Counter:
    """Numbers people. No block has more than ten people a household."""

    def __init__(self, number: int) -> None:
        self.last = number * HOUSEHOLDS_A_BLOCK * 10

    def next(self) -> int:
        self.last += 1
        return self.last


def pick(draw: Random, names: Skewed) -> str:
    return draw.choices(names.words, cum_weights=names.weights)[0]


def address(home: int) -> tuple[str, str]:
    """One home: its lines and its postcode. About fifteen homes share a postcode, all in one street."""
    street, place = divmod(home, 15)
    mixed = street * 7919 % 999_983
    rest, one = divmod(mixed, 20)
    rest, two = divmod(rest, 20)
    district, sector = divmod(rest, 10)
    name = STREETS[mixed % len(STREETS)]
    town = TOWNS[mixed % 8]
    number = 1 + place * 2 + mixed % 60
    flat = f"Flat {1 + place % 6}, " if mixed % 5 == 0 else ""
    letters = ("WX", "HM", "WV")[mixed % 3]
    return (
        f"{flat}{number} {name}, {town}",
        f"{letters}{1 + district % 99} {sector}{_POST_LETTERS[one]}{_POST_LETTERS[two]}",
    )


def _household(draw: Random, count: Counter, number: int) -> list[Soul]:
    key = draw.choices(list(GROUPS), [group.share for group in GROUPS.values()])[0]
    group = GROUPS[key]
    home = number if draw.random() > 0.04 else max(0, number - draw.randrange(1, 400))
    surname = pick(draw, group.surnames)
    phone = _phone(draw)
    people = list(_adults(draw, count, number, key, surname, home))
    mothers = [adult for adult in people if adult.sex == "F"]
    mother = mothers[0] if mothers else None
    people += _children(draw, count, people[0], mother, number, key, surname, home)
    homes = [draw.randrange(max(1, number + 1_000)) for _ in range(2)]
    for one in people:
        one.shared_telephone = phone
        _furnish(draw, one, homes)
    return people


def _adults(draw: Random, count: Counter, number: int, key: str, surname: str, home: int) -> Iterator[Soul]:
    group, age = GROUPS[key], draw.choice((22, 26, 30, 34, 38, 42, 48, 56, 66))
    shape = draw.random()
    sexes = "F" if shape < 0.22 else "M" if shape < 0.34 else "MF"
    for sex in sexes:
        born = TODAY - timedelta(days=age * 365 + draw.randrange(-1500, 1500))
        partner = Soul(count.next(), number, key, *_names(draw, group, sex, surname), sex, born, False, home)
        if sex == "F" and sexes == "MF":
            maiden = gendered(group, pick(draw, group.surnames), sex)
            if draw.random() < 0.55:
                partner.past_families = [maiden] if draw.random() < 0.5 else []
            else:
                partner.family = maiden
            if draw.random() < 0.04:
                partner.family = f"{maiden}-{partner.family}"
        yield partner
    if draw.random() < 0.05:
        sex, older = draw.choice("FM"), timedelta(days=9_500 + draw.randrange(3_000))
        yield Soul(
            count.next(),
            number,
            key,
            *_names(draw, group, sex, surname),
            sex,
            TODAY - timedelta(days=age * 365) - older,
            False,
            home,
        )


def _children(
    draw: Random, count: Counter, first: Soul, mother: Soul | None, number: int, key: str, surname: str, home: int
) -> list[Soul]:
    group, children, taken = GROUPS[key], [], set()
    born = max(first.born, mother.born if mother else first.born) + timedelta(days=365 * 20 + draw.randrange(3_000))
    if mother and surname not in mother.family and draw.random() < 0.12:
        surname = f"{surname}-{mother.family.split('-')[0]}"
    for _ in range(draw.choice((0, 0, 1, 1, 2, 2, 3, 4))):
        if born >= TODAY or len(children) > 5:
            break
        sex = draw.choice("FM")
        theirs = surname if draw.random() > 0.1 or not mother else mother.family
        for is_second in range(2 if draw.random() < 0.017 else 1):
            kind = sex if draw.random() < 0.65 or not is_second else draw.choice("FM")
            given, second, family = _names(draw, group, kind, theirs)
            while given in taken:
                given = _names(draw, group, kind, theirs)[0]
            if kind == "M" and first.sex == "M" and draw.random() < 0.02 and first.given not in taken:
                given = first.given  # a son with his father's name
            taken.add(given)
            is_child = (TODAY - born).days < 18 * 365
            child = Soul(count.next(), number, key, given, second, family, kind, born, is_child, home)
            if is_second:
                child.twin, children[-1].twin = children[-1].number, child.number
            if draw.random() < 0.05:
                child.past_families.append(pick(draw, group.surnames))
            children.append(child)
        born += timedelta(days=330 + draw.randrange(1_500))
    return children


def _names(draw: Random, group: Group, sex: str, surname: str) -> tuple[str, str, str]:
    given = pick(draw, group.women if sex == "F" else group.men)
    seconds = group.second_women if sex == "F" else group.second_men
    if seconds and draw.random() < group.second:
        second = draw.choice(seconds)
    else:
        second = pick(draw, group.women if sex == "F" else group.men) if draw.random() < 0.35 else ""
    return given, second if second != given else "", gendered(group, surname, sex)


def gendered(group: Group, surname: str, sex: str) -> str:
    if sex == "F":
        for masculine, feminine in group.feminine:
            if surname.endswith(masculine):
                return surname[: -len(masculine)] + feminine
    return surname


def _furnish(draw: Random, one: Soul, homes: list[int]) -> None:
    """Numbers, telephones and former homes. No number is one that anybody has: NHS numbers here begin with 9."""
    one.past_homes = homes[: draw.choice((0, 0, 1, 1, 2))]
    if not one.is_child:
        one.telephone = _phone(draw) if draw.random() < 0.85 else ""
        if draw.random() < 0.35:
            one.email = f"{one.given}.{one.family}{draw.randrange(100_000)}@mail.example".lower().replace(" ", "")
        if draw.random() < 0.2:
            year, serial = draw.randrange(1990, 2026), draw.randrange(1, 9_999_999)
            one.pnc = f"{year}/{serial:07}{_PNC_LETTERS[(year % 100 * 10_000_000 + serial) % 23]}"
    one.nhs = nhs_number(one.number)
    age = (TODAY - one.born).days // 365
    if 4 <= age < 19:
        told = f"999{one.number % 10_000:04}{age:02}{one.number // 10_000 % 1000:03}"
        one.upn = upn.calc_check_digit(told) + told


def nhs_number(number: int) -> str:
    """The number's own valid NHS number, in a range that is given to nobody. Made apart from the order of people."""
    mixed = (number * 48_271) % 99_999_989
    while True:
        told = f"9{mixed:08}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(told, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return told + ("0" if check == 11 else str(check))
        mixed = (mixed + 49_999_999) % 99_999_989


def _phone(draw: Random) -> str:
    """In a range of numbers that ring nobody."""
    return f"0550{draw.randrange(10_000_000):07}"
