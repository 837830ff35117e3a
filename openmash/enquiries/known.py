"""What the hub knows already of the people, the address and the telephone numbers that somebody has just given (M1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import Agency, User
from openmash.audit.action import reading
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_look_up, may_look_up_matches
from openmash.enquiries.queries import EarlierLine, of_people
from openmash.enquiries.who_is_who import WhoIsWho
from openmash.people.agency_records import LIKELY, AgencyRecords, not_judged
from openmash.people.given import GivenPerson
from openmash.people.household import household_first, living_with
from openmash.people.matching import Answer, Candidate, Elsewhere, KnownTo, search
from openmash.people.queries import NameLine, PersonLine, find_people, known_at, records_of
from openmash.people.ties import MarkerLine, markers_by_lead
from openmash.people.whereabouts import protection

MOST_EACH = 4
MOST_THERE, SAME_ADDRESS = 20, "same address"


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
    lives_with: tuple[NameLine, ...] = ()
    known_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One person, address or number that was given, and who it may be or belong to. `is_common`: too many share it."""

    who: str
    people: tuple[KnownPerson, ...]
    elsewhere: tuple[AgencyRecords, ...] = ()
    is_common: bool = False


@dataclass(frozen=True)
class AlreadyKnown:
    """All that is known, by what was given. `nobody` are those of whom the hub knows nothing."""

    asked: tuple[Asked, ...] = ()
    nobody: tuple[str, ...] = ()

    @property
    def ledger_people(self) -> tuple[int, ...]:
        shown = {one.lead for asked in self.asked for one in asked.people}
        return tuple(
            sorted(shown | {line.lead for asked in self.asked for one in asked.people for line in one.lives_with})
        )

    @property
    def shown(self) -> frozenset[str]:
        """Each person and each agency's record, by which a second look at the same is known."""
        records = (record for asked in self.asked for one in asked.elsewhere for record in one.records)
        return frozenset({f"p{person}" for person in self.ledger_people} | {f"r{record}" for record in records})


@dataclass(frozen=True)
class _Found:
    """What was given, and who was found of it, before what is held of them is read."""

    who: str
    people: list[Candidate | PersonLine]
    elsewhere: tuple[AgencyRecords, ...]
    is_common: bool
    is_person: bool = True


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
    """Who each given person may be, which agencies know them, and who else is known at the address and by telephone."""
    agencies = dict(Agency.objects.values_list("pk", "name"))
    named = [party.person for party in parties if name_of(party.person)]
    answers = [search(person, by=by, limit=MOST_EACH) for person in named]
    homes = living_with({one.person for answer in answers for one in answer.people}, by=by)
    best = household_first([list(answer.people) for answer in answers], homes)
    found = [
        _Found(name_of(person), list(people), not_judged(answer.elsewhere, ())[:MOST_EACH], _is_common(answer))
        for person, people, answer in zip(named, best, answers, strict=True)
    ]
    seen = {one.person for people in best for one in people}
    told = {record for one in found for each in one.elsewhere for record in each.records}
    for what, there, elsewhere in _places(parties, by):
        others = [one for one in there if one.lead not in seen]
        seen |= {one.lead for one in others}
        found.append(_Found(what, list(others), _together(elsewhere, told, agencies), is_common=False, is_person=False))
    return _with_what_is_held(found, homes, agencies, by)


def name_of(person: GivenPerson) -> str:
    return f"{person.given} {person.family}".strip()


def _places(
    parties: Sequence[GivenParty], by: User
) -> Iterable[tuple[str, tuple[PersonLine, ...], tuple[Elsewhere, ...]]]:
    homes = dict.fromkeys((one.person.address_lines, one.person.postcode) for one in parties)
    for lines, postcode in homes:
        if lines or postcode:
            there = search(GivenPerson(address_lines=lines, postcode=postcode), by=by, limit=MOST_THERE).elsewhere
            alone = tuple(one for one in there if SAME_ADDRESS in one.reasons)
            yield "Others at this address", known_at(lines, postcode, by=by), alone
    for telephone in dict.fromkeys(one.person.telephone for one in parties if one.person.telephone):
        yield f"Others on {telephone}", find_people(telephone, by=by).people, ()


def _with_what_is_held(
    found: list[_Found], homes: dict[int, tuple[NameLine, ...]], agencies: dict[int, str], by: User
) -> AlreadyKnown:
    """Markers and earlier enquiries of everybody found, in a handful of queries however many they are."""
    leads = {_lead(one) for each in found for one in each.people}
    records = records_of(leads)
    markers = markers_by_lead(leads, protection())
    earlier = of_people({number for numbers in records.values() for number in numbers}, by=by) if leads else ()
    asked = tuple(
        Asked(
            each.who,
            tuple(_known(one, records, markers, earlier, homes, agencies) for one in each.people),
            each.elsewhere,
            each.is_common,
        )
        for each in found
    )
    names = {each.who for each in found if each.is_person}
    shown = tuple(one for one in asked if one.people or one.elsewhere or one.is_common)
    return AlreadyKnown(shown, tuple(one.who for one in asked if one not in shown and one.who in names))


def _known(
    one: Candidate | PersonLine,
    records: dict[int, frozenset[int]],
    markers: dict[int, tuple[MarkerLine, ...]],
    earlier: tuple[EarlierLine, ...],
    homes: dict[int, tuple[NameLine, ...]],
    agencies: dict[int, str],
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
        lives_with=homes.get(lead, ()),
        known_to=_names(one.known_to, agencies) if isinstance(one, Candidate) else (),
    )


def _is_common(answer: Answer) -> bool:
    return answer.is_truncated and not any(one.score >= LIKELY for one in answer.people)


def _together(there: tuple[Elsewhere, ...], told: set[int], agencies: dict[int, str]) -> tuple[AgencyRecords, ...]:
    """How many more at an address agencies alone know: every adult of a household is to be found (M53)."""
    more = tuple(one for one in there if not told & {known.record for known in one.known_to})
    known_to = [known for one in more for known in one.known_to]
    says = f"{len(more)} people at this address" if len(more) > 1 else "Somebody at this address"
    records = tuple(known.record for known in known_to)
    return (AgencyRecords(records, _names(known_to, agencies), "", says),) if more else ()


def _names(known_to: Sequence[KnownTo], agencies: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted({agencies[one.agency] for one in known_to if one.agency in agencies}))


def _lead(one: Candidate | PersonLine) -> int:
    return one.person if isinstance(one, Candidate) else one.lead
