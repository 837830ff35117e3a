"""What the youth offending service is asked (seed 003: step 4; “Youth Involvement”, seed 000)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="youth_offending",
    name="Youth offending",
    order=60,
    asks="Look for any young person named who is or was worked with, by order or by agreement, "
    "and for signs that they are being exploited or are a danger to themselves or others.",
    systems=(
        System("case_record", "Youth justice case record"),
        System("assessments", "Youth justice assessments"),
        System("courts", "Court, bail and remand record"),
        System("prevention", "Prevention and diversion"),
        System("exploitation", "Exploitation and missing record"),
    ),
    prompts=(
        Prompt(
            "orders",
            "Orders and agreements",
            "What the young person is on, when it began and ends, and its conditions.",
            "order",
        ),
        Prompt(
            "offences",
            "Offences and outcomes",
            "Each date, what happened, whether in or out of court, and who was harmed.",
            "incident",
        ),
        Prompt(
            "worker",
            "Worker and contact",
            "The worker’s name, how often they meet, and when they last met.",
            "contact",
        ),
        Prompt(
            "attendance",
            "Attendance and engagement",
            "Appointments kept or missed, breach, and what the young person takes part in.",
            "attendance",
        ),
        Prompt(
            "risk",
            "Risk and safety",
            "The latest assessment of risk to the young person and to others, and what has changed.",
            "assessment",
        ),
        Prompt(
            "exploitation",
            "Exploitation and friends",
            "Gifts, debts, travel, weapons, time missing, and who the young person is with.",
            "incident",
        ),
        Prompt(
            "family",
            "Home and school",
            "What the young person and family say of life at home, and of school, training or work.",
            "other",
        ),
    ),
)
