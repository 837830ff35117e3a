"""Two people give a role and reset a second factor; the database refuses one person who tries it alone."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from openmash.agencies import actions, granting
from openmash.agencies.access import FACTOR, ROLE
from openmash.agencies.models import AccessChange, Letter, Posting, User
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(hub, user, role="coordinator", kind=ROLE) -> AccessChange:
    role = role if kind == ROLE else ""
    return AccessChange(user=user, kind=kind, role=role, area=hub.areas["wend-valley"], because="She is needed.")


def proposed(hub, user, **more) -> AccessChange:
    return granting.propose(asked(hub, user, **more), by=hub.staff["nina"])


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def newcomer(hub) -> User:
    """Somebody who has joined and holds no role."""
    return actions.employ(
        hub.agencies["childrens-social-care"],
        by=hub.staff["nina"],
        name="Una Newcome",
        email="una.newcome@wendmark.example",
        joined_on=timezone.localdate(),
    )


def test_a_role_holds_when_a_second_person_has_agreed_and_not_before(hub, newcomer):
    change = proposed(hub, newcomer)
    assert not again(newcomer).postings_now
    granting.agree(change, by=hub.staff["gwen"])
    assert again(newcomer).is_posted_as("coordinator", hub.areas["wend-valley"].pk)
    told = set(Letter.objects.filter(about="Access").values_list("to", flat=True))
    assert told == {hub.staff["gwen"].email, hub.staff["nina"].email, newcomer.email}
    events = LedgerEvent.objects.filter(event__startswith="access.").values_list("event", "actor_name")
    assert set(events) == {("access.proposed", "Nina Frost"), ("access.agreed", "Gwen Astley")}


def test_declined_is_declined_and_can_be_proposed_again(hub, newcomer):
    granting.decline(proposed(hub, newcomer), by=hub.staff["gwen"], because="She is on leave.")
    assert not again(newcomer).postings_now
    granting.decline(proposed(hub, newcomer), by=hub.staff["nina"], because="My mistake.")
    assert Letter.objects.filter(subject="What you proposed was declined", to=hub.staff["nina"].email).count() == 1


@pytest.mark.parametrize(
    ("who", "whom", "role", "why"),
    [
        ("ruth", "saul", "coordinator", "system administrator"),
        ("gwen", "saul", "coordinator", "system administrator"),
        ("nina", "nina", "governance_lead", "their own access"),
        ("nina", "ruth", "system_administrator", "settings and works on cases"),
        ("nina", "joanna", "triage_social_worker", "qualified social worker"),
        ("nina", "joanna", "coordinator", "has this role already"),
    ],
)
def test_what_is_not_proposed(hub, who, whom, role, why):
    with pytest.raises(Refused, match=why):
        granting.propose(asked(hub, hub.staff[whom], role), by=hub.staff[who])


def test_the_same_is_not_proposed_twice(hub, newcomer):
    proposed(hub, newcomer)
    with pytest.raises(Refused, match="proposed already"):
        proposed(hub, newcomer)


@pytest.mark.parametrize(("who", "why"), [("nina", "governance lead"), ("ruth", "governance lead")])
def test_who_does_not_agree(hub, newcomer, who, why):
    with pytest.raises(Refused, match=why):
        granting.agree(proposed(hub, newcomer), by=hub.staff[who])


def test_nobody_agrees_to_what_they_proposed_or_to_their_own(hub, newcomer):
    change = proposed(hub, newcomer)
    AccessChange.objects.filter(pk=change.pk).update(by=hub.staff["gwen"])
    with pytest.raises(Refused, match="You proposed this"):
        granting.agree(change, by=hub.staff["gwen"])
    own = proposed(hub, hub.staff["gwen"], role="analyst")
    with pytest.raises(Refused, match="their own access"):
        granting.agree(own, by=hub.staff["gwen"])


def test_the_database_refuses_one_person_alone(hub, newcomer):
    change, nina, gwen = proposed(hub, newcomer), hub.staff["nina"], hub.staff["gwen"]
    tries = (
        lambda: Posting.objects.create(
            user=newcomer, role="coordinator", area=hub.areas["wend-valley"], since=timezone.localdate()
        ),
        lambda: AccessChange.objects.filter(pk=change.pk).update(is_agreed=True),
        lambda: AccessChange.objects.filter(pk=change.pk).update(is_agreed=True, answered_by=nina),
        lambda: AccessChange.objects.filter(pk=change.pk).update(is_agreed=True, answered_by=newcomer),
        lambda: AccessChange.objects.filter(pk=change.pk).update(by=newcomer),
    )
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), bound_to(nina):
            attempt()
    with transaction.atomic(), bound_to(nina):
        AccessChange.objects.filter(pk=change.pk).update(is_agreed=True, answered_by=gwen)


@pytest.mark.parametrize(("who", "role"), [("ruth", "system_administrator"), ("nina", "coordinator")])
def test_the_database_keeps_settings_and_cases_apart(hub, who, role):
    with pytest.raises(DatabaseError, match="settings and work on cases"), transaction.atomic():
        Posting.objects.create(
            user=hub.staff[who], role=role, area=hub.areas["wend-valley"], since=timezone.localdate()
        )


def test_a_reset_ends_password_factor_and_every_session_and_begins_anew_by_email(hub):
    ruth = hub.staff["ruth"]
    TOTP.activate(ruth, generate_totp_secret())
    client = signed_in(ruth)
    assert client.get("/due/").status_code == 200
    granting.agree(proposed(hub, ruth, kind=FACTOR), by=hub.staff["gwen"])
    assert not Authenticator.objects.filter(user=ruth).exists()
    assert client.get("/due/").status_code == 302
    cache.clear()
    Client().post("/account/password/reset/", {"email": ruth.email})
    assert [letter.to for letter in mail.outbox] == [[ruth.email]]


@pytest.mark.parametrize("who", ["nina", "gwen"])
def test_one_person_takes_a_role_away_at_the_next_click(hub, who):
    ruth = hub.staff["ruth"]
    client = signed_in(ruth)
    assert client.get("/due/").status_code == 200
    granting.take_role_away(ruth.postings.get(), by=hub.staff[who])
    assert client.get("/due/").status_code == 404
    with pytest.raises(Refused, match="ended already"):
        granting.take_role_away(ruth.postings.get(), by=hub.staff[who])


def test_a_leavers_account_is_closed_at_the_next_click_and_never_ones_own(hub):
    client = signed_in(hub.staff["ruth"])
    granting.close_account(hub.staff["ruth"], by=hub.staff["gwen"])
    assert client.get("/due/").status_code == 302
    for who, whom, why in (
        ("nina", "nina", "their own"),
        ("joanna", "saul", "governance lead"),
        ("nina", "ruth", "closed"),
    ):
        with pytest.raises(Refused, match=why):
            granting.close_account(again(hub.staff[whom]), by=hub.staff[who])


def test_what_nobody_signed_in_to_for_35_days_is_closed_by_the_worker(hub, settings):
    settings.DORMANT_DAYS = 35
    User.objects.update(last_login=NOW)
    User.objects.filter(pk=hub.staff["ruth"].pk).update(last_login=NOW - timedelta(days=36))
    User.objects.filter(pk=hub.staff["saul"].pk).update(last_login=None, joined_on=NOW.date() - timedelta(days=36))
    User.objects.filter(pk=hub.staff["gwen"].pk).update(last_login=None, joined_on=NOW.date() - timedelta(days=34))
    granting.close_dormant(0)
    closed = set(User.objects.filter(is_active=False).values_list("name", flat=True))
    assert {hub.staff["ruth"].name, hub.staff["saul"].name} == closed
    settings.DORMANT_DAYS = 0
    User.objects.update(last_login=NOW - timedelta(days=99))
    granting.close_dormant(0)
    assert User.objects.filter(is_active=False).count() == len(closed)


def test_joiner_mover_leaver_by_hand(hub):
    nina, gwen, area = signed_in(hub.staff["nina"]), signed_in(hub.staff["gwen"]), hub.areas["wend-valley"].pk
    joiner = {"name": "Una Newcome", "email": "Una@wendmark.example", "job_title": "Coordinator"}
    agency = hub.agencies["childrens-social-care"].pk
    path = nina.post("/staff/new/", joiner | {"agency": agency})["Location"]
    una = User.objects.get(email="una@wendmark.example")
    assert path == f"/staff/{una.pk}/"
    twice = nina.post("/staff/new/", joiner | {"agency": agency}).content.decode()
    assert "There is an account with this address already" in twice
    nina.post(f"{path}role/", {"role": "coordinator", "area": area, "because": "She joins us."})
    change = AccessChange.objects.get()
    waiting = gwen.get("/staff/").content.decode()
    assert "Una Newcome: the role referral and information coordinator in Wend Valley" in waiting
    assert "She joins us." in waiting
    assert nina.post(f"/staff/change/{change.pk}/agree/").status_code == 403
    assert gwen.post(f"/staff/change/{change.pk}/agree/").status_code == 302
    assert again(una).areas_where(Permission.SCREEN) == {area}
    role = una.postings.get()
    assert "Take away" in gwen.get(path).content.decode()
    nina.post(f"{path}role/{role.pk}/away/")
    assert not again(una).postings_now
    nina.post(f"{path}close/")
    assert not again(una).is_active


def test_who_keeps_no_accounts_sees_no_staff(hub):
    client = signed_in(hub.staff["ruth"])
    nothing = client.get("/there-is-no-such-page/").content
    for path in ("/staff/", f"/staff/{hub.staff['joanna'].pk}/", "/staff/new/"):
        assert client.get(path).content == nothing
