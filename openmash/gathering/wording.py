"""What a request says. Written by the system from facts, so that it cannot claim what is not so.

In *AB v Haringey* [2013] EWHC 416 (Admin) agencies were told that the council was working with a family, which it was
not: the checks were unlawful. Nobody types into this text, and it says of the hub only that an enquiry came.
"""

from dataclasses import dataclass
from datetime import date, datetime

from openmash.design.moments import day, moment
from openmash.people.identifiers import kind_name, show
from openmash.triage.household import Member

_ABOUT = {"child": "the welfare of a child", "adult": "the welfare of an adult", "family": "the welfare of a family"}
ADDRESS = "Address: "
_LIVES = {True: "lives in the household", False: "does not live in the household", None: ""}


@dataclass(frozen=True)
class Facts:
    """All that a request may say, and nothing else. Codes are in words already; `why_not_told` is empty when told.

    `identifiers` are the kinds that this agency is told; `concerns` those of the concerns that it needs to know.
    """

    reference: str
    hub: str
    telephone: str
    agency: str
    kind: str
    rating: str
    received_on: date
    concerns: tuple[str, ...]
    members: tuple[Member, ...]
    tells_address: bool
    identifiers: tuple[str, ...]
    asks: str
    due_at: datetime
    suspects_significant_harm: bool
    lawful_basis: str
    gateway: str
    told_family: bool
    agrees_to_service: bool
    why_not_told: str
    must_not_reach_family: bool


def wording(facts: Facts) -> str:
    """The request, in plain text: who it is about, the question, by when, on what basis, what the family knows."""
    parts = (
        _why(facts),
        _titled(
            "Who it is about", "\n".join([*(_person(member, facts) for member in facts.members), *_addresses(facts)])
        ),
        _titled("What you are asked", f"{facts.asks}\nSay when nothing is known. That is an answer too."),
        _titled("By when", f"By {moment(facts.due_at)}. The enquiry is rated {facts.rating}."),
        _titled("On what basis", _basis(facts)),
        _titled("What the family knows", _family(facts)),
        f"Questions: {facts.hub}, {facts.telephone}.",
    )
    return "\n\n".join(parts)


def _titled(title: str, text: str) -> str:
    return f"{title}\n{text}"


def _why(facts: Facts) -> str:
    about = _ABOUT.get(facts.kind, _ABOUT["child"])
    when = day(facts.received_on)
    came = f"{facts.hub} received an enquiry about {about} on {when} and asks {facts.agency} for information."
    concerns = "; ".join(_line(concern) for concern in facts.concerns)
    return f"{came}\nIt is about: {concerns}." if concerns else came


def _person(member: Member, facts: Facts) -> str:
    born = f"born {day(member.born_on)}" if member.born_on else "birth date not known"
    if member.due_on and not member.born_on:
        born = f"due {day(member.due_on)}"
    lives = _LIVES[member.lives_in_household]
    known = [
        f"{kind_name(kind)} {show(kind, value)}" for kind, value in member.identifiers if kind in facts.identifiers
    ]
    also = f"also {', '.join(member.other_names)}" if member.other_names else ""
    said = [member.name, also, born, member.relation.lower(), lives, *known]
    return "- " + _line(", ".join(filter(None, said)))


def _addresses(facts: Facts) -> list[str]:
    """Told to an agency that matches on an address, or when somebody has no birth date to be found by."""
    nobody_undated = all(member.born_on or member.due_on for member in facts.members)
    if nobody_undated and not facts.tells_address:
        return []
    found = dict.fromkeys(_line(member.address) for member in facts.members if member.address)
    return [f"{ADDRESS}{address}" for address in found]


def _basis(facts: Facts) -> str:
    harm = (
        "Significant harm is suspected."
        if facts.suspects_significant_harm
        else "Significant harm is not suspected; the family agrees to a service."
    )
    return f"{harm}\n{_line(facts.lawful_basis)}.\n{_line(facts.gateway)}."


def _family(facts: Facts) -> str:
    if not facts.told_family:
        return f"The family has not been told. {_line(facts.why_not_told)}. Do not speak to them about it."
    told = "The family has been told of the enquiry."
    agrees = " They agree to a service." if facts.agrees_to_service else ""
    guarded = (
        " Not everything may reach them: ring the hub before you speak to them." if facts.must_not_reach_family else ""
    )
    return told + agrees + guarded


def _line(text: str) -> str:
    """One line: a line break in a name does not begin a sentence of its own."""
    return " ".join(text.split())
