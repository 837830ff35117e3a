"""Setting a hub up: areas, agencies, teams and the people who work in it."""

from datetime import date, datetime
from typing import Any

from openmash.agencies import letters
from openmash.agencies.addresses import give_account, live_address
from openmash.agencies.models import (
    Address,
    Agency,
    Area,
    Domain,
    Letter,
    Locality,
    Posting,
    Team,
    User,
)
from openmash.agencies.policies import (
    may_allow_domain,
    may_keep_address,
    may_keep_own_settings,
    may_post,
    may_retry,
    may_set_up,
    may_withdraw_address,
    may_withdraw_domain,
)
from openmash.agencies.practices import VERSION, Acknowledgement
from openmash.agencies.queries import forget_areas
from openmash.agencies.roles import ROLES
from openmash.audit.action import action
from openmash.audit.actors import Actor


@action(may=may_set_up, event="area.founded", lock=False)
def found_area(_: None, *, by: Actor, now: datetime, **facts: Any) -> Area:
    """Found an area with its hub, its hours and its clocks. `facts` are the fields of `Area`."""
    area = Area.objects.create(**facts)
    forget_areas()
    return area


@action(may=may_set_up, event="locality.named", lock=False)
def name_locality(area: Area, *, by: Actor, now: datetime, **facts: Any) -> Locality:
    return Locality.objects.create(area=area, **facts)


@action(may=may_set_up, event="agency.joined", lock=False)
def join_agency(_: None, *, by: Actor, now: datetime, areas: list[Area], **facts: Any) -> Agency:
    """An agency joins (or is proposed for) one or more areas."""
    agency = Agency.objects.create(**facts)
    agency.areas.set(areas)
    return agency


@action(may=may_set_up, event="team.formed", lock=False)
def form_team(agency: Agency, *, by: Actor, now: datetime, **facts: Any) -> Team:
    return Team.objects.create(agency=agency, **facts)


@action(may=may_set_up, event="user.employed", lock=False)
def employ(agency: Agency, *, by: Actor, now: datetime, password_hash: str = "", **facts: Any) -> User:
    """Someone employed by the agency gets an account. Nobody can sign in to it until it has a password."""
    user = User(agency=agency, **facts)
    user.password = password_hash
    if not password_hash:
        user.set_unusable_password()
    user.save()
    return user


@action(may=may_post, event="user.posted", lock=False)
def post(
    user: User, *, by: Actor, now: datetime, role: str, area: Area, since: date, team: Team | None = None
) -> Posting:
    """Give a user a role in an area from a day on. Only a qualified social worker is posted to triage (M96)."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role}. The roles are {', '.join(ROLES)}.")
    if role == "triage_social_worker" and not user.is_qualified_social_worker:
        raise ValueError(f"{user.name} is not recorded as a qualified social worker.")
    return Posting.objects.create(user=user, role=role, area=area, since=since, team=team)


@action(may=may_keep_own_settings, event="user.chose-digest")
def choose_digest(user: User, *, by: Actor, now: datetime, wants_digest: bool) -> User:
    """One e-mail a day instead of one for each thing: for people who have other jobs too (M119)."""
    user.wants_digest = wants_digest
    user.save(update_fields=["wants_digest"])
    return user


@action(may=may_keep_own_settings, event="practices.acknowledged")
def acknowledge_practices(user: User, *, by: Actor, now: datetime) -> User:
    """They have read how the hub works, as it is written now, and will keep to it (M131)."""
    Acknowledgement.objects.get_or_create(user=user, version=VERSION, defaults={"at": now})
    return user


@action(may=may_keep_own_settings, event="factor.added", keeps=("kind",))
def note_factor_added(user: User, *, by: Actor, now: datetime, kind: str) -> User:
    """A passkey, an authenticator app or new recovery codes: enrolled by whoever signs in with them."""
    return user


@action(may=may_keep_own_settings, event="factor.removed", keeps=("kind",))
def note_factor_removed(user: User, *, by: Actor, now: datetime, kind: str) -> User:
    return user


@action(may=may_retry, event="letter.retried")
def retry_letter(letter: Letter, *, by: User, now: datetime) -> Letter:
    """An e-mail that was given up is tried again from the start: the address or the mail server has been put right."""
    letter.given_up_at, letter.tries = None, 0
    letter.save(update_fields=["given_up_at", "tries"])
    letters.send.defer(letter=letter.pk)
    return letter


@action(may=may_allow_domain, event="domain.allowed", keeps=("name",), lock=False)
def allow_domain(area: Area, *, by: Actor, now: datetime, name: str, because: str) -> Domain:
    """Personal data of the area may be e-mailed to addresses on this domain, from now on."""
    return Domain.objects.create(area=area, name=name.lower(), because=because, allowed_by=_person(by), allowed_at=now)


@action(may=may_withdraw_domain, event="domain.withdrawn")
def withdraw_domain(domain: Domain, *, by: Actor, now: datetime) -> Domain:
    """Nothing more is sent to it. What was sent stays on record."""
    domain.withdrawn_by, domain.withdrawn_at = _person(by), now
    domain.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return domain


@action(may=may_keep_address, event="address.kept", lock=False)
def keep_address(agency: Agency, *, by: Actor, now: datetime, email: str, is_written_to: bool) -> Address:
    """An address of an agency without accounts. When it is to be written to, the one before is so no longer."""
    give_account(agency, now)
    if is_written_to:
        agency.addresses.filter(withdrawn_at=None).update(is_written_to=False)
    row = live_address(email)
    if row is None or row.agency_id != agency.pk:
        row = Address(agency=agency, email=email.lower(), kept_by=_person(by), kept_at=now)
    row.is_written_to = is_written_to
    row.save()
    return row


@action(may=may_withdraw_address, event="address.withdrawn")
def withdraw_address(address: Address, *, by: Actor, now: datetime) -> Address:
    """Nothing more is sent to it, and what comes from it is a stranger's."""
    address.withdrawn_by, address.withdrawn_at, address.is_written_to = _person(by), now, False
    address.save(update_fields=["withdrawn_by", "withdrawn_at", "is_written_to"])
    return address


def _person(by: Actor) -> User | None:
    return by if isinstance(by, User) else None
