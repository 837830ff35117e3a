"""What was not said is asked for in the words of the kind of enquiry."""

import pytest

from openmash.enquiries.models import Enquiry
from openmash.enquiries.said import answers, unanswered


@pytest.mark.parametrize(("kind", "who"), [("child", "child"), ("adult", "adult")])
def test_where_somebody_is_now_is_asked_of_whom_it_is_about(kind, who):
    assert f"Where the {who} is now" in unanswered(Enquiry(kind=kind))
    assert (f"Where the {who} is now", "In hospital") in answers(Enquiry(kind=kind, where_now="In hospital"))
