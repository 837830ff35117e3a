"""What can follow what in a release. The database holds the same table."""

from openmash.kit.workflow import Move, Workflow

DRAFT, PROPOSED, APPROVED, DISCLOSED, ACKNOWLEDGED = "draft", "proposed", "approved", "disclosed", "acknowledged"
EXPIRED, RETURNED, REFUSED, RECALLED, SUPERSEDED = "expired", "returned", "refused", "recalled", "superseded"

RELEASE = Workflow(
    name="release",
    statuses=(
        DRAFT,
        PROPOSED,
        APPROVED,
        DISCLOSED,
        ACKNOWLEDGED,
        EXPIRED,
        RETURNED,
        REFUSED,
        RECALLED,
        SUPERSEDED,
    ),
    initial=DRAFT,
    final=(EXPIRED, REFUSED, RECALLED, SUPERSEDED),
    moves=(
        Move("propose", (DRAFT,), PROPOSED, "Propose"),
        Move("change", (PROPOSED, RETURNED), DRAFT, "Change"),
        Move("return", (PROPOSED,), RETURNED, "Send back"),
        Move("refuse", (PROPOSED,), REFUSED, "Refuse"),
        Move("approve", (PROPOSED,), APPROVED, "Approve"),
        Move("disclose", (APPROVED,), DISCLOSED, "Disclose"),
        Move("acknowledge", (DISCLOSED,), ACKNOWLEDGED, "Acknowledge"),
        Move("expire", (DISCLOSED, ACKNOWLEDGED), EXPIRED, "Expire"),
        Move("recall", (DISCLOSED, ACKNOWLEDGED), RECALLED, "Recall"),
        Move("supersede", (DRAFT, PROPOSED, RETURNED), SUPERSEDED, "Put aside"),
    ),
)

STATUS_WORDS = {
    DRAFT: "Draft",
    PROPOSED: "Proposed",
    APPROVED: "Approved",
    DISCLOSED: "Released",
    ACKNOWLEDGED: "Acknowledged",
    EXPIRED: "Expired",
    RETURNED: "Sent back",
    REFUSED: "Refused",
    RECALLED: "Recalled",
    SUPERSEDED: "Put aside",
}

UNFINISHED = (DRAFT, PROPOSED, RETURNED)
OUT = (DISCLOSED, ACKNOWLEDGED)
WAS_OUT = (*OUT, EXPIRED, RECALLED)
