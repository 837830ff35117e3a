"""Steps of an agency that answers: my checks, items with their grading, sending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.journeys.visitor import Answer, Visitor


@dataclass(frozen=True)
class Item:
    """One thing that an agency says it knows."""

    words: str
    what: str
    on: date
    people: tuple[str, ...]
    sensitivity: str = "General"
    conditions: str = ""

    def answers(self) -> Mapping[str, Answer]:
        shared = {"May it be shared?": "May be shared"}
        if self.conditions:
            shared = {"May it be shared?": "May be shared with conditions", "On what conditions?": self.conditions}
        return {
            "What do you know?": self.words,
            "What is it?": self.what,
            "When was it, or when did it begin?": self.on,
            "Who is it about?": self.people,
            "Is it a fact?": "A fact",
            "How dependable is this source?": "Reliable",
            "How do you know this?": "Known directly",
            **shared,
            "Who in the hub may read it?": self.sensitivity,
        }


def when_they_open_their_check(reference: str, *, by: Visitor) -> None:
    by.goes_to("/checks/")
    by.follows(reference)


def when_they_answer_with(items: Iterable[Item], known: Mapping[str, str], rating: str, *, by: Visitor) -> None:
    """On the page of a request: where they looked, each item on its own, their own rating; sent."""
    by.answers(known)
    for number, item in enumerate(items, 1):
        if number > 1:
            by.presses("Add another item", looks=number == 2)
        by.answers(item.answers(), within=by.page.get_by_role("group", name=f"Item {number}", exact=True))
    by.answers({"How urgent does what you know make it?": rating})
    by.presses("Send the answer")
    expect(by.page.get_by_role("heading", level=1)).to_contain_text("Checks for")
