"""A practice manager tries a rule on the past before she changes it for her area."""

import pytest

from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser


def test_a_rule_is_tried_on_the_past_before_it_is_changed(act_as: Somebody) -> None:
    ruth = act_as("ruth")
    ruth.goes_to("/rules/")
    ruth.sees("It never decides.")
    ruth.follows("Several greens in a short time")
    ruth.answers({"Enquiries rated green": "4"})
    ruth.presses("Try it on the last 12 months")
    ruth.sees("The last 12 months with these numbers", "later came to section 47")
    ruth.presses("Save it")
    ruth.sees("There is a problem", "Enter why")
    ruth.answers({"Why?": "Three come to nothing so often that nobody looks."})
    ruth.presses("Save it")
    ruth.sees("Ruth Okafor: Three come to nothing so often that nobody looks.")
