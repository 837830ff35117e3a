"""The short page for what needs no research: its forms, and what stands beside them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from openmash.audit.action import Refused, Stale
from openmash.decisions import actions
from openmash.decisions.codes import DIRECT, LEVELS
from openmash.decisions.complete import unsaid_directly
from openmash.decisions.forms import DirectForm, OutcomeForm, outcome_form, outcomes_from
from openmash.decisions.gaps import gaps, in_short
from openmash.decisions.given import GivenDecision
from openmash.decisions.policies import may_decide_directly
from openmash.design.repeated import Repeated, kept
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import PartyLine, Story, parties, story
from openmash.enquiries.record import Record, record
from openmash.kit.verdict import Verdict
from openmash.triage.attempts import Conflict, conflict_since
from openmash.triage.queries import ScreeningLine, screening

# What whoever screened thought, as the reason that is offered first.
_AS_SCREENED = {
    "direct": "routed",
    "already_open": "already_open",
    "information_only": "information_only",
    "duplicate": "duplicate",
    "advice": "advice",
}


@dataclass(frozen=True)
class DirectPage:
    record: Record
    form: DirectForm
    outcomes: Repeated[OutcomeForm]
    may: Verdict
    story: Story
    parties: tuple[PartyLine, ...]
    screening: ScreeningLine | None
    gaps: tuple[str, ...]
    hints: dict[str, str]
    means: dict[str, str]
    conflict: Conflict | None


class DirectSheet:
    """The two forms of a decision without research, from what was typed or from the screening."""

    def __init__(self, request: HttpRequest, enquiry: Enquiry, *, now: datetime) -> None:
        self.enquiry, self.by, self.now = enquiry, request.user, now
        self.screening = screening(enquiry.pk)
        self.conflict: Conflict | None = None
        typed = request.POST if request.method == "POST" else None
        reason = _AS_SCREENED.get(self.screening.outcome, "") if self.screening else ""
        begun = {"version": enquiry.version, "reason": reason, "not_known": "No agency was asked about this family."}
        fits = DIRECT[reason].outcomes if reason else ()
        self.outcomes: Repeated[OutcomeForm] = Repeated(
            outcome_form(enquiry),
            prefix="outcomes",
            data=typed,
            initial=[{"kind": kind} for kind in fits[:1]],
            most=8,
            one="outcome",
        )
        if typed is not None and self.outcomes.changing:
            self.form = kept(DirectForm, typed)
        else:
            self.form = DirectForm(typed, initial=begun)

    def is_done(self) -> bool:
        """Decide, when everything is said; otherwise what is missing stands beside its field."""
        if not all((self.form.is_valid(), self.outcomes.is_valid())):
            return False
        said = dict(self.form.cleaned_data)
        seen, reason = said.pop("version"), said.pop("reason")
        given = GivenDecision(outcomes=outcomes_from(self.outcomes), **said)
        for one in unsaid_directly(given, reason, self.enquiry, by=self.by):
            if one.field == "outcomes":
                self.outcomes.errors = (*self.outcomes.errors, one.says)
            else:
                self.form.add_error(one.field, one.says)
        if self.form.errors or self.outcomes.errors:
            return False
        return self._decide(reason, given, seen)

    def _decide(self, reason: str, given: GivenDecision, seen: int) -> bool:
        try:
            actions.decide_directly(self.enquiry, by=self.by, now=self.now, reason=reason, given=given, seen=seen)
        except Stale as stale:
            self.conflict = conflict_since(self.enquiry, stale.seen)
            self.form.data = self.form.data.copy()
            self.form.data["version"] = str(stale.thing.version)  # type: ignore[attr-defined]
            return False
        except Refused as refused:
            for reason_why in refused.verdict.reasons:
                self.form.add_error(None, reason_why)
            return False
        return True

    def page(self) -> DirectPage:
        return DirectPage(
            record=record(self.enquiry, by=self.by, now=self.now, current="decision/"),
            form=self.form,
            outcomes=self.outcomes,
            may=may_decide_directly(self.by, self.enquiry),
            story=story(self.enquiry, by=self.by),
            parties=parties(self.enquiry.pk),
            screening=self.screening,
            gaps=in_short(gaps(self.enquiry, now=self.now)),
            hints={reason.key: reason.hint for reason in DIRECT.values()},
            means={str(level.number): level.means for level in LEVELS.values()},
            conflict=self.conflict,
        )
