"""Who proposes, who says yes for the owner, who approves, who reads: the rules of the release protocol (I1 to I15)."""

from datetime import datetime
from functools import reduce

from openmash.agencies.models import User
from openmash.agencies.policies import holds
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.actors import Actor, System
from openmash.disclosure.models import Countersignature, Release, ReleaseItem
from openmash.disclosure.plan import Chosen
from openmash.disclosure.workflow import OUT, PROPOSED, RELEASE, UNFINISHED, WAS_OUT
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_see
from openmash.enquiries.workflow import DECIDED, REVIEW
from openmash.gathering.standing import may_be_sent_about
from openmash.intelligence.actions import SealedItem
from openmash.kit.verdict import YES, Verdict, need, no

P = Permission
_NONE = "There is no such release."
_STAGE = "Information is released when the enquiry is ready for decision or decided."


def may_draft(by: Actor, enquiry: Enquiry) -> Verdict:
    """A triage social worker or a practice manager drafts a release, from review on."""
    return (
        may_see(by, enquiry)
        & holds(by, P.PROPOSE_RELEASE, enquiry.area_id)
        & need(enquiry.status in (REVIEW, DECIDED), _STAGE)
    )


def may_not_share(by: Actor, enquiry: Enquiry) -> Verdict:
    """A decision not to share is recorded by those who could propose to share."""
    return may_draft(by, enquiry)


def may_look(by: Actor, release: Release) -> Verdict:
    """Hub staff who read pooled items see a release; before it is out, one with a sealed item only who opens those."""
    seen = may_see(by, release.enquiry) & holds(by, P.READ_POOLED, release.enquiry.area_id)
    if release.status in WAS_OUT or not release.items.filter(sensitivity="X").exists():
        return seen
    return seen & holds(by, P.READ_SEALED, release.enquiry.area_id)


def may_change(by: Actor, release: Release) -> Verdict:
    """A change of anything brings it back to a draft and voids what was approved or answered (I3)."""
    may = may_look(by, release) & may_draft(by, release.enquiry)
    return may if release.status == RELEASE.initial else may & RELEASE.may_make("change", release.status)


def may_propose(by: Actor, release: Release) -> Verdict:
    """A complete draft is proposed: somebody is to receive it, and at least one item was chosen."""
    return (
        may_look(by, release)
        & may_draft(by, release.enquiry)
        & RELEASE.may_make("propose", release.status)
        & need(release.items.exists(), "Choose at least one item, or record a decision not to share.")
        & may_receive(release.recipient, release)
    )


def may_put_aside(by: Actor, release: Release) -> Verdict:
    return may_look(by, release) & may_draft(by, release.enquiry) & RELEASE.may_make("supersede", release.status)


def may_receive(recipient: User, release: Release) -> Verdict:
    """The recipient is active, receives releases in the area, belongs to the team that was named, and to an agency that
    may be sent personal data of this enquiry (M131). Asked when it is proposed, approved, opened and read.
    """
    area, team = release.enquiry.area_id, release.team_id
    posts = {(place, of) for role, place, of in recipient.postings_now if P.RECEIVE_RELEASE in ROLES[role].may}
    return need(
        recipient.is_active and (area, team) in posts,
        f"{recipient.name} does not receive releases there any more. Choose another recipient.",
    ) & may_be_sent_about(recipient.agency, release.enquiry)


def may_leave(item: SealedItem, chosen: Chosen) -> Verdict:
    """I8 and I9: locked items and what is suspected false stay; a sealed one leaves only in its owner's words."""
    return may_be_chosen(item) & need(
        item.sensitivity != "X" or chosen.form == ReleaseItem.WORDS, "A sealed item leaves only in its owner's words."
    )


def may_be_chosen(item: SealedItem) -> Verdict:
    """Whether an item may leave at all, in any form."""
    return need(item.sensitivity != "L", "A locked item is never released.") & need(
        item.known_how != "E", "What is suspected to be false is never released."
    )


def may_look_for_owner(by: Actor, release: Release) -> Verdict:
    """The lead of an agency sees what of theirs is to leave or has left, to whom and why; never a mere draft."""
    return holds(by, P.CONSENT_TO_RELEASE, release.enquiry.area_id) & need(
        isinstance(by, User)
        and release.proposed_at is not None
        and release.items.filter(agency=by.agency_id).exclude(owner_says="not_needed").exists(),
        _NONE,
    )


def may_read_for_owner(by: Actor, release: Release) -> Verdict:
    """To whom and why something of theirs leaves is personal data too: not shown without a live signature (M131)."""
    found = may_look_for_owner(by, release)
    return found & may_be_sent_about(by.agency, release.enquiry) if found and isinstance(by, User) else found


def may_answer_for_owner(by: Actor, release: Release) -> Verdict:
    """I2: an agency lead of the area answers for what their own agency supplied, while it is proposed."""
    return may_look_for_owner(by, release) & need(
        release.status == PROPOSED, "This release does not wait for an answer now."
    )


def may_answer_by_post(by: Actor, release: Release) -> Verdict:
    """I2: an agency without accounts has nobody who signs in. Whoever could propose it writes down what it says, with
    who, when and how; afterwards they cannot approve it.
    """
    return (
        may_look(by, release)
        & holds(by, P.PROPOSE_RELEASE, release.enquiry.area_id)
        & need(release.status == PROPOSED, "This release does not wait for an answer now.")
    )


def had_no_hand(by: Actor, release: Release) -> Verdict:
    """I1: neither proposed, drafted nor worded it, nor supplied an item, nor is to receive it."""
    number = by.ledger_id
    return (
        need(number not in (*release.hands, release.proposed_by_id, release.drafted_by_id),
             "Somebody else approves it: you drafted, changed or proposed this release.")
        & need(not release.items.filter(contributed_by=number).exists(),
               "Somebody else approves it: you supplied something in this release.")
        & need(number != release.recipient_id, "Somebody else approves it: this release is for you.")
    )  # fmt: skip


def _may_judge(by: Actor, release: Release) -> Verdict:
    return may_look(by, release) & holds(by, P.APPROVE_RELEASE, release.enquiry.area_id) & had_no_hand(by, release)


def may_send_back(by: Actor, release: Release) -> Verdict:
    return _may_judge(by, release) & RELEASE.may_make("return", release.status)


def may_refuse(by: Actor, release: Release) -> Verdict:
    return _may_judge(by, release) & RELEASE.may_make("refuse", release.status)


def may_override(by: Actor, release: Release) -> Verdict:
    """A practice manager with no hand in it, for "serious harm would follow"; the owner is told at once (I2)."""
    return _may_judge(by, release) & need(release.status == PROPOSED, "Only a proposed release waits for its owners.")


def may_know_of_countersignature(by: Actor, row: Countersignature) -> Verdict:
    """The governance lead of the area."""
    return holds(by, P.OVERRIDE_AGREEMENT, row.release.enquiry.area_id)


def may_countersign(by: Actor, row: Countersignature) -> Verdict:
    return may_know_of_countersignature(by, row) & need(row.did == "", "This has been looked at already.")


def may_approve(by: Actor, release: Release) -> Verdict:
    """I1 and I2: another practice manager, once every owner has said yes or was overridden on record."""
    return (
        _may_judge(by, release)
        & RELEASE.may_make("approve", release.status)
        & need(release.enquiry.status in (REVIEW, DECIDED), _STAGE)
        & may_receive(release.recipient, release)
        & reduce(Verdict.__and__, (_owner_agrees(row) for row in release.items.select_related("agency")), YES)
    )


def _owner_agrees(row: ReleaseItem) -> Verdict:
    if row.owner_says in (ReleaseItem.NOT_NEEDED, ReleaseItem.GRANTED) or row.overridden_by_id:
        return YES
    if row.owner_says == ReleaseItem.REFUSED:
        return no(f"{row.agency.name} refused. Send it back so that this is left out, or override the refusal.")
    return no(f"{row.agency.name} has not answered yet. Silence is not consent.")


def may_disclose(by: Actor, release: Release) -> Verdict:
    """Only what was approved, by the one who approved it, in the same act."""
    return RELEASE.may_make("disclose", release.status) & need(
        release.approved_by_id is not None and release.approved_by_id == by.ledger_id,
        "It is disclosed by its approver.",
    )


def is_recipient(by: Actor, release: Release) -> Verdict:
    """The one recipient, and only once it is out. For anybody else there is no such release."""
    return need(
        isinstance(by, User) and by.is_active and by.pk == release.recipient_id and release.status in WAS_OUT, _NONE
    )


def may_open(by: Actor, release: Release) -> Verdict:
    """The recipient opens it for the first time, having been told what they may not do with it."""
    return (
        is_recipient(by, release)
        & may_receive(release.recipient, release)
        & need(release.status in OUT, "This is no longer available.")
        & need(release.first_read_at is None, "You have opened it already.")
    )


def may_read_released(by: Actor, release: Release) -> Verdict:
    """The recipient, while it is out; the clock is asked by the reading itself (I13)."""
    return (
        is_recipient(by, release)
        & may_receive(release.recipient, release)
        & need(release.status in OUT, "This is no longer available.")
        & need(release.first_read_at is not None, "Open it first.")
    )


def may_acknowledge(by: Actor, release: Release) -> Verdict:
    return may_read_released(by, release) & RELEASE.may_make("acknowledge", release.status)


def may_recall(by: Actor, release: Release) -> Verdict:
    """Whoever may propose may recall: taking back has to be quick."""
    return holds(by, P.PROPOSE_RELEASE, release.enquiry.area_id) & RELEASE.may_make("recall", release.status)


def may_heed_recall(by: Actor, release: Release) -> Verdict:
    return is_recipient(by, release) & need(
        release.status == "recalled" and release.recall_heeded_at is None, "There is no recall to answer."
    )


def may_expire(by: Actor, release: Release) -> Verdict:
    """The system's own clock; whether the time has come, the act asks itself."""
    return need(isinstance(by, System), "Only the system's own clock does this.") & RELEASE.may_make(
        "expire", release.status
    )


def has_ended(release: Release, now: datetime) -> bool:
    """Recalled, or past its day, whether or not the status has caught up (I13)."""
    return release.status not in OUT or release.expires_at <= now


def is_accounted_for(enquiry: Enquiry) -> Verdict:
    """I14: before closing an enquiry whose outcome sends work to a team: released, or decided not to share, on record.

    Asked by whoever closes, for outcomes that send work to operational staff.
    """
    releases = Release.objects.filter(enquiry=enquiry)
    return need(
        not releases.filter(status__in=UNFINISHED).exists(),
        "A release is not finished. Have it approved, or put it aside, before you close.",
    ) & need(
        releases.filter(disclosed_at__isnull=False).exists() or enquiry.no_releases.exists(),
        "Release what the receiving team needs, or record a decision not to share, before you close.",
    )
