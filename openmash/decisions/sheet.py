"""The page on which it is decided: its forms, and everything that the decision-maker reads beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, QueryDict

from openmash.adults.codes import ADULT
from openmash.agencies.models import User
from openmash.audit.action import Stale
from openmash.decisions.answers import AskedLine, asked
from openmash.decisions.codes import LEVELS
from openmash.decisions.complete import Unsaid
from openmash.decisions.forms import DecisionForm, OutcomeForm, advice_form, given_from, outcome_form
from openmash.decisions.gaps import gaps, in_short, is_early, is_late
from openmash.decisions.given import GivenDecision
from openmash.decisions.models import Decision
from openmash.decisions.policies import is_with_a_manager, may_decide, may_propose, unsigned
from openmash.decisions.queries import Combined, chronology_of, proposal_line
from openmash.decisions.shown import ProposalLine
from openmash.decisions.wording import for_child, for_referrer
from openmash.design.repeated import Repeated, kept
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import Story, story
from openmash.enquiries.record import Record, record
from openmash.intelligence.codes import grade_words
from openmash.kit.verdict import Verdict
from openmash.people.chronology import Line, before_last_12_months
from openmash.triage.attempts import Change, Conflict, conflict_since

_FEW = 60  # with more lines than this, only the latest years stand open


@dataclass(frozen=True)
class PinChoice:
    """One line of the chronology, whom it is about, whether it is pinned and what it is said to show."""

    key: str
    line: Line
    about: str
    grade: str
    is_pinned: bool
    is_contrary: bool
    point: str


@dataclass(frozen=True)
class Year:
    """The lines of one year, newest first; what has no date stands last."""

    name: str
    is_open: bool
    lines: tuple[PinChoice, ...]


@dataclass(frozen=True)
class DecidePage:
    record: Record
    form: DecisionForm
    outcomes: Repeated[OutcomeForm]
    advice: forms.Form
    asked: tuple[AskedLine, ...]
    years: tuple[Year, ...]
    older: int
    gaps: tuple[str, ...]
    story: Story
    proposal: ProposalLine | None
    may_decide: Verdict
    may_propose: Verdict
    is_early: bool
    is_late: bool
    levels: tuple[int, ...] = tuple(LEVELS)
    means: dict[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None


class Sheet:
    """The three forms of one decision, from what was typed or from the draft, and the page around them."""

    def __init__(self, request: HttpRequest, enquiry: Enquiry, *, now: datetime, reads: bool = True) -> None:
        """`reads=False` is for saving quietly while somebody types: nothing sealed is looked at for that."""
        self.enquiry, self.by, self.now = enquiry, request.user, now
        self.typed: QueryDict | None = request.POST if request.method == "POST" else None
        self.draft = self._visible_draft()
        self.asked = asked(enquiry, now=now)
        self.combined = chronology_of(enquiry, by=request.user) if reads else Combined()
        self.conflict: Conflict | None = None
        self.gaps = in_short(gaps(enquiry, now=now))
        self._fill(request)

    def _visible_draft(self) -> Decision | None:
        draft = unsigned(self.enquiry)
        return draft if may_decide(self.by, self.enquiry) or not is_with_a_manager(draft) else None

    def _fill(self, request: HttpRequest) -> None:
        keys = [line.key for line in self.combined.lines] or request.POST.getlist("pins") + request.POST.getlist(
            "contrary_pins"
        )
        begun = _begun(self.draft) or {"not_known": "\n".join(self.gaps)}
        begun |= {
            "version": self.enquiry.version,
            "draft": self.draft.version if self.draft else 0,
            "pen": str(uuid4()),
        }
        shape, advice = outcome_form(self.enquiry), advice_form(self.asked)
        self.outcomes: Repeated[OutcomeForm] = Repeated(
            shape, prefix="outcomes", data=self.typed, initial=_outcomes(self.draft), least=1, most=8, one="outcome"
        )
        if self.typed is None:
            self.form, self.advice = DecisionForm(initial=begun, keys=keys), advice(initial=_advice(self.draft))
        elif self.only_shows:
            self.form = kept(DecisionForm, self.typed, keys=keys, initial=begun)
            self.advice = kept(advice, self.typed)
        else:
            self.form, self.advice = DecisionForm(self.typed, keys=keys), advice(self.typed)

        if self.enquiry.kind == ADULT:
            self.form.speak_of_an_adult()

    @property
    def only_shows(self) -> bool:
        """Whether the page is only shown again: an outcome was added or taken away."""
        return self.outcomes.changing

    def is_valid(self) -> bool:
        """Whether everything that was typed can be kept."""
        parts = (self.form.is_valid(), self.outcomes.is_valid(), self.advice.is_valid())
        return all(parts)

    @property
    def given(self) -> GivenDecision:
        return given_from(self.form, self.outcomes, self.advice, self.typed or {})

    @property
    def opened_with(self) -> dict[str, Any]:
        """What the page was opened with, for the acts that write the draft."""
        return {"draft_seen": self.form.cleaned_data["draft"], "pen": self.form.cleaned_data["pen"]}

    @property
    def version(self) -> int:
        return int(self.form.cleaned_data["version"])

    def complain(self, found: Iterable[Unsaid]) -> bool:
        """Put what is still unsaid beside its field; true when there is anything."""
        wanted = list(found)
        for one in wanted:
            if one.field == "outcomes":
                self.outcomes.errors = (*self.outcomes.errors, one.says)
            else:
                self.form.add_error(one.field if one.field in self.form.fields else None, one.says)
        return bool(wanted)

    def suggest_words(self) -> None:
        """Fill the empty words for the referrer and the child from what is decided. What was typed stays."""
        given, typed = self.given, (self.typed or QueryDict()).copy()
        made = {"for_referrer": for_referrer, "for_child": for_child}
        for name, make in made.items():
            if not typed.get(name):
                typed[name] = make(self.enquiry, given)
        self.form.data = typed

    def collide(self, stale: Stale) -> None:
        """Somebody else was quicker: show what they did, keep what was typed, and go on from there."""
        self.form.data = self.form.data.copy()
        if isinstance(stale.thing, Decision):
            self.conflict = self._conflict_of_drafts(stale.thing)
            self.form.data["draft"] = str(stale.thing.version)
        else:
            self.conflict = conflict_since(self.enquiry, stale.seen)
            self.form.data["version"] = str(stale.thing.version)  # type: ignore[attr-defined]

    def _conflict_of_drafts(self, theirs: Decision) -> Conflict:
        mine = self.given.words()
        changes = [
            Change(str(self.form.fields[name].label), "", getattr(theirs, name))
            for name, typed in mine.items()
            if getattr(theirs, name) != typed
        ]
        who = theirs.drafted_by.name if theirs.drafted_by else "Somebody"
        return Conflict(who, theirs.drafted_at or self.now, tuple(changes))

    def page(self) -> DecidePage:
        """Everything that the template draws."""
        by: User = self.by
        return DecidePage(
            record=record(self.enquiry, by=by, now=self.now, current="decision/"),
            form=self.form,
            outcomes=self.outcomes,
            advice=self.advice,
            asked=self.asked,
            years=self._years(),
            older=before_last_12_months(self.combined.lines, self.now.date()),
            gaps=self.gaps,
            story=story(self.enquiry, by=by),
            proposal=proposal_line(self.enquiry, by=by),
            may_decide=may_decide(by, self.enquiry),
            may_propose=may_propose(by, self.enquiry),
            is_early=is_early(self.enquiry),
            is_late=is_late(self.enquiry, self.now),
            means={str(level.number): f"{level.means} {level.agreement}" for level in LEVELS.values()},
            conflict=self.conflict,
        )

    def _years(self) -> tuple[Year, ...]:
        pins, contrary = set(self.form["pins"].value() or ()), set(self.form["contrary_pins"].value() or ())
        points = self._points()
        groups: dict[str, list[PinChoice]] = {}
        for line in sorted(self.combined.lines, key=lambda line: (line.on or date.min, line.key), reverse=True):
            is_pinned, is_contrary, point = line.key in pins, line.key in contrary, points.get(line.key, "")
            choice = PinChoice(
                line.key, line, self.combined.about(line), grade_words(line.grade), is_pinned, is_contrary, point
            )
            groups.setdefault(str(line.on.year) if line.on else "No date", []).append(choice)
        is_short = len(self.combined.lines) <= _FEW
        return tuple(
            Year(name, is_short or place < 2 or any(one.is_pinned for one in found), tuple(found))
            for place, (name, found) in enumerate(groups.items())
        )

    def _points(self) -> dict[str, str]:
        if self.typed is not None:
            return {name.removeprefix("point-"): str(words) for name, words in self.typed.items() if "point-" in name}
        return dict(self.draft.evidence.values_list("line", "point")) if self.draft else {}


def _begun(draft: Decision | None) -> dict[str, Any]:
    if draft is None:
        return {}
    pins = list(draft.evidence.order_by("id"))
    return {
        **{name: getattr(draft, name) for name in GivenDecision().words()},
        "is_safeguarding_concern": {True: "yes", False: "no"}.get(draft.is_safeguarding_concern, ""),  # type: ignore[arg-type]
        "level": str(draft.level or ""),
        f"domains_{draft.level}": draft.domains,
        "pins": [pin.line for pin in pins],
        "contrary_pins": [pin.line for pin in pins if pin.is_contrary],
    }


def _outcomes(draft: Decision | None) -> list[dict[str, str]]:
    rows = draft.outcomes.order_by("id") if draft else ()
    return [
        {"kind": row.kind, "owner": _owner(row.team_id, row.agency_id), "what": row.what, "within": row.within}
        for row in rows
    ]


def _owner(team: int | None, agency: int | None) -> str:
    return f"team:{team}" if team else f"agency:{agency}" if agency else ""


def _advice(draft: Decision | None) -> dict[str, str]:
    rows = draft.advice.values_list("agency_id", "says", "because") if draft else ()
    return {
        f"{name}_{agency}": value
        for agency, *said in rows
        for name, value in zip(("says", "because"), said, strict=True)
    }
