"""Whether the ledger and the record agree: nothing exists, and nothing has left, that the ledger does not know of."""

from openmash.audit.chain import Cursor, Finding

# Every enquiry was received by an act.
_UNBORN = """
SELECT enquiry.id, enquiry.reference FROM enquiries_enquiry enquiry
WHERE NOT EXISTS (
  SELECT FROM audit_ledgerevent line
  WHERE line.enquiry = enquiry.id AND line.event = 'enquiry.received' AND line.outcome = 'allowed'
) ORDER BY enquiry.id LIMIT 20
"""
# Every release that left has been approved, and by nobody who drafted or proposed it.
_UNAPPROVED = """
WITH said AS (
  SELECT line.thing_number AS release, line.event, line.actor FROM audit_ledgerevent line
  WHERE line.thing = 'disclosure.release' AND line.outcome = 'allowed'
), left_us AS (
  SELECT release FROM said WHERE event = 'release.disclosed'
  UNION SELECT id FROM disclosure_release WHERE disclosed_at IS NOT NULL
)
SELECT left_us.release FROM left_us WHERE NOT EXISTS (
  SELECT FROM said approved WHERE approved.release = left_us.release AND approved.event = 'release.approved'
    AND NOT EXISTS (
      SELECT FROM said own WHERE own.release = left_us.release AND own.actor = approved.actor
        AND own.event IN ('release.drafted', 'release.proposed')
    )
) ORDER BY left_us.release LIMIT 20
"""


def disagreements(cursor: Cursor) -> list[Finding]:
    """What the ledger should say and does not (security 4.5); at most 20 of each kind."""
    cursor.execute(_UNBORN)
    found = [f"Enquiry {reference} is there, and the ledger has no line of its receipt." for _, reference in
             cursor.fetchall()]  # fmt: skip
    cursor.execute(_UNAPPROVED)
    found += [f"Release {release} has left, and the ledger has no line of its approval by another."
              for (release,) in cursor.fetchall()]  # fmt: skip
    return [Finding(0, says) for says in found]
