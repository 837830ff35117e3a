"""Giving roles and resetting second factors, which two people do; taking away and closing, for which one is enough."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies import letters
from openmash.agencies.access import FACTOR, ROLE
from openmash.agencies.models import AccessChange, Posting, User
from openmash.agencies.policies import (
    may_agree_access,
    may_close_account,
    may_decline_access,
    may_propose_access,
    may_take_role_away,
)
from openmash.agencies.queries import holders
from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import action
from openmash.audit.actors import Actor, System

CLOSER = System("The worker that closes dormant accounts", frozenset({"close_accounts"}))


def words_of(change: AccessChange) -> str:
    """What is asked, as a line: "the role practice manager in Wend Valley"."""
    if change.kind == FACTOR:
        return "a new second factor, because the old one is lost"
    return f"the role {ROLES[change.role].name.lower()} in {change.area.name}"


@action(may=may_propose_access, event="access.proposed", lock=False)
def propose(asked: AccessChange, *, by: User, now: datetime) -> AccessChange:
    """The first of two people asks that somebody is given a role, or may enrol a second factor anew."""
    asked.by, asked.at = by, now
    asked.save()
    agreeing = holders(Permission.AGREE_ACCESS, areas=[asked.area_id])
    for lead in agreeing.exclude(pk__in=(by.pk, asked.user_id)):
        _tell(lead, asked, "A change of access waits for you", f"{by.name} asks for {words_of(asked)}.", now)
    return asked


@action(may=may_agree_access, event="access.agreed")
def agree(change: AccessChange, *, by: User, now: datetime) -> AccessChange:
    """The second of two people agrees: from now on it holds."""
    change.answered_by, change.answered_at, change.is_agreed = by, now, True
    change.save(update_fields=["answered_by", "answered_at", "is_agreed"])
    user = change.user
    if change.kind == ROLE:
        today = timezone.localdate(now)
        Posting.objects.create(user=user, role=change.role, area=change.area, team=change.team, since=today)
        told = f"You have been given {words_of(change)}."
    else:
        _forget_factors(user)
        told = "Your second factor and your password were reset. Choose I have forgotten my password to set both anew."
    _tell(user, change, "Your access was changed", told, now)
    _tell(change.by, change, "What you proposed was agreed", f"{by.name} agreed to {words_of(change)}.", now)
    return change


@action(may=may_decline_access, event="access.declined")
def decline(change: AccessChange, *, by: User, now: datetime, because: str) -> AccessChange:
    """Not agreed, with a reason; or taken back by whoever proposed it."""
    change.answered_by, change.answered_at, change.answered_because = by, now, because
    change.save(update_fields=["answered_by", "answered_at", "answered_because"])
    if by != change.by:
        _tell(change.by, change, "What you proposed was declined", f"{by.name} declined {words_of(change)}.", now)
    return change


@action(may=may_take_role_away, event="user.role-taken-away")
def take_role_away(posting: Posting, *, by: User, now: datetime) -> Posting:
    """At once: yesterday was its last day, so that nothing opens at the next click."""
    posting.until = timezone.localdate(now) - timedelta(days=1)
    posting.save(update_fields=["until"])
    return posting


@action(may=may_close_account, event="user.account-closed")
def close_account(user: User, *, by: Actor, now: datetime) -> User:
    """Somebody has left, or has not signed in for long. What they did stays under their name."""
    user.is_active, user.left_on = False, timezone.localdate(now)
    user.save(update_fields=["is_active", "left_on"])
    return user


@app.periodic(cron="30 6 * * *")
@app.task(queue="letters")
def close_dormant(timestamp: int) -> None:
    """Each morning: the accounts into which nobody has signed in for 35 days (`OPENMASH_DORMANT_DAYS`)."""
    if not settings.DORMANT_DAYS:
        return
    now = timezone.now()
    before = now - timedelta(days=settings.DORMANT_DAYS)
    unused = Q(last_login__lt=before) | Q(last_login=None, joined_on__lt=timezone.localdate(before))
    for user in User.objects.filter(unused, is_active=True, is_system=False):
        close_account(user, by=CLOSER, now=now)


def _forget_factors(user: User) -> None:
    """With the password, every session of theirs ends too: what was lost may be in somebody's hands."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])


def _tell(user: User, change: AccessChange, subject: str, line: str, now: datetime) -> None:
    about, link = "Access", "" if user.pk == change.user_id else "/staff/"
    key = f"access-{change.pk}-{user.pk}-{now.timestamp()}"
    letters.write(to=user.email, user=user, about=about, subject=subject, line=line, key=key, now=now, link=link)
