"""The answers that are recorded of an adult at risk. Source: Care Act 2014 s.42; reference lists E.7."""

ADULT = "adult"
LONGEST = 2000  # characters of anything that is written of an adult

# What is shown of each part of the test, in the order in which the Act puts them (s.42(1)).
PARTS = (
    ("has_needs", "needs_because", "Has needs for care and support"),
    ("is_at_risk", "risk_because", "Is experiencing, or at risk of, abuse or neglect"),
    ("cannot_protect", "protect_because", "As a result of those needs cannot protect themself"),
)

CAPACITY = {
    "has": "Can decide about this",
    "lacks": "Cannot decide about this",
    "varies": "It varies from time to time",
    "not_assessed": "Not assessed yet",
}
LACKS = "lacks"

CONSENT = {"yes": "Agrees", "no": "Does not agree", "not_asked": "Was not asked"}

ENQUIRY = "enquiry"
CONSIDERED = {
    "none": "There is no child around this adult",
    "safe": "There are children, and no concern for them",
    "known": "There are children, and they are in an enquiry or open to a social worker already",
    ENQUIRY: "There are children, and an enquiry about them is needed: make it now",
}
