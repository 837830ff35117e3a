"""How a decision is written down before it is signed. Called inside the acts of this room, in their own transaction."""

from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import Stale
from openmash.decisions.given import GivenDecision
from openmash.decisions.models import Advice, Decision, Evidence, Outcome
from openmash.decisions.policies import unsigned
from openmash.enquiries.models import Enquiry


def write_draft(
    enquiry: Enquiry, given: GivenDecision, *, by: User, now: datetime, draft_seen: int | None, pen: str
) -> Decision:
    """Write what is given into the enquiry's one unsigned decision, and make it where there is none.

    `draft_seen` is the version of the draft that the page was opened with (0: there was none); `pen` is the page
    itself, which may go on writing what it wrote last. Raises `Stale` when somebody else wrote in between.
    """
    draft = unsigned(enquiry) or Decision(enquiry=enquiry, number=enquiry.decisions.count() + 1, version=0)
    if draft_seen is not None and draft.version != draft_seen and not (pen and draft.pen == pen):
        raise Stale(draft, draft_seen)
    draft.version += 1
    draft.drafted_by, draft.drafted_at, draft.pen = by, now, pen
    draft.is_safeguarding_concern = given.is_safeguarding_concern
    draft.level, draft.domains = given.level, list(given.domains)
    for name, words in given.words().items():
        setattr(draft, name, words)
    draft.save()
    _write_rows(draft, given)
    return draft


def _write_rows(draft: Decision, given: GivenDecision) -> None:
    for rows in (draft.outcomes, draft.evidence, draft.advice):
        rows.all().delete()
    Outcome.objects.bulk_create(
        Outcome(decision=draft, kind=one.kind, what=one.what, team_id=one.team, agency_id=one.agency, within=one.within)
        for one in given.outcomes
    )
    Evidence.objects.bulk_create(
        Evidence(decision=draft, line=pin.line, point=pin.point, is_contrary=pin.is_contrary)
        for pin in {pin.line: pin for pin in given.pins}.values()
    )
    Advice.objects.bulk_create(
        Advice(decision=draft, agency_id=one.agency, says=one.says, because=one.because)
        for one in given.advice
        if one.because or one.says != "disagrees"  # half-written dissent waits on the page: the database wants its why
    )
