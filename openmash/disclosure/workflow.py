"""What can follow what in a release. The database holds the same table."""

from openmash.kit.workflow import Move, Workflow

RELEASE = Workflow(
    name="release",
    statuses=(
        "draft",
        "proposed",
        "approved",
        "disclosed",
        "acknowledged",
        "expired",
        "returned",
        "refused",
        "recalled",
        "superseded",
    ),
    initial="draft",
    final=("expired", "refused", "recalled", "superseded"),
    moves=(
        Move("propose", ("draft",), "proposed", "Propose"),
        Move("change", ("proposed", "approved", "returned"), "draft", "Change"),
        Move("return", ("proposed",), "returned", "Send back"),
        Move("refuse", ("proposed",), "refused", "Refuse"),
        Move("approve", ("proposed",), "approved", "Approve"),
        Move("disclose", ("approved",), "disclosed", "Disclose"),
        Move("acknowledge", ("disclosed",), "acknowledged", "Acknowledge"),
        Move("expire", ("disclosed", "acknowledged"), "expired", "Expire"),
        Move("recall", ("approved", "disclosed", "acknowledged"), "recalled", "Recall"),
        Move("supersede", ("draft", "proposed", "returned"), "superseded", "Put aside"),
    ),
)

STATUS_WORDS = {
    "draft": "Draft",
    "proposed": "Proposed",
    "approved": "Approved",
    "disclosed": "Released",
    "acknowledged": "Acknowledged",
    "expired": "Expired",
    "returned": "Sent back",
    "refused": "Refused",
    "recalled": "Recalled",
    "superseded": "Put aside",
}
