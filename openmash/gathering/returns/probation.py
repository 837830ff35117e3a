"""What probation is asked (seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="probation",
    name="Probation",
    order=50,
    asks="Look for any adult named who is or was supervised, what they may not do, "
    "and the risk that they are thought to pose to a child, a partner or anyone else.",
    systems=(
        System("supervision", "Supervision record (Delius)"),
        System("risk", "Risk assessments (OASys)"),
        System("prison", "Prison record"),
        System("public_protection", "Public protection arrangements (MAPPA)"),
        System("victim_contact", "Victim contact scheme"),
    ),
    prompts=(
        Prompt(
            "sentence",
            "Sentence or order",
            "The offence, the sentence, when it began and ends, and the supervising officer.",
            "order",
        ),
        Prompt(
            "conditions",
            "Licence conditions and requirements",
            "Who may not be contacted, where the person may not go or live, and until when.",
            "order",
        ),
        Prompt(
            "release",
            "Custody and release",
            "Dates of custody, release and recall, and the address approved for release.",
            "order",
        ),
        Prompt(
            "risk",
            "Risk assessment",
            "The level and date, who is at risk, and what would make it higher.",
            "assessment",
        ),
        Prompt(
            "compliance",
            "Attendance and compliance",
            "Appointments and programmes kept or missed, warnings and breach.",
            "attendance",
        ),
        Prompt(
            "home",
            "Home and relationships",
            "Who the person says they live with, new partners, contact with children, and home visits.",
            "contact",
        ),
        Prompt(
            "public_protection",
            "Public protection interest",
            "Whether the person is managed under MAPPA, and whom to speak to. Leave out category and level.",
            "other",
        ),
    ),
)
