"""The columns that say who somebody is: the same in every file of ours."""

from typing import Any

from openmash.feeds.shelf import Column, Sent, Turned
from openmash.feeds.values import IDENTIFIERS, day, identifier, past_day, sex, text, yes_or_no
from openmash.people.identifiers import KINDS

NUMBER = Column("number", "The agency's own number for the person", is_needed=True)
IDENTITY = (
    NUMBER,
    Column("given", "First names"),
    Column("family", "Last name"),
    Column("other_names", "Other names, former or also used, with commas between them"),
    Column("sex", "M, F or U"),
    Column("born_on", "Date of birth"),
    Column("address", "Where they live, without the postcode"),
    Column("postcode", "The postcode"),
    Column("telephone", "A telephone number"),
    Column("email", "An e-mail address"),
    *(Column(kind, KINDS[kind].name) for kind in IDENTIFIERS),
)
_TEXTS = {
    "number": "number", "given": "given", "family": "family", "other_names": "other_names", "address": "address_lines",
    "postcode": "postcode", "telephone": "telephone", "email": "email", "team": "team", "worker": "worker",
}  # fmt: skip
PERSON = {
    **{name: (field, text(field)) for name, field in _TEXTS.items()},
    **{kind: (kind, identifier(kind)) for kind in IDENTIFIERS},
    "sex": ("sex", sex),
    "born_on": ("born_on", past_day),
    "since": ("since", day),
    "until": ("until", day),
    "withdrawn": ("is_withdrawn", yes_or_no),
}
WHERE = frozenset({"address_lines", "postcode", "telephone", "email", "team", "worker"})
"""The fields that say where somebody is, or who sees them there: not kept of a sensitive record."""
_FOUND_BY = frozenset({"given", "family", "other_names", "born_on", "telephone", "email", *IDENTIFIERS})


def person_of(row: int, said: dict[str, Any], wrong: list[str]) -> Sent | Turned:
    """Who the row is about. Turned away without a number, or with nothing by which anybody could be found."""
    number = said.get("number", "")
    if not number:
        return Turned(row, "; ".join(wrong or ["“number” is missing"]))
    if said.get("is_withdrawn"):
        return Sent(row, number, is_withdrawn=True)
    if _FOUND_BY.isdisjoint(said):
        return Turned(row, "; ".join(["There is no name, date of birth or number to find anybody by", *wrong]), number)
    numbers = " ".join(said.pop(kind) for kind in IDENTIFIERS if kind in said)
    return Sent(row, identifiers=numbers, left_out=tuple(wrong), **said)
