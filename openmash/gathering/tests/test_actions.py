import pytest
from openmash.gathering import actions
from openmash.gathering.tests.conftest import known, nothing_known
pytestmark = pytest.mark.django_db


def test_thin(hub, asked):
    police, health = asked("police", "health")
    print(police.wording)
    actions.answer(police, by=hub.staff["lewis"], **known(police, rating="red"))
    actions.answer(health, by=hub.staff["mary"], **nothing_known(health))
    police.enquiry.refresh_from_db()
    assert police.enquiry.status == "review"
