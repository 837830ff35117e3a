"""What can follow what on the journey of an enquiry. The database holds the same table (`Enquiry.Meta.triggers`)."""

from openmash.kit.workflow import Move, Workflow

RECEIVED, SCREENED, TRIAGED, GATHERING, REVIEW, DECIDED, CLOSED = STATUSES = (
    "received",
    "screened",
    "triaged",
    "gathering",
    "review",
    "decided",
    "closed",
)
OPEN = STATUSES[:-1]
BEFORE_DECISION = STATUSES[:5]

JOURNEY = Workflow(
    name="enquiry",
    statuses=STATUSES,
    initial=RECEIVED,
    final=(CLOSED,),
    moves=(
        Move("screen", (RECEIVED,), SCREENED, "Finish screening"),
        Move("rate", (SCREENED,), TRIAGED, "Rate"),
        Move("ask", (TRIAGED,), GATHERING, "Ask the agencies"),
        Move("review", (TRIAGED, GATHERING), REVIEW, "Take to decision"),
        Move("ask_more", (REVIEW,), GATHERING, "Ask more agencies"),
        Move("decide", (REVIEW,), DECIDED, "Decide"),
        Move("decide_directly", (RECEIVED, SCREENED, TRIAGED), DECIDED, "Decide without research"),
        Move("close", (DECIDED,), CLOSED, "Close"),
        Move("reopen", (DECIDED, CLOSED), REVIEW, "Reopen"),
    ),
)

STATUS_WORDS = {
    RECEIVED: "Received",
    SCREENED: "Screened",
    TRIAGED: "Triaged",
    GATHERING: "Gathering answers",
    REVIEW: "Ready for decision",
    DECIDED: "Decided",
    CLOSED: "Closed",
}

# The desk that owns an enquiry at each status, until one person takes it.
DESKS = {
    RECEIVED: "screening",
    SCREENED: "triage",
    TRIAGED: "triage",
    GATHERING: "gathering",
    REVIEW: "decision",
    DECIDED: "closing",
    CLOSED: "",
}
DESK_WORDS = {
    "screening": "Screening desk",
    "triage": "Triage desk",
    "gathering": "Gathering desk",
    "decision": "Practice managers",
    "closing": "Closing desk",
}
