"""A person as somebody gives them, on whatever form: nothing is compulsory, not even a name."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GivenPerson:
    """What is said of one person. Empty means not said; `source` says who said it, in words.

    `sex` is F, M or U. `ethnicity` is a Department for Education code. `identifiers` are (kind, value) pairs with the
    kinds of `people.identifiers`. An unborn child has a `due_on` and no `born_on` (M54).
    """

    given: str = ""
    family: str = ""
    other_names: str = ""
    sex: str = "U"
    born_on: date | None = None
    is_birth_date_estimated: bool = False
    due_on: date | None = None
    ethnicity: str = ""
    language: str = ""
    needs_interpreter: bool | None = None
    religion: str = ""
    disability: str = ""
    communication: str = ""
    nationality: str = ""
    self_description: str = ""
    address_lines: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    is_safe_to_contact: bool | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class GivenTie:
    """One of the people is the `kind` (a key of `people.relations`) of another, by their places in the list."""

    person: int
    other: int
    kind: str
    has_parental_responsibility: bool | None = None


@dataclass(frozen=True)
class GivenColleague:
    """Someone works with the person at this place in the list (M72). A school or a surgery is an agency too."""

    person: int
    agency: str
    role: str = ""
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class GivenTogether:
    """People who are given together, as on one enquiry. `source` says who gave whatever does not say it itself."""

    people: tuple[GivenPerson, ...]
    ties: tuple[GivenTie, ...] = ()
    colleagues: tuple[GivenColleague, ...] = ()
    source: str = ""
