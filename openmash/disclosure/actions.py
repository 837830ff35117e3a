"""What is done in the airlock: drafted, proposed, answered by owners, approved, disclosed, read, recalled."""

from datetime import datetime

from openmash.agencies.models import User
from openmash.audit.action import action
from openmash.audit.actors import Actor
from openmash.disclosure import asking, writing
from openmash.disclosure.checks import check
from openmash.disclosure.drawing_up import draw_up, final_text
from openmash.disclosure.models import Countersignature, NoRelease, Release, ReleaseItem
from openmash.disclosure.plan import Plan, Told
from openmash.disclosure.policies import (
    has_ended,
    may_acknowledge,
    may_answer_by_post,
    may_answer_for_owner,
    may_approve,
    may_change,
    may_countersign,
    may_disclose,
    may_draft,
    may_expire,
    may_heed_recall,
    may_not_share,
    may_open,
    may_override,
    may_propose,
    may_put_aside,
    may_recall,
    may_refuse,
    may_send_back,
)
from openmash.disclosure.product import hash_of, text_of
from openmash.disclosure.rows import GONE, chosen_rows, end, is_the_same, item_of, lasts, refuse_unless, sealed_for
from openmash.enquiries.models import Enquiry
from openmash.enquiries.steps import note_step
from openmash.gathering.standing import overridden
from openmash.kit.verdict import need


@action(may=may_draft, event="release.drafted")
def draft(enquiry: Enquiry, *, by: User, now: datetime, plan: Plan) -> Release:
    """Draft one product for one recipient, from items chosen one by one."""
    sealed = sealed_for(enquiry, by, now)
    refuse_unless(writing.is_sound(plan, enquiry, sealed, now), "release.drafted")
    release = Release(enquiry=enquiry, drafted_by=by, drafted_at=now)
    writing.write(release, plan, sealed, by=by)
    note_step(enquiry, "release-drafted", "A release was drafted", by=by, now=now)
    return release


@action(may=may_change, event="release.changed")
def change(release: Release, *, by: User, now: datetime, plan: Plan) -> Release:
    """Change anything. Back to a draft; answers stand only where nothing that they were given on has changed (I3)."""
    sealed = sealed_for(release.enquiry, by, now)
    chosen_rows(release, sealed)
    refuse_unless(writing.is_sound(plan, release.enquiry, sealed, now), "release.changed")
    release.version += 1
    writing.write(release, plan, sealed, by=by)
    asking.nobody_waits(release, by=by, now=now)
    asking.note(release, "release-changed", "A release was changed and is a draft again", by=by, now=now)
    return release


@action(may=may_propose, event="release.proposed")
def propose(release: Release, *, by: User, now: datetime) -> Release:
    """Fix the exact text, and ask whoever has to say yes: each owner that is needed, then an approver."""
    sealed = sealed_for(release.enquiry, by, now)
    refuse_unless(lasts(release, now), "release.proposed")
    rows = chosen_rows(release, sealed)
    product = draw_up(release, rows, sealed)
    text = text_of(product)
    refuse_unless(check(final_text(release, rows, sealed, product, text)), "release.proposed")
    release.body, release.body_hash = text, hash_of(text)
    release.proposed_by, release.proposed_at = by, now
    writing.add_hand(release, by)
    writing.move(release, "propose")
    writing.save(release)
    asking.nobody_waits(release, by=by, now=now)
    asking.note(release, "release-proposed", "A release was proposed", by=by, now=now)
    asking.ask_next(release, now=now)
    return release


@action(may=may_answer_for_owner, event="release.owner-answered", keeps=("item", "says"))
def owner_answers(
    release: Release, *, by: User, now: datetime, item: int, says: str, words: str = "", because: str = ""
) -> Release:
    """The owner grants an item as it stands, grants it only in `words`, or refuses `because`. Silence is no answer.

    `item` is the number of the release's item. New words are a change: back to a draft, to be proposed again (I3).
    """
    row = item_of(release, item, "release.owner-answered", agency=by.agency_id)
    refuse_unless(writing.is_an_answer(row, says, words, because), "release.owner-answered")
    return _answered(release, row, says=says, words=words, because=because, by=by, now=now)


@action(may=may_answer_by_post, event="release.owner-answered-by-post", keeps=("item", "says"))
def owner_answers_by_post(
    release: Release,
    *,
    by: User,
    now: datetime,
    item: int,
    says: str,
    told: Told,
    words: str = "",
    because: str = "",
) -> Release:
    """What an agency without accounts said by e-mail or telephone, written down with who, when and how.

    Whoever writes it down has a hand in the release, and so does not approve it (I1).
    """
    row = item_of(release, item, "release.owner-answered-by-post")
    refuse_unless(
        writing.is_an_answer(row, says, words, because) & writing.is_told(row, told, now),
        "release.owner-answered-by-post",
    )
    writing.add_hand(release, by)
    return _answered(release, row, says=says, words=words, because=because, by=by, now=now, told=told)


def _answered(
    release: Release,
    row: ReleaseItem,
    *,
    says: str,
    words: str,
    because: str,
    by: User,
    now: datetime,
    told: Told | None = None,
) -> Release:
    is_reworded = says == ReleaseItem.GRANTED and bool(words.strip()) and words.strip() != row.words
    if is_reworded:
        writing.become_draft(release)
        writing.add_hand(release, by)
    writing.save(release)
    new = words.strip() if is_reworded else ""
    writing.answer(row, says=says, words=new, because=because.strip(), by=by, now=now, told=told)
    asking.note(release, "release-answered", f"{row.agency.name} answered about a release", by=by, now=now)
    if is_reworded:
        asking.nobody_waits(release, by=by, now=now)
        asking.tell_drafter(release, "An owner wrote its own words: look at them and propose again", now=now)
        return release
    asking.owners_answered(release, row.agency, by=by, now=now)
    asking.ask_next(release, now=now)
    if says == ReleaseItem.REFUSED:
        asking.tell_drafter(release, "An owner refused something in a release: look at it again", now=now)
    return release


@action(may=may_override, event="release.owner-overridden", keeps=("item",))
def override(release: Release, *, by: User, now: datetime, item: int, because: str) -> Release:
    """Serious harm would follow: an item leaves without its owner's yes. The owner is told at once (I2)."""
    row = item_of(release, item, "release.owner-overridden")
    refuse_unless(
        need(row.owner_says in (ReleaseItem.WAITING, ReleaseItem.REFUSED), "Its owner has not stood in the way.")
        & need(row.form == ReleaseItem.FULL, "It leaves only in its owner's words, and there is no overriding that.")
        & need(bool(because.strip()), "Say what serious harm would follow."),
        "release.owner-overridden",
    )
    row.overridden_by, row.overridden_because, row.overridden_at = by, because.strip(), now
    row.save(update_fields=["overridden_by", "overridden_because", "overridden_at"])
    writing.save(release)
    says = f"A practice manager overrode {row.agency.name}: serious harm would follow"
    asking.note(release, "release-overridden", says, by=by, now=now)
    asking.tell_owner_of_override(release, row.agency, item=row.pk, now=now)
    asking.ask_for_countersignature(release, row, now=now)
    asking.owners_answered(release, row.agency, by=by, now=now)
    asking.ask_next(release, now=now)
    return release


@action(may=may_countersign, event="release.override-countersigned", keeps=("did",))
def countersign(signature: Countersignature, *, by: User, now: datetime, did: str, because: str) -> Countersignature:
    """The governance lead says, on record, whether overriding the owner was right; who did it learns when not."""
    refuse_unless(
        need(did in (Countersignature.AGREES, Countersignature.DISAGREES), "Say whether it was right.")
        & need(bool(because.strip()), "Say why it was, or was not, right."),
        "release.override-countersigned",
    )
    signature.did, signature.because, signature.by, signature.at = did, because.strip(), by, now
    signature.save()
    asking.countersigned(signature, by=by, now=now)
    return signature


@action(may=may_approve, event="release.approved", keeps=("shown",))
def approve(release: Release, *, by: User, now: datetime, shown: str) -> Release:
    """Approve the very text that was shown, by its hash, and disclose it to its one recipient (I1, I4)."""
    sealed = sealed_for(release.enquiry, by, now)
    rows = chosen_rows(release, sealed)
    product = draw_up(release, rows, sealed)
    refuse_unless(
        is_the_same(release, shown)
        & lasts(release, now)
        & check(final_text(release, rows, sealed, product, release.body)),
        "release.approved",
    )
    release.approved_by, release.approved_at = by, now
    writing.move(release, "approve")
    writing.save(release)
    asking.nobody_waits(release, by=by, now=now)
    return disclose(release, by=by, now=now, body_hash=release.body_hash)


@action(may=may_disclose, event="release.disclosed", keeps=("body_hash",))
def disclose(release: Release, *, by: User, now: datetime, body_hash: str) -> Release:
    """Hand the approved bytes to the recipient. A part of approving, with a line of its own on the ledger."""
    refuse_unless(is_the_same(release, body_hash), "release.disclosed")
    release.disclosed_at = now
    writing.move(release, "disclose")
    writing.save(release)
    on_word = overridden(release.recipient.agency, release.enquiry)
    asking.note(release, "release-disclosed", "A release was approved and disclosed", by=by, now=now, because=on_word)
    asking.tell_recipient(release, now=now)
    return release


@action(may=may_send_back, event="release.sent-back")
def send_back(release: Release, *, by: User, now: datetime, because: str) -> Release:
    """Back to whoever proposed it, with what has to change."""
    end(release, "return", because, "release.sent-back", by=by, now=now)
    asking.note(release, "release-sent-back", "A release was sent back", by=by, now=now)
    asking.tell_drafter(release, "A release was sent back: change it and propose it again", now=now)
    return release


@action(may=may_refuse, event="release.refused")
def refuse(release: Release, *, by: User, now: datetime, because: str) -> Release:
    end(release, "refuse", because, "release.refused", by=by, now=now)
    asking.note(release, "release-refused", "A release was refused", by=by, now=now)
    return release


@action(may=may_put_aside, event="release.put-aside")
def put_aside(release: Release, *, by: User, now: datetime, because: str) -> Release:
    """It is not needed any more, or another takes its place."""
    end(release, "supersede", because, "release.put-aside", by=by, now=now)
    asking.note(release, "release-put-aside", "A release was put aside", by=by, now=now)
    return release


@action(may=may_recall, event="release.recalled")
def recall(release: Release, *, by: User, now: datetime, because: str) -> Release:
    """Take it back: the recipient's address answers 410 from now on, and they are told to stop using it (I13)."""
    end(release, "recall", because, "release.recalled", by=by, now=now)
    asking.note(release, "release-recalled", "A release was recalled", by=by, now=now)
    asking.recipient_has_it(release, by=by, now=now)
    asking.tell_of_recall(release, now=now)
    return release


@action(may=may_heed_recall, event="release.recall-heeded")
def heed_recall(release: Release, *, by: User, now: datetime) -> Release:
    """The recipient says that they stopped using what was recalled and destroyed what they took from it."""
    release.recall_heeded_at = now
    writing.save(release)
    asking.note(release, "release-recall-heeded", "The recipient stopped using what was recalled", by=by, now=now)
    asking.recall_is_heeded(release, by=by, now=now)
    return release


@action(may=may_expire, event="release.expired")
def expire(release: Release, *, by: Actor, now: datetime) -> Release:
    """Its day has passed. Reading it was refused from that moment on, whether or not this has run."""
    refuse_unless(need(release.expires_at <= now, "Its day has not passed yet."), "release.expired")
    release.ended_at = release.expires_at
    writing.move(release, "expire")
    writing.save(release)
    asking.recipient_has_it(release, by=by, now=now)
    return release


@action(may=may_not_share, event="release.decided-against")
def not_share(enquiry: Enquiry, *, by: User, now: datetime, to_whom: str, because: str) -> NoRelease:
    """A decision not to share is a record too: with whom not, and why."""
    refuse_unless(
        need(bool(to_whom.strip() and because.strip()), "Say with whom nothing is shared, and why."),
        "release.decided-against",
    )
    row = NoRelease.objects.create(enquiry=enquiry, to_whom=to_whom.strip(), because=because.strip(), by=by, at=now)
    note_step(enquiry, "not-shared", "A decision not to share was recorded", by=by, now=now)
    return row


@action(may=may_open, event="release.opened")
def open_released(release: Release, *, by: User, now: datetime) -> Release:
    """The recipient opens it for the first time, having read what they may not do with it."""
    refuse_unless(need(not has_ended(release, now), GONE), "release.opened")
    release.first_read_at = now
    writing.save(release)
    return release


@action(may=may_acknowledge, event="release.acknowledged")
def acknowledge(release: Release, *, by: User, now: datetime) -> Release:
    """The recipient has it and knows what may be done with it."""
    refuse_unless(need(not has_ended(release, now), GONE), "release.acknowledged")
    release.acknowledged_at = now
    writing.move(release, "acknowledge")
    writing.save(release)
    asking.note(release, "release-acknowledged", "The recipient acknowledged a release", by=by, now=now)
    asking.recipient_has_it(release, by=by, now=now)
    return release
