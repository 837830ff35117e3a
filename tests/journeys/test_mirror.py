"""An agency looks at its own enquiries and answers, on a wide and on a narrow screen."""

import pytest

from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser


def test_an_agency_sees_itself_in_the_mirror(act_as: Somebody) -> None:
    lewis = act_as("lewis")
    lewis.goes_to("/mirror/")
    lewis.sees("Wendmark Constabulary in the mirror", "All others", "What became of them", "Your answers to the hub")
    lewis.does_not_see("Wendmark Community Health")


def test_a_lead_sees_their_agency_with_small_figures_left_out_and_nobody_elses(act_as: Somebody) -> None:
    for width in (1280, 375):
        anjali = act_as("anjali", width=width)
        anjali.goes_to("/work/")
        if width < 640:
            anjali.page.get_by_text("Menu").first.click()
        anjali.follows("Our mirror")
        anjali.sees("Wendmark Community Health in the mirror", "Figures from one to four are not shown", "Fewer than 5")
        anjali.does_not_see("Wendmark Constabulary", "Adult Social Care")
        for path in ("/training/", "/families-in-need/", "/times/"):
            assert anjali.is_refused(path)


def test_those_who_count_see_what_training_would_help_and_which_families_need_the_most(act_as: Somebody) -> None:
    for width in (1280, 375):
        saul = act_as("saul", width=width)
        saul.goes_to("/times/")
        saul.sees("a decision about an adult", "as the area has set it")
        saul.follows("Training that would help")
        saul.sees("Figures from one to four are not shown")
        saul.goes_to("/families-in-need/")
        saul.sees("Families in need of the most support", "By quarter")
