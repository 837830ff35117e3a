"""Steps of a practice manager: the alert, the decision, telling the referrer, closing."""

from collections.abc import Iterable, Mapping

from playwright.sync_api import expect

from tests.journeys.hub import when_they_open
from tests.journeys.visitor import Answer, Visitor


def when_they_confirm_the_higher_rating(reference: str, rating: str, because: str, *, by: Visitor) -> None:
    when_they_open(reference, "requests", by=by)
    by.presses("Confirm or decline")
    by.answers({"Do you change the rating?": f"Yes, to {rating}", "Why?": because})
    by.presses("Put my answer on record")


def when_they_write_the_decision(
    reference: str,
    answers: Mapping[str, Answer],
    outcomes: Iterable[Mapping[str, Answer]],
    pinned: Iterable[str],
    *,
    by: Visitor,
) -> None:
    """On the page on which it is decided: every part filled in, the lines with these words pinned; not signed yet."""
    when_they_open(reference, by=by)
    by.presses("Decide")
    for number, outcome in enumerate(outcomes, 1):
        if number > 1:
            by.presses("Add another outcome")
        by.answers(outcome, within=by.page.get_by_role("group", name=f"Outcome {number}", exact=True))
    by.answers(answers)
    evidence = by.page.get_by_role("region", name="Evidence: pin what the decision rests on")
    for year in evidence.locator("details:not([open]) > summary").all():
        year.click()
    for words in pinned:
        evidence.get_by_role("checkbox", name=words).check()


def when_they_sign(*, by: Visitor) -> None:
    by.presses("Sign the decision")
    expect(by.page.get_by_role("heading", name="Decision", level=2)).to_be_visible()


def when_they_tell_the_referrer(reference: str, how: str, *, by: Visitor) -> None:
    when_they_open(reference, by=by)
    by.presses("Tell the referrer")
    by.answers({"How is the referrer told?": how})
    by.presses("Record it")


def when_they_close(reference: str, *, by: Visitor) -> None:
    when_they_open(reference, by=by)
    by.presses("Close")
    by.presses("Close the enquiry")
