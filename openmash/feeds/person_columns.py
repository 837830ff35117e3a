"""The columns that say who somebody is: the same in every file of ours."""

from openmash.feeds.shelf import Column, Sent, Turned
from openmash.feeds.values import IDENTIFIERS, identifier, past_day, sex, text, yes_or_no
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
PERSON = {
    "number": text("number"),
    "given": text("given"),
    "family": text("family"),
    "other_names": text("other_names"),
    "sex": sex,
    "born_on": past_day,
    "address": text("address_lines"),
    "postcode": text("postcode"),
    "telephone": text("telephone"),
    "email": text("email"),
    "withdrawn": yes_or_no,
} | {kind: identifier(kind) for kind in IDENTIFIERS}
_FOUND_BY = ("given", "family", "other_names", "born_on", "telephone", "email", *IDENTIFIERS)


def person_of(row: int, said: dict[str, object], wrong: list[str]) -> Sent | Turned:
    """Who the row is about. Turned away without a number, or with nothing by which anybody could be found."""
    number = said.get("number", "")
    if not number:
        return Turned(row, "; ".join(["number is missing", *wrong]))
    if said.get("withdrawn"):
        return Sent(row, number, is_withdrawn=True)
    if not any(name in said for name in _FOUND_BY):
        return Turned(row, "; ".join(["There is no name, date of birth or number to find anybody by", *wrong]), number)
    return Sent(
        row,
        number,
        given=said.get("given", ""),
        family=said.get("family", ""),
        other_names=said.get("other_names", ""),
        sex=said.get("sex", "U"),
        born_on=said.get("born_on"),
        address_lines=said.get("address", ""),
        postcode=said.get("postcode", ""),
        telephone=said.get("telephone", ""),
        email=said.get("email", ""),
        identifiers=" ".join(f"{kind}:{said[kind]}" for kind in IDENTIFIERS if kind in said),
        left_out=tuple(wrong),
    )
