"""The code sets of screening and of the gate."""

# M2: does the hub need to be involved? One answer, always.
SCREENING_OUTCOMES = {
    "research": "Research is needed",
    "direct": "No research: route it directly",
    "already_open": "Already open: forward it to the allocated worker",
    "information_only": "Information only",
    "duplicate": "A duplicate of another enquiry",
    "advice": "Advice was given",
}

AGREEMENT = {"yes": "Yes", "no": "No", "not_asked": "They were not asked"}

LAWFUL_BASES = {
    "public_task": "Public task: UK GDPR Article 6(1)(e)",
    "legal_obligation": "Legal obligation: UK GDPR Article 6(1)(c)",
    "vital_interests": "Vital interests, life at risk now: UK GDPR Article 6(1)(d)",
    "law_enforcement": "Law enforcement: Data Protection Act 2018 Part 3",
}

GATEWAYS = {
    "ca1989_s47": "Children Act 1989 section 47: suspected significant harm",
    "ca1989_s17": "Children Act 1989 section 17: child in need",
    "ca2004_s10": "Children Act 2004 section 10: co-operation to improve well-being",
    "ca2004_s11": "Children Act 2004 section 11: safeguarding and promoting welfare",
    "cda1998_s115": "Crime and Disorder Act 1998 section 115",
    "care_act_s42": "Care Act 2014 sections 42 to 45: an adult at risk",
}

# Levels of need as the areas commonly name them (Working Together 2023 leaves them to local threshold documents).
LEVELS = {
    1: "Level 1: universal services",
    2: "Level 2: additional or early help",
    3: "Level 3: targeted or family help",
    4: "Level 4: specialist or statutory",
}
