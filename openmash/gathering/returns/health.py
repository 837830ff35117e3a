"""What community and hospital health services are asked (seed 000, seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="health",
    name="Health",
    order=20,
    asks="Look for health contacts, attendances, missed appointments and pregnancy for each child, born or unborn, "
    "and for what their parents’ health means for them.",
    systems=(
        System("child_health", "Health visitor and school nurse record"),
        System("emergency", "Emergency department attendances"),
        System("midwifery", "Midwifery"),
        System("gp_registration", "GP registration"),
        System("immunisations", "Immunisations"),
        System("not_brought", "Was-not-brought record"),
        System("cp_is", "Child Protection Information Sharing (CP-IS) flag"),
    ),
    prompts=(
        Prompt(
            "attendances",
            "Emergency and urgent care",
            "Each date, the reason, the explanation given, and who brought the child.",
            "attendance",
        ),
        Prompt(
            "not_brought",
            "Appointments missed",
            "Each date on which a child was not brought, and what was done about it.",
            "attendance",
        ),
        Prompt(
            "contacts",
            "Health visitor and school nurse contacts",
            "Visits and reviews, who was seen, what was seen of the home, and any refusal.",
            "contact",
        ),
        Prompt(
            "pregnancy",
            "Pregnancy and birth",
            "Booking and due dates, antenatal care kept or missed, and earlier pregnancies that matter here.",
            "treatment",
        ),
        Prompt(
            "injuries",
            "Injuries and illness",
            "What was found and treated, and whether it fitted the account given.",
            "treatment",
        ),
        Prompt(
            "development",
            "Growth and development",
            "Measurements, milestones and worries about feeding or care.",
            "assessment",
        ),
        Prompt(
            "registration",
            "GP registration and immunisations",
            "The practice and since when, changes of practice, and immunisations that are overdue.",
            "other",
        ),
        Prompt(
            "protection_flag",
            "Child protection flag",
            "Whether CP-IS shows a plan or that the child is looked after, where, and since when.",
            "assessment",
        ),
    ),
)
