"""The code sets of the airlock. Lawful bases and gateways are those of triage."""

PURPOSES = {
    "assessment": "A social work assessment",
    "section_47": "A strategy discussion or section 47 enquiry",
    "safety": "Keeping somebody safe now",
    "early_help": "Early help for the family",
    "monitoring": "Monitoring by a health service",
    "youth": "Work with a young person",
    "adult": "Safeguarding an adult at risk",
    "marac": "MARAC: high-risk domestic abuse",
    "allocated": "The work of the team that is already allocated",
}

# How an agency without accounts says yes or no.
BY_EMAIL, BY_TELEPHONE = "email", "telephone"
MEANS = {BY_EMAIL: "By e-mail", BY_TELEPHONE: "By telephone"}

REDACTED_BECAUSE = {
    "third_party": "It is about somebody else",
    "not_needed": "It is not needed for the purpose",
    "source": "It would show who told us",
    "inquiry": "It would harm an inquiry",
}

# What every recipient is told, whatever else is asked of them (formats 6.2; journey of an enquiry, the airlock).
RULES_OF_USE = (
    "Use it only for the purpose above.",
    "Do not pass it on, copy it out or show it to the family: ask the hub first.",
    "Each statement is as good as its grades. An allegation or an opinion is not a fact.",
    "If you learn that something here is wrong, tell the hub.",
    "If it is recalled, stop using it and destroy what you took from it.",
)

DEFAULT_CONDITIONS = "Keep it where only those who work on this purpose can read it."
LASTS_DAYS = 28
