"""An agency looks at its own enquiries and answers, on a wide and on a narrow screen."""

import pytest

from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser


def test_an_agency_sees_itself_in_the_mirror(act_as: Somebody) -> None:
    lewis = act_as("lewis")
    lewis.goes_to("/mirror/")
    lewis.sees("Wendmark Constabulary in the mirror", "All others", "What became of them", "Your answers to the hub")
    lewis.does_not_see("Wendmark Community Health")
