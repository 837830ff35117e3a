"""What a decision cannot be signed without: all of it at once, each beside the field of the form that it is about.

The act refuses what is listed here, and the form shows the same words (M75, M103; field note D6).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmash.adults.codes import ADULT
from openmash.adults.queries import last_record
from openmash.agencies.models import Agency, Team
from openmash.audit.actors import Actor
from openmash.decisions.codes import DIRECT, HUB, LEVELS, OUTCOMES, SECTION_42
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.enquiries.models import Enquiry
from openmash.enquiries.whereabouts import tells_where
from openmash.gathering.standing import may_be_sent_about


@dataclass(frozen=True)
class Unsaid:
    """One thing that a decision cannot be signed without: the field of the form that it is about, and what to do."""

    field: str
    says: str


def unsaid(
    given: GivenDecision,
    enquiry: Enquiry,
    *,
    by: Actor,
    is_early: bool = False,
    is_late: bool = False,
    proposal: dict[str, object] | None = None,
    grades: Mapping[str, str] | None = None,
) -> tuple[Unsaid, ...]:
    """Everything that still has to be said before a decision is signed after research; empty when it is complete.

    `grades` are those of the chronology's lines by their keys, such as "2D", for whoever looks at the lines.
    """
    is_adults = enquiry.kind == ADULT
    wanted = [
        (
            given.is_safeguarding_concern is not None,
            "is_safeguarding_concern",
            "Select whether it is a safeguarding concern",
        ),
        (given.level in LEVELS, "level", "Select the level of need"),
        (
            is_adults or given.level not in LEVELS or given.domains,
            f"domains_{given.level}",
            "Select at least one part of the level that this child meets",
        ),
        (given.facts, "facts", "Enter the facts"),
        (given.analysis, "analysis", "Enter what the facts mean for the child"),
        (given.rationale, "rationale", "Enter why you decide this"),
        (any(not pin.is_contrary for pin in given.pins), "pins", "Pin at least one line that the decision rests on"),
        (
            given.contrary or not any(pin.is_contrary for pin in given.pins),
            "contrary",
            "Enter what points the other way, and why it does not change the decision",
        ),
        (given.not_known, "not_known", "Enter what is not known"),
        (given.for_referrer, "for_referrer", "Enter what the referrer is told"),
        (
            given.for_child,
            "for_child",
            f"Enter what the {'adult' if is_adults else 'child'} may read later",
        ),
        (
            given.early_or_late_because or not (is_early or is_late),
            "early_or_late_because",
            "Enter why you decide now, although " + _when(is_early=is_early, is_late=is_late),
        ),
        (
            given.differs_because or not (proposal and given.differs_from(proposal)),
            "differs_because",
            "Enter why you decide something else than was proposed",
        ),
        (
            given.weak_because or not _is_weak(given, grades or {}),
            "weak_because",
            "Every line that you rest on may not be so (graded D or E): enter why you decide on it",
        ),
        (
            all(one.because or one.says != "disagrees" for one in given.advice),
            "advice",
            "Enter why each agency that disagrees does so",
        ),
    ]
    found = [Unsaid(field, says) for said, field, says in wanted if not said]
    return (*found, *_unsaid_outcomes(given.outcomes, enquiry, by), *_tells_where(given, enquiry, by))


def unsaid_directly(given: GivenDecision, reason: str, enquiry: Enquiry, *, by: Actor) -> tuple[Unsaid, ...]:
    """What still has to be said before a decision without research. Only research gives evidence."""
    fits = DIRECT[reason].outcomes if reason in DIRECT else ()
    wanted = [
        (reason in DIRECT, "reason", "Select why no research is needed"),
        (
            given.is_safeguarding_concern is not None,
            "is_safeguarding_concern",
            "Select whether it is a safeguarding concern",
        ),
        (given.rationale, "rationale", "Enter why you decide this"),
        (given.not_known, "not_known", "Enter what is not known"),
        (given.for_referrer or reason == "spam", "for_referrer", "Enter what the referrer is told"),
        (given.level in LEVELS or reason != "routed", "level", "Select the level of need"),
        (
            not fits or all(one.kind in fits for one in given.outcomes),
            "outcomes",
            "Select an outcome that fits the reason: " + " or ".join(OUTCOMES[kind].label for kind in fits),
        ),
    ]
    found = [Unsaid(field, says) for said, field, says in wanted if not said]
    return (*found, *_unsaid_outcomes(given.outcomes, enquiry, by), *_tells_where(given, enquiry, by))


def _tells_where(given: GivenDecision, enquiry: Enquiry, by: Actor) -> list[Unsaid]:
    """What the referrer, the child and the owners of outcomes read tells nobody where a protected person is."""
    asked = "\n".join(one.what for one in given.outcomes)
    words = {"for_referrer": given.for_referrer, "for_child": given.for_child, "outcomes": asked}
    return [Unsaid(field, says) for field, says in tells_where(words, enquiry, by=by)]


def _is_weak(given: GivenDecision, grades: Mapping[str, str]) -> bool:
    """Whether all that the decision rests on is graded D or E (security design 3.3). No grade is sound."""
    rests_on = [grades.get(pin.line, "") for pin in given.pins if not pin.is_contrary]
    return bool(rests_on) and all(grade[-1:] in ("D", "E") for grade in rests_on)


def _unsaid_outcomes(outcomes: tuple[GivenOutcome, ...], enquiry: Enquiry, by: Actor) -> list[Unsaid]:
    if not outcomes:
        return [Unsaid("outcomes", "Add at least one outcome")]
    found = [Unsaid("outcomes", says) for one in outcomes for says in _unsaid_outcome(one, enquiry)]
    return [*found, *_unsaid_of_the_test(outcomes, enquiry, by)]


def _unsaid_of_the_test(outcomes: tuple[GivenOutcome, ...], enquiry: Enquiry, by: Actor) -> list[Unsaid]:
    """All three parts of the Care Act test make a duty to enquire; without all three there is none (s.42)."""
    record = last_record(enquiry, by=by) if enquiry.kind == ADULT else None
    is_enquiry = any(one.kind == SECTION_42 for one in outcomes)
    if record and record.is_duty and not is_enquiry:
        return [Unsaid("outcomes", "All three parts of the Care Act test are met: add a section 42 enquiry")]
    if enquiry.kind == ADULT and is_enquiry and not (record and record.is_duty):
        return [Unsaid("outcomes", "A section 42 enquiry needs all three parts of the Care Act test. Record the test, "
                       "or select another safeguarding enquiry")]  # fmt: skip
    return []


def _unsaid_outcome(one: GivenOutcome, enquiry: Enquiry) -> list[str]:
    kind = OUTCOMES.get(one.kind)
    if kind is None:
        return ["Select each outcome"]
    if kind.owner == HUB:
        return (
            [f"{kind.label}: leave the owner empty, since the hub does this itself"] if one.team or one.agency else []
        )
    owner = owner_of(one, enquiry)
    if owner is None:
        return [f"{kind.label}: select the team or agency that owns it"]
    signed = may_be_sent_about(owner, enquiry)
    return [*([] if one.what else [f"{kind.label}: enter what its owner is asked to do"]), *signed.reasons]


def owner_of(one: GivenOutcome, enquiry: Enquiry) -> Agency | None:
    """The agency that answers for an outcome: the team's, or the one named; none when it is not of this area."""
    if one.team:
        team = Team.objects.filter(pk=one.team, area=enquiry.area_id).select_related("agency").first()
        return team.agency if team else None
    return Agency.objects.filter(pk=one.agency, areas=enquiry.area_id, left_on=None).first() if one.agency else None


def _when(*, is_early: bool, is_late: bool) -> str:
    parts = ["answers are outstanding"] * is_early + ["the decision was due earlier"] * is_late
    return " and ".join(parts)
