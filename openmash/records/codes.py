"""Why a record is held, what a second person agrees to; and who may ask for theirs, and why something is not given.

The grounds are those of the Data Protection Act 2018, schedules 2 to 4.
"""

HOLDS = {
    "inquiry": "A public inquiry",
    "court": "Proceedings in a court",
    "complaint": "A complaint, or an ombudsman",
    "child_death": "A child death review, or a safeguarding practice review",
}
KEEP, DESTROY, FIND = "keep", "destroy", "find"
WANTS = {KEEP: "Keep it longer", FIND: "Say what it was found to be", DESTROY: "Destroy it"}
FINDINGS = {
    "lado_proven": "An allegation, substantiated or unsubstantiated",
    "lado_unfounded": "An allegation, unfounded",
    "lado_no_action": "A contact with the designated officer (LADO), no further action",
    "lado_advice": "Advice of the designated officer (LADO) alone",
    "police_1": "Police group 1: MAPPA, or serious",
    "police_2": "Police group 2: other sexual or violent",
    "police_3": "Police group 3: all other",
}
BY_BIRTH = ("lado_proven", "police_1")
"""Counted from the birth of whom it is about."""

ASKERS = {
    "self": "The person themself",
    "parent": "Somebody with parental responsibility, for the child",
    "representative": "A representative, such as a solicitor or an attorney",
}

FULL, REDACTED, WITHHELD = "full", "redacted", "withheld"
GIVEN = {FULL: "Give it in full", REDACTED: "Give it with words left out", WITHHELD: "Withhold it"}
GROUNDS = {
    "third_party": "It is about somebody else, who has not agreed (schedule 2, paragraph 16)",
    "serious_harm": "It would be likely to cause serious harm to somebody’s health (schedule 3, parts 2 to 4)",
    "best_interests": "It is not in the child’s best interests: child abuse data (schedule 3, paragraph 21)",
    "confidence": "It was supplied in confidence, and giving it would show who said it (schedule 2, paragraph 16)",
    "crime": "It would hinder preventing or detecting crime (schedule 2, paragraph 2)",
    "legal_privilege": "It is legal advice (schedule 2, paragraph 19)",
    "court": "It is a report to a court (schedule 3, paragraph 9)",
    "adoption": "It is an adoption record (schedule 4)",
}
