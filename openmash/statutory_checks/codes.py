"""Who asks, on what basis, by when, and how a check ended. Source: seed 003 (checks for CAFCASS), M138."""

# Who asks, and within how many working days they are answered unless they say otherwise.
REQUESTERS = {
    "cafcass": ("CAFCASS", 5),
    "council": ("Another council", 5),
    "court": ("A court", 3),
    "police": ("Police", 1),
    "fostering": ("A fostering service", 10),
    "adoption": ("An adoption agency", 10),
    "inspector": ("An inspector of early years or schools", 10),
    "other": ("Somebody else with a duty to check", 10),
}

# Why they may be told. Each names the duty, not the form.
BASES = {
    "section_7": "A court ordered a welfare report (Children Act 1989, section 7)",
    "section_37": "A court ordered an investigation (Children Act 1989, section 37)",
    "private_law": "A safeguarding letter to the court in private law",
    "section_47": "Another council makes section 47 enquiries",
    "moved": "A child who moved: another council takes over",
    "suitability": "Suitability to foster, adopt or look after children, with the person's consent",
    "court_order": "Another order of a court",
    "other": "Another basis, in words",
}

OPEN, PROPOSED, ANSWERED, REFUSED = "open", "proposed", "answered", "refused"
STATES = {
    OPEN: "To answer",
    PROPOSED: "Answer to approve",
    ANSWERED: "Answered",
    REFUSED: "Refused",
}
WAITING = (OPEN, PROPOSED)

FINDINGS = {
    "known": "Known to children's social care",
    "known_before": "Known in the past, not now",
    "not_known": "Not known to children's social care",
}
