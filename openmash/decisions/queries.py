"""What is seen of decisions, by whom. Finished, frozen values.

A coordinator sees the outcome, coded; a triage social worker sees the proposal as well; a practice manager sees it all
(permission matrix of the security design, 3.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor
from openmash.decisions.codes import DIRECT, FEEDBACK_BY, LATE_DID, LEVELS, OUTCOMES, descriptor
from openmash.decisions.models import Advice, Continuation, Decision, Evidence, Feedback, LateAnswer
from openmash.decisions.policies import (
    last_signed,
    may_decide,
    may_meet_late_answer,
    may_propose,
    may_put_away,
    unsigned,
)
from openmash.decisions.shown import (
    AdviceLine,
    ContinuationLine,
    DecisionLine,
    DecisionSummary,
    DraftLine,
    FeedbackBegins,
    FeedbackLine,
    LateAnswerPage,
    LateLine,
    OutcomeLine,
    PinLine,
    ProposalLine,
)
from openmash.decisions.telling import unsafe_ways
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_call_back
from openmash.enquiries.queries import ReferrerLine, parties, story
from openmash.intelligence.actions import read
from openmash.people.chronology import Line, Look, lines
from openmash.people.queries import records_of
from openmash.people.reaching import DANGER_THERE

FULL, PROPOSAL, CODED, NOTHING = "full", "proposal", "coded", ""


def reads(by: Actor, enquiry: Enquiry) -> str:
    """How much of a decision `by` reads: all, proposals, the coded outcome, or nothing."""
    if holds(by, Permission.DECIDE, enquiry.area_id):
        return FULL
    if holds(by, Permission.PROPOSE_DECISION, enquiry.area_id):
        return PROPOSAL
    return CODED if holds(by, Permission.SEE_ENQUIRIES, enquiry.area_id) else NOTHING


def _offers(enquiry: Enquiry, by: Actor) -> tuple[tuple[str, str], ...]:
    """What is done from here and from nowhere else: the enquiry page offers the rest."""
    path = f"/enquiry/{enquiry.reference}/"
    offered = (
        ("Propose a decision", f"{path}decide/", may_propose(by, enquiry) and not may_decide(by, enquiry)),
        ("Put away: not an enquiry", f"{path}put-away/", may_put_away(by, enquiry)),
    )
    return tuple((label, where) for label, where, may in offered if may)


def summary(enquiry: Enquiry, *, by: Actor, now: datetime) -> DecisionSummary:
    """Everything of the decision that `by` may read, for the decision area of the enquiry page."""
    extent = reads(by, enquiry)
    rows = Decision.objects.filter(enquiry=enquiry).select_related("signed_by", "drafted_by", "proposed_by")
    found = list(rows.prefetch_related("outcomes__team", "outcomes__agency").order_by("-number"))
    draft = next((row for row in found if row.signed_at is None), None)
    signed = [row for row in found if row.signed_at is not None]
    combined = chronology_of(enquiry, by=by) if extent == FULL and signed else Combined()
    return DecisionSummary(
        offers=_offers(enquiry, by),
        draft=_draft_line(draft),
        proposal=_proposal(draft, extent) if draft else None,
        decisions=tuple(_decision_line(row, extent, combined) for row in signed),
        continuations=_continuations(enquiry) if extent in (FULL, PROPOSAL) else (),
        feedback=_feedback(enquiry),
    )


@dataclass(frozen=True)
class Combined:
    """The combined chronology of everyone in an enquiry, and the name that each of their records goes by."""

    lines: tuple[Line, ...] = ()
    names: dict[int, str] = field(default_factory=dict)

    def about(self, line: Line) -> str:
        """Whom a line is about: without it nobody can tell whose birth, or whose conviction, a decision rests on."""
        return ", ".join(dict.fromkeys(self.names[number] for number in line.people if number in self.names))


def chronology_of(enquiry: Enquiry, *, by: Actor) -> Combined:
    """The combined chronology of everyone in an enquiry, as far as `by` sees it. The look is on the ledger."""
    called = {party.lead: party.name for party in parties(enquiry.pk)}
    names = {number: called[lead] for lead, numbers in records_of(called).items() for number in numbers}
    return Combined(lines(Look(by, enquiry.pk, frozenset(names))), names)


def concern_words(is_concern: bool | None) -> str:
    return {True: "A safeguarding concern", False: "Not a safeguarding concern"}.get(is_concern, "Not said")  # type: ignore[arg-type]


def level_words(level: int | None) -> str:
    return LEVELS[level].label if level in LEVELS else "No level: no research was needed"


def _draft_line(draft: Decision | None) -> DraftLine | None:
    if draft is None:
        return None
    writer, proposer = draft.drafted_by, draft.proposed_by
    return DraftLine(
        writer.name if writer else "", draft.drafted_at, proposer.name if proposer else "", draft.proposed_at
    )


def _proposal(decision: Decision, extent: str) -> ProposalLine | None:
    """A proposal for those who propose and decide. The words of a manager, who reads sealed items, are for managers."""
    kept: dict[str, Any] | None = decision.proposal
    if extent not in (FULL, PROPOSAL) or kept is None or not decision.proposed_by or not decision.proposed_at:
        return None
    is_open = extent == FULL or not holds(decision.proposed_by, Permission.DECIDE, decision.enquiry.area_id)
    return ProposalLine(
        decision.proposed_by.name,
        decision.proposed_at,
        concern_words(kept["is_safeguarding_concern"]),
        level_words(kept["level"]),
        tuple(_label(one["kind"]) for one in kept["outcomes"]),
        kept["rationale"] if is_open else "",
    )


def proposal_line(enquiry: Enquiry, *, by: Actor) -> ProposalLine | None:
    """What is proposed for an enquiry and not decided yet."""
    draft = unsigned(enquiry)
    return _proposal(draft, reads(by, enquiry)) if draft else None


def _label(kind: str) -> str:
    return OUTCOMES[kind].label if kind in OUTCOMES else "An outcome that was not chosen yet"


def outcome_lines(decision: Decision, *, is_coded: bool) -> tuple[OutcomeLine, ...]:
    """The outcomes of a decision in the order in which they were written."""
    return tuple(
        OutcomeLine(
            _label(row.kind),
            row.owner_name,
            OUTCOMES[row.kind].is_referral,
            "" if is_coded else row.what,
            "" if is_coded else row.within,
        )
        for row in sorted(decision.outcomes.all(), key=lambda row: row.pk)
    )


_WORDS = (
    ("facts", "Facts"),
    ("analysis", "What they mean for the child"),
    ("contrary", "What points the other way"),
    ("rationale", "Why this was decided"),
    ("not_known", "What was not known"),
    ("early_or_late_because", "Why it was decided then"),
    ("weak_because", "Why it rests on what may not be so"),
    ("differs_because", "Why it differs from what was proposed"),
    ("for_referrer", "For the referrer"),
    ("for_child", "For the child to read later"),
)


def _decision_line(row: Decision, extent: str, combined: Combined) -> DecisionLine:
    is_coded = extent != FULL
    base = DecisionLine(
        number=row.number,
        is_coded=is_coded,
        by=row.signed_by.name if row.signed_by else "",
        at=row.signed_at or row.enquiry.received_at,
        direct=DIRECT[row.direct_because].label if row.is_direct else "",
        concern=concern_words(row.is_safeguarding_concern),
        level=level_words(row.level),
        outcomes=outcome_lines(row, is_coded=is_coded),
        proposal=_proposal(row, extent),
    )
    return base if is_coded else _with_words(base, row, combined)


def _with_words(base: DecisionLine, row: Decision, combined: Combined) -> DecisionLine:
    seen = {line.key: line for line in combined.lines}
    facts = vars(base) | {
        "looks_like": tuple(descriptor(row.level, domain) for domain in row.domains) if row.level else (),
        "words": tuple((label, getattr(row, name)) for name, label in _WORDS if getattr(row, name)),
        "gaps": tuple(row.gaps.order_by("id").values_list("says", flat=True)),
        "pins": tuple(_pin_line(pin, seen.get(pin.line), combined) for pin in row.evidence.order_by("id")),
        "advice": tuple(_advice_line(one) for one in row.advice.select_related("agency").order_by("agency__name")),
        "late": late_lines(row),
    }
    return DecisionLine(**facts)


def _pin_line(pin: Evidence, line: Line | None, combined: Combined) -> PinLine:
    if line is None:
        return PinLine(pin.line, None, "", "", "", pin.point, pin.is_contrary)
    return PinLine(pin.line, line.on, line.what, combined.about(line), line.source, pin.point, pin.is_contrary)


def _advice_line(row: Advice) -> AdviceLine:
    return AdviceLine(row.agency.name, Advice.SAYS.get(row.says, row.says), row.because, row.says == "disagrees")


def late_lines(decision: Decision) -> tuple[LateLine, ...]:
    """The answers that came after a decision, first come first."""
    rows = decision.late_answers.select_related("answer__agency", "by").order_by("id")
    return tuple(_late_line(row) for row in rows)


def _late_line(row: LateAnswer) -> LateLine:
    did = LATE_DID.get(row.did, "")
    return LateLine(
        row.pk, row.answer.agency.name, row.raised_at, did, row.because, row.by.name if row.by else "", row.at
    )


def _continuations(enquiry: Enquiry) -> tuple[ContinuationLine, ...]:
    rows = Continuation.objects.filter(enquiry=enquiry).select_related("by").order_by("-id")
    return tuple(ContinuationLine(row.no_immediate_risk_because, row.next_step, row.by.name, row.at) for row in rows)


def _feedback(enquiry: Enquiry) -> tuple[FeedbackLine, ...]:
    rows = Feedback.objects.filter(enquiry=enquiry).select_related("by").order_by("-id")
    return tuple(
        FeedbackLine(
            FEEDBACK_BY[row.how].split(":")[0],
            row.words,
            row.withheld_because,
            row.said_to,
            row.despite,
            row.by.name,
            row.at,
        )
        for row in rows
    )


def late_answer(enquiry: Enquiry, number: int, *, by: User) -> LateAnswerPage:
    """One late answer of an enquiry; 404 when there is none. The look into the sealed room is on the ledger."""
    rows = LateAnswer.objects.filter(enquiry=enquiry, pk=number).select_related("answer__agency", "by", "decision")
    row = rows.first()
    if row is None or not may_meet_late_answer(by, enquiry):
        raise Http404
    items = tuple(item for item in read(enquiry, by=by) if item.answer == row.answer.token)
    decision = Decision.objects.select_related("signed_by", "proposed_by").get(pk=row.decision_id)
    line = _decision_line(decision, FULL, chronology_of(enquiry, by=by))
    return LateAnswerPage(_late_line(row), row.answer.is_nothing_known, row.answer.rating, items, line)


def feedback_begins(enquiry: Enquiry, *, by: Actor, revealed: ReferrerLine | None = None) -> FeedbackBegins:
    """How the referrer wants to be told, and the words that the decision-maker signed for them.

    `revealed` is who they are, when somebody to whom the name is not open has said that they ring back.
    """
    decision, referrer, unsafe = last_signed(enquiry), enquiry.referrer, unsafe_ways(enquiry)
    wants = referrer.wants_feedback_by
    hows = {"email": "email" if referrer.email else "letter", "telephone": "telephone", "none": "withheld"}
    how = hows.get(wants, "")
    return FeedbackBegins(
        how="" if unsafe.get(how) == DANGER_THERE else how,
        words=decision.for_referrer if decision else "",
        may_change_words=bool(holds(by, Permission.DECIDE, enquiry.area_id)),
        referrer=revealed or story(enquiry, by=by).referrer,
        may_ring_back=bool(may_call_back(by, enquiry)),
        wants=_WANTS.get(wants, "Not said"),
        unsafe=tuple(f"{FEEDBACK_BY[way].split(':')[0]}: {says}" for way, says in unsafe.items()),
        is_reason_asked=any(says != DANGER_THERE for says in unsafe.values()),
    )


def referrer_line(enquiry: Enquiry) -> ReferrerLine:
    """Who brought an enquiry, whole: for the act that reveals it."""
    row = enquiry.referrer
    return ReferrerLine(
        role=row.job_title or row.kind.capitalize(),
        organisation=row.organisation,
        name=row.name,
        telephone=row.telephone,
        email=row.email,
        relationship=row.relationship,
        keep_name_from_family=row.keep_name_from_family,
        is_name_withheld=False,
    )


_WANTS = {"email": "By e-mail", "telephone": "By telephone", "none": "Does not want to be told"}


def told(references: Iterable[str], *, by: Actor) -> dict[str, str]:
    """For a professional's own enquiries: the words that the hub has for them, by reference."""
    rows = Feedback.objects.filter(enquiry__reference__in=list(references), enquiry__referrer__user=by.ledger_id)
    pairs = rows.exclude(words="").order_by("id").values_list("enquiry__reference", "words")
    return dict(pairs) if by.ledger_id else {}
