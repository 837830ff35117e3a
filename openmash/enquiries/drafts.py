"""Forms that are not sent yet: kept as somebody types, found again by the same browser, and swept when they are old.

The public's and the professionals' last for 24 hours on the same browser; a coordinator's until it is sent. Once
sent, a draft holds no answers any more, only the reference: Back, a second click and a retry all find one enquiry.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from openmash.agencies.models import Posting, User
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import action
from openmash.audit.actors import Actor, System
from openmash.enquiries.models import Draft
from openmash.enquiries.policies import may_keep_draft, may_tidy

KEPT_FOR = timedelta(hours=24)
TELEPHONE = "telephone"


class Overtaken(Exception):
    """Another open page saved this draft after this page was opened. `draft` is as that page left it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("This draft was changed on another page.")
        self.draft = draft


def new_token() -> str:
    return secrets.token_urlsafe(24)


def key_of(token: str) -> str:
    """The idempotency key of the enquiry that a draft becomes: the same however often it is sent."""
    return f"draft-{token}"


def find(token: str, *, what: str, by: Actor, now: datetime) -> Draft | None:
    """The live draft with this token; none when it has expired. A call is found only by those of the same hub.

    The other forms belong to whoever holds the token, which is the browser that began them.
    """
    draft = Draft.objects.select_related("user").filter(token=token, what=what).first() if token else None
    if draft is None or (is_perishable(draft) and draft.saved_at <= now - KEPT_FOR):
        return None
    is_for = what != TELEPHONE or draft.user_id in _colleagues(by)
    return draft if is_for else None


def is_taken(token: str) -> bool:
    """Whether there is a draft with this token at all, though it may be hidden from whoever asks."""
    return Draft.objects.filter(token=token).exists()


def is_perishable(draft: Draft) -> bool:
    return draft.what != TELEPHONE or bool(draft.sent_as)


def unsent_of(by: User) -> QuerySet[Draft]:
    """The calls that `by` or a colleague of the same hub has keyed and not sent, oldest first."""
    waiting = Draft.objects.select_related("user").filter(what=TELEPHONE, sent_as="", user__in=_colleagues(by))
    return waiting.order_by("began_at")


def _colleagues(by: Actor) -> frozenset[int]:
    """Those who key calls for the same hubs: a call that somebody left unfinished can be taken over."""
    if not isinstance(by, User):
        return frozenset()
    mine = by.areas_where(Permission.KEY_ENQUIRY)
    roles = [key for key, role in ROLES.items() if Permission.KEY_ENQUIRY in role.may]
    # Whoever has left too: their call is still to be sent.
    keyed = Posting.objects.filter(role__in=roles, area__in=mine)
    return frozenset(keyed.values_list("user", flat=True))


@action(may=may_keep_draft, event="draft.kept", lock=False)
def keep(
    token: str, *, by: Actor, now: datetime, what: str, answers: dict[str, Any], writer: str = "", opened_at: int = 0
) -> Draft:
    """Keep what has been typed. A draft that was sent meanwhile stays as it is.

    `writer` names the open page, `opened_at` is the draft's version when it was opened. When another page has saved the
    draft since, `Overtaken` is raised and nothing is kept.
    """
    user = by if isinstance(by, User) and what == TELEPHONE else None
    start = {"user": user, "what": what, "began_at": now, "saved_at": now, "answers": answers, "writer": writer}
    Draft.objects.get_or_create(token=token, defaults=start)
    draft: Draft = Draft.objects.select_for_update().get(token=token)
    if draft.sent_as:
        return draft
    if writer and draft.writer != writer and draft.version > opened_at:
        raise Overtaken(draft)
    draft.answers, draft.saved_at, draft.writer, draft.version = answers, now, writer, draft.version + 1
    draft.save()
    return draft


@action(may=may_keep_draft, event="draft.sent")
def mark_sent(draft: Draft, *, by: Actor, now: datetime, reference: str) -> Draft:
    """The draft became an enquiry: its answers live there now, and nowhere else."""
    draft.sent_as, draft.answers, draft.saved_at = reference, {}, now
    draft.save(update_fields=["sent_as", "answers", "saved_at"])
    return draft


@action(may=may_keep_draft, event="draft.dropped")
def drop(draft: Draft, *, by: Actor, now: datetime) -> None:
    """Whoever typed it does not want it any more."""
    draft.delete()


@action(may=may_tidy, event="drafts.swept", lock=False)
def sweep(_: None, *, by: System, now: datetime) -> int:
    """Delete what is older than 24 hours; a coordinator's unsent call stays."""
    old = Draft.objects.filter(saved_at__lte=now - KEPT_FOR).filter(~Q(what=TELEPHONE) | Q(sent_as__gt=""))
    return old.delete()[0]
