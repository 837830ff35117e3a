"""One release on the hub's page: its facts, the text that leaves, who has still to say yes, and what may be done."""

from dataclasses import dataclass
from datetime import datetime

from openmash.agencies.models import User
from openmash.design.moments import day, moment
from openmash.disclosure import readings
from openmash.disclosure.codes import PURPOSES
from openmash.disclosure.drawing_up import who
from openmash.disclosure.models import Release
from openmash.disclosure.paper import mark_of
from openmash.disclosure.policies import (
    has_ended,
    may_answer_by_post,
    may_approve,
    may_change,
    may_override,
    may_propose,
    may_put_aside,
    may_recall,
    may_refuse,
    may_send_back,
)
from openmash.disclosure.product import Part, parts_of
from openmash.disclosure.queries import COLOURS, AnswerLine, answers
from openmash.disclosure.workflow import DRAFT, EXPIRED, OUT, PROPOSED, STATUS_WORDS
from openmash.gathering.policies import may_be_let_through, may_want_override
from openmash.gathering.standing import overridden, standings
from openmash.kit.verdict import Verdict
from openmash.people.queries import names_of
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mays:
    """What `by` may do to a release now, each with its reasons when not."""

    propose: Verdict
    change: Verdict
    put_aside: Verdict
    approve: Verdict
    send_back: Verdict
    refuse: Verdict
    recall: Verdict
    override: Verdict
    answer_by_post: Verdict


@dataclass(frozen=True)
class ReleaseSheet:
    """Everything that the page of one release shows. `shown` is the hash of the text in `parts` (I4)."""

    path: str
    version: int
    status: str
    status_words: str
    colour: str
    recipient: str
    facts: Facts
    history: Facts
    ended_because: str
    answers: tuple[AnswerLine, ...]
    named: Facts
    parts: tuple[Part, ...]
    shown: str
    mark: str
    may: Mays
    overridden: str
    want_override: str

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.status == PROPOSED

    @property
    def is_out(self) -> bool:
        return self.status in OUT

    @property
    def waits_for(self) -> tuple[AnswerLine, ...]:
        return tuple(line for line in self.answers if line.says == "Not answered yet")


def sheet_of(release: Release, *, by: User, now: datetime) -> ReleaseSheet:
    """Looks at the release for `by`: the look is on the ledger before this returns."""
    sheet = readings.look(release, by=by, now=now)
    status = EXPIRED if release.status in OUT and has_ended(release, now) else release.status
    return ReleaseSheet(
        path=f"/enquiry/{release.enquiry.reference}/release/{release.token}/",
        version=release.version,
        status=status,
        status_words=STATUS_WORDS[status],
        colour=COLOURS[status],
        recipient=who(release.recipient, release.team),
        facts=_facts(release),
        history=_history(release),
        ended_because=release.ended_because,
        answers=answers(release),
        named=_named(release),
        parts=parts_of(sheet.text),
        shown=sheet.shown,
        mark=mark_of(release) if release.body_hash else "",
        may=Mays(
            propose=may_propose(by, release) & sheet.in_the_way,
            change=may_change(by, release),
            put_aside=may_put_aside(by, release),
            approve=may_approve(by, release),
            send_back=may_send_back(by, release),
            refuse=may_refuse(by, release),
            recall=may_recall(by, release),
            override=may_override(by, release),
            answer_by_post=may_answer_by_post(by, release),
        ),
        overridden=overridden(release.recipient.agency, release.enquiry),
        want_override=_want_override(release, by),
    )


def _want_override(release: Release, by: User) -> str:
    """Where the governance lead is asked, when only the signature of the recipient's agency is missing."""
    agency, enquiry = release.recipient.agency, release.enquiry
    may = may_want_override(by, enquiry) and may_be_let_through(standings(enquiry, [agency])[agency.pk])
    return f"/enquiry/{enquiry.reference}/ask/{agency.key}/override/" if may else ""


def _facts(release: Release) -> Facts:
    told = "Told" if release.told_family else f"Not told. {release.told_family_words}"
    return (
        ("To", who(release.recipient, release.team)),
        ("Why them", release.why_them),
        ("Purpose", f"{PURPOSES[release.purpose]}. {release.purpose_words}"),
        ("Why it is necessary", release.necessity),
        ("Lawful basis", LAWFUL_BASES[release.lawful_basis]),
        ("Legal gateway", GATEWAYS[release.gateway]),
        ("The family", told),
        ("Conditions", release.conditions),
        ("May be read until", day(release.expires_at)),
    )


def _history(release: Release) -> Facts:
    lines = (
        ("Drafted", release.drafted_by, release.drafted_at),
        ("Proposed", release.proposed_by, release.proposed_at),
        ("Approved and released", release.approved_by, release.approved_at),
        ("Opened", release.recipient, release.first_read_at),
        ("Acknowledged", release.recipient, release.acknowledged_at),
        (STATUS_WORDS[release.status], None, release.ended_at),
        ("Recall answered", release.recipient, release.recall_heeded_at),
    )
    return tuple((what, f"{user.name}, {moment(at)}" if user else moment(at)) for what, user, at in lines if at)


def _named(release: Release) -> Facts:
    rows = list(release.justified.order_by("id"))
    names = names_of([row.person_id for row in rows])
    return tuple((names[row.person_id].name, row.because) for row in rows)
