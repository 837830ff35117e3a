"""The four source cases of Blackburn with Darwen's account (seed 000), told in full in Wendmark with made-up people."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from openmash.agencies.models import Agency, User
from openmash.county.families import Family, Member
from openmash.county.history import CONVICTIONS, incidents
from openmash.county.narrating import brought, home_at, noted
from openmash.county.saying import Sayings
from openmash.county.telling import Course, Teller, working_moment
from openmash.disclosure.workflow import ACKNOWLEDGED, PROPOSED
from openmash.domestic_abuse.actions import do_not_refer_to_marac, grade
from openmash.enquiries.given import GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import CLOSED, DECIDED, GATHERING, RECEIVED, REVIEW
from openmash.lookout.actions import look_for
from openmash.people.given import GivenPerson

CASES = 4
# The first and the last enquiry that are told here, and how long before today the first one came.
FIRST_KEY, LAST_KEY, FIRST_AGO = "case-1-first", "held-as-spam", timedelta(days=120)


def tell_source_cases(teller: Teller, now: datetime) -> None:
    """All four; and one that looks like spam, which is held and never lost."""
    _disappearing_family(teller, now)
    _boy_of_fifteen(teller, now)
    _adult_with_a_history(teller, now)
    _pregnant_woman(teller, now)
    _spam(teller, now)


def _disappearing_family(teller: Teller, now: datetime) -> None:
    """Case 1: a family with two children disappears to avoid contact, and is found through another agency."""
    home = home_at("17 Quarry Road", "WX2 4TN")
    family = Family(
        "case-1",
        "wend-valley",
        "north-wend",
        (
            Member(
                GivenPerson("Callum", "Rudd", sex="M", born_on=date(2019, 5, 2), **home),
                "child",
                school="Wendbridge Primary School",
            ),
            Member(GivenPerson("Skye", "Rudd", sex="F", born_on=date(2022, 9, 14), **home), "child"),
            Member(
                GivenPerson("Leanne", "Rudd", sex="F", born_on=date(1996, 2, 27), telephone="07700 900641", **home),
                "adult",
                "mother",
            ),
            Member(GivenPerson("Dean", "Corrie", sex="M", born_on=date(1991, 7, 8), **home), "adult", "father"),
        ),
        "neglect",
    )
    names = {"child": "Callum", "mother": "Leanne", "home": home["address_lines"]}
    first = brought(
        "Callum has not been in school for three weeks. The house looks empty and the neighbours saw a van. Leanne told "
        "staff last term that she would 'never let social workers in'.",
        "2A", "Wendbridge Primary School", "missing", names,
        held={
            "education": (noted("Callum was taken off the roll of his last school without a new one being named.", now.date() - timedelta(days=160), "attendance"),),
            "childrens-social-care": (noted("An assessment could not be finished: nobody opened the door five times.", now.date() - timedelta(days=140), "assessment"),),
        },
        outcomes=("assessment",),
    )  # fmt: skip
    course = Course(now - FIRST_AGO, CLOSED, "amber", 4, also={CLOSED: _look_for_them})
    teller.tell(family, course, first, key=FIRST_KEY)
    moved = replace(
        family,
        members=tuple(
            replace(member, person=replace(member.person, address_lines="4 Ferry Road", postcode="WX4 1AD"))
            for member in family.members
        ),
    )
    found = brought(
        "Officers stopped a van with two children asleep in the back at 2am. The driver gave the name Dean Corrie and would "
        "not say where the family lives. The children had no coats.",
        "6", "Wendmark Constabulary", "missing", names,
        held={
            "police": (
                noted("The van was seen three nights running outside 4 Ferry Road.", now.date() - timedelta(days=2)),
                noted("Dean Corrie has a conviction for assault on an officer.", now.date() - timedelta(days=2400), "order", "S"),
            ),
            "housing": (noted("4 Ferry Road was let last month to L. Rudd.", now.date() - timedelta(days=31), "tenancy"),),
        },
    )  # fmt: skip
    came = working_moment(teller.hub.areas["wend-valley"], now, 3)
    teller.tell(
        moved,
        Course(came, GATHERING, "red", 4, is_urgent=True, fast_track_because="Two children found at night with no safe home known.", agencies=("police", "housing", "education", "health")),
        found,
        key="case-1-found",
    )  # fmt: skip


def _boy_of_fifteen(teller: Teller, now: datetime) -> None:
    """Case 2: a boy of 15, not at school, referred again and again; the police's youth officers take it, and it abates."""
    home = home_at("62 Foundry Street", "WX1 3PL")
    boy = GivenPerson(
        "Reece",
        "Tapper",
        sex="M",
        born_on=now.date() - timedelta(days=15 * 365 + 120),
        telephone="07700 900712",
        **home,
    )
    family = Family(
        "case-2",
        "wend-valley",
        "north-wend",
        (
            Member(boy, "child", school="The Weir Secondary School"),
            Member(GivenPerson("Donna", "Tapper", sex="F", born_on=date(1984, 3, 3), **home), "adult", "mother"),
            Member(GivenPerson("Gary", "Tapper", sex="M", born_on=date(1981, 11, 20), **home), "adult", "father"),
        ),
        "behaviour",
    )
    names = {"child": "Reece", "mother": "Donna", "home": home["address_lines"]}
    worries = (
        ("2A", "Reece has not been in school since the start of term and swore at staff who came to the house.", 420),
        ("1A", "Reece pushed me against the wall last night. We cannot go on like this.", 360),
        ("6", "Called to the address by parents: Reece had smashed a door and threatened his father.", 300),
        ("2A", "Reece came in once and was sent home after a fight. His parents say that they are afraid of him.", 255),
        ("6", "Third call this quarter to the same address. No offence; parents at the end of their strength.", 210),
    )
    for place, (source, worry, ago) in enumerate(worries):
        last = place == len(worries) - 1
        said = brought(
            worry, source, {"2A": "The Weir Secondary School", "6": "Wendmark Constabulary"}.get(source, ""), "behaviour", names,
            fields={"told_family": True, "family_agrees": "yes"},
            held={
                "education": (noted("No attendance this term. Told the pastoral lead that he wants to be a soldier.", now.date() - timedelta(days=ago + 5), "attendance"),),
                "police": (noted("Parents called officers; words of advice given.", now.date() - timedelta(days=ago + 2)),),
            },
            outcomes=("youth_involvement",) if last else ("early_response",),
            rationale="Four earlier enquiries led to letters and appointments that Reece did not keep. A youth involvement "
            "officer can offer what he says he wants: a residential course with the army." if last else "",
        )  # fmt: skip
        teller.tell(family, Course(now - timedelta(days=ago), CLOSED, "green" if place < 2 else "amber", 3 if last else 2, agencies=("education", "police", "youth-offending")), said, key=f"case-2-{place}")  # fmt: skip


def _adult_with_a_history(teller: Teller, now: datetime) -> None:
    """Case 3: a domestic-abuse report, and an adult in the household with historic sexual convictions."""
    home = home_at("9 Rope Walk", "WX3 7QD")
    family = Family(
        "case-3",
        "wend-valley",
        "south-wend",
        (
            Member(
                GivenPerson("Poppy", "Hext", sex="F", born_on=date(2017, 12, 1), **home),
                "child",
                school="Ferryside Infants",
                gp="Weir Street Surgery",
            ),
            Member(
                GivenPerson("Kirsty", "Hext", sex="F", born_on=date(1994, 6, 19), telephone="07700 900388", **home),
                "adult",
                "mother",
                factors=("da_parent",),
            ),
            Member(GivenPerson("Shaun", "Lock", sex="M", born_on=date(1990, 1, 30), **home), "adult", "step_parent"),
            Member(GivenPerson("Raymond", "Lock", sex="M", born_on=date(1962, 4, 11), **home), "adult", "other"),
        ),
        "da_parent",
    )
    names = {"child": "Poppy", "mother": "Kirsty", "home": home["address_lines"]}
    said = brought(
        "Officers were called at 1am. Kirsty and Shaun had argued about money and Shaun broke a window. Poppy was upstairs "
        "with Shaun's father Raymond, who moved in a month ago.",
        "6", "Wendmark Constabulary", "da_parent", names,
        held={
            "police": (
                *(noted(one.words, one.on, one.kind, one.sensitivity) for one in CONVICTIONS),
                noted("Domestic incident between Kirsty Hext and Shaun Lock at the same address.", now.date() - timedelta(days=200)),
            ),
            "education": (noted("Poppy is collected by 'grandad Ray' most days this month.", now.date() - timedelta(days=6), "contact"),),
            "health": (noted("Kirsty told the nurse that she did not choose who moved in.", now.date() - timedelta(days=12), "contact", "S"),),
            "probation": (noted("Raymond Lock was last supervised in 1996. No present order.", date(1996, 3, 1), "order", "S"),),
        },
        agency_ratings={"police": "red"},
        outcomes=("assessment",),
        rationale="Every adult in the home was checked, not only the parents. Raymond Lock's convictions were of offences "
        "against children. Kirsty did not know. Poppy cannot be in his care while this is looked into.",
    )  # fmt: skip
    came = working_moment(teller.hub.areas["wend-valley"], now, 14)
    teller.tell(family, Course(came, DECIDED, "amber", 4, release=PROPOSED, agencies=("police", "education", "health", "probation", "childrens-social-care")), said, key="case-3")  # fmt: skip


def _pregnant_woman(teller: Teller, now: datetime) -> None:
    """Case 4: a pregnant woman and low-level domestic abuse; 18 earlier incidents since 2009 lie outside 12 months."""
    home = home_at("28 Larch Grove", "WX2 9HB")
    family = Family(
        "case-4",
        "wend-valley",
        "north-wend",
        (
            Member(
                GivenPerson("", "Northcott", due_on=now.date() + timedelta(days=104), **home),
                "unborn",
                gp="Moorland Medical Centre",
            ),
            Member(
                GivenPerson("Gemma", "Northcott", sex="F", born_on=date(1990, 8, 22), telephone="07700 900155", **home),
                "adult",
                "mother",
                gp="Moorland Medical Centre",
                factors=("da_parent",),
            ),
            Member(GivenPerson("Wayne", "Dyer", sex="M", born_on=date(1987, 2, 9), **home), "adult", "father"),
        ),
        "da_parent",
    )
    names = {"child": "the unborn baby", "mother": "Gemma", "home": home["address_lines"]}
    earlier = tuple(noted(one.words, one.on, one.kind, one.sensitivity) for one in incidents(now.year))
    recent = noted("Domestic incident: an argument in the kitchen. Graded standard.", now.date() - timedelta(days=3))
    said = brought(
        "Gemma is 25 weeks pregnant. She told me that Wayne shouts and once held her by the wrists. She says that it is "
        "nothing and that things are better. The police came on Thursday and graded it standard.",
        "3B", "Health visiting, Wendmark Community Health", "da_parent", names,
        fields={"concerns": ["da_parent", "unborn"], "impact": "The baby is not born yet; Gemma is often anxious.", "strengths": "Gemma keeps every antenatal appointment.", "domestic_abuse_score": 8},
        held={
            "police": (*earlier, recent),
            "health": (
                noted("Gemma has had three miscarriages.", date(2022, 6, 8), "treatment", "S"),
                noted("Seen at every antenatal appointment; quiet when Wayne is in the room.", now.date() - timedelta(days=9), "contact"),
            ),
            "idva": (noted("Gemma rang the helpline in 2021 and did not call back.", date(2021, 11, 2), "contact", "S"),),
        },
        rationale="Eighteen earlier incidents since 2009 lay outside the twelve months that would once have been looked at. "
        "With three miscarriages and a baby due, the grade goes from standard to medium.",
        outcomes=("assessment", "single_agency"),
    )  # fmt: skip
    came = working_moment(teller.hub.areas["wend-valley"], now, 15)
    graded = {RECEIVED: _grade_standard, REVIEW: _grade_medium}
    teller.tell(family, Course(came, CLOSED, "amber", 4, release=ACKNOWLEDGED, also=graded, agencies=("police", "health", "idva", "childrens-social-care")), said, key="case-4")  # fmt: skip


def _grade_standard(enquiry: Enquiry, by: User, now: datetime) -> None:
    because = "One argument in the kitchen, nobody hurt. Graded by the officers who came."
    police = Agency.objects.get(key="police")
    grade(enquiry, by=by, now=now, grade="standard", score=8, agency=police, because=because)


def _grade_medium(enquiry: Enquiry, by: User, now: datetime) -> None:
    grade(
        enquiry,
        by=by,
        now=now,
        grade="medium",
        score=8,
        aggravating=("pregnancy", "escalation"),
        because="A pattern over many years, and a baby is due.",
        caused_by="The police hold 18 earlier incidents since 2009; health says that Gemma has miscarried three times.",
    )
    because = "It is graded medium, and her adviser sees her each week. To be looked at again after the next incident."
    do_not_refer_to_marac(enquiry, by=by, now=now, because=because)


def _look_for_them(enquiry: Enquiry, by: User, now: datetime) -> None:
    who = enquiry.parties.values_list("person", flat=True)
    because = "Five visits, nobody at home. The school, the landlord and the neighbours do not know where they went."
    look_for(enquiry, by=by, now=now, who=who, because=because)


def _spam(teller: Teller, now: datetime) -> None:
    family = Family("spam", "harrowmouth", "upper-town", (Member(GivenPerson("Test", "Test"), "child"),), "neglect")
    said = Sayings(
        "Earn 500 a day from home!!! Click the link in the profile NOW", "public_form", "10",
        GivenReferrer("anonymous"), {}, "neglect", {"child": "Test", "mother": "", "home": ""},
    )  # fmt: skip
    came = working_moment(teller.hub.areas["harrowmouth"], now, 2)
    teller.tell(family, Course(came, RECEIVED, is_held=True), said, key=LAST_KEY)
