"""Who is posted where today: whose posting has ended, or has not begun, is asked nothing and told nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.agencies.models import Posting
from openmash.agencies.queries import holders, on_team, posted
from openmash.agencies.roles import Permission

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("begins", "ends", "is_there"),
    [(-9, None, True), (-9, 0, True), (-9, -1, False), (0, None, True), (1, None, False)],
)
def test_a_posting_counts_from_its_first_day_to_its_last(hub, begins, ends, is_there):
    today, ruth, areas = timezone.localdate(), hub.staff["ruth"], [hub.areas["wend-valley"].pk]
    dates = {"since": today + timedelta(days=begins), "until": None if ends is None else today + timedelta(days=ends)}
    assert Posting.objects.filter(user=ruth, role="practice_manager").update(**dates)
    for found in (holders(Permission.DECIDE, areas=areas), posted("practice_manager", areas=areas)):
        assert (ruth in found) == is_there
    assert (ruth in holders(Permission.DECIDE, Permission.RESTRICT)) == is_there


def test_another_area_another_role_and_a_closed_account_are_not_found(hub):
    ruth, here = hub.staff["ruth"], [hub.areas["wend-valley"].pk]
    elsewhere = [area.pk for area in hub.areas.values() if area.pk not in here]
    assert ruth not in posted("practice_manager", areas=elsewhere)
    assert ruth not in posted("coordinator", areas=here)
    assert ruth not in posted("practice_manager", areas=[])
    ruth.is_active = False
    ruth.save()
    assert ruth not in holders(Permission.DECIDE)


def test_whoever_has_left_a_team_is_not_on_it(hub):
    posting = Posting.objects.filter(team__isnull=False, until=None, user__is_active=True).first()
    assert posting.user in on_team(posting.team)
    posting.until = timezone.localdate() - timedelta(days=1)
    posting.save()
    assert posting.user not in on_team(posting.team_id)
