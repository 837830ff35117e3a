"""Grades, and what makes domestic abuse graver. The DASH questions are their authors' own: only a count is kept."""

STANDARD, MEDIUM, HIGH = "standard", "medium", "high"
GRADES = {STANDARD: "Standard", MEDIUM: "Medium", HIGH: "High"}
ORDER = tuple(GRADES)

MOST_YES = 24

# Asked at every grade, whatever the score: a count alone hides them (reference lists E.10).
AGGRAVATING = {
    "escalation": "It happens more often, or gets worse",
    "separation": "They have separated, or are about to",
    "strangulation": "Hands around the neck, or breathing stopped in any way",
    "pregnancy": "Pregnant, or a baby was born in the last 18 months",
    "children": "Children saw it, heard it, or were in the home",
    "stalking": "Following, watching or messages that are not wanted",
    "threats": "Threats to kill",
    "coercion": "Control of money, friends, movements or the telephone",
    "honour": "So-called honour, or a forced marriage",
}
COLOURS = {STANDARD: "grey", MEDIUM: "yellow", HIGH: "red"}
