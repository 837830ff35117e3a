"""Writing down a given person: one row, and its names, numbers, home and contacts, a statement a table."""

from datetime import datetime

from openmash.agencies.models import Area
from openmash.people.addresses import address_key, is_postcode, tidy_postcode
from openmash.people.given import GivenPerson
from openmash.people.identifiers import KINDS, normalise, problem
from openmash.people.matching.described import described, other_name
from openmash.people.matching.keys import KEYS_VERSION, keys_of
from openmash.people.models import Address, Contact, Identifier, Name, Person, Residence
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
    person = Person.objects.create(
        area=area,
        keys=keys_of(described(given)),
        keys_version=KEYS_VERSION,
        recorded_at=now,
        **{column: getattr(given, column) for column in _COLUMNS},
    )
    dated = {"person": person, "source": given.source, "recorded_at": now}
    names = [Name(given=one, family=two, is_usual=usual, **dated) for one, two, usual in _names(given)]
    if names:
        Name.objects.bulk_create(names)
    if given.identifiers:
        Identifier.objects.bulk_create(identifier_row(kind, value, **dated) for kind, value in given.identifiers)
    is_safe = given.is_safe_to_contact
    contacts = [Contact(kind=kind, value=value, is_safe=is_safe, **dated) for kind, value in _contacts(given)]
    if contacts:
        Contact.objects.bulk_create(contacts)
    if given.address_lines or given.postcode:
        Residence.objects.create(address=address_row(area, given.address_lines, given.postcode), **dated)
    return person


def address_row(area: Area, lines: str, postcode: str) -> Address:
    """The address with this key, or a new one; one that is too vague to be one home is always new."""
    key = address_key(lines, postcode)
    known = Address.objects.filter(key=key).order_by("id").first() if key else None
    return known or Address.objects.create(
        area=area,
        lines=" ".join(lines.split()),
        postcode=tidy_postcode(postcode) if is_postcode(postcode) else "",
        key=key,
    )


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


def _names(given: GivenPerson) -> list[tuple[str, str, bool]]:
    usual = (" ".join(given.given.split()), " ".join(given.family.split()))
    others = [other_name(text, given) for text in given.other_names.split(",") if text.strip()]
    return [(*name, name == usual) for name in dict.fromkeys([usual, *others]) if any(name)]


def _contacts(given: GivenPerson) -> list[tuple[str, str]]:
    pairs = (("telephone", tidy_telephone(given.telephone)), ("email", given.email.strip()))
    return [(kind, value) for kind, value in pairs if value]
