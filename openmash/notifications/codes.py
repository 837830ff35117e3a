"""The code sets of the evaluators' desk."""

# What forces call their notices (reference lists E.11). An area writes its own where it has another.
USUAL_KINDS = ("ViST", "121a", "PPN", "Merlin", "SCARF")

GRADES = {"red": "Red", "amber": "Amber", "green": "Green"}
# How forces write their grades: colours, and high to low.
GRADE_WORDS = {
    "red": "red", "r": "red", "high": "red", "h": "red",
    "amber": "amber", "a": "amber", "medium": "amber", "m": "amber",
    "green": "green", "g": "green", "low": "green", "standard": "green", "l": "green",
}  # fmt: skip
GRADE_ORDER = {"red": 0, "amber": 1, "": 2, "green": 3}

# What the police call it when it is domestic abuse, and their colours in their own words for that (seed 000: standard,
# medium, high).
DOMESTIC = "domestic"
ABUSE_GRADE = {"red": "high", "amber": "medium", "green": "standard"}

ROLES = {"child": "Child", "victim": "Victim", "suspect": "Suspect", "adult": "Other adult"}
ROLE_WORDS = {
    "child": "child", "subject": "child", "c": "child", "victim": "victim", "v": "victim", "suspect": "suspect",
    "s": "suspect", "offender": "suspect", "accused": "suspect", "adult": "adult", "parent": "adult",
    "witness": "adult",
}  # fmt: skip

WAITING, SENT, FORWARDED, RETAINED = "waiting", "sent", "forwarded", "retained"
OUTCOMES = {
    SENT: "Send to the hub",
    FORWARDED: "Forward to the allocated worker",
    RETAINED: "Retain: nothing is shared",
}
STATES = {WAITING: "Waiting", SENT: "Sent to the hub", FORWARDED: "Forwarded", RETAINED: "Retained"}

# What says that somebody is open to social care: shown as open, with the team and the worker, and nothing else (M89).
OPEN_CASE = frozenset({"open_case", "cp_plan", "child_in_need", "looked_after", "early_help"})

SAMPLED_IN_A_HUNDRED = 10
