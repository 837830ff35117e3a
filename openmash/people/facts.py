"""One fact of a person that somebody newly gave, and that may become what the record says now."""

from dataclasses import dataclass
from datetime import date

FactValue = str | bool | date | tuple[str, str]

# What is a column of `Person`, and what it is called on screen.
COLUMNS = {
    "born_on": "Date of birth",
    "due_on": "Due date",
    "died_on": "Date of death",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "language": "First language",
    "needs_interpreter": "Needs an interpreter",
    "religion": "Religion",
    "disability": "Disability",
    "communication": "Communication needs",
    "nationality": "Nationality",
    "self_description": "How they describe themself",
}
ROWS = {
    "name": "Name",
    "address": "Address",
    "telephone": "Telephone",
    "email": "E-mail address",
    "identifier": "Number",
}
WORDS = ROWS | COLUMNS


@dataclass(frozen=True)
class Fact:
    """`what` is a key of `WORDS`; a name is (given, family), an address (lines, postcode), an identifier (kind, value).

    `source` says in words who gave it; `since` is the day from which it holds, where that is known.
    """

    what: str
    value: FactValue
    source: str
    since: date | None = None

    def __post_init__(self) -> None:
        if self.what not in WORDS:
            raise ValueError(f"There is no fact {self.what}. There are {', '.join(WORDS)}.")
