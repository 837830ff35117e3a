"""Who holds what. Every other room's policies begin here."""

from collections.abc import Iterable
from functools import reduce

from django.utils import timezone

from openmash.agencies.access import ROLE
from openmash.agencies.models import (
    AccessChange,
    Address,
    Agency,
    Agreement,
    Area,
    Domain,
    HeldBack,
    Letter,
    Posting,
    SharingOverride,
    Signature,
    Token,
    User,
)
from openmash.agencies.roles import Permission, who_may
from openmash.agencies.sharing import live_overrides, live_signatures
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need, no

ADMINISTRATOR = "system_administrator"


def holds(by: Actor, permission: Permission, area: int | None = None) -> Verdict:
    """Whether `by` holds a permission: in an area (its number), or in any when none is given."""
    if isinstance(by, System):
        return need(permission in by.permissions, f"{by.ledger_name} cannot do this.")
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    areas = by.areas_where(permission)
    who = who_may(permission)
    article = "an" if who[0] in "aeiou" else "a"
    return need(bool(areas) if area is None else area in areas, f"This is done by {article} {who}.")


def has_live_signature(agency: Agency, area: int) -> Verdict:
    """Whether an agency has signed a version of a sharing agreement of an area that is in force (M131)."""
    return need(live_signatures(area).filter(agency=agency).exists(), unsigned(agency.name))


def may_be_sent(agency: Agency, area: int) -> Verdict:
    """Whether an agency may be sent personal data of an area: it has signed, or the governance lead let it for a time.

    What the lead allowed for one enquiry alone is asked by `gathering.standing.may_be_sent_about`.
    """
    signed = has_live_signature(agency, area)
    return signed or need(live_overrides(area).filter(agency=agency).exists(), signed.why)


def unsigned(name: str) -> str:
    return f"{name} has not signed a sharing agreement that is in force."


def may_set_up(by: Actor, _: object) -> Verdict:
    """Setting a hub up is done by the set-up commands, and by a system administrator later."""
    if isinstance(by, System):
        return need("set_up" in by.permissions, "Only the set-up commands do this.")
    return holds(by, Permission.MANAGE_USERS)


def may_post(by: Actor, _: object) -> Verdict:
    """Only the set-up commands give a role by themselves: people do it by two (see `granting`)."""
    return need(isinstance(by, System) and "set_up" in by.permissions, "Two people give a role.")


def may_keep_own_settings(by: Actor, user: User) -> Verdict:
    return need(by.ledger_id == user.pk, "Everyone keeps their own settings.")


def may_retry(by: Actor, letter: Letter) -> Verdict:
    """Whoever chases sends a letter again that was given up; one that is still tried needs nobody."""
    return holds(by, Permission.CHASE) & need(letter.given_up_at is not None, "This e-mail has not been given up.")


def may_allow_domain(by: Actor, area: Area) -> Verdict:
    """The governance lead says to which domains personal data of the area may be e-mailed; the set-up commands too."""
    if isinstance(by, System):
        return may_set_up(by, area)
    return holds(by, Permission.KEEP_ADDRESSES, area.pk)


def may_withdraw_domain(by: Actor, domain: Domain) -> Verdict:
    return may_allow_domain(by, domain.area) & need(domain.withdrawn_at is None, "This has been withdrawn already.")


def may_keep_address(by: Actor, agency: Agency) -> Verdict:
    """The governance lead of an area that the agency serves."""
    if isinstance(by, System):
        return may_set_up(by, agency)
    held = by.areas_where(Permission.KEEP_ADDRESSES) if isinstance(by, User) else frozenset()
    serves = set(agency.areas.values_list("pk", flat=True))
    return (
        holds(by, Permission.KEEP_ADDRESSES)
        & need(bool(held & serves), "The agency serves another area.")
        & need(agency.mode == Agency.EMAIL, "Only an agency that answers by e-mail has addresses.")
    )


def may_withdraw_address(by: Actor, address: Address) -> Verdict:
    return may_keep_address(by, address.agency) & need(address.withdrawn_at is None, "This has been withdrawn already.")


def may_keep_tokens(by: Actor, area: Area) -> Verdict:
    """The system administrator or the information governance lead of the area."""
    is_lead = holds(by, Permission.OVERRIDE_AGREEMENT, area.pk)
    return is_lead or holds(by, Permission.MANAGE_USERS, area.pk)


def may_agree_token(by: Actor, token: Token) -> Verdict:
    """Whoever keeps tokens in its area: never whoever issued it, and never the system whose token it is."""
    return (
        may_keep_tokens(by, token.area)
        & need(token.revoked_at is None, "This token is revoked already.")
        & need(token.agreed_at is None, "Somebody has agreed to this token already.")
        & need(by.ledger_id != token.issued_by_id, "You issued this token. Someone else has to agree.")
        & need(by.ledger_id != token.user_id, "No system agrees to its own token.")
    )


def may_revoke(by: Actor, token: Token) -> Verdict:
    return may_keep_tokens(by, token.area) & need(token.revoked_at is None, "This token is revoked already.")


def may_deliver(by: Actor, token: Token) -> Verdict:
    """The system whose token it is."""
    return need(isinstance(by, User) and by.is_active and by.pk == token.user_id, "This is another system’s token.")


def may_keep_agreements(by: Actor, areas: Iterable[Area]) -> Verdict:
    """The governance lead of every area that the agreement covers; the set-up commands too."""
    if isinstance(by, System):
        return may_set_up(by, areas)
    of_each = (holds(by, Permission.OVERRIDE_AGREEMENT, area.pk) for area in areas)
    return reduce(Verdict.__and__, of_each, holds(by, Permission.OVERRIDE_AGREEMENT))


def may_keep_agreement(by: Actor, agreement: Agreement) -> Verdict:
    return may_keep_agreements(by, agreement.areas.all())


def may_replace(by: Actor, agreement: Agreement) -> Verdict:
    """The last version alone is followed by another."""
    return may_keep_agreement(by, agreement) & need(
        agreement.counts_until is None, "A later version has taken its place already."
    )


def may_end_signature(by: Actor, signature: Signature) -> Verdict:
    return may_keep_agreement(by, signature.agreement) & need(
        signature.ended_on is None, "This signature has ended already."
    )


def may_override_signature(by: Actor, area: Area) -> Verdict:
    """The governance lead of the area, on record."""
    return holds(by, Permission.OVERRIDE_AGREEMENT, area.pk)


def may_end_override(by: Actor, override: SharingOverride) -> Verdict:
    return may_override_signature(by, override.area) & need(override.ended_at is None, "This has ended already.")


def may_open_held(by: Actor, held: HeldBack) -> Verdict:
    """Whoever chases in its area: what could not be read is read by a person. The database holds the same wall."""
    return holds(by, Permission.CHASE, held.area_id)


def may_end_held(by: Actor, held: HeldBack) -> Verdict:
    return may_open_held(by, held) & need(held.ended_at is None, "Somebody has dealt with this already.")


def may_propose_access(by: Actor, asked: AccessChange) -> Verdict:
    """A system administrator of the area, for somebody else. Settings and cases exclude one another."""
    user, area = asked.user, asked.area_id
    held = {role for role, _, _ in user.postings_now}
    mixes = asked.kind == ROLE and any((one == ADMINISTRATOR) != (asked.role == ADMINISTRATOR) for one in held)
    is_triage = asked.role == "triage_social_worker" and not user.is_qualified_social_worker
    return (
        holds(by, Permission.MANAGE_USERS, area)
        & need(by.ledger_id != user.pk, "Nobody proposes their own access.")
        & need(user.is_active and not user.is_system, f"{user.name} does not sign in here.")
        & need(not mixes, "Nobody looks after settings and works on cases.")
        & need(not is_triage, f"{user.name} is not recorded as a qualified social worker.")
        & need(asked.kind != ROLE or not user.is_posted_as(asked.role, area), f"{user.name} has this role already.")
        & need(not _is_open(asked), "This has been proposed already.")
    )


def _is_open(asked: AccessChange) -> bool:
    same = AccessChange.objects.filter(user=asked.user, kind=asked.kind, role=asked.role, area=asked.area_id)
    return same.filter(answered_at=None).exclude(pk=asked.pk).exists()


def may_agree_access(by: Actor, change: AccessChange) -> Verdict:
    """The governance lead of the area: never whoever proposed it, and never whose access it is."""
    return (
        holds(by, Permission.AGREE_ACCESS, change.area_id)
        & need(change.answered_at is None, "This has been answered already.")
        & need(by.ledger_id != change.by_id, "You proposed this. Someone else has to agree.")
        & need(by.ledger_id != change.user_id, "Nobody agrees to their own access.")
        & need(change.user.is_active, f"{change.user.name} has left.")
    )


def may_decline_access(by: Actor, change: AccessChange) -> Verdict:
    """The governance lead; and whoever proposed it takes it back."""
    is_own = need(by.ledger_id == change.by_id, "This was proposed by somebody else.")
    answers = holds(by, Permission.AGREE_ACCESS, change.area_id) or is_own
    return answers & need(change.answered_at is None, "This has been answered already.")


def may_take_role_away(by: Actor, posting: Posting) -> Verdict:
    """One person is enough to take a role away, at once: a system administrator or the governance lead."""
    area = posting.area_id
    may = holds(by, Permission.MANAGE_USERS, area) or holds(by, Permission.AGREE_ACCESS, area)
    is_live = posting.until is None or posting.until >= timezone.localdate()
    return may & need(is_live, "This role has ended already.")


def _keeps_accounts_in(by: User) -> frozenset[int]:
    return by.areas_where(Permission.MANAGE_USERS) | by.areas_where(Permission.AGREE_ACCESS)


def may_close_account(by: Actor, user: User) -> Verdict:
    """A leaver's account, where their agency serves an area of those who close it; and never one's own."""
    if isinstance(by, System):
        return need("close_accounts" in by.permissions, "The worker closes what has not been used.")
    may = holds(by, Permission.MANAGE_USERS) or holds(by, Permission.AGREE_ACCESS)
    held = _keeps_accounts_in(by) if isinstance(by, User) else frozenset()
    return (
        may
        & need(user.agency.areas.filter(pk__in=held).exists(), "Their agency serves another area.")
        & need(by.ledger_id != user.pk, "Nobody closes their own account.")
        & need(user.is_active, "This account is closed already.")
        & need(not user.is_system, "A system is turned away by revoking its token.")
    )
