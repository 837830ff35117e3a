"""What is said in one enquiry: by the referrer, the agencies and the hub. Drawn from the words of the county, or told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from openmash.allocation.models import Handover
from openmash.county.families import Family
from openmash.county.hub import Hub
from openmash.county.words import BECAUSE, HELD, RATIONALE, REFERRALS
from openmash.decisions.codes import DOMAINS, OUTCOMES
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.enquiries.codes import SOURCES
from openmash.enquiries.given import GivenReferrer
from openmash.intelligence.actions import GivenItem

if TYPE_CHECKING:
    from openmash.county.telling import Course

_ORGANISATIONS = {
    "2A": ("School", "Deputy head and safeguarding lead", ""),
    "2B": ("Education welfare", "Attendance officer", "education"),
    "3A": ("GP surgery", "GP", ""),
    "3B": ("Health visiting", "Health visitor", "health"),
    "3C": ("School nursing", "School nurse", "health"),
    "3D": ("Midwifery", "Midwife", "health"),
    "3E": ("A&E", "Ward sister", ""),
    "3F": ("Mental health service", "Community nurse", "adult-mental-health"),
    "4": ("Wendmark Homes", "Housing officer", "housing"),
    "5B": ("Youth offending team", "Officer", "youth-offending"),
    "6": ("Wendmark Constabulary", "Response officer", "police"),
    "8": ("Wend Valley Youth Project", "Youth worker", ""),
}
_NAMES = "Pat Lomax;Robin Hale;Jas Gill;Alex Thorn;Sam Wright;Chris Pope;Nicky Ash;Lee Frost;Jo Marr;Kim Dale".split(
    ";"
)
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
    "mh_child": "camhs",
    "housing": "housing",
    "unborn": "early-years",
    "neglect": "early-years",
}


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
    considered: str = "The referral, what the hub held of each person, and who lives in the home."
    rating_because: dict[str, str] = field(default_factory=lambda: dict(BECAUSE))
    advice: dict[str, tuple[str, str]] = field(default_factory=dict)
    held: dict[str, tuple[GivenItem, ...]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    rationale: str = ""
    analysis: str = (
        "Taken together, what agencies know makes the present account more likely, and says how often it happens."
    )
    for_referrer: str = ""
    agency_ratings: dict[str, str] = field(default_factory=dict)

    @property
    def source_name(self) -> str:
        return self.referrer.organisation or SOURCES[self.source_code]

    @classmethod
    def drawn(cls, family: Family, draw: Random) -> "Sayings":
        """Draw what is said of a family, in the proportions of the county."""
        sources, worries, impact, strengths = REFERRALS[family.concern]
        source = draw.choice(sources)
        names = names_in(family, draw)
        organisation, job, agency = _ORGANISATIONS.get(source, ("", "", ""))
        is_professional = bool(organisation)
        referrer = GivenReferrer(
            "professional" if is_professional else "family",
            name=draw.choice(_NAMES) if is_professional or draw.random() < 0.6 else "",
            job_title=job,
            organisation=organisation,
            agency_key=agency,
            telephone=f"01632 960 {draw.randrange(300, 999)}",
            keep_name_from_family=not is_professional,
        )
        told = draw.random() < 0.6
        fields: dict[str, object] = {
            "concerns": [family.concern],
            "impact": impact.format(**names),
            "strengths": strengths.format(**names) if draw.random() < 0.7 else "",
            "told_family": told,
            "family_agrees": draw.choice(("yes", "yes", "no")) if told else "not_asked",
            "why_not_told": "" if told else draw.choice(("raises_risk", "cannot_reach", "delay")),
            "thinks_level": draw.choice((2, 3, 3, 4)),
        }
        channel = (
            "professional_form"
            if is_professional and draw.random() < 0.7
            else "telephone"
            if draw.random() < 0.8
            else "public_form"
        )
        return cls(draw.choice(worries).format(**names), channel, source, referrer, fields, family.concern, names)

    def basis(self, course: "Course") -> dict[str, Any]:
        """What the gate asks, consistent with the rating and with what the family was told."""
        told = bool(self.fields.get("told_family"))
        is_harm = course.level == 4 or course.rating == "red" or self.fields.get("family_agrees") != "yes"
        return {
            "suspects_significant_harm": is_harm,
            "harm_because": self.rating_because[course.rating],
            "thought_level": 4 if is_harm else course.level if course.level in (2, 3) else 2,
            "told_family": told,
            "why_not_told": "" if told else str(self.fields.get("why_not_told") or "raises_risk"),
            "why_not_told_words": "" if told else "The other parent would be told within the hour.",
            "agrees_to_service": str(self.fields.get("family_agrees") or "not_asked"),
            "lawful_basis": "public_task",
            "gateway": "ca1989_s47" if is_harm else "ca2004_s10",
        }

    def agencies(self, rating: str, draw: Random) -> tuple[str, ...]:
        """Who is asked: the usual agencies of the rating, and the one that the concern calls for."""
        also = _ALSO.get(self.concern)
        return tuple(dict.fromkeys([*_USUAL[rating], *([also] if also and rating != "green" else [])]))

    def proportionate(self, agency: str) -> str:
        return {
            "police": "Incidents at the home and risks from the adults in it bear on the child's safety today.",
            "health": "Health staff saw the child this year and would know of injuries or missed care.",
            "education": "School sees the child each day.",
            "childrens-social-care": "Earlier involvement changes what the present concern means.",
        }.get(
            agency, "What this agency knows of the adult's present help bears on the concern, and nobody else holds it."
        )

    def items(
        self, agency: str, about: dict[str, list[int]], asked: tuple[int, ...], today: date, draw: Random
    ) -> tuple[GivenItem, ...]:
        """What an agency holds: told by the story, or drawn. Empty is nothing known."""
        if self.held:
            return tuple(
                _with_people(item, about, asked, adult=self._is_about_adults(item))
                for item in self.held.get(agency, ())
            )
        stock = HELD.get(agency, ())
        count = min(len(stock), draw.choices((0, 1, 2, 3), (25, 35, 28, 12))[0])
        return tuple(self._drawn(held, about, asked, today, draw) for held in draw.sample(stock, count))

    def _drawn(
        self, held: tuple, about: dict[str, list[int]], asked: tuple[int, ...], today: date, draw: Random
    ) -> GivenItem:
        kind, words, nature, dependable, known_how, sensitivity, handling, years = held
        on = today - timedelta(days=draw.randrange(10, years * 365))
        item = GivenItem(
            words=words.format(**self.names),
            nature=nature,
            dependable=dependable,
            known_how=known_how,
            kind=kind,
            happened_on=on,
            handling=handling,
            conditions="Ask us before it leaves the hub." if handling == "C" else "",
            sensitivity=sensitivity,
        )
        return _with_people(item, about, asked, adult="{mother}" in words or "adult" in words)

    def _is_about_adults(self, item: GivenItem) -> bool:
        return item.kind in ("incident", "order") or self.names["mother"] in item.words

    def agency_rating(self, agency: str, rating: str) -> str:
        return self.agency_ratings.get(agency, "green" if rating == "green" else rating)

    def decision(self, course: "Course", owner: Callable[[str], GivenOutcome]) -> GivenDecision:
        """The decision of this course, complete enough to sign."""
        kinds = self.kinds(course)
        return GivenDecision(
            is_safeguarding_concern=course.level >= 3,
            level=course.level,
            domains=tuple(DOMAINS)[:1] if course.level < 3 else tuple(DOMAINS)[1:3],
            facts=self.worry,
            analysis=self.analysis,
            rationale=self.rationale or RATIONALE[course.level],
            not_known="What the children themselves want was not asked this time.",
            for_referrer=self.for_referrer
            or " ".join(filter(None, (OUTCOMES[kind].for_referrer for kind in kinds)))
            or "We have decided what happens next.",
            for_child="People were worried about how things were for you at home, and wrote down why they acted.",
            outcomes=tuple(owner(kind) for kind in kinds),
        )

    def kinds(self, course: "Course") -> tuple[str, ...]:
        if self.outcomes:
            return self.outcomes
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


def names_in(family: Family, draw: Random) -> dict[str, str]:
    """The first names that the words of the county speak of."""
    child = draw.choice([member for member in family.children if member.role == "child"] or family.children)
    mother = next(member for member in family.members if member.relation == "mother")
    return {
        "child": child.person.given or "the unborn baby",
        "mother": mother.person.given,
        "home": mother.person.address_lines,
    }


def _with_people(
    item: GivenItem, about: dict[str, list[int]], asked: tuple[int, ...], *, adult: bool = False
) -> GivenItem:
    """About the adults for what adults did; otherwise about the first child."""
    wanted = about.get("adult", []) if adult else (about.get("child") or about.get("unborn") or [])[:1]
    return replace(item, people=tuple(person for person in wanted if person in asked))
