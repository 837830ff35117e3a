"""Why a record is held, and what a second person is asked to agree to."""

HOLDS = {
    "inquiry": "A public inquiry",
    "court": "Proceedings in a court",
    "complaint": "A complaint, or an ombudsman",
    "child_death": "A child death review, or a safeguarding practice review",
}
KEEP, DESTROY = "keep", "destroy"
WANTS = {KEEP: "Keep it longer", DESTROY: "Destroy it"}
