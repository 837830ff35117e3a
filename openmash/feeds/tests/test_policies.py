"""Who may send a file, and see how it went."""

import pytest

from openmash.feeds.models import Load
from openmash.feeds.policies import LOADER, may_begin, may_see_feed, may_send, may_take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "may"), [("karen", True), ("nina", True), ("anjali", False), ("lewis", False), ("ruth", False)]
)
def test_an_agencys_own_lead_and_the_administrator_send(hub, feed, who, may):
    assert bool(may_send(hub.staff[who], feed)) is may
    assert bool(may_see_feed(hub.staff[who], feed)) is may


def test_nobody_sends_in_a_feed_that_has_ended(hub, feed):
    feed.ended_at = feed.agreed_at
    assert may_send(hub.staff["karen"], feed).reasons == ("This feed has ended.",)
    assert may_see_feed(hub.staff["karen"], feed)


@pytest.mark.parametrize("state", Load.STATES)
def test_rows_are_taken_in_by_the_loader_only_while_the_file_is_read(hub, feed, state):
    load = Load(feed=feed, state=state)
    assert bool(may_take(LOADER, load)) == (state == Load.LOADING)
    assert bool(may_begin(LOADER, load)) == (state in (Load.WAITING, Load.LOADING))
