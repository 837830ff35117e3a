"""What Cafcass is asked (proposed partner in seed 003, which also makes checks of its own)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="cafcass",
    name="Cafcass",
    order=100,
    asks="Look for family court proceedings about any child named, now or earlier, "
    "and for what was alleged, found and ordered in them.",
    systems=(
        System("case_record", "Case record"),
        System("private_law", "Private law applications"),
        System("public_law", "Public law proceedings"),
        System("safeguarding_checks", "Safeguarding checks and letters"),
    ),
    prompts=(
        Prompt(
            "applications",
            "Applications to court",
            "Each date, who applied for what, about which child, in which court.",
            "order",
        ),
        Prompt(
            "orders",
            "Orders made",
            "What was ordered about where the child lives, whom they see, and protection, and until when.",
            "order",
        ),
        Prompt(
            "checks",
            "Safeguarding checks",
            "Dates, which authorities and forces were asked, and what was advised.",
            "assessment",
        ),
        Prompt(
            "reports",
            "Reports to court",
            "Say that a report exists and its date. Check whether the court must agree before you share what it says.",
            "assessment",
        ),
        Prompt(
            "allegations",
            "Allegations and findings",
            "What was alleged and by whom, and whether the court found it proved, not proved or did not decide.",
            "incident",
        ),
        Prompt(
            "childs_view",
            "What the child says",
            "The child’s wishes and feelings, told to whom and when.",
            "contact",
        ),
    ),
)
