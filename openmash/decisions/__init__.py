"""Level of need, pathway, rationale, what was not known, and feedback to the referrer."""
