"""Steps of intake: somebody fills in a form, page by page."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.visitor import Answer, Visitor

REFERENCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}")
Answers = Mapping[str, Answer]


def when_they_begin(form: str, by: Visitor) -> None:
    by.goes_to(form)
    by.presses("Start now")


def when_they_answer(title: str, answers: Answers, *, by: Visitor) -> None:
    """One page of a form that asks about one subject."""
    expect(by.page.get_by_role("heading", level=1)).to_have_text(title)
    by.answers(answers)
    by.presses("Continue")


def when_they_answer_for_each(title: str, one: str, people: tuple[Answers, ...], *, by: Visitor) -> None:
    """One page of a form that asks about several people."""
    expect(by.page.get_by_role("heading", level=1)).to_have_text(title)
    for number, answers in enumerate(people, 1):
        if number > 1:
            by.presses(f"Add another {one}")
        by.answers(answers, within=by.page.get_by_role("group", name=f"{one.capitalize()} {number}", exact=True))
    by.presses("Continue")


def when_they_leave_empty(title: str, *, by: Visitor) -> None:
    when_they_answer(title, {}, by=by)


def when_they_send_it(by: Visitor) -> str:
    """Check the answers, declare, send; the reference that they are given."""
    expect(by.page.get_by_role("heading", level=1)).to_have_text("Check your answers before you send them")
    by.answers({"What I have told you is true, as far as I know": True})
    by.presses("Send to the hub")
    return the_reference_shown_to(by)


def the_reference_shown_to(somebody: Visitor) -> str:
    """The reference on the page that says that the hub has it."""
    panel = somebody.page.locator(".govuk-panel")
    expect(panel).to_contain_text("Your reference")
    found = REFERENCE.search(panel.inner_text())
    assert found, panel.inner_text()
    return found[0]


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
