"""The county's landlord without accounts: asked by e-mail, and answering in each of the ways in which one can."""

from random import Random

import pytest
from django.utils import timezone

from openmash.county.build import Planner
from openmash.county.by_post import tell_post
from openmash.county.telling import Teller, working_moment
from openmash.enquiries.workflow import GATHERING
from openmash.post.models import Dispatch, Reply

pytestmark = pytest.mark.django_db


def test_one_is_taken_one_waits_one_comes_by_telephone_and_one_is_due(hub):
    now = timezone.now()
    planner, teller = Planner(Random(5), now), Teller(hub, Random(5), now)
    for number in range(1, 5):
        planner.areas.left = ["wend-valley"]
        family = planner.family(number)
        course = planner.present(family, GATHERING, working_moment(hub.areas["wend-valley"], now, 6), "")
        teller.tell(family, course, key=f"by-post-{number}")
    tell_post(hub, now)
    tell_post(hub, now)
    found = Reply.objects.order_by("pk").values_list("way", "state", "problems")
    assert list(found) == [
        ("email", "taken", []),
        ("email", "waiting", ["more_text"]),
        ("telephone", "taken", []),
    ]
    assert Dispatch.objects.filter(kind="request").count() == 4
    assert Dispatch.objects.filter(request__answered_at=None).count() == 2
