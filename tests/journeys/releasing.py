"""Steps through the airlock and beyond: draft, propose, the owner's answer, approve, open, acknowledge."""

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.journeys.hub import when_they_open
from tests.journeys.visitor import Answer, Visitor


def when_they_propose_a_release(
    reference: str, answers: Mapping[str, Answer], items: Mapping[str, Mapping[str, Answer]], *, by: Visitor
) -> str:
    """A draft with the items that hold these words, each in the form given; proposed. Its path."""
    when_they_open(reference, "release/new", by=by)
    for words, form in items.items():
        by.answers(form, within=_card(words, by))
    by.answers(answers)
    by.presses("Save the draft")
    by.presses("Propose")
    return by.path


def when_they_propose_it_again(release: str, *, by: Visitor) -> None:
    by.goes_to(release)
    by.presses("Propose")


def when_the_owner_says(reference: str, words: str, answers: Mapping[str, Answer], *, by: Visitor) -> None:
    """The lead of the agency that supplied the item with these words answers for it."""
    by.goes_to("/consents/")
    by.page.get_by_role("row", name=reference).first.get_by_role("link").click()
    by.looks()
    by.answers(answers, within=_card(words, by))
    by.presses("Answer for this item", within=_card(words, by))


def when_they_approve(release: str, *, by: Visitor) -> None:
    by.goes_to(release)
    by.presses("Approve and release")


def when_they_open_what_was_released(reference: str, *, by: Visitor) -> str:
    """The recipient is told the rules, opens it, and reads. Its text."""
    by.goes_to("/released/")
    by.follows(reference)
    by.presses("Open it")
    return by.page.locator("#product").inner_text()


def when_they_say_that_they_have_it(*, by: Visitor) -> None:
    by.presses("I have it, and will keep to this")
    expect(by.page.locator("main")).to_contain_text("Acknowledged")


def when_their_team_acknowledges(reference: str, worker: str, *, by: Visitor) -> None:
    by.goes_to("/received/")
    by.follows(reference)
    by.answers({"Who takes it on?": worker})
    by.presses("We have it")


def _card(words: str, by: Visitor) -> Locator:
    return by.page.locator("main .om-card").filter(has_text=words)
