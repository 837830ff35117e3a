"""What early years settings and family centres are asked (seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="early_years_and_families",
    name="Early years and families",
    order=80,
    asks="Look for each young child’s place and attendance, what staff have seen, "
    "and the support that the family has been offered, has taken up or has turned down.",
    systems=(
        System("family_centre", "Children’s centre or family hub record"),
        System("settings", "Nursery and childminder record"),
        System("funded_places", "Funded early education places"),
        System("family_support", "Family support record"),
        System("early_help", "Early help assessments"),
    ),
    prompts=(
        Prompt(
            "place",
            "Place and registration",
            "The setting, since when, the days booked, and any change of setting.",
            "other",
        ),
        Prompt(
            "attendance",
            "Attendance",
            "Days attended and missed, and the reasons given.",
            "attendance",
        ),
        Prompt(
            "concerns",
            "Concerns recorded",
            "What staff saw or heard, marks or injuries, and what was done.",
            "incident",
        ),
        Prompt(
            "family",
            "Contact with the family",
            "Who brings and collects, how parent and child are together, and home visits.",
            "contact",
        ),
        Prompt(
            "support",
            "Family support",
            "Groups, courses and one-to-one work, taken up or turned down, with dates.",
            "contact",
        ),
        Prompt(
            "early_help",
            "Early help assessment and plan",
            "Dates, the lead professional, the goals, and why it ended.",
            "assessment",
        ),
        Prompt(
            "development",
            "Development",
            "Checks made, delay noticed, and help asked for.",
            "assessment",
        ),
    ),
)
