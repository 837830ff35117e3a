"""What the independent domestic violence advisers are asked (seed 000: the domestic abuse adviser in the hub)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="idva",
    name="Independent domestic violence advisers (IDVA)",
    order=130,
    asks="Look for any adult named who came to you as a victim, or was named to you as a person who causes harm, "
    "and for how that abuse reaches the children.",
    systems=(
        System("case_record", "Case record"),
        System("marac", "MARAC list and minutes"),
        System("safe_accommodation", "Refuge and safe accommodation"),
        System("helpline", "Helpline and drop-in contacts"),
        System("outreach", "Outreach and group work"),
    ),
    prompts=(
        Prompt(
            "contacts",
            "Referrals and contact",
            "Each date, who referred, whether the victim was reached and took up support.",
            "contact",
        ),
        Prompt(
            "incidents",
            "Abuse that was disclosed",
            "Each date or period, what happened, and whether it is getting worse or more frequent.",
            "incident",
        ),
        Prompt(
            "risk",
            "Risk assessment",
            "The date, assessor, score and grade, and the judgement behind it. Leave out the form’s questions.",
            "assessment",
        ),
        Prompt(
            "marac",
            "MARAC hearings",
            "Each hearing, first and repeat, with the actions agreed and whether they are done.",
            "assessment",
        ),
        Prompt(
            "orders",
            "Orders and protection",
            "Non-molestation, occupation and protection orders, bail or restraint, and when each one ends.",
            "order",
        ),
        Prompt(
            "children",
            "The children",
            "What they have seen, heard or said, and whether the abuser has contact with them.",
            "other",
        ),
        Prompt(
            "safety",
            "Safety plan and safe contact",
            "What is in place, and how and when it is safe to make contact. Leave out any protected address.",
            "assessment",
        ),
        Prompt(
            "accommodation",
            "Refuge or move",
            "Whether the victim is in safe accommodation and since when. Leave out the address.",
            "tenancy",
        ),
    ),
)
