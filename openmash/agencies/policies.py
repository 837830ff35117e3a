"""Who holds what. Every other room's policies begin here."""

from openmash.agencies.models import Address, Agency, Area, Domain, HeldBack, Letter, Signature, Token, User
from openmash.agencies.roles import Permission, who_may
from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need, no


def holds(by: Actor, permission: Permission, area: int | None = None) -> Verdict:
    """Whether `by` holds a permission: in an area (its number), or in any when none is given."""
    if isinstance(by, System):
        return need(permission in by.permissions, f"{by.ledger_name} cannot do this.")
    if not isinstance(by, User) or not by.is_active:
        return no("Sign in to do this.")
    areas = by.areas_where(permission)
    return need(bool(areas) if area is None else area in areas, f"This is done by a {who_may(permission)}.")


def has_live_signature(agency: Agency, area: int) -> Verdict:
    """Whether an agency may be sent personal data of an area: it has signed an agreement in force (M131)."""
    live = Signature.objects.filter(
        agency=agency, agreement__area=area, agreement__ended_on=None, withdrawn_on=None
    ).exists()
    return need(live, f"{agency.name} has not signed a sharing agreement that is in force.")


def may_set_up(by: Actor, _: object) -> Verdict:
    """Setting a hub up is done by the set-up commands, and by a system administrator later."""
    if isinstance(by, System):
        return need("set_up" in by.permissions, "Only the set-up commands do this.")
    return holds(by, Permission.MANAGE_USERS)


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


def may_revoke(by: Actor, token: Token) -> Verdict:
    return may_keep_tokens(by, token.area) & need(token.revoked_at is None, "This token is revoked already.")


def may_deliver(by: Actor, token: Token) -> Verdict:
    """The system whose token it is."""
    return need(isinstance(by, User) and by.is_active and by.pk == token.user_id, "This is another system’s token.")


def may_open_held(by: Actor, held: HeldBack) -> Verdict:
    """Whoever chases in its area: what could not be read is read by a person. The database holds the same wall."""
    return holds(by, Permission.CHASE, held.area_id)


def may_end_held(by: Actor, held: HeldBack) -> Verdict:
    return may_open_held(by, held) & need(held.ended_at is None, "Somebody has dealt with this already.")
