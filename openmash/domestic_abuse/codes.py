"""Grades, and what makes domestic abuse graver. The DASH questions are their authors' own: only a count is kept."""

from openmash.enquiries.codes import ABUSE_GRADES, ABUSE_RISKS

STANDARD, MEDIUM, HIGH = "standard", "medium", "high"
GRADES, AGGRAVATING = ABUSE_GRADES, ABUSE_RISKS
ORDER = tuple(GRADES)

MOST_YES = 24

# The four criteria of MARAC, in the order in which they are shown (reference lists E.10).
VISIBLE, JUDGED, ESCALATION, REPEAT = "visible", "judgement", "escalation", "repeat"
CRITERIA = {
    VISIBLE: "Visible high risk",
    JUDGED: "Professional judgement",
    ESCALATION: "Escalation",
    REPEAT: "Repeat within 12 months of MARAC",
}
VICTIM_KNOWS = {
    "agrees": "They know and agree",
    "objects": "They know and do not agree",
    "not_told": "They were not told",
}
AGREES = "agrees"

COLOURS = {STANDARD: "grey", MEDIUM: "yellow", HIGH: "red"}
