"""For each person in an enquiry: who they may be, what has been said of that, and what is still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from openmash.agencies.models import User
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.queries import PartyLine, parties
from openmash.people.matching import Answer, Candidate, search
from openmash.people.models import Judgement
from openmash.people.queries import (
    AgencyRecords,
    Comparison,
    RecordSaid,
    compare,
    facts_to_review,
    load_person,
    load_record,
    names_of,
    not_judged,
    said_of_records,
)

MOST_OPEN = 6


@dataclass(frozen=True)
class Said:
    """What somebody has said of a person of the enquiry and another record, and that stands."""

    judgement: int
    says: str
    other: int
    other_name: str
    by: str


@dataclass(frozen=True)
class Question:
    """One person of the enquiry. `open` are the possible matches that nobody has judged, `said` what somebody has.

    `elsewhere` are agencies' records that may be them, `told` what somebody has said of such a record.
    `news` is how many facts of a joined record the lead record does not say yet: the reviewed merge (M95).
    """

    party: PartyLine
    open: tuple[Candidate, ...]
    said: tuple[Said, ...]
    news: int
    elsewhere: tuple[AgencyRecords, ...]
    told: tuple[RecordSaid, ...]

    @property
    def is_unborn(self) -> bool:
        return self.party.role == "unborn"


@dataclass(frozen=True)
class WhoIsWho:
    """Everybody in it. `two` are the records side by side that are asked about now, of the party `asks`."""

    questions: tuple[Question, ...]
    asks: Question | None
    two: Comparison | None

    @property
    def unknown(self) -> tuple[Question, ...]:
        """Whom nobody that the hub knows matches, and nobody has settled yet."""
        return tuple(one for one in self.questions if not one.open and not one.party.is_matched)


def who_is_who(enquiry: Enquiry, *, by: User, party: int = 0, other: int = 0) -> WhoIsWho:
    """The people of an enquiry beside those whom they may be. `party` and `other` choose what is asked first."""
    lines = parties(enquiry.pk)
    here = {line.lead for line in lines}
    said = _said_of({line.person for line in lines})
    told = said_of_records({line.person for line in lines}, by=by)
    questions = tuple(_question(line, said[line.person], told[line.person], here - {line.lead}, by) for line in lines)
    asks = _chosen(questions, party)
    if asks is None or not asks.open:
        return WhoIsWho(questions, asks, None)
    wanted = next((one.person for one in asks.open if one.person == other), asks.open[0].person)
    return WhoIsWho(questions, asks, compare(asks.party.person, wanted, by=by))


def open_candidates(party: Party, *, by: User) -> tuple[Candidate, ...]:
    """The possible matches of one person in an enquiry that nobody has judged."""
    leads = {line.lead for line in parties(party.enquiry_id) if line.party != party.pk}
    return _open(search(load_record(party.person_id, by=by), by=by), leads)


def _question(
    line: PartyLine, said: tuple[Said, ...], told: tuple[RecordSaid, ...], others: set[int], by: User
) -> Question:
    found = search(load_record(line.person, by=by), by=by)
    is_joined = any(one.says == Judgement.SAME for one in said)
    return Question(
        party=line,
        open=() if line.is_matched else _open(found, others),
        said=said,
        news=len(facts_to_review(load_person(line.person, by=by), by=by)) if is_joined else 0,
        elsewhere=not_judged(found.elsewhere, told)[:MOST_OPEN],
        told=told,
    )


def _said_of(records: set[int]) -> dict[int, tuple[Said, ...]]:
    """By record: every live judgement of it and another. Three queries."""
    live = Judgement.objects.filter(undone_at=None).filter(Q(first__in=records) | Q(second__in=records))
    rows = list(live.select_related("by").order_by("-at"))
    names = names_of(_both(rows))
    found: dict[int, list[Said]] = {record: [] for record in records}
    for row in rows:
        for record, other in ((row.first_id, row.second_id), (row.second_id, row.first_id)):
            if record in found:
                found[record].append(Said(row.pk, row.says, other, names[other].name, row.by.name))
    return {record: tuple(said) for record, said in found.items()}


def _both(rows: Iterable[Judgement]) -> set[int]:
    return {record for row in rows for record in (row.first_id, row.second_id)}


def _open(found: Answer, others: set[int]) -> tuple[Candidate, ...]:
    """Somebody else of the same enquiry is asked about only when they are likely the same: siblings are not."""
    return tuple(one for one in found.people if one.judged is None and (one.person not in others or one.band != "low"))[
        :MOST_OPEN
    ]


def _chosen(questions: Sequence[Question], party: int) -> Question | None:
    asked_for = next((one for one in questions if one.party.party == party), None)
    return asked_for or next((one for one in questions if one.open), None)
