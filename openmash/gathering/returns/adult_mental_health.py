"""What adult mental health services are asked (seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="adult_mental_health",
    name="Adult mental health",
    order=90,
    asks="Look for any adult named who is or was in your care, "
    "and for what their illness, treatment and behaviour mean for a child or anyone else in the home.",
    systems=(
        System("clinical_record", "Clinical record"),
        System("crisis", "Crisis and home treatment team"),
        System("inpatient", "Hospital admissions"),
        System("liaison", "Hospital liaison team"),
        System("perinatal", "Perinatal mental health"),
        System("talking_therapies", "Talking therapies"),
    ),
    prompts=(
        Prompt(
            "care",
            "Open or earlier care",
            "Since when or until when, the team, the care co-ordinator, and why it opened or closed.",
            "treatment",
        ),
        Prompt(
            "crises",
            "Crises and self-harm",
            "Each date, what happened, and whether a child was there.",
            "incident",
        ),
        Prompt(
            "admissions",
            "Admissions and detention",
            "Dates, whether by agreement or under the Mental Health Act, and who looked after the children.",
            "order",
        ),
        Prompt(
            "risk_to_children",
            "Risk to children and others",
            "The latest assessment, any thoughts or beliefs about a child, and threats or violence.",
            "assessment",
        ),
        Prompt(
            "engagement",
            "Treatment and engagement",
            "Appointments kept or missed, treatment taken or stopped, and how well the adult is now.",
            "attendance",
        ),
        Prompt(
            "caring",
            "Children and caring",
            "Which children the adult lives with, cares for or sees, and how their health affects it.",
            "assessment",
        ),
        Prompt(
            "pregnancy",
            "Pregnancy and after birth",
            "Care planned or given in pregnancy and the year after birth.",
            "treatment",
        ),
    ),
)
