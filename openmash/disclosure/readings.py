"""Who looks at a release: the hub before it leaves, an owner at what is theirs, the recipient at what was approved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openmash.agencies.models import User
from openmash.audit.action import reading
from openmash.design.document import Document
from openmash.disclosure.checks import check
from openmash.disclosure.drawing_up import draw_up, final_text, words_as_they_leave
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.paper import document_of
from openmash.disclosure.policies import has_ended, may_answer_by_post, may_look, may_read_for_owner, may_read_released
from openmash.disclosure.product import hash_of, text_of
from openmash.disclosure.rows import GONE, chosen_rows, is_the_same, refuse_unless, sealed_for
from openmash.disclosure.workflow import DRAFT
from openmash.kit.verdict import YES, Verdict, need


@reading(may=may_read_released, event="release.read")
def read_released(release: Release, *, by: User, now: datetime) -> str:
    """The approved text, for its recipient alone, while it is out. The line is on the ledger before this returns."""
    return _as_approved(release, by, now, "release.read")


@reading(may=may_read_released, event="release.printed")
def print_released(release: Release, *, by: User, now: datetime) -> Document:
    """The same on paper, with whose it is on every page (I10)."""
    return document_of(release, _as_approved(release, by, now, "release.printed"))


def _as_approved(release: Release, by: User, now: datetime, event: str) -> str:
    now_kept = Release.objects.select_related("enquiry", "recipient").get(pk=release.pk)
    refuse_unless(
        may_read_released(by, now_kept)
        & need(not has_ended(now_kept, now), GONE)
        & is_the_same(now_kept, now_kept.body_hash),
        event,
    )
    return now_kept.body


@dataclass(frozen=True)
class Sheet:
    """The text exactly as its recipient would read it, its hash, and what still stands in the way of proposing it."""

    text: str
    shown: str
    in_the_way: Verdict


@reading(may=may_look, event="release.looked-at")
def look(release: Release, *, by: User, now: datetime) -> Sheet:
    """What was proposed, as it was fixed then; of a draft, what would be proposed now."""
    if release.status != DRAFT:
        return Sheet(release.body, release.body_hash, YES)
    sealed = sealed_for(release.enquiry, by, now)
    rows = chosen_rows(release, sealed)
    product = draw_up(release, rows, sealed)
    text = text_of(product)
    return Sheet(text, hash_of(text), check(final_text(release, rows, sealed, product, text)))


@dataclass(frozen=True)
class OwnersItem:
    """One item as its owner sees it before answering: as it stands in their answer, and as it would leave."""

    number: int
    words: str
    leaves: str
    form: str
    sensitivity: str
    answered: str
    answered_because: str
    overridden_because: str
    has_words: bool
    answer: UUID | None


@reading(may=may_read_for_owner, event="release.looked-at-by-owner")
def look_for_owner(release: Release, *, by: User, now: datetime) -> tuple[OwnersItem, ...]:
    """What of `by`'s own agency is to leave: never a word of another agency's."""
    return _of_owner(release, by.agency_id, by, now)


@reading(may=may_answer_by_post, event="release.looked-at-for-owner", keeps=("agency",))
def look_by_post(release: Release, *, by: User, now: datetime, agency: int) -> tuple[OwnersItem, ...]:
    """What of an agency without accounts is to leave, for whoever asks it: to read out, and to nobody else."""
    return _of_owner(release, agency, by, now)


def _of_owner(release: Release, agency: int, by: User, now: datetime) -> tuple[OwnersItem, ...]:
    sealed = sealed_for(release.enquiry, by, now)
    rows = release.items.filter(agency=agency).exclude(owner_says=ReleaseItem.NOT_NEEDED).order_by("id")
    return tuple(
        OwnersItem(
            row.pk,
            sealed[row.item_id].words,
            words_as_they_leave(row, sealed[row.item_id]),
            row.form,
            row.sensitivity,
            row.owner_says,
            row.owner_because,
            row.overridden_because,
            row.form == ReleaseItem.FULL or bool(row.words),
            sealed[row.item_id].answer,
        )
        for row in rows
        if row.item_id in sealed
    )
