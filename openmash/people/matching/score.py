"""How likely two descriptions are of one person: weights that add up, each with its reason in words.

Every judgement is a named constant. A weight is the logarithm (base 2) of how much likelier the evidence is for one
person than for two. Nothing here merges anything. Source: design of person matching, 2; "households are the problem".
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import OSA, JaroWinkler

from openmash.people.identifiers import KINDS, IdentifierKind
from openmash.people.matching.described import Described
from openmash.people.names import name_class, telling, tokens

MATCH, POSSIBLE = 0.95, 0.85

PRIOR = -10.0
SAME_NUMBER, SAME_COUNCIL_NUMBER, OTHER_NUMBER = 30.0, 8.0, -6.0
SAME_NAME, PART_OF_NAME, ALIKE_NAME, INITIAL, SWAPPED_NAMES = 6.0, 5.0, 4.0, 1.0, -0.5
OTHER_GIVEN, OTHER_FAMILY = -6.0, -4.0
SAME_BIRTH, SWAPPED_BIRTH, NEAR_BIRTH, SAME_AGE, OTHER_BIRTH = 11.0, 4.0, 0.5, 0.5, -7.0
SAME_DUE, BORN_WHEN_DUE = 8.0, 6.0
SAME_SEX, OTHER_SEX = 1.0, -3.0
SAME_TELEPHONE, SAME_EMAIL, SAME_HOME, SAME_POSTCODE = 4.0, 5.0, 4.0, 2.5

# However much else agrees, these say that it may be another person of the same household.
CAP_OTHER_GIVEN, CAP_OTHER_BIRTH, CAP_OTHER_NUMBER, CAP_UNSURE = 0.6, 0.5, 0.6, 0.94

LIKENESS = 0.9
DUE_WITHIN, BORN_WITHIN = timedelta(days=28), timedelta(days=56)
ESTIMATE_WITHIN = 2
_LONG_ENOUGH = 4
GIVEN = "first name"


@dataclass(frozen=True)
class Scored:
    """The likelihood, 0 to 1, and why: what agrees first, then what does not."""

    score: float
    reasons: tuple[str, ...]

    @property
    def band(self) -> str:
        return "match" if self.score >= MATCH else "possible" if self.score >= POSSIBLE else "low"


@dataclass(frozen=True)
class Evidence:
    """One comparison: its weight, what it says, and the likelihood that it never lets the whole go above."""

    weight: float = 0.0
    says: str = ""
    cap: float = 1.0


def score(one: Described, other: Described) -> Scored:
    """Compare two descriptions; the order of the two does not matter."""
    numbers, contacts = _numbers(one, other), _contacts(one, other)
    found = [*numbers, *_names(one, other), _births(one, other), _sex(one, other), *contacts, _home(one, other)]
    weight = PRIOR + sum(piece.weight for piece in found)
    cap = _cap(numbers, found)
    likelihood = min(cap, 1 / (1 + 2.0**-weight))
    says = sorted((piece for piece in found if piece.says), key=lambda piece: piece.weight <= 0)
    return Scored(round(likelihood, 4), tuple(piece.says for piece in says))


def _cap(numbers: list[Evidence], found: list[Evidence]) -> float:
    """A shared national number outweighs one contradiction; with two it may have been typed for the wrong person."""
    if any(piece.weight == SAME_NUMBER for piece in numbers):
        against = [piece for piece in found if piece.cap < CAP_UNSURE]
        return CAP_UNSURE if len(against) > 1 else 1.0
    return min(piece.cap for piece in found)


def _numbers(one: Described, other: Described) -> list[Evidence]:
    """A number that names one person in the whole country settles it; one that differs tells against it."""
    ours, theirs = _values(one), _values(other)
    return [_one_number(KINDS[kind], ours[kind] & theirs[kind]) for kind in KINDS if kind in ours and kind in theirs]


def _one_number(kind: IdentifierKind, shared: set[str]) -> Evidence:
    if kind.names == "home":
        return Evidence()
    if shared:
        return Evidence(SAME_NUMBER if kind.is_strong else SAME_COUNCIL_NUMBER, f"same {kind.name}")
    return Evidence(OTHER_NUMBER, f"different {kind.name}", CAP_OTHER_NUMBER) if kind.is_strong else Evidence()


def _values(person: Described) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for kind, value in person.identifiers:
        values.setdefault(kind, set()).add(value)
    return values


def _names(one: Described, other: Described) -> list[Evidence]:
    """The best agreement of any two names, read in the same order or with given and family names swapped."""
    pairs = [(ours, theirs) for ours in one.names for theirs in other.names]
    ways = [[*_both_parts(ours, theirs)] for ours, theirs in pairs]
    ways += [_swapped(ours, theirs) for ours, theirs in pairs]
    return max(ways, key=lambda pieces: sum(piece.weight for piece in pieces), default=[Evidence()])


def _both_parts(ours: tuple[str, str], theirs: tuple[str, str]) -> tuple[Evidence, Evidence]:
    other_given = Evidence(OTHER_GIVEN, f"different {GIVEN}", CAP_OTHER_GIVEN)
    other_family = Evidence(OTHER_FAMILY, "different surname")
    return _part(ours[0], theirs[0], GIVEN, other_given), _part(ours[1], theirs[1], "surname", other_family)


def _swapped(ours: tuple[str, str], theirs: tuple[str, str]) -> list[Evidence]:
    pieces = _both_parts(ours, theirs[::-1])
    if not all(piece.weight >= ALIKE_NAME for piece in pieces):
        return [Evidence(-99)]
    return [
        Evidence(sum(piece.weight for piece in pieces) + SWAPPED_NAMES, "first name and surname the other way round")
    ]


def _part(ours: str, theirs: str, word: str, otherwise: Evidence) -> Evidence:
    """Compare the parts of one half of a name: any part of one may stand for any part of the other."""
    mine, yours = telling(tokens(ours), tokens(theirs))
    if not mine or not yours:
        return Evidence(cap=CAP_UNSURE) if word == GIVEN else Evidence()
    if set(mine) == set(yours):
        return Evidence(SAME_NAME, f"same {word}")
    if shared := set(mine) & set(yours):
        is_one_dropped = shared in (set(mine), set(yours))
        return Evidence(PART_OF_NAME, f"part of the {word} is the same", 1.0 if is_one_dropped else CAP_UNSURE)
    if {name_class(part) for part in mine} & {name_class(part) for part in yours}:
        return Evidence(ALIKE_NAME, f"{word} sounds alike")
    if any(_is_alike(a, b) for a in mine for b in yours):
        return Evidence(ALIKE_NAME, f"{word} is spelt alike", CAP_UNSURE)
    if any(a[0] == b[0] and 1 in (len(a), len(b)) for a in mine for b in yours):
        return Evidence(INITIAL, f"same first letter of the {word}", CAP_UNSURE)
    return otherwise


def _is_alike(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _LONG_ENOUGH:
        return False
    return JaroWinkler.similarity(a, b) >= LIKENESS or OSA.distance(a, b, score_cutoff=1) <= 1


def _births(one: Described, other: Described) -> Evidence:
    if one.born and other.born:
        is_estimate = one.is_birth_date_estimated or other.is_birth_date_estimated
        pairs = [_two_days(a, b, is_estimate=is_estimate) for a in one.born for b in other.born]
        return max(pairs, key=lambda piece: piece.weight)
    if one.due and other.due:
        is_near = any(abs(a - b) <= DUE_WITHIN for a in one.due for b in other.due)
        return Evidence(SAME_DUE, "due at the same time") if is_near else _other_birth("different due date")
    born, due = one.born | other.born, one.due | other.due
    if born and due:
        is_near = any(abs(a - b) <= BORN_WITHIN for a in born for b in due)
        return Evidence(BORN_WHEN_DUE, "born when the baby was due") if is_near else _other_birth("not born when due")
    return Evidence(cap=CAP_UNSURE)


def _two_days(a: date, b: date, *, is_estimate: bool) -> Evidence:
    if a == b:
        return Evidence(SAME_BIRTH, "same date of birth")
    if (a.year, a.day, a.month) == (b.year, b.month, b.day):
        return Evidence(SWAPPED_BIRTH, "day and month of birth swapped")
    if is_estimate and abs(a.year - b.year) <= ESTIMATE_WITHIN:
        return Evidence(SAME_AGE, "about the same age")
    if OSA.distance(f"{a:%Y%m%d}", f"{b:%Y%m%d}", score_cutoff=1) <= 1:
        return Evidence(NEAR_BIRTH, "one digit of the date of birth differs")
    return _other_birth("different date of birth")


def _other_birth(says: str) -> Evidence:
    return Evidence(OTHER_BIRTH, says, CAP_OTHER_BIRTH)


def _sex(one: Described, other: Described) -> Evidence:
    if not one.sexes or not other.sexes:
        return Evidence()
    return Evidence(SAME_SEX) if one.sexes & other.sexes else Evidence(OTHER_SEX, "different sex recorded")


def _contacts(one: Described, other: Described) -> list[Evidence]:
    telephone = Evidence(SAME_TELEPHONE, "same telephone") if one.telephones & other.telephones else Evidence()
    return [telephone, Evidence(SAME_EMAIL, "same e-mail address") if one.emails & other.emails else Evidence()]


def _home(one: Described, other: Described) -> Evidence:
    if {home.key for home in one.homes} & {home.key for home in other.homes} - {""}:
        return Evidence(SAME_HOME, "same address")
    if {home.postcode for home in one.homes} & {home.postcode for home in other.homes} - {""}:
        return Evidence(SAME_POSTCODE, "same postcode")
    return Evidence()
