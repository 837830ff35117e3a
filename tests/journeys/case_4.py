"""What is said in source case 4, by whom, and who may read it."""

from datetime import date

from tests.journeys.answering import Item
from tests.journeys.intake import in_days

GEMMA = {
    "First names": "Gemma",
    "Last name": "Northcott",
    "Date of birth": date(1990, 8, 22),
    "What they are to the child": "Mother",
    "Do they live with the child?": "Yes",
}
WAYNE = {
    "First names": "Wayne",
    "Last name": "Dyer",
    "Date of birth": date(1987, 2, 9),
    "What they are to the child": "Father",
    "Do they live with the child?": "Yes",
}
WORRY = (
    "Gemma is 25 weeks pregnant. She told me that Wayne shouts and once held her by the wrists. The police came on "
    "Thursday and graded it standard."
)
CONCERNS = ("Domestic abuse: a parent or carer is the victim", "Unborn baby")
DASH = "How many questions of the DASH risk checklist were answered “yes”?"
PREGNANT = "Pregnant, or a baby was born in the last 18 months"
NOT_TOLD = {
    "Have you told the parents or carers that you are making this enquiry?": "No",
    "Why not?": "It would put a child or someone else at greater risk",
}

AREAS = ("", "people", "chronology", "requests", "decision", "releases", "history", "record")
# What somebody said, in words that nobody else says.
SAID = {
    "worry": "once held her by the wrists",
    "screening": "An earlier enquiry named the same man",
    "rating": "A standard grade and no injury",
    "keys": "Wayne took her keys and left before officers came",
    "lip": "Gemma had a cut lip and spoke of a door",
    "miscarriages": "Gemma has had three miscarriages",
    "antenatal": "quiet when Wayne is in the room",
    "re-rating": "Eighteen incidents are not one quarrel",
    "facts": "Police came eighteen times before this year",
    "rationale": "The grade goes from standard to medium",
    "for the referrer": "A social worker will meet Gemma",
    "for the child": "People made sure that your mum was safe",
    "assessment": "Meet Gemma alone, at the clinic",
    "monitoring": "See her every week until the birth",
    "health": "Earlier pregnancies make this one a worry",
}
# Who got which of these words, and nobody anything else.
POOLED = {"keys", "lip", "miscarriages", "antenatal"}
READS = {
    "siobhan": {"worry", "for the referrer"},
    "joanna": {"worry", "rating", "re-rating", "for the referrer"},
    "lewis": {"keys", "lip"},
    "mary": {"miscarriages"},
    "jo": set(),
    "anjali": {"miscarriages", "health"},
    "karen": {"keys"},
    "martin": {"keys", "health"},
    "amit": {"keys", "health", "assessment"},
    "kate": {"monitoring"},
}
G, W = "Gemma Northcott, born 22 August 1990", "Wayne Dyer, born 9 February 1987"
ASKED = {
    "Wendmark Constabulary": "Its records show incidents at the address.",
    "Wendmark Community Health": "Midwives see the pregnancy.",
    "Safe Harbour, domestic abuse advisers": "Its advisers may know her.",
}
TOLD = (
    SAID["lip"],
    "Shouting in the street",
    "An argument that a neighbour heard",
    "Gemma rang and ended the call",
    SAID["keys"],
)
INCIDENTS = tuple(
    Item(
        f"Incident {number + 1}. {TOLD[number % 5]}.",
        "Domestic abuse",
        date(2009 + number * 15 // 18, 1 + number * 5 % 12, 3 + number),
        (G, W),
        **({"sensitivity": "Sensitive", "conditions": "Not to be shown to Wayne"} if number % 5 == 4 else {}),
    )
    for number in range(18)
)
STANDARD = {"What is the grade?": "Standard", "Why this grade?": "Eight answers of yes, and no injury this time."}
MEDIUM = {
    "What is the grade?": "Medium",
    "Why this grade?": "It is a pattern, and a baby is due.",
    "What information changed it?": "What lies before the last twelve months.",
}
HEALTH = (
    Item(f"{SAID['miscarriages']}.", "Pregnancy and birth", date(2022, 6, 8), (G,), "Sensitive", "Ask us first"),
    Item(
        f"Comes to every appointment; {SAID['antenatal']}.",
        "Health visitor and school nurse contacts",
        in_days(-9),
        (G,),
    ),
)
DECISION = {
    "Is it a safeguarding concern?": "Yes",
    "Level of need": "Level 4: specialist or statutory",
    "Where it is met": (
        "Family and surroundings: Violence at home, a dangerous adult in the household, or no safe place to live.",
    ),
    "Facts": SAID["facts"],
    "What they mean for the child": "With a baby due, what was called low-level is a pattern.",
    "Why you decide this": f"{SAID['rationale']}: eighteen incidents since 2009 lay outside the twelve months.",
    "What the referrer is told": SAID["for the referrer"],
    "What the child may read later": SAID["for the child"],
}
OUTCOMES = (
    {
        "Outcome": "Referral to children's social care for an assessment (section 17)",
        "Who owns it": "North Wend assessment team",
        "What they are asked to do": SAID["assessment"],
    },
    {
        "Outcome": "One agency goes on, or monitors closely",
        "Who owns it": "Wend Valley health visiting",
        "What they are asked to do": SAID["monitoring"],
    },
)
RELEASE = {
    "Who is to receive it": "Amit Desai, Assessment team manager, North Wend assessment team",
    "Why this recipient": "His team assesses.",
    "What it is for": "A social work assessment",
    "The purpose in a sentence": "To assess what the baby will need.",
    "Why it is necessary": "Without it the team would meet both parents together.",
    "Has the family been told that this is shared?": "No",
    "Why the family is not told": "It would raise the risk.",
}
RELEASED = {
    INCIDENTS[4].words: {"Release this item": "In full"},
    SAID["miscarriages"]: {"Release this item": "Only in words that its owner writes"},
}
OWN = "The words in which it may leave"
