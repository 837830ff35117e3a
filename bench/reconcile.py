"""What the senders were told, held against what the database has: lost, twice, half. It knows nothing of the application.

`python -m bench.reconcile <ledger> <address of the database>`. The ledger has one JSON object a line: `what` is `invoke`,
`ok` (with the reference that was acknowledged), `fail` (told that it was not received) or `unknown` (no answer); `mark`
is in the words of the enquiry.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import psycopg

ENQUIRIES = """
    SELECT substring(worry from '^K-[0-9a-f]+-[0-9]+-[0-9]+'), reference, desk <> '' AND due_at IS NOT NULL,
        EXISTS (SELECT FROM audit_ledgerevent l WHERE l.enquiry = e.id AND event = 'enquiry.received'),
        EXISTS (SELECT FROM enquiries_step s WHERE s.enquiry_id = e.id),
        EXISTS (SELECT FROM enquiries_party p WHERE p.enquiry_id = e.id),
        channel = 'public_form' OR EXISTS (SELECT FROM agencies_letter b WHERE b.key = 'received-' || e.id)
    FROM enquiries_enquiry e WHERE worry ~ '^K-'"""
HALF = ("without desk or clock", "without a ledger line", "without a step", "without people", "without its letter")


def reconcile(ledger: Path, url: str) -> dict[str, int]:
    """Counts by name. `lost` and `twice` and everything in `HALF` have to be 0."""
    said = [json.loads(line) for line in ledger.read_text().splitlines()]
    acknowledged: dict[str, set[str]] = defaultdict(set)
    for line in said:
        if line["what"] == "ok":
            acknowledged[line["mark"]].add(line["reference"])
    held: dict[str, list[str]] = defaultdict(list)
    half: Counter[str] = Counter(dict.fromkeys(HALF, 0))
    with psycopg.connect(url) as owner:
        for mark, reference, *whole in owner.execute(ENQUIRIES):
            held[mark].append(reference)
            half.update(name for name, is_there in zip(HALF, whole, strict=True) if not is_there)
    counts = Counter(line["what"] for line in said)
    refused = {line["mark"] for line in said if line["what"] == "fail"} - set(acknowledged)
    return {
        "invoked": counts["invoke"],
        "acknowledged": len(acknowledged),
        "answers that said not received": counts["fail"],
        "no answer": counts["unknown"],
        "in the database": sum(map(len, held.values())),
        "lost": sum(references != set(held.get(mark, ())) for mark, references in acknowledged.items()),
        "twice": sum(len(references) > 1 for references in held.values()),
        "told not received, and received": len(refused & set(held)),
        **half,
    }


if __name__ == "__main__":
    print(json.dumps(reconcile(Path(sys.argv[1]), sys.argv[2]), indent=1))
