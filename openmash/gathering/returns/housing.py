"""What housing is asked (seed 000: housing in the hub)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="housing",
    name="Housing",
    order=110,
    asks="Look for the tenancy and everyone known to live at the address, "
    "and for complaints, arrears, visits and the state of the home.",
    systems=(
        System("tenancy", "Tenancy record"),
        System("rent", "Rent account"),
        System("repairs", "Repairs and inspections"),
        System("antisocial_behaviour", "Antisocial behaviour"),
        System("homelessness", "Homelessness and housing options"),
        System("register", "Housing register"),
    ),
    prompts=(
        Prompt(
            "tenancy",
            "Tenancy and addresses",
            "The kind of tenancy, in whose name, since when, and earlier addresses.",
            "tenancy",
        ),
        Prompt(
            "household",
            "Who lives there",
            "Everyone on the tenancy, on an application or seen at the home, with dates.",
            "tenancy",
        ),
        Prompt(
            "arrears",
            "Rent and arrears",
            "What is owed, since when, and hardship that the family has told you of.",
            "tenancy",
        ),
        Prompt(
            "possession",
            "Notices and eviction",
            "Notices served, court dates and orders, and the date of any eviction.",
            "order",
        ),
        Prompt(
            "complaints",
            "Antisocial behaviour and complaints",
            "Each date, what was reported or seen, by whom, and what was done.",
            "incident",
        ),
        Prompt(
            "condition",
            "State of the home",
            "What staff saw, hazards, damage such as to doors, and repairs refused.",
            "assessment",
        ),
        Prompt(
            "visits",
            "Visits and access",
            "Each visit, who was seen, children seen, and access refused.",
            "contact",
        ),
        Prompt(
            "homelessness",
            "Homelessness and moves",
            "Applications, the reason, and temporary accommodation. Leave out the address of any refuge.",
            "tenancy",
        ),
    ),
)
