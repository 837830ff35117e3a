"""How a plan becomes the rows of a release, and what of earlier answers still stands then (I3). Used by the acts."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import reduce

from openmash.agencies.models import Agency, Team, User
from openmash.disclosure.checks import holds_phrase
from openmash.disclosure.codes import MEANS, PURPOSES, REDACTED_BECAUSE
from openmash.disclosure.drawing_up import Sealed
from openmash.disclosure.mentions import outsiders_of
from openmash.disclosure.models import Justified, Release, ReleaseItem
from openmash.disclosure.plan import OWNER_WAS_SHOWN, Chosen, Plan, Told
from openmash.disclosure.policies import may_leave, may_receive
from openmash.disclosure.workflow import DRAFT, RELEASE
from openmash.enquiries.models import Enquiry
from openmash.intelligence.actions import SealedItem
from openmash.kit.verdict import YES, Verdict, need, no
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES

_FACTS = tuple(field.name for field in fields(Plan) if field.name not in ("recipient", "team", "items", "named"))


def is_sound(plan: Plan, enquiry: Enquiry, sealed: Sealed, now: datetime) -> Verdict:
    """Whether everything that has to be said is said, and every chosen item may leave as it was chosen."""
    known = need(
        plan.purpose in PURPOSES and plan.lawful_basis in LAWFUL_BASES and plan.gateway in GATEWAYS,
        "Choose the purpose, the lawful basis and the legal gateway from the lists.",
    )
    said = need(
        all(words.strip() for words in (plan.purpose_words, plan.why_them, plan.necessity, plan.conditions)),
        "Say what it is for, why this recipient, why it is necessary and on what conditions.",
    )
    told = need(plan.told_family or bool(plan.told_family_words.strip()), "Say why the family is not told.")
    lasts = need(plan.expires_at > now, "Choose a day in the future until which it may be read.")
    chosen = reduce(Verdict.__and__, (_is_sound(one, sealed.get(one.item)) for one in plan.items), YES)
    return known & said & told & lasts & chosen & _recipient(plan, enquiry) & _named(plan, enquiry, sealed)


def _is_sound(chosen: Chosen, item: SealedItem | None) -> Verdict:
    if item is None or chosen.form not in ReleaseItem.FORMS:
        return no("There is no such item.")
    missing = [phrase for phrase in chosen.leave_out if not holds_phrase(item.words, phrase)]
    return (
        may_leave(item, chosen)
        & need(not missing, f"To leave out “{missing[0] if missing else ''}”, copy it exactly from the item.")
        & need(not chosen.leave_out or chosen.leave_out_because in REDACTED_BECAUSE, "Say why words are left out.")
    )


def _recipient(plan: Plan, enquiry: Enquiry) -> Verdict:
    recipient = User.objects.filter(pk=plan.recipient).first()
    team = Team.objects.filter(pk=plan.team).first() if plan.team else None
    if recipient is None or (plan.team and team is None):
        return no("Choose a recipient from the list.")
    return may_receive(recipient, Release(enquiry=enquiry, recipient=recipient, team=team))


def _named(plan: Plan, enquiry: Enquiry, sealed: Sealed) -> Verdict:
    also = {person for item in sealed.values() for person in item.people}
    known = {outsider.lead for outsider in outsiders_of(enquiry, also=also)} if plan.named else set()
    return need(
        all(lead in known and because.strip() for lead, because in plan.named), "Say why each person must be named."
    )


def write(release: Release, plan: Plan, sealed: Sealed, *, by: User) -> None:
    """Write a plan onto a release, which is or becomes a draft. An answer stands where all it was given on stands."""
    before = _shown(release)
    for name in _FACTS:
        setattr(release, name, getattr(plan, name))
    release.recipient_id, release.team_id = plan.recipient, plan.team
    become_draft(release)
    add_hand(release, by)
    release.save()
    _write_items(release, plan.items, sealed, is_all_new=before != _shown(release))
    release.justified.all().delete()
    Justified.objects.bulk_create(
        [Justified(release=release, person_id=lead, because=because.strip()) for lead, because in plan.named]
    )


def become_draft(release: Release) -> None:
    """Back to a draft, unsaved: what was proposed and approved is void (I3)."""
    if release.status != DRAFT:
        move(release, "change")
    release.body = release.body_hash = release.ended_because = ""
    release.ended_at = release.proposed_at = release.approved_by = release.approved_at = None


def move(release: Release, name: str) -> None:
    """Make a move, unsaved. The only place that writes the status of a release."""
    release.status = RELEASE.target(name)


def add_hand(release: Release, by: User) -> None:
    """`by` had a hand in it, and so cannot approve it (I1)."""
    if by.pk not in release.hands:
        release.hands = [*release.hands, by.pk]


def save(release: Release) -> None:
    release.version += 1
    release.save()


def is_an_answer(row: ReleaseItem, says: str, words: str, because: str) -> Verdict:
    """Whether what an owner says is an answer to this item."""
    if says == ReleaseItem.REFUSED:
        return need(bool(because.strip()), "Say why your agency refuses.")
    return need(says == ReleaseItem.GRANTED, "Say whether your agency agrees.") & need(
        row.form == ReleaseItem.FULL or bool(words.strip() or row.words), "Write the words in which it may leave."
    )


def is_told(row: ReleaseItem, told: Told, now: datetime) -> Verdict:
    """Whether somebody of an agency without accounts has said it, and it says who, how and when."""
    proposed = row.release.proposed_at
    return (
        need(row.agency.mode == Agency.EMAIL, f"{row.agency.name} answers on a page of its own.")
        & need(bool(told.who.strip()), "Enter who said it.")
        & need(told.how in MEANS, "Select how they said it.")
        & need(told.at <= now, "It cannot have been said later than now.")
        & need(
            proposed is not None and told.at >= proposed.replace(second=0, microsecond=0),
            "It was said before this release was proposed. Ask again: they have to say it of these words.",
        )
    )


def answer(
    row: ReleaseItem, *, says: str, words: str, because: str, by: User, now: datetime, told: Told | None = None
) -> None:
    """Keep what an owner says; `words` are new words of theirs, for a release that is a draft by now."""
    row.owner_says, row.owner_because, row.owner_by, row.owner_at = says, because, by, now
    row.said_by, row.said_how, row.said_at = (told.who.strip(), told.how, told.at) if told else ("", "", None)
    row.overridden_by, row.overridden_because, row.overridden_at = None, "", None
    changed = ["owner_says", "owner_because", "owner_by", "owner_at"]
    changed += ["overridden_by", "overridden_because", "overridden_at", "said_by", "said_how", "said_at"]
    if words:
        row.form, row.words, row.redactions, row.redacted_because = ReleaseItem.WORDS, words, "", ""
        changed += ["form", "words", "redactions", "redacted_because"]
    row.save(update_fields=changed)


def forget_answer(row: ReleaseItem, *, is_needed: bool) -> None:
    """What the owner said, or a manager overrode, no longer stands; unsaved."""
    row.owner_says = ReleaseItem.WAITING if is_needed else ReleaseItem.NOT_NEEDED
    row.owner_because = row.overridden_because = row.said_by = row.said_how = ""
    row.owner_by = row.owner_at = row.overridden_by = row.overridden_at = row.said_at = None


def _shown(release: Release) -> tuple[object, ...]:
    return tuple(getattr(release, name) for name in OWNER_WAS_SHOWN)


def _write_items(release: Release, chosen: Sequence[Chosen], sealed: Sealed, *, is_all_new: bool) -> None:
    rows = {row.item_id: row for row in release.items.all()}
    wanted = {one.item: one for one in chosen}
    release.items.exclude(item__in=list(wanted)).delete()
    for number, one in wanted.items():
        row = rows.get(number) or _new(release, sealed[number])
        is_same = (row.form, row.redactions, row.redacted_because) == (one.form, *_left_out(one))
        if is_same and not is_all_new:
            continue
        if row.form != one.form:
            row.words = ""
        row.form, (row.redactions, row.redacted_because) = one.form, _left_out(one)
        is_plain = row.sensitivity == "G" and row.handling == "P" and row.form == ReleaseItem.FULL
        forget_answer(row, is_needed=not is_plain)
        row.save()


def _left_out(one: Chosen) -> tuple[str, str]:
    if one.form != ReleaseItem.FULL or not one.leave_out:
        return "", ""
    return "\n".join(one.leave_out), one.leave_out_because


def _new(release: Release, item: SealedItem) -> ReleaseItem:
    return ReleaseItem(
        release=release,
        item_id=item.number,
        agency_id=item.agency_number,
        contributed_by_id=item.deposited_by,
        sensitivity=item.sensitivity,
        known_how=item.known_how,
        handling=item.handling,
    )
