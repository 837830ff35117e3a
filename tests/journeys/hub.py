"""Steps in the hub before anybody has answered: who is who, screening, rating, the basis, asking."""

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.journeys.visitor import Answer, Visitor


def when_they_open(reference: str, area: str = "", *, by: Visitor) -> None:
    """The enquiry's page, or one of its areas ("chronology")."""
    by.goes_to(f"/enquiry/{reference}/{area and area + '/'}")


def when_they_say_whether_they_are_the_same(name: str, key: str, *, by: Visitor) -> None:
    """On the page of possible matches, whose open question is about `name`, one key: 1 same, 2 not the same."""
    expect(by.page.get_by_role("heading", level=2).first).to_contain_text(f"Is {name} the same person")
    by.types_key(key)


def when_they_screen(reference: str, considered: str, *, by: Visitor) -> None:
    when_they_open(reference, by=by)
    by.presses("Screen")
    by.answers({"Does the hub need to do research?": "Research is needed", "What did you consider?": considered})
    by.presses("Finish screening")


def when_they_rate(reference: str, rating: str, because: str, *, by: Visitor) -> None:
    when_they_open(reference, by=by)
    by.presses("Rate")
    by.answers({"How urgent is it?": rating, "Why this rating?": because})
    by.presses("Save the rating")


def when_they_grade_the_abuse(reference: str, answers: Mapping[str, Answer], *, by: Visitor) -> None:
    when_they_open(reference, "domestic-abuse", by=by)
    by.answers(answers)
    by.presses("Save the grade")


def when_they_record_the_basis(reference: str, answers: Mapping[str, Answer], *, by: Visitor) -> None:
    """The gate. What the referrer said is filled in already."""
    when_they_open(reference, by=by)
    by.presses("Record the basis for asking")
    by.answers(SUSPECTED | answers)
    by.presses("Record the basis")


def when_they_ask(reference: str, agencies: Mapping[str, str], *, by: Visitor) -> None:
    """Exactly these agencies are asked, each with why it is proportionate."""
    when_they_open(reference, "ask", by=by)
    for box in by.page.get_by_role("checkbox").all():
        box.uncheck()
    for agency, because in agencies.items():
        by.answers({agency: True, f"Why asking {agency} is proportionate": because})
    by.presses("Send the requests")


def then_its_stage_is(stage: str, reference: str, *, by: Visitor) -> None:
    when_they_open(reference, by=by)
    expect(by.page.get_by_role("definition").first).to_have_text(stage)


SUSPECTED: Mapping[str, Answer] = {
    "Do you suspect significant harm?": "Yes",
    "Why do you suspect it, or why not?": "What was seen fits a pattern that is likely to harm the child.",
    "What level of need do you think it is?": "Level 4: specialist or statutory",
    "Lawful basis for sharing": "Public task: UK GDPR Article 6(1)(e)",
    "Gateway in law": "Children Act 1989 section 47: suspected significant harm",
}
