"""What the acts of this room ask of their rows, and how they refuse."""

from collections.abc import Sequence
from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import Refused
from openmash.disclosure import asking, writing
from openmash.disclosure.drawing_up import Sealed
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.product import hash_of
from openmash.enquiries.models import Enquiry
from openmash.intelligence.actions import read
from openmash.kit.verdict import Verdict, need, no

GONE = "This is no longer available."


def sealed_for(enquiry: Enquiry, by: User, now: datetime) -> Sealed:
    """What `by` may read from this enquiry, by number, in the order of the sealed room. The look is on the ledger."""
    return {item.number: item for item in read(enquiry, by=by, now=now)}


def chosen_rows(release: Release, sealed: Sealed) -> Sequence[ReleaseItem]:
    """The items of a release in the order of the sealed room; refused where one is not the reader's to see."""
    place = {number: order for order, number in enumerate(sealed)}
    rows = list(release.items.select_related("agency"))
    refuse_unless(
        need(all(row.item_id in place for row in rows), "It holds an item that you do not read."), "release.looked-at"
    )
    return sorted(rows, key=lambda row: place[row.item_id])


def item_of(release: Release, number: int, event: str, *, agency: int | None = None) -> ReleaseItem:
    """One item of a release, of one agency where that is given; refused when there is none."""
    rows = release.items.select_related("agency").filter(pk=number)
    row = (rows.filter(agency=agency) if agency else rows).first()
    if row is None:
        raise Refused(event, no("There is no such item in this release."))
    return row


def is_the_same(release: Release, shown: str) -> Verdict:
    """I4: what was shown is what is kept, and what is kept is what was hashed."""
    return need(
        bool(release.body) and shown == release.body_hash == hash_of(release.body),
        "The text has changed since it was shown. Read it again.",
    )


def lasts(release: Release, now: datetime) -> Verdict:
    return need(release.expires_at > now, "The day until which it may be read has passed. Choose a later one.")


def end(release: Release, move: str, because: str, event: str, *, by: User, now: datetime) -> None:
    """Send back, refuse, put aside or recall: always with a reason, and nobody is asked about it any more."""
    refuse_unless(need(bool(because.strip()), "Say why."), event)
    release.ended_because, release.ended_at = because.strip(), now
    writing.move(release, move)
    writing.save(release)
    asking.nobody_waits(release, by=by, now=now)


def refuse_unless(verdict: Verdict, event: str) -> None:
    if not verdict:
        raise Refused(event, verdict)
