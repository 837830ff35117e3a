"""What the police are asked (seed 000, seed 003: step 4)."""

from openmash.gathering.shelf import Prompt, Return, System

RETURN = Return(
    key="police",
    name="Police",
    order=10,
    asks="Look for incidents, crimes, intelligence and warnings about every person named, and about the address, "
    "from the first entry to the latest.",
    systems=(
        System("crime_recording", "Crime recording"),
        System("custody", "Custody"),
        System("intelligence", "Intelligence"),
        System("domestic_abuse", "Domestic abuse incidents"),
        System("pnc", "Police National Computer (PNC)"),
        System("pnd", "Police National Database (PND)"),
        System("offender_register", "Violent and sex offender register flag"),
        System("missing", "Missing person reports"),
        System("logs", "Connected incident logs"),
    ),
    prompts=(
        Prompt(
            "incidents_at_address",
            "Incidents at the address",
            "Every call or log, however small, with its date and who was there.",
            "incident",
        ),
        Prompt(
            "domestic_abuse",
            "Domestic abuse",
            "Each date, who was involved, whether a child saw or heard it, and the grade: standard, medium or high.",
            "incident",
        ),
        Prompt(
            "crimes",
            "Crimes and arrests",
            "The person’s part in it (suspect, victim or witness), the offence, and how it ended.",
            "incident",
        ),
        Prompt(
            "missing",
            "Missing reports",
            "Each time missing, the risk level, where the person was found and with whom.",
            "incident",
        ),
        Prompt(
            "bail_and_orders",
            "Bail, orders and notices",
            "Conditions in force now and when they end, and who must not be contacted.",
            "order",
        ),
        Prompt(
            "convictions",
            "Convictions that matter here",
            "Say that the national computer was checked and give the relevant line. Do not copy the record.",
            "order",
        ),
        Prompt(
            "managed_offender",
            "Registered or managed offender",
            "Whether anyone named carries the flag, and whom to speak to. Leave out what the register says.",
            "order",
        ),
        Prompt(
            "intelligence",
            "Intelligence",
            "What bears on the risk, in your own words and with nothing that could identify a source.",
            "other",
        ),
    ),
)
