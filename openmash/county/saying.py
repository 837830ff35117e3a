"""What is said in one enquiry: by the referrer, the agencies and the hub. Drawn from the words of the county, or told."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from openmash.allocation.models import Handover
from openmash.county import reasons
from openmash.county.families import Family, Member
from openmash.county.hub import Hub
from openmash.county.referrers import channel, referrer
from openmash.county.voices import filled, held_by, impact_of, names_in, one_of, strength_of, voices
from openmash.decisions.codes import DOMAINS, OUTCOMES
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.enquiries.codes import SOURCES
from openmash.enquiries.given import GivenReferrer
from openmash.intelligence.actions import GivenItem

if TYPE_CHECKING:
    from openmash.county.telling import Course

# The level of need and what it usually leads to.
_KINDS = {
    1: ("advice", "nfa", "signpost"),
    2: ("early_response", "signpost"),
    3: ("team_around_family", "early_response"),
    4: ("assessment",),
}
_USUAL = {
    "red": ("childrens-social-care", "police", "health", "education", "probation"),
    "amber": ("childrens-social-care", "police", "health", "education"),
    "green": ("childrens-social-care", "education"),
}
_ALSO = {
    "da_parent": "idva",
    "mh_parent": "adult-mental-health",
    "drugs_parent": "housing",
    "behaviour": "youth-offending",
    "cce": "youth-offending",
    "mh_child": "camhs",
    "housing": "housing",
    "unborn": "early-years",
    "neglect": "early-years",
}


def _written_besides(source: str, family: str, day: date) -> dict[str, str]:
    """What happened and what was tried, as often as that kind of referrer writes it. Drawn apart from all else."""
    draw, said = Random(f"{family} {source} {day}"), {}
    for name, by_source, otherwise in (
        ("happened", reasons.HAPPENED, reasons.HAPPENED_ELSE),
        ("help_tried", reasons.TRIED, reasons.TRIED_ELSE),
    ):
        share, words = by_source.get(source[:1], otherwise)
        if draw.randrange(100) < share:
            said[name] = words.format(day=f"{day:%-d %B %Y}")
    return said


@dataclass
class Sayings:
    """Everything that is said in one enquiry. A source case gives its own; the rest are drawn."""

    worry: str
    channel: str
    source_code: str
    referrer: GivenReferrer
    fields: dict[str, object]
    concern: str
    names: dict[str, str]
    child: Member | None = None
    considered: str = ""
    advice: dict[str, tuple[str, str]] = field(default_factory=dict)
    held: dict[str, tuple[GivenItem, ...]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    rationale: str = ""
    for_referrer: str = ""
    agency_ratings: dict[str, str] = field(default_factory=dict)
    draw: Random = field(default_factory=lambda: Random(7))

    @property
    def source_name(self) -> str:
        return self.referrer.organisation or SOURCES[self.source_code]

    @classmethod
    def drawn(cls, family: Family, course: "Course", draw: Random, before: Collection[str] = ()) -> "Sayings":
        """Draw what is said of a family, in the proportions of the county, and not what was said `before`."""
        day = course.received_at.date()
        found = voices(family, day, course.source, course.level) or voices(family, day, "", course.level)
        fresh = [one for one in found if filled(one.worry.words, names_in(family, one.child)) not in before]
        voice = one_of(fresh or found, draw)
        source = course.source if course.source in voice.worry.sources.split() else voice.worry.sources.split()[0]
        names = names_in(family, voice.child)
        is_told = course.level < 4 or (course.rating != "red" and draw.random() < 0.4)
        fields: dict[str, object] = {
            "concerns": [voice.worry.concern],
            "impact": impact_of(voice, names, day, draw),
            "strengths": strength_of(names, draw),
            "told_family": is_told,
            "family_agrees": draw.choice(("yes", "yes", "yes", "not_asked")) if is_told else "not_asked",
            "why_not_told": "" if is_told else draw.choice(("raises_risk", "raises_risk", "cannot_reach", "delay")),
            "thinks_level": min(4, max(2, course.level + draw.choice((-1, 0, 0, 1)))),
            **_written_besides(source, family.key, day),
        }
        return cls(
            filled(voice.worry.words, names),
            channel(source, draw),
            source,
            referrer(source, voice.child, draw),
            fields,
            voice.worry.concern,
            names,
            child=voice.child,
            considered=draw.choice(reasons.CONSIDERED),
            draw=draw,
        )

    def because(self, rating: str) -> str:
        return self.draw.choice(reasons.BECAUSE[rating])

    def basis(self, course: "Course") -> dict[str, Any]:
        """What the gate asks, consistent with the rating and with what the family was told."""
        is_told = bool(self.fields.get("told_family"))
        is_harm = course.level == 4 or course.rating == "red"
        why = "" if is_told else str(self.fields.get("why_not_told") or "raises_risk")
        return {
            "suspects_significant_harm": is_harm,
            "harm_because": self.draw.choice(reasons.HARM if is_harm else reasons.NO_HARM),
            "thought_level": 4 if is_harm else max(2, course.level),
            "told_family": is_told,
            "why_not_told": why,
            "why_not_told_words": reasons.WHY_NOT_TOLD[why] if why else "",
            "agrees_to_service": str(self.fields.get("family_agrees") or "not_asked") if is_harm else "yes",
            "lawful_basis": "public_task",
            "gateway": "ca1989_s47" if is_harm else "ca2004_s10",
        }

    def agencies(self, rating: str) -> tuple[str, ...]:
        """Who is asked: the usual agencies of the rating, and the one that the concern calls for."""
        also = _ALSO.get(self.concern)
        return tuple(dict.fromkeys([*_USUAL[rating], *([also] if also and rating != "green" else [])]))

    def items(
        self, agency: str, people: dict[str, int], asked: tuple[int, ...], family: Family, today: date
    ) -> tuple[GivenItem, ...]:
        """What an agency holds: told by the story, or drawn. Empty is nothing known."""
        if self.held or self.child is None:
            found = self.held.get(agency, ())
        else:
            found = held_by(agency, self.child, self.names, today, self.draw)
        return tuple(replace(item, people=self._about(item, people, asked, family)) for item in found)

    def _about(
        self, item: GivenItem, people: dict[str, int], asked: tuple[int, ...], family: Family
    ) -> tuple[int, ...]:
        """Whoever is named in it; else the adults of the home for what happened there, and the child for the rest."""
        named = [member for member in family.members if _is_named(member, item.words)]
        if not named:
            named = [member for member in family.members if member.role == "adult" and member.relation != "grandparent"]
            named = named if item.kind in ("incident", "order", "tenancy") else list(family.children[:1])
        return tuple(number for number in (people[member.mark] for member in named) if number in asked)

    def agency_rating(self, agency: str, rating: str) -> str:
        return self.agency_ratings.get(agency, "green" if rating == "green" else rating)

    def advised(self, agency: str) -> tuple[str, str]:
        """What an agency advised; one in twelve thinks otherwise, and is heard."""
        if agency in self.advice or self.held:
            return self.advice.get(agency, ("agrees", ""))
        return ("disagrees", self.draw.choice(reasons.DISSENT)) if self.draw.random() < 0.08 else ("agrees", "")

    def decision(self, course: "Course", owner: Callable[[str], GivenOutcome]) -> GivenDecision:
        """The decision of this course, complete enough to sign."""
        kinds, draw = self.kinds(course), self.draw
        return GivenDecision(
            is_safeguarding_concern=course.level >= 3,
            level=course.level,
            domains=tuple(draw.sample(tuple(DOMAINS), 1 if course.level < 3 else 2)),
            facts=self.worry,
            analysis=draw.choice(reasons.ANALYSIS[course.level >= 3]),
            rationale=self.rationale or draw.choice(reasons.RATIONALE[course.level]),
            not_known=draw.choice(reasons.NOT_KNOWN),
            for_referrer=self.for_referrer
            or " ".join(filter(None, (OUTCOMES[kind].for_referrer for kind in kinds)))
            or "We have decided what happens next.",
            for_child=draw.choice(reasons.FOR_CHILD),
            outcomes=tuple(owner(kind) for kind in kinds),
        )

    def kinds(self, course: "Course") -> tuple[str, ...]:
        if self.outcomes:
            return self.outcomes
        if course.level == 4 and self.concern == "unborn":
            return ("assessment", "single_agency")
        choices = ("advice", "signpost") if course.is_direct and course.level == 1 else _KINDS[course.level]
        return (choices[len(self.worry) % len(choices)],)

    def sends_work(self, course: "Course") -> bool:
        return any(OUTCOMES[kind].sends_work for kind in self.kinds(course))

    def outcome(self, kind: str, hub: Hub, family: Family) -> GivenOutcome:
        """Who takes an outcome of this kind for a family that lives here."""
        if OUTCOMES[kind].owner == "hub":
            return GivenOutcome(kind, what="")
        return GivenOutcome(
            kind,
            what=_WHAT.get(kind, "See the family this week and say what you find."),
            team=hub.teams[_team(kind, family)].pk,
        )

    def first_meeting(self, handover: Handover, now: datetime) -> dict[str, date]:
        is_team = handover.outcome.kind == "team_around_family"
        return {"first_meeting_on": (now + timedelta(days=7)).date()} if is_team else {}


def _is_named(member: Member, words: str) -> bool:
    return bool(member.person.given) and re.search(rf"\b{re.escape(member.person.given)}\b", words) is not None


_WHAT = {
    "assessment": "See the children and begin an assessment under section 17.",
    "early_response": "Visit within a week and agree an early help plan with the family.",
    "team_around_family": "Bring the family and those who help them together, and name a lead professional.",
    "single_agency": "See the mother weekly until the birth and tell the hub of any new concern.",
    "youth_involvement": "Meet the young person, and find what would bring them back to school.",
}
_ASSESS = {
    "north-wend": "north-wend-assessment",
    "south-wend": "south-wend-assessment",
    "the-moors": "moors-assessment",
    "harrow-docks": "docks-assessment",
    "upper-town": "upper-town-assessment",
}


def _team(kind: str, family: Family) -> str:
    is_wend = family.area == "wend-valley"
    if kind in ("early_response", "team_around_family"):
        return "wend-early-response" if is_wend else "harrow-early-response"
    if kind == "single_agency":
        return "health-visiting" if is_wend else "harrow-health-visiting"
    if kind == "youth_involvement":
        return "youth-involvement" if is_wend else "harrow-youth-involvement"
    return _ASSESS[family.locality]
