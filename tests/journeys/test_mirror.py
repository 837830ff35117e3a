"""An agency looks at its own enquiries and answers, on a wide and on a narrow screen."""

import pytest

from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser


def test_an_agency_sees_itself_in_the_mirror(act_as: Somebody) -> None:
    lewis = act_as("lewis")
    lewis.goes_to("/mirror/")
    lewis.sees("Wendmark Constabulary in the mirror", "All others", "What became of them", "Your answers to the hub")
    lewis.does_not_see("Wendmark Community Health")


def test_those_who_count_see_what_training_would_help_and_which_families_need_the_most(act_as: Somebody) -> None:
    for width in (1280, 375):
        saul = act_as("saul", width=width)
        saul.goes_to("/times/")
        saul.sees("a decision about an adult", "as the area has set it")
        saul.follows("Training that would help")
        saul.sees("Figures below five are not shown")
        saul.goes_to("/families-in-need/")
        saul.sees("Families in need of the most support", "By quarter")
