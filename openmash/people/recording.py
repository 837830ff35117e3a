"""Writing down given people with their names, numbers, homes, contacts and ties: one statement a table."""

from datetime import datetime
from typing import Any

from django.db.models import Manager

from openmash.agencies.models import Area
from openmash.people.addresses import address_key, is_postcode, tidy_postcode
from openmash.people.given import GivenColleague, GivenPerson, GivenTie, GivenTogether
from openmash.people.identifiers import KINDS, normalise, problem
from openmash.people.matching.described import described, other_name
from openmash.people.matching.index import put_people
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.models import (
    Address,
    Contact,
    Identifier,
    Name,
    Person,
    Professional,
    Relationship,
    Residence,
)
from openmash.people.relations import RELATIONS
from openmash.people.telephones import tidy_telephone

GIVEN = "given by the referrer"
DOUBTFUL = "given by the referrer, and mistyped"
_COLUMNS = (
    "sex",
    "born_on",
    "is_birth_date_estimated",
    "due_on",
    "ethnicity",
    "language",
    "needs_interpreter",
    "religion",
    "disability",
    "communication",
    "nationality",
    "self_description",
)


def write_down(area: Area, given: GivenPerson, now: datetime) -> Person:
    """The rows of one person, as they were given. Nothing is refused: a mistyped number is kept, and marked as such."""
    return write_down_all(area, GivenTogether((given,)), now)[0]


def write_down_all(area: Area, given: GivenTogether, now: datetime) -> list[Person]:
    """The rows of several people, in their order, and of what ties them: one statement a table, however many."""
    people = Person.objects.bulk_create(_person(area, one, now) for one in given.people)
    told = [
        (one, {"person": person, "source": one.source or given.source, "recorded_at": now})
        for person, one in zip(people, given.people, strict=True)
    ]
    _insert(Name.objects, [Name(**name, **dated) for one, dated in told for name in _names(one)])
    _insert(Identifier.objects, [identifier_row(*pair, **dated) for one, dated in told for pair in one.identifiers])
    _insert(Contact.objects, [Contact(**contact, **dated) for one, dated in told for contact in _contacts(one)])
    homes = _addresses(area, [(one.address_lines, one.postcode) for one, _ in told])
    stays = [Residence(address=home, **dated) for home, (_, dated) in zip(homes, told, strict=True) if home]
    _insert(Residence.objects, stays)
    dated = {"source": given.source, "recorded_at": now}
    _insert(Relationship.objects, [_relationship(people, tie, dated) for tie in given.ties])
    _insert(Professional.objects, [_professional(people, one, dated) for one in given.colleagues])
    put_people({person: described(one) for person, one in zip(people, given.people, strict=True)})
    return people


def _insert(table: Manager[Any], rows: list[Any]) -> None:
    if rows:
        table.bulk_create(rows)


def _person(area: Area, given: GivenPerson, now: datetime) -> Person:
    columns = {column: getattr(given, column) for column in _COLUMNS}
    keys = keys_of(described(given))
    return Person(area=area, keys=keys, keys_version=KEYS_VERSION, recorded_at=now, **columns)


def _relationship(people: list[Person], tie: GivenTie, dated: dict[str, Any]) -> Relationship:
    if tie.kind not in RELATIONS:
        raise ValueError(f"There is no relation {tie.kind}. There are {', '.join(RELATIONS)}.")
    return Relationship(
        person=people[tie.person],
        other=people[tie.other],
        kind=tie.kind,
        has_parental_responsibility=tie.has_parental_responsibility,
        **dated,
    )


def _professional(people: list[Person], one: GivenColleague, dated: dict[str, Any]) -> Professional:
    facts = {"agency": one.agency, "role": one.role, "name": one.name, "contact": one.contact}
    return Professional(person=people[one.person], **facts, **dated)


def _addresses(area: Area, given: list[tuple[str, str]]) -> list[Address | None]:
    """An address for each pair of lines and postcode, the same row for spellings of one home; none where none is given.

    One that is too vague to be one home is a row of its own for each.
    """
    keys = [address_key(*pair) for pair in given]
    known: dict[str, Address] = {}
    if any(keys):
        rows = Address.objects.filter(key__in={key for key in keys if key}).order_by("-id")
        known = {row.key: row for row in rows}
    found: list[Address | None] = []
    new: list[Address] = []
    for pair, key in zip(given, keys, strict=True):
        home = known.get(key) if key else None
        if home is None and any(pair):
            home = _address(area, *pair, key)
            new.append(home)
            known |= {key: home} if key else {}
        found.append(home)
    _insert(Address.objects, new)
    return found


def address_row(area: Area, lines: str, postcode: str) -> Address:
    """The address with this key, or a new one. ValueError when nothing of it is given."""
    home = _addresses(area, [(lines, postcode)])[0]
    if home is None:
        raise ValueError("An address needs a line or a postcode.")
    return home


def _address(area: Area, lines: str, postcode: str, key: str) -> Address:
    kept = tidy_postcode(postcode) if is_postcode(postcode) else ""
    return Address(area=area, lines=" ".join(lines.split())[:200], postcode=kept, key=key)


def identifier_row(kind: str, value: str, **dated: object) -> Identifier:
    """A number as a row; ValueError for a kind that does not exist."""
    if kind not in KINDS:
        raise ValueError(f"There is no identifier {kind}. There are {', '.join(KINDS)}.")
    wrong = problem(kind, value)
    return Identifier(
        kind=kind,
        value=(value.strip() if wrong else normalise(kind, value))[:40],
        verified=DOUBTFUL if wrong else GIVEN,
        **dated,
    )


def _names(given: GivenPerson) -> list[dict[str, Any]]:
    usual = (" ".join(given.given.split()), " ".join(given.family.split()))
    others = [other_name(text, given) for text in given.other_names.split(",") if text.strip()]
    names = [name for name in dict.fromkeys([usual, *others]) if any(name)]
    return [{"given": name[0], "family": name[1], "is_usual": name == usual} for name in names]


def _contacts(given: GivenPerson) -> list[dict[str, Any]]:
    pairs = (("telephone", tidy_telephone(given.telephone)), ("email", given.email.strip()))
    return [{"kind": kind, "value": value, "is_safe": given.is_safe_to_contact} for kind, value in pairs if value]
