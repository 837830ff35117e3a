"""Who holds what: a posting is a role, in an area, from a day until a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.agencies import actions
from openmash.agencies.models import Posting, Signature, User
from openmash.agencies.policies import has_live_signature, holds
from openmash.agencies.roles import ROLES, Permission, who_may
from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC, SETTING_UP

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_permission_holds_in_the_area_of_the_posting_and_not_elsewhere(hub):
    ruth, here, there = hub.staff["ruth"], hub.areas["wend-valley"].pk, hub.areas["harrowmouth"].pk
    assert holds(ruth, Permission.DECIDE, here)
    assert not holds(ruth, Permission.DECIDE, there)
    assert holds(ruth, Permission.DECIDE)


def test_a_refusal_says_who_does_it(hub):
    verdict = holds(hub.staff["joanna"], Permission.DECIDE, hub.areas["wend-valley"].pk)
    assert verdict.why == "This is done by a practice manager."


@pytest.mark.parametrize(
    ("since", "until", "expected"), [(-1, None, True), (0, 0, True), (1, None, False), (-9, -1, False)]
)
def test_a_posting_holds_from_its_first_day_to_its_last(hub, since, until, expected):
    today = timezone.localdate()
    user = hub.staff["saul"]
    Posting.objects.filter(user=user).update(
        since=today + timedelta(days=since), until=today + timedelta(days=until) if until is not None else None
    )
    assert bool(holds(again(user), Permission.COUNT)) is expected


def test_who_has_left_holds_nothing(hub):
    user = hub.staff["ruth"]
    user.is_active = False
    assert not holds(user, Permission.DECIDE)


def test_the_public_may_make_an_enquiry_and_nothing_else():
    assert [permission for permission in Permission if holds(PUBLIC, permission)] == [Permission.MAKE_ENQUIRY]


def test_an_agency_without_a_live_signature_is_named(hub):
    here = hub.areas["wend-valley"].pk
    assert has_live_signature(hub.agencies["police"], here)
    assert "Cafcass has not signed" in has_live_signature(hub.agencies["cafcass"], here).why
    Signature.objects.filter(agency=hub.agencies["police"]).update(ended_on=timezone.localdate())
    assert not has_live_signature(hub.agencies["police"], here)


def test_only_a_qualified_social_worker_is_posted_to_triage(hub):
    with pytest.raises(ValueError, match="qualified"):
        actions.post(
            hub.staff["joanna"],
            by=SETTING_UP,
            role="triage_social_worker",
            area=hub.areas["wend-valley"],
            since=timezone.localdate(),
        )


def test_setting_up_is_refused_to_who_decides_cases(hub):
    with pytest.raises(Refused, match="system administrator"):
        actions.found_area(None, by=hub.staff["ruth"], key="x")


def test_who_may_names_every_role_that_may():
    assert who_may(Permission.READ_LEDGER) == "information governance lead"
    assert " or " in who_may(Permission.RATE)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_an_administrator_of_settings_holds_no_case_and_no_other_role_holds_settings(role):
    assert (Permission.MANAGE_USERS in role.may) == (role.key == "system_administrator")
