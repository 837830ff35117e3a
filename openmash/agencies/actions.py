"""Setting a hub up: areas, agencies, teams, people who work in it, and the agreements they signed."""

from datetime import date, datetime
from typing import Any

from openmash.agencies import letters
from openmash.agencies.models import Agency, Agreement, Area, Letter, Locality, Posting, Signature, Team, User
from openmash.agencies.policies import may_keep_own_settings, may_retry, may_set_up
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


@action(may=may_set_up, event="user.posted", lock=False)
def post(
    user: User, *, by: Actor, now: datetime, role: str, area: Area, since: date, team: Team | None = None
) -> Posting:
    """Give a user a role in an area from a day on. Only a qualified social worker is posted to triage (M96)."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role}. The roles are {', '.join(ROLES)}.")
    if role == "triage_social_worker" and not user.is_qualified_social_worker:
        raise ValueError(f"{user.name} is not recorded as a qualified social worker.")
    return Posting.objects.create(user=user, role=role, area=area, since=since, team=team)


@action(may=may_set_up, event="agreement.made", lock=False)
def make_agreement(area: Area, *, by: Actor, now: datetime, **facts: Any) -> Agreement:
    return Agreement.objects.create(area=area, **facts)


@action(may=may_set_up, event="agreement.signed", lock=False)
def sign(agreement: Agreement, *, by: Actor, now: datetime, agency: Agency, signed_by: str, on: date) -> Signature:
    return Signature.objects.create(agreement=agreement, agency=agency, signed_by=signed_by, signed_on=on)


@action(may=may_keep_own_settings, event="user.chose-digest")
def choose_digest(user: User, *, by: Actor, now: datetime, wants_digest: bool) -> User:
    """One e-mail a day instead of one for each thing: for people who have other jobs too (M119)."""
    user.wants_digest = wants_digest
    user.save(update_fields=["wants_digest"])
    return user


@action(may=may_retry, event="letter.retried")
def retry_letter(letter: Letter, *, by: User, now: datetime) -> Letter:
    """An e-mail that was given up is tried again from the start: the address or the mail server has been put right."""
    letter.given_up_at, letter.tries = None, 0
    letter.save(update_fields=["given_up_at", "tries"])
    letters.send.defer(letter=letter.pk)
    return letter
