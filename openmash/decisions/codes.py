"""The levels of need, the outcomes, and the reasons for deciding without research. An area may rename them (M31).

Sources: the four levels of seeds 000 and 003 and of the published thresholds; the outcomes of both seeds together with
the Department for Education's contact and referral outcomes (CIN census, Annex A).
"""

from dataclasses import dataclass, field

from openmash.triage.codes import LEVELS as LEVEL_NAMES

DOMAINS = {
    "development": "The child's development",
    "parenting": "Parenting",
    "surroundings": "Family and surroundings",
    "outside": "Harm outside the home",
}


@dataclass(frozen=True)
class Level:
    """One level of need, with what it looks like in each of the `DOMAINS`, so that a decision says what it matched."""

    number: int
    means: str
    agreement: str
    looks_like: tuple[str, str, str, str]

    @property
    def label(self) -> str:
        return LEVEL_NAMES[self.number]

    @property
    def descriptors(self) -> tuple[tuple[str, str], ...]:
        """Domain and what the level looks like in it."""
        return tuple(zip(DOMAINS, self.looks_like, strict=True))


_AGREEMENT = "The family agrees to the service before it is offered."

_LEVELS = (
    Level(
        1,
        "What every child is offered is enough.",
        "Nothing beyond what every family is offered.",
        (
            "Healthy, learning and behaving as expected for the age; goes to nursery or school.",
            "Warm, consistent and safe care; parents seek help when they need it.",
            "A settled home, enough money to live on, and people to turn to.",
            "Friends and places are safe, on line and off.",
        ),
    ),
    Level(
        2,
        "A need is emerging that one or two agencies can meet together with the family.",
        _AGREEMENT,
        (
            "Missed checks, slipping attendance, low mood or behaviour that is starting to worry people.",
            "Care is good enough but strained, by illness, separation, or little support.",
            "Money, housing or quarrels are beginning to tell on the children.",
            "New friends or places that worry somebody; no sign of harm.",
        ),
    ),
    Level(
        3,
        "Several needs, or needs that last, which take a plan and a lead professional.",
        _AGREEMENT,
        (
            "Health or learning is held back; often absent or excluded; self-harm, not in danger now.",
            "Care varies with a parent's health, drinking, drug use or the quarrels between adults.",
            "Arguments that children see or hear, several moves, debt, or a family on its own.",
            "Drawn towards people or places that exploit; missing from home now and then.",
        ),
    ),
    Level(
        4,
        "A child in need, or a child who suffers or is likely to suffer significant harm "
        "(Children Act 1989 sections 17 and 47).",
        "Agreement is not needed. Tell the family unless that raises the risk.",
        (
            "Injury, neglect that shows, serious self-harm, or development that will suffer without help.",
            "A parent hurts, neglects or cannot protect the child; earlier children were removed.",
            "Violence at home, a dangerous adult in the household, or no safe place to live.",
            "Sexual or criminal exploitation, trafficking, radicalisation, or serious violence.",
        ),
    ),
)
LEVELS: dict[int, Level] = {level.number: level for level in _LEVELS}


def descriptor(level: int, domain: str) -> str:
    """What a level looks like in a domain, in words."""
    return dict(LEVELS[level].descriptors).get(domain, "")


TEAM, AGENCY, HUB = "team", "agency", "hub"


@dataclass(frozen=True)
class OutcomeKind:
    """One kind of outcome. `owner` is who usually takes it; what the hub itself does (`HUB`) is not handed on.

    `is_referral` counts for the conversion of enquiries into referrals (seed 003: 27 %) and for Annex A list 3;
    `census` is the contact outcome of the Department for Education's data model; `sends_work` means that operational
    staff act on it, so that a decision about releasing to them has to be made before closing.
    """

    key: str
    label: str
    group: str
    owner: str = TEAM
    is_referral: bool = False
    sends_work: bool = True
    is_immediate: bool = False
    census: str = "OTHER_OUTCOMES_EXIST_FLAG"
    for_referrer: str = ""
    for_child: str = ""


_CARE, _ADULTS, _OPEN, _EARLY, _SPECIAL, _OTHER, _END = GROUPS = (
    "Children's social care",
    "Adults (Care Act 2014)",
    "Already open",
    "Early help",
    "Special processes",
    "Another agency",
    "Nothing more from the hub",
)

SECTION_42 = "adult_safeguarding"

_KINDS = (
    OutcomeKind(
        "immediate_protection", "Immediate protection or police powers", _CARE, is_referral=True, is_immediate=True,
        census="CP_ENQUIRY_FLAG", for_referrer="Someone is making sure now that the child is safe.",
        for_child="People went to make sure that you were safe straight away.",
    ),
    OutcomeKind(
        "strategy", "Strategy discussion", _CARE, is_referral=True, is_immediate=True, census="CP_ENQUIRY_FLAG",
        for_referrer="Children's social care, the police and health are meeting about it.",
        for_child="The people who keep children safe met to talk about how to help you.",
    ),
    OutcomeKind(
        "s47", "Section 47 enquiry", _CARE, is_referral=True, is_immediate=True, census="CP_ENQUIRY_FLAG",
        for_referrer="Children's social care is looking into it.",
        for_child="A social worker found out whether you were safe.",
    ),
    OutcomeKind(
        "assessment", "Referral to children's social care for an assessment (section 17)", _CARE, is_referral=True,
        census="NEW_REFERRAL_FLAG", for_referrer="A social worker will meet the family.",
        for_child="A social worker met your family to find out what would help.",
    ),
    OutcomeKind(
        "disabilities", "Children with disabilities team", _CARE, is_referral=True, census="NEW_REFERRAL_FLAG",
        for_referrer="The team for children with disabilities will meet the family.",
        for_child="A team that knows about disabilities met your family.",
    ),
    OutcomeKind(
        "private_fostering", "Private fostering: the arrangement is assessed", _CARE, is_referral=True,
        census="PRIVATE_FOSTERING_FLAG", for_referrer="A social worker will visit where the child lives.",
        for_child="A social worker came to see whether the home that you lived in was right for you.",
    ),
    OutcomeKind(
        "no_funds", "No recourse to public funds: assessment", _CARE, is_referral=True, census="NEW_REFERRAL_FLAG"
    ),
    OutcomeKind("uasc", "Unaccompanied asylum-seeking child", _CARE, is_referral=True, census="NEW_REFERRAL_FLAG"),
    OutcomeKind(
        SECTION_42, "Adult safeguarding enquiry (Care Act section 42)", _ADULTS, owner=AGENCY,
        for_referrer="Adult social care is finding out what has to be done to keep the adult safe.",
    ),
    OutcomeKind(
        "adult_other_enquiry", "Other safeguarding enquiry about an adult", _ADULTS, owner=AGENCY,
        for_referrer="Adult social care is looking into it.",
    ),
    OutcomeKind(
        "adult_care", "Assessment of an adult's care needs (Care Act section 9)", _ADULTS, owner=AGENCY,
        for_referrer="Adult social care will ask the adult what help they need.",
    ),
    OutcomeKind(
        "allocated_worker", "Forward to the allocated worker: the case is open", _OPEN,
        census="EXISTING_REFERRAL_FLAG",
        for_referrer="Someone already works with the family and now has what you told us.",
        for_child="The person who already helped your family was told.",
    ),
    OutcomeKind(
        "early_response", "Early-response or early help hub", _EARLY,
        for_referrer="Early help will contact the family.",
        for_child="People who help families early on got in touch.",
    ),
    OutcomeKind(
        "early_help_assessment", "Early help assessment (CAF) asked of an agency", _EARLY, owner=AGENCY,
        for_referrer="An early help assessment will be offered.",
        for_child="Someone asked your family what would help.",
    ),
    OutcomeKind(
        "team_around_family", "Team around the family", _EARLY,
        for_referrer="The people around the family will make a plan with them.",
        for_child="The people around your family made a plan together.",
    ),
    OutcomeKind("lado", "Allegation against someone who works with children (LADO)", _SPECIAL),
    OutcomeKind("marac", "MARAC: high-risk domestic abuse", _SPECIAL, owner=AGENCY),
    OutcomeKind("mappa", "MAPPA: dangerous offender", _SPECIAL, owner=AGENCY),
    OutcomeKind("channel", "Channel: radicalisation", _SPECIAL, owner=AGENCY),
    OutcomeKind("nrm", "National Referral Mechanism: modern slavery", _SPECIAL, owner=AGENCY),
    OutcomeKind("missing_panel", "Missing and exploitation panel", _SPECIAL, census="MISSING_FLAG"),
    OutcomeKind("domestic_abuse", "Domestic abuse service", _OTHER, owner=AGENCY),
    OutcomeKind("adult_mental_health", "Adult mental health service", _OTHER, owner=AGENCY),
    OutcomeKind("housing", "Housing", _OTHER, owner=AGENCY),
    OutcomeKind("youth_justice", "Youth offending service", _OTHER, owner=AGENCY),
    OutcomeKind(
        "youth_involvement", "Youth involvement officer", _OTHER,
        for_referrer="An officer who works with young people will be in touch.",
        for_child="An officer who works with young people got to know you.",
    ),
    OutcomeKind(
        "single_agency", "One agency goes on, or monitors closely", _OTHER,
        for_referrer="A service that knows the family will keep a close eye.",
        for_child="People whom your family knows kept a close eye.",
    ),
    OutcomeKind(
        "transfer", "Transfer to another area", _END, owner=HUB, sends_work=False,
        for_referrer="The area where the family lives now has it.",
        for_child="It was passed on to where you lived by then.",
    ),
    OutcomeKind(
        "signpost", "Signpost to a universal or voluntary service", _END, owner=HUB, sends_work=False,
        census="ADVICE_FLAG", for_referrer="The family can turn to services near them.",
        for_child="Your family was told where to find help.",
    ),
    OutcomeKind("welfare_advice", "Welfare or money advice", _END, owner=HUB, sends_work=False, census="ADVICE_FLAG"),
    OutcomeKind(
        "advice", "Information and advice", _END, owner=HUB, sends_work=False, census="ADVICE_FLAG",
        for_referrer="We gave advice.", for_child="Somebody was given advice.",
    ),
    OutcomeKind(
        "information", "For information: kept, nothing to do", _END, owner=HUB, sends_work=False, census="NFA_FLAG",
        for_referrer="We keep what you told us.", for_child="What was said was written down and kept.",
    ),
    OutcomeKind(
        "nfa", "No safeguarding concern: no further action", _END, owner=HUB, sends_work=False, census="NFA_FLAG",
        for_referrer="Nothing more is needed from the hub.", for_child="Nothing more was needed.",
    ),
    OutcomeKind(
        "duplicate", "Not gone on with: a duplicate", _END, owner=HUB, sends_work=False, census="NFA_FLAG",
        for_referrer="We know of this already and are dealing with it.", for_child="It was known already.",
    ),
    OutcomeKind(
        "insufficient", "Not gone on with: too little is known", _END, owner=HUB, sends_work=False, census="NFA_FLAG",
        for_referrer="We do not know enough to go on. Tell us if you learn more.",
        for_child="Too little was known to go on.",
    ),
    OutcomeKind("not_an_enquiry", "Not an enquiry", _END, owner=HUB, sends_work=False, census="NFA_FLAG"),
)  # fmt: skip

OUTCOMES: dict[str, OutcomeKind] = {kind.key: kind for kind in _KINDS}


def grouped_outcomes() -> list[tuple[str, list[tuple[str, str]]]]:
    """The outcomes as the groups of a select, in the order of the journey."""
    return [(group, [(kind.key, kind.label) for kind in _KINDS if kind.group == group]) for group in GROUPS]


WITHIN = {
    "": "No time is set",
    "Immediately": "Immediately",
    "Within 1 working day": "Within 1 working day",
    "Within 5 working days": "Within 5 working days",
    "Within 10 working days": "Within 10 working days",
    "Within 45 working days": "Within 45 working days",
}


@dataclass(frozen=True)
class DirectReason:
    """Why a decision needs no research (M2), and the outcomes that fit it; the first is offered."""

    key: str
    label: str
    hint: str
    outcomes: tuple[str, ...] = field(default=())


DIRECT: dict[str, DirectReason] = {
    reason.key: reason
    for reason in (
        DirectReason(
            "already_open", "The case is already open", "It goes to the allocated worker's team.", ("allocated_worker",)
        ),
        DirectReason(
            "routed",
            "What is needed is clear without research",
            "It goes straight to the team or agency that can help.",
        ),
        DirectReason("information_only", "It is for information only", "It is kept with the family.", ("information",)),
        DirectReason("duplicate", "It is a duplicate", "The other enquiry goes on.", ("duplicate",)),
        DirectReason(
            "advice", "Advice is enough", "The referrer was advised.", ("advice", "signpost", "welfare_advice")
        ),
        DirectReason(
            "spam", "It is spam, or not an enquiry", "It is kept and counted, and nobody is told.", ("not_an_enquiry",)
        ),
    )
}

FEEDBACK_BY = {
    "email": "By e-mail: an outcome is ready. The e-mail says nothing of it",
    "telephone": "By telephone",
    "letter": "By letter",
    "withheld": "Not told",
}

LATE_DID = {"stands": "The decision stands", "reopened": "Reopened"}
