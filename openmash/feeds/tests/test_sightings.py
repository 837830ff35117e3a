"""A family that cannot be found raises an alert when an agency's list names somebody like them, in any area."""

import pytest

from openmash.audit.actors import SETTING_UP
from openmash.feeds import actions, loading
from openmash.feeds.folder import keep
from openmash.feeds.policies import LOADER
from openmash.feeds.tests.files import comma_file
from openmash.lookout.models import Sighting
from openmash.lookout.tests.test_lookout import come, missing  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
CALLUM = {"number": "E7", "open": "yes", "given": "Calum", "family": "Rudd", "sex": "M", "born_on": "2019-05-02"}
ELSEWHERE = {"address": "4 Ferry Road", "postcode": "HM1 1AD"}


@pytest.fixture
def list_of(hub, tmp_path):
    """Education sends a list: of another area than the family's, or of its own."""

    def send(*rows, area="harrowmouth"):
        feed = actions.agree(hub.agencies["education"], by=SETTING_UP, area=hub.areas[area], sends_events=False)
        with comma_file(tmp_path / "f", *rows).open("rb") as file:
            return loading.read(loading.offer(feed, keep(file, "f"), by=LOADER, is_full=False))

    return send


def test_a_list_that_names_a_missing_child_raises_an_alert_once(missing, list_of, hub):  # noqa: F811
    list_of(CALLUM | ELSEWHERE)
    sighting = Sighting.objects.get()
    assert (sighting.missing, sighting.agency, sighting.area) == (
        missing, hub.agencies["education"], hub.areas["harrowmouth"],
    )  # fmt: skip
    assert "date of birth" in sighting.because
    list_of(CALLUM | ELSEWHERE | {"team": "Attendance"})
    assert Sighting.objects.count() == 1


def test_the_telephone_of_the_mother_is_enough(missing, list_of):  # noqa: F811
    row = {"number": "E8", "open": "yes", "given": "Lee", "family": "Corrie", "telephone": "07700 900641"}
    list_of(row)
    assert Sighting.objects.get().because == "same telephone"


@pytest.mark.parametrize("other", [{"given": "Priya", "family": "Nair", "born_on": "2015-08-09"}, {"sensitive": "yes"}])
def test_others_and_those_whose_whereabouts_are_protected_raise_none(missing, list_of, other):  # noqa: F811
    list_of(CALLUM | other)
    assert not Sighting.objects.exists()


@pytest.mark.parametrize(
    ("place", "alerts"),
    [
        ({"address": "17 Quarry Rd", "postcode": "WX2 4TN"}, 0),
        ({}, 0),
        ({"address": "4 Ferry Road", "postcode": "WX4 1AD"}, 1),
        ({"telephone": "01632 960777"}, 1),
    ],
)
def test_a_list_of_their_own_area_is_news_only_with_another_home_or_number(missing, list_of, place, alerts):  # noqa: F811
    list_of(CALLUM | place, area="wend-valley")
    assert Sighting.objects.count() == alerts
