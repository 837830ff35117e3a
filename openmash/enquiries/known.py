"""What the hub knows already of the people, the address and the telephone numbers that somebody has just given (M1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import reading
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_look_up, may_look_up_matches
from openmash.enquiries.queries import EarlierLine, of_people
from openmash.enquiries.who_is_who import WhoIsWho
from openmash.people.given import GivenPerson
from openmash.people.matching import Candidate, candidates
from openmash.people.queries import PersonLine, find_people, known_at, records_of
from openmash.people.ties import MarkerLine, markers_by_lead

MOST_EACH = 4


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whom the hub knows, and what it holds of them."""

    lead: int
    name: str
    age: str
    address: str
    band: str
    because: str
    markers: tuple[MarkerLine, ...]
    enquiries: tuple[EarlierLine, ...]


@dataclass(frozen=True)
class Asked:
    """One person, address or number that was given, and who it may be or belong to."""

    who: str
    people: tuple[KnownPerson, ...]


@dataclass(frozen=True)
class AlreadyKnown:
    """All that is known, by what was given. `nobody` are those of whom the hub knows nothing."""

    asked: tuple[Asked, ...] = ()
    nobody: tuple[str, ...] = ()

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return tuple(sorted({one.lead for asked in self.asked for one in asked.people}))


@reading(may=may_look_up, event="people.looked-up")
def look_up(found: AlreadyKnown, *, by: User, now: datetime) -> AlreadyKnown:
    """Show what is already known. That these people were looked up is on the ledger before it is shown."""
    return found


@dataclass(frozen=True)
class Looked:
    """A look at whom the people of an enquiry may be: those who are shown go on the ledger with it."""

    enquiry: Enquiry
    found: WhoIsWho

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry.pk

    @property
    def ledger_people(self) -> tuple[int, ...]:
        shown = {one.person for question in self.found.questions for one in question.open}
        return tuple(sorted(shown))


@reading(may=may_look_up_matches, event="matches.looked-at")
def look_at_matches(looked: Looked, *, by: User, now: datetime) -> WhoIsWho:
    """Show whom the people of an enquiry may be: on the ledger before it is shown."""
    return looked.found


def already_known(parties: Sequence[GivenParty], *, by: User) -> AlreadyKnown:
    """Who each given person may be, and who else is known at the address and by the telephone numbers."""
    found: list[tuple[str, list[Candidate | PersonLine]]] = []
    seen: set[int] = set()
    for party in parties:
        if name_of(party.person):
            best: list[Candidate | PersonLine] = list(candidates(party.person, by=by, limit=MOST_EACH))
            seen |= {_lead(one) for one in best}
            found.append((name_of(party.person), best))
    for what, there in _places(parties, by):
        others = [one for one in there if _lead(one) not in seen]
        seen |= {_lead(one) for one in others}
        if others:
            found.append((what, list(others)))
    return _with_what_is_held(found, by)


def name_of(person: GivenPerson) -> str:
    return f"{person.given} {person.family}".strip()


def _places(parties: Sequence[GivenParty], by: User) -> Iterable[tuple[str, tuple[PersonLine, ...]]]:
    homes = dict.fromkeys((one.person.address_lines, one.person.postcode) for one in parties)
    for lines, postcode in homes:
        if lines or postcode:
            yield "Others at this address", known_at(lines, postcode, by=by)
    for telephone in dict.fromkeys(one.person.telephone for one in parties if one.person.telephone):
        yield f"Others on {telephone}", find_people(telephone, by=by).people


def _with_what_is_held(found: list[tuple[str, list[Candidate | PersonLine]]], by: User) -> AlreadyKnown:
    """Markers and earlier enquiries of everybody found, in a handful of queries however many they are."""
    leads = {_lead(one) for _, people in found for one in people}
    records = records_of(leads)
    markers = markers_by_lead(leads)
    earlier = of_people({number for numbers in records.values() for number in numbers}, by=by) if leads else ()
    asked = tuple(
        Asked(who, tuple(_known(one, records, markers, earlier) for one in people)) for who, people in found if people
    )
    return AlreadyKnown(asked, tuple(who for who, people in found if not people))


def _known(
    one: Candidate | PersonLine,
    records: dict[int, frozenset[int]],
    markers: dict[int, tuple[MarkerLine, ...]],
    earlier: tuple[EarlierLine, ...],
) -> KnownPerson:
    lead = _lead(one)
    return KnownPerson(
        lead=lead,
        name=one.name,
        age=one.age,
        address=one.address,
        band=one.band if isinstance(one, Candidate) else "",
        because=one.because if isinstance(one, Candidate) else "; ".join(one.why),
        markers=markers.get(lead, ()),
        enquiries=tuple(line for line in earlier if records.get(lead, frozenset()) & set(line.people)),
    )


def _lead(one: Candidate | PersonLine) -> int:
    return one.person if isinstance(one, Candidate) else one.lead
