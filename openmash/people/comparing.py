"""Two people side by side with their differences marked, and what a joined record says that the lead does not yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openmash.audit.actors import Actor
from openmash.design.moments import day
from openmash.kit.verdict import Verdict
from openmash.people.amending import said
from openmash.people.facts import COLUMNS, WORDS, Fact, FactValue
from openmash.people.identifiers import kind_name, show
from openmash.people.loading import load_person
from openmash.people.matching.rows import describe_groups
from openmash.people.matching.score import score
from openmash.people.matching.search import areas_known_to
from openmash.people.models import SEXES, Contact, Identifier, Name, Person, Residence
from openmash.people.names import fold
from openmash.people.pairs import pair_of
from openmash.people.policies import may_agree_same, may_propose_same, may_say_different, may_say_same
from openmash.people.portrait import PersonView, person_view
from openmash.people.whereabouts import WITHHELD, protection

SAME, DIFFERENT, ONE_SIDE = "same", "different", "one side"
_VERDICT_WORDS = {SAME: "The same", DIFFERENT: "Different", ONE_SIDE: "Only one says"}


@dataclass(frozen=True)
class Row:
    """One line of the comparison. `says` is the difference in words, since colour alone says nothing."""

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    verdict: str

    @property
    def says(self) -> str:
        return _VERDICT_WORDS[self.verdict]


@dataclass(frozen=True)
class Comparison:
    """Two people: how likely they are one, why, and whether the reader may say so.

    `is_guarded`: two people have to agree. `proposal` is the number of what the first has said, 0 before.
    """

    ours: PersonView
    theirs: PersonView
    rows: tuple[Row, ...]
    band: str
    reasons: tuple[str, ...]
    may_say_same: Verdict
    may_say_different: Verdict
    is_guarded: bool
    proposal: int
    proposed_by: str
    proposed_at: datetime | None
    may_propose: Verdict
    may_agree: Verdict

    @property
    def because(self) -> str:
        says = "; ".join(self.reasons)
        return says[:1].upper() + says[1:]


@dataclass(frozen=True)
class ToReview:
    """A fact of a joined record that the lead record does not say. `key` is what the worker ticks."""

    key: str
    label: str
    now: str
    given: str
    source: str
    recorded_at: datetime
    fact: Fact


def compare(one: int, other: int, *, by: Actor) -> Comparison:
    """Two people, either of which may be named by any of their records; 404 when `by` may not know both."""
    ours, theirs = person_view(one, by=by), person_view(other, by=by)
    groups = dict.fromkeys(ours.records, 0) | dict.fromkeys(theirs.records, 1)
    described = describe_groups(groups)
    pair = pair_of(load_person(ours.lead, by=by), load_person(theirs.lead, by=by))
    scored = score(described[0], described[1]) if len(described) > 1 else score(described[1], described[1])
    return Comparison(
        ours=ours,
        theirs=theirs,
        rows=_rows(ours, theirs),
        band=scored.band,
        reasons=scored.reasons,
        may_say_same=may_say_same(by, pair),
        may_say_different=may_say_different(by, pair),
        is_guarded=pair.is_guarded,
        proposal=pair.proposal.pk if pair.proposal else 0,
        proposed_by=pair.proposal.by.name if pair.proposal else "",
        proposed_at=pair.proposal.at if pair.proposal else None,
        may_propose=may_propose_same(by, pair),
        may_agree=may_agree_same(by, pair),
    )


_SHOWN: tuple[tuple[str, Callable[[PersonView], Iterable[str]]], ...] = (
    ("Name", lambda view: [view.name]),
    ("Other names", lambda view: view.aliases),
    ("Date of birth", lambda view: [day(born) for born in (view.born_on, *view.other_birth_dates) if born]),
    ("Due date", lambda view: [day(view.due_on)] if view.due_on else []),
    ("Sex", lambda view: [view.sex] if view.sex != SEXES["U"] else []),
    ("Addresses", lambda view: [stay.address for stay in view.stays]),
    ("Telephone and e-mail", lambda view: [contact.value for contact in view.contacts]),
    ("Numbers", lambda view: [f"{number.kind} {number.value}" for number in view.numbers]),
    ("Family and others", lambda view: [f"{tie.says} {tie.name}" for tie in view.ties]),
    ("Professionals", lambda view: [" ".join(filter(None, [one.agency, one.name])) for one in view.professionals]),
    ("Markers", lambda view: [marker.says for marker in view.markers if marker.is_live]),
)


def _rows(ours: PersonView, theirs: PersonView) -> tuple[Row, ...]:
    rows = [_row(label, tuple(shown(ours)), tuple(shown(theirs))) for label, shown in _SHOWN]
    labels = dict.fromkeys([*dict(ours.facts), *dict(theirs.facts)])
    rows += [_row(label, _fact(ours, label), _fact(theirs, label)) for label in labels]
    return tuple(row for row in rows if row.ours or row.theirs)


def _row(label: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Row:
    if not set(ours) - {WITHHELD} or not set(theirs) - {WITHHELD}:
        return Row(label, ours, theirs, ONE_SIDE)
    is_shared = {fold(value) for value in ours} & {fold(value) for value in theirs}
    return Row(label, ours, theirs, SAME if is_shared else DIFFERENT)


def _fact(view: PersonView, label: str) -> tuple[str, ...]:
    value = dict(view.facts).get(label)
    return (value,) if value else ()


def facts_to_review(lead: Person, *, by: Actor) -> tuple[ToReview, ...]:
    """What the records joined to a lead say that it does not, newest first. Six queries."""
    joined = Person.objects.filter(lead=lead, area__in=areas_known_to(by))
    records = {record.pk: record for record in joined}
    if not records:
        return ()
    found = [*_names(lead, records), *_numbers(lead, records)]
    if lead.pk not in protection().leads:
        found += [*_homes(lead, records), *_contacts(lead, records)]
    sources = {row.person_id: row.source for row in Name.objects.filter(person__in=records).order_by("-id")}
    found += [one for record in records.values() for one in _columns(lead, record, sources.get(record.pk, ""))]
    order = list(WORDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.fact.what), -one.recorded_at.timestamp())))


def _names(lead: Person, records: dict[int, Person]) -> Iterable[ToReview]:
    rows = list(Name.objects.filter(person__in=[lead.pk, *records], is_usual=True).order_by("-id"))
    own = next((row for row in rows if row.person_id == lead.pk), None)
    for row in rows:
        if row.person_id != lead.pk and (own is None or fold(str(row)) != fold(str(own))):
            yield _review("name", row.pk, str(own or ""), str(row), (row.given, row.family), row, row.since)


def _homes(lead: Person, records: dict[int, Person]) -> Iterable[ToReview]:
    open_stays = Residence.objects.filter(person__in=[lead.pk, *records], until=None).select_related("address")
    rows = list(open_stays.order_by("-id"))
    own = [row for row in rows if row.person_id == lead.pk]
    for row in rows:
        if row.person_id != lead.pk and row.address_id not in {stay.address_id for stay in own}:
            value = (row.address.lines, row.address.postcode)
            now = str(own[0].address) if own else ""
            yield _review("address", row.pk, now, str(row.address), value, row, row.since)


def _contacts(lead: Person, records: dict[int, Person]) -> Iterable[ToReview]:
    rows = list(Contact.objects.filter(person__in=[lead.pk, *records], until=None).order_by("-id"))
    own = {(row.kind, row.value) for row in rows if row.person_id == lead.pk}
    for row in rows:
        if row.person_id != lead.pk and (row.kind, row.value) not in own:
            now = ", ".join(sorted(value for kind, value in own if kind == row.kind))
            yield _review(row.kind, row.pk, now, row.value, row.value, row, row.since)


def _numbers(lead: Person, records: dict[int, Person]) -> Iterable[ToReview]:
    rows = list(Identifier.objects.filter(person__in=[lead.pk, *records]).order_by("-id"))
    own = {(row.kind, row.value) for row in rows if row.person_id == lead.pk}
    for row in rows:
        if row.person_id != lead.pk and (row.kind, row.value) not in own:
            now = ", ".join(_number(kind, value) for kind, value in sorted(own) if kind == row.kind)
            yield _review(
                "identifier", row.pk, now, _number(row.kind, row.value), (row.kind, row.value), row, row.since
            )


def _columns(lead: Person, record: Person, source: str) -> Iterable[ToReview]:
    for column, label in COLUMNS.items():
        given, now = getattr(record, column), getattr(lead, column)
        if given not in (None, "", "U") and given != now:
            words = [SEXES.get(said(value), said(value)) if column == "sex" else said(value) for value in (now, given)]
            fact = Fact(column, given, source)
            yield ToReview(f"{column}-{record.pk}", label, words[0], words[1], source, record.recorded_at, fact)


def _number(kind: str, value: str) -> str:
    return f"{kind_name(kind)} {show(kind, value)}"


def _review(
    what: str,
    number: int,
    now: str,
    given: str,
    value: FactValue,
    row: Name | Residence | Contact | Identifier,
    since: date | None,
) -> ToReview:
    fact = Fact(what, value, row.source, since)
    return ToReview(f"{what}-{number}", WORDS[what], now, given, row.source, row.recorded_at, fact)
