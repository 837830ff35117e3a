"""What children’s social care is asked about its own history (seed 000, seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="childrens_social_care",
    name="Children’s social care",
    order=40,
    asks="Look for present and earlier involvement with each child, their brothers and sisters and every adult named, "
    "including children who were removed from an adult’s care.",
    systems=(
        System("case_record", "Case management system"),
        System("legal", "Legal status and care proceedings"),
        System("looked_after", "Looked-after children and care leavers"),
        System("out_of_hours", "Emergency duty team"),
        System("early_help", "Early help record"),
        System("older_files", "Archived and paper files"),
        System("other_authorities", "Other councils’ child protection lists and alerts"),
    ),
    prompts=(
        Prompt(
            "involvement",
            "Open or earlier involvement",
            "Since when or until when, the team and worker, and why it was opened or closed.",
            "contact",
        ),
        Prompt(
            "contacts",
            "Contacts and referrals",
            "Each date, who made it, the worry, and what was decided.",
            "contact",
        ),
        Prompt(
            "assessments",
            "Assessments and enquiries",
            "Strategy discussions, enquiries and assessments, and what each one found.",
            "assessment",
        ),
        Prompt(
            "plans",
            "Plans",
            "Child protection, child in need or care plans, the category, and why each one ended.",
            "assessment",
        ),
        Prompt(
            "legal",
            "Orders and proceedings",
            "Orders in force and ended, proceedings, and who has parental responsibility.",
            "order",
        ),
        Prompt(
            "removals",
            "Children removed from care",
            "Any child of any adult named, in this council’s area or another, with dates.",
            "order",
        ),
        Prompt(
            "visits",
            "Visits and when last seen",
            "When each child was last seen, by whom, and whether alone.",
            "contact",
        ),
        Prompt(
            "adults_as_children",
            "Adults known as children",
            "Whether a parent or carer was known to the service as a child, and for what.",
            "other",
        ),
    ),
)
