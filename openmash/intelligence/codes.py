"""How an item is graded: what travels with the words wherever they go (security design 3.3)."""

SENSITIVITIES = {"G": "General", "S": "Sensitive", "X": "Sealed", "L": "Locked"}
NATURES = {"fact": "A fact", "allegation": "An allegation", "opinion": "A professional opinion"}
# The police 3x5x2 scheme, asked in plain questions.
DEPENDABLE = {"1": "Reliable", "2": "Untested", "3": "Not reliable"}
KNOWN_HOW = {
    "A": "Known directly",
    "B": "Known indirectly, but corroborated",
    "C": "Known indirectly",
    "D": "Not known",
    "E": "Suspected to be false",
}
HANDLING = {"P": "May be shared", "C": "May be shared with conditions"}


def grade_words(grade: str) -> str:
    """What "1A" says to whoever has not learnt the police's grades by heart. Empty for what has none."""
    return f"{DEPENDABLE[grade[0]]}, {KNOWN_HOW[grade[1]].lower()}" if grade else ""
