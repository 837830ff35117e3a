"""Twenty people change one enquiry at once, each on a connection of their own: nobody's words are lost in silence."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from openmash.audit.action import Stale
from openmash.audit.models import LedgerEvent
from openmash.county.hub import load_hub
from openmash.decisions.tests.conftest import MONDAY, World
from openmash.enquiries.models import Enquiry, Step
from openmash.feeds.tests.committed import copied_database
from openmash.triage.actions import rerate
from openmash.triage.models import Rating

PEOPLE, EDITS = 20, 25
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def own_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with copied_database(django_db_blocker):
        yield World(load_hub())


@pytest.mark.database
@pytest.mark.slow
def test_of_five_hundred_changes_each_is_kept_or_shown_as_a_conflict(own_world: World) -> None:
    enquiry = own_world.triaged()
    staff = [own_world.hannah, own_world.ruth, own_world.martin]
    gate, began, shown = threading.Barrier(PEOPLE), enquiry.version, []

    def change(person: int) -> list[tuple[str, bool]]:
        """What this person wrote, and whether it was saved; each is written on the page as it then is."""
        gate.wait()
        said = []
        for edit in range(EDITS):
            page, because = Enquiry.objects.get(pk=enquiry.pk), f"{person}: reason {edit}"
            rating = random.choice(("red", "amber", "green"))
            try:
                rerate(page, by=staff[person % 3], now=LATER, rating=rating, because=because, seen=page.version)
            except Stale as stale:
                shown.append(stale.thing.version > page.version)
                said.append((because, False))
            else:
                said.append((because, True))
        connections.close_all()
        return said

    with ThreadPoolExecutor(PEOPLE) as pool:
        said = [one for person in pool.map(change, range(PEOPLE)) for one in person]
    saved = [because for because, is_saved in said if is_saved]
    kept = list(Rating.objects.filter(enquiry=enquiry, at=LATER).order_by("id"))
    assert len(said) == PEOPLE * EDITS == len(saved) + len(shown)
    assert all(shown), "a conflict is shown with what is there now"
    assert sorted(row.because for row in kept) == sorted(saved)
    assert 1 < len(saved) < len(said), "nobody got in another's way: the trial tried nothing"
    assert [row.before for row in kept[1:]] == [row.rating for row in kept[:-1]], "each changed what stood before it"
    fresh = own_world.fresh(enquiry)
    assert (fresh.rating, fresh.version) == (kept[-1].rating, began + len(saved))
    assert Step.objects.filter(enquiry=enquiry, what="rerated").count() == len(saved)
    assert LedgerEvent.objects.filter(event="enquiry.rerated", outcome="allowed").count() == len(saved)
