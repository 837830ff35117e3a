"""Where somebody is whose whereabouts are protected: known to the hub, on one page for a reason, let out by nothing.

Whoever carries a guarding marker is protected, and so is every address where such a person lives now, whoever else
lives there. What tells where they are: the address, a telephone number, an e-mail address, who works with them, the
school, the surgery, and who told the hub any of it (security 3.6).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from openmash.kit.legible import bare
from openmash.people.addresses import street_key, tidy_postcode
from openmash.people.markers import GUARDING
from openmash.people.matching.described import Described
from openmash.people.models import Address, Contact, Marker, Residence
from openmash.people.names import fold
from openmash.people.telephones import email_key, telephone_key

WITHHELD = "Protected: ask the duty team"
WITHHELD_SOURCE = "Protected"
TELLS_WHERE = frozenset({"address", "telephone", "email"})
"""The facts of a person that tell where they are."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d\s().-]{7,}\d")
_EMAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\w")
_STREET = 6  # words after the number of a house, at most


@dataclass(frozen=True)
class Protection:
    """Whose whereabouts are protected now, by lead, and the keys of the addresses where they live."""

    leads: frozenset[int]
    homes: frozenset[str]

    def hides(self, lead: int, address: Address) -> bool:
        """Whether this person's address is not shown: they are protected, or somebody who lives there is."""
        return lead in self.leads or address.key in self.homes

    def words(self, lead: int, address: Address) -> str:
        return WITHHELD if self.hides(lead, address) else str(address)

    def shield(self, lead: int, them: Described) -> Described:
        """Somebody as they may be found and compared: whoever is protected by who they are, never by where."""
        if lead in self.leads:
            return replace(them, homes=(), telephones=frozenset(), emails=frozenset())
        return replace(them, homes=tuple(home for home in them.homes if home.key not in self.homes))

    def home_of(self, lead: int, them: Described) -> str:
        """Where somebody lives, in words, or that it is not said; empty when it is not known."""
        if not them.homes:
            return ""
        return WITHHELD if lead in self.leads or them.homes[0].key in self.homes else them.homes[0].words


def protection() -> Protection:
    """Two queries, or one while nobody is protected."""
    with connection.cursor() as cursor:  # in SQL: Django takes longer to write it than a search takes
        cursor.execute(_PROTECTED, [sorted(GUARDING)])
        leads = frozenset(lead for (lead,) in cursor.fetchall())
    return Protection(leads, frozenset(_homes(leads).values_list("address__key", flat=True)) - {""} if leads else leads)


_PROTECTED = """
SELECT coalesce(person.lead_id, person.id)
FROM people_marker marker JOIN people_person person ON person.id = marker.person_id
WHERE marker.kind = ANY (%s) AND marker.until IS NULL
"""


def protected_since(people: Iterable[int], moment: datetime) -> bool:
    """Whether the whereabouts of one of these people, by lead, have come to be protected since that moment."""
    live = Marker.objects.filter(kind__in=GUARDING, until=None, recorded_at__gte=moment)
    return live.filter(_of(frozenset(people))).exists()


@dataclass(frozen=True)
class Locator:
    """Something that tells where a protected person is. `kind` in words; `key` is comparable, never shown."""

    lead: int
    kind: str
    key: str


def locators_of(people: Iterable[int]) -> frozenset[Locator]:
    """All that the hub holds which tells where those of these people are whose whereabouts are protected.

    Schools and surgeries are told with an enquiry, and are added by the room that keeps enquiries.
    """
    leads = frozenset(people) & protection().leads
    return frozenset(_told(leads)) if leads else frozenset()


def _told(leads: frozenset[int]) -> Iterator[Locator]:
    for row in _homes(leads).select_related("address", "person"):
        lead, address = row.person.lead_id_or_own, row.address
        yield from _keyed(lead, "a postcode", tidy_postcode(address.postcode).replace(" ", ""))
        yield from _keyed(lead, "an address", street_key(address.lines) or _house(address.lines))
    for one in Contact.objects.filter(_of(leads), until=None).select_related("person"):
        number, email = telephone_key(one.value), email_key(one.value)
        yield from _keyed(one.person.lead_id_or_own, "a telephone number", number)
        yield from _keyed(one.person.lead_id_or_own, "an e-mail address", email)


def _house(lines: str) -> str:
    """A house by its name; a town alone is no address."""
    name = fold(lines.split(",")[0])
    return name if " " in name else ""


def _keyed(lead: int, kind: str, key: str) -> Iterator[Locator]:
    if key:
        yield Locator(lead, kind, key)


def place_locator(lead: int, kind: str, name: str) -> Locator:
    """A school or a surgery by its name."""
    return Locator(lead, kind, fold(name))


def found_in(text: str, locators: Iterable[Locator]) -> tuple[Locator, ...]:
    """Those of the locators that stand in a text, however they are spelt there."""
    wanted = sorted(locators, key=lambda one: (one.lead, one.kind, one.key))
    if not wanted:
        return ()
    plain = bare(text)
    marks, folded = _marks(plain), f" {fold(plain)} "
    return tuple(one for one in wanted if one.key in marks or f" {one.key} " in folded)


def _homes(leads: frozenset[int]) -> QuerySet[Residence]:
    return Residence.objects.filter(_of(leads), until=None)


def _of(leads: frozenset[int]) -> Q:
    return Q(person__in=leads) | Q(person__lead__in=leads)


def _marks(text: str) -> frozenset[str]:
    """Every postcode, telephone number, e-mail address and "number and street" in a text, as a locator's key."""
    postcodes = {re.sub(r"\s", "", found).upper() for found in _POSTCODE.findall(text)}
    numbers = {telephone_key(found) for found in _NUMBER.findall(text)}
    emails = {email_key(found) for found in _EMAIL.findall(text)}
    return frozenset(postcodes | numbers | emails | set(_streets(text)))


def _streets(text: str) -> Iterator[str]:
    """Each number with the words that follow it: "14 High St" is met as "14 high street"."""
    words = re.findall(r"[\w'’]+", text)
    for place, word in enumerate(words):
        if word[0].isdigit():
            for end in range(place + 2, place + 2 + _STREET):
                yield street_key(" ".join(words[place:end]))
