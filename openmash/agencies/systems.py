"""What is done with other systems: a token is issued, agreed and revoked, and what a system sends is taken once."""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from openmash.agencies import letters
from openmash.agencies.models import Agency, Area, Delivery, HeldBack, Posting, Team, Token, User
from openmash.agencies.policies import may_agree_token, may_be_sent, may_deliver, may_keep_tokens, may_revoke
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.agencies.scopes import SCOPES, acting_as
from openmash.audit.action import Refused, action
from openmash.audit.binding import bound_to
from openmash.kit.verdict import need, no

_MARK = "omash_"
_NO_POST = "system.invalid"  # a name that no mail is ever brought to (RFC 2606)
_SHOWN = 12
_HELD_FOR = timedelta(hours=1)


class Differs(Exception):
    """The key was used before, for something else."""


@dataclass(frozen=True)
class Issued:
    """A token, and what the system has to show: seen this once, and kept nowhere."""

    token: Token
    shows: str


@action(may=may_keep_tokens, event="token.issued", lock=False, keeps=("name", "scopes"))
def issue(
    area: Area, *, by: User, now: datetime, agency: Agency, name: str, scopes: Sequence[str],
    expires_at: datetime, team: Team | None = None,
) -> Issued:  # fmt: skip
    """The first of two people lets a system in, of an agency that has signed: a token that opens nothing yet."""
    refused = may_be_sent(agency, area.pk) & need(
        "releases" not in scopes or (team is not None and team.agency_id == agency.pk and team.area_id == area.pk),
        "Select the agency’s team that the system receives releases for.",
    )
    if not refused:
        raise Refused("token.issued", refused)
    user = _account(area, agency, name, now)
    shows = _MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user, area=area, scopes=list(scopes), team=team if "releases" in scopes else None,
        digest=digest_of(shows), begins=shows[:_SHOWN], issued_by=by, issued_at=now, expires_at=expires_at,
    )  # fmt: skip
    for keeper in holders(Permission.OVERRIDE_AGREEMENT, Permission.MANAGE_USERS, areas=[area.pk]).exclude(pk=by.pk):
        _tell(keeper, token, "A system waits to be let in", f"{by.name} has issued a token for {agency.name}.", now)
    return Issued(token, shows)


def _account(area: Area, agency: Agency, name: str, now: datetime) -> User:
    """The system's own account in this area: nobody signs in to it."""
    email = f"{slugify(name)[:60]}.{agency.key}.{area.key}@{_NO_POST}"
    facts = {"name": name, "agency": agency, "is_system": True, "joined_on": now.date(), "password": "!"}
    user, _ = User.objects.get_or_create(email=email, defaults=facts | {"job_title": "System"})
    return user


@action(may=may_agree_token, event="token.agreed")
def agree(token: Token, *, by: User, now: datetime) -> Token:
    """The second of two people agrees: it opens what it is for. The system is posted in the role of each scope."""
    if token.expires_at <= now:
        raise Refused("token.agreed", no("This token has expired. Issue another."))
    token.agreed_by, token.agreed_at = by, now
    token.save(update_fields=["agreed_by", "agreed_at"])
    for key in token.scopes:
        facts = {"role": SCOPES[key].role, "area": token.area, "team": token.team if key == "releases" else None}
        if not token.user.postings.filter(until=None, **facts).exists():
            Posting.objects.create(user=token.user, since=now.date(), **facts)
    told = f"{by.name} agreed to the token that you issued for {token.user.agency.name}."
    _tell(token.issued_by, token, "A system was let in", told, now)
    return token


def _tell(user: User, token: Token, subject: str, line: str, now: datetime) -> None:
    key = f"token-{token.pk}-{user.pk}-{now.timestamp()}"
    letters.write(
        to=user.email, user=user, about="Systems", subject=subject, line=line, link="/systems/", key=key, now=now
    )


@action(may=may_revoke, event="token.revoked", lock=False)
def revoke(token: Token, *, by: User, now: datetime) -> Token:
    """From now on the token is none. What it sent and what waits stays."""
    token.revoked_by, token.revoked_at = by, now
    token.save(update_fields=["revoked_by", "revoked_at"])
    return token


@dataclass(frozen=True)
class Caller:
    """A system that has shown a live token, and whom it acts as: narrowed to what the token is for."""

    token: Token
    user: User


def caller_of(shows: str, now: datetime) -> Caller | None:
    """Whose token it is; that it was used is noted, and counted. None for anything else."""
    token = next(iter(Token.objects.raw("SELECT * FROM openmash_use_token(%s, %s)", [digest_of(shows), now])), None)
    user = User.objects.filter(pk=token.user_id, is_active=True, is_system=True).first() if token else None
    return Caller(token, acting_as(user, token)) if token and user else None


def caller_for(user: User) -> Caller:
    """A system as its newest agreed token lets it act: for whoever plays it, as the demo county does."""
    with transaction.atomic(), bound_to(user):
        token = Token.objects.filter(user=user, agreed_at__isnull=False).latest("id")
    return Caller(token, acting_as(user, token))


def waiting(now: datetime) -> list[tuple[int, int]]:
    """What waits for its turn, the longest first: the delivery, and its sender. What is held back, once an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT delivery, who FROM openmash_waiting_deliveries() WHERE tried IS NULL OR tried <= %s",
            [now - _HELD_FOR],
        )
        return cursor.fetchall()


def waiting_one(delivery: int, who: int) -> tuple[Caller, Delivery] | None:
    """What waits, and its sender as it was when it was accepted: a token that ends later does not undo that."""
    user = User.objects.get(pk=who)
    with transaction.atomic(), bound_to(user):
        rows = Delivery.objects.select_related("token__area").filter(pk=delivery, done_at=None)
        row = rows.exclude(held__ended_at__isnull=False).first()
    return (Caller(row.token, acting_as(user, row.token)), row) if row else None


def delivery_of(caller: Caller, key: str) -> Delivery | None:
    """What the system sent under a key of its own."""
    with transaction.atomic(), bound_to(caller.user):
        return Delivery.objects.select_related("held").filter(token=caller.token, key=key).first()


@action(may=may_deliver, event="delivery.taken", lock=False)
def deliver(
    token: Token, *, by: User, now: datetime, what: str, key: str, sent: Any, act: Callable[[], Any] | None
) -> Delivery:
    """Take what a system sends under its key, once. `act` does it now and gives the answer; without, it waits.

    The same key again gives what was answered then; `Differs` when it brings something else.
    """
    waits = {"body": sent} if act is None else {"done_at": now}
    facts = {"what": what, "hash": hash_of(what, sent), "received_at": now, **waits}
    row, is_new = Delivery.objects.select_for_update().get_or_create(token=token, key=key, defaults=facts)
    if row.hash != facts["hash"]:
        raise Differs(key)
    if is_new and act is not None:  # nobody else sees the row before the act is done with it
        row.answer = act()
        row.save(update_fields=["answer"])
        _end_held(HeldBack.objects.filter(token=token, key=key), row, now)
    return row


@action(may=may_deliver, event="delivery.done", lock=False)
def finish(token: Token, *, by: User, now: datetime, delivery: Delivery, act: Callable[[], Any]) -> Delivery:
    """The turn of what waited has come. Somebody else may have done it meanwhile."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.done_at is None:
        row.answer, row.done_at, row.body = act(), now, None
        row.save(update_fields=["answer", "done_at", "body"])
        _end_held(HeldBack.objects.filter(delivery=row), row, now)
    return row


def _end_held(rows: QuerySet[HeldBack], done: Delivery, now: datetime) -> None:
    came_to = done.answer["reference"] if done.what == "enquiry" and done.answer else ""
    rows.filter(ended_at=None).update(ended_at=now, ended_because="Taken when it came again", came_to=came_to)


@action(may=may_deliver, event="delivery.held-back", lock=False)
def hold_back(
    token: Token, *, by: User, now: datetime, what: str, key: str, body: bytes, because: str,
    delivery: Delivery | None = None,
) -> HeldBack:  # fmt: skip
    """Keep what could not be taken, for somebody to look at: once, however often it is sent."""
    facts = {
        "system_id": by.pk, "area_id": token.area_id, "what": what, "body": body if what == "enquiry" else None,
        "received_at": delivery.received_at if delivery else now, "delivery": delivery,
    }  # fmt: skip
    again = {"because": because[:2000] or "It could not be taken", "tried_at": now}
    row, _ = HeldBack.objects.update_or_create(
        token=token, key=key, hash=hashlib.sha256(body).hexdigest(), defaults=again, create_defaults=facts | again
    )
    return row


def digest_of(shows: str) -> str:
    return hashlib.sha256(shows.encode("utf-8", "replace")).hexdigest()


def hash_of(what: str, sent: Any) -> str:
    """The same for the same thing, however its JSON was laid out."""
    return hashlib.sha256(json.dumps([what, sent], sort_keys=True).encode()).hexdigest()
