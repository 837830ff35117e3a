"""Another system is let in by the governance lead, and calls as its own user would: with the how-to’s curl lines."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import Somebody
from tests.journeys.releasing import when_they_approve, when_they_propose_a_release
from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOW_TO = Path(__file__).parents[2] / "docs/how-to/connect-another-system.md"


def example(part: str) -> str:
    """The curl example of the how-to that ends like this or has this in it, as it is printed."""
    blocks = re.findall(r"```\n(curl .*?)```", HOW_TO.read_text(), re.DOTALL)
    return next(one for one in blocks if one.rstrip().endswith(part) or f": {part}" in one)


def run(line: str, house: House, token: str, **more: str) -> dict[str, object]:
    env = {"PATH": os.environ["PATH"], "HUB": house.address, "TOKEN": token} | more
    done = subprocess.run(["bash", "-c", line.replace("curl ", "curl -sS --max-time 60 ", 1)], env=env, check=True,
                          capture_output=True, text=True)  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_a_system_is_let_in_and_calls(act_as, house):
    gwen, nina = act_as("gwen"), act_as("nina")
    gwen.goes_to("/systems/")
    gwen.presses("Let a system in")
    gwen.answers({"What is the system called?": "Case system", "Whose system is it?": "Wendmark Children's Social Care",
                  "In which area?": "Wend Valley", "Send enquiries, and read back how far its own are": True,
                  "List what the agency is asked, and answer it": True, "90 days": True,
                  "Send how cases stand: open, in need, protected, looked after, early help": True})  # fmt: skip
    gwen.presses("Issue a token")
    token = gwen.page.get_by_label("Token").input_value()
    listed, sent, adult, cases = (example(one) for one in ('v1/enquiries"', "custody-2291", "ward-77", "cases-monday"))
    requests, wrong = example('v1/requests"'), example("custody-2292")

    assert run(listed, house, token)["status"] == 401, "a second person has not agreed yet"
    when_a_second_person_agrees(nina, "Case system")
    before = run(listed, house, token)
    assert before == {"enquiries": []}
    answer = run(sent, house, token)
    assert run(sent, house, token) == answer, "the same key is answered as the first time"
    assert [one["reference"] for one in run(listed, house, token)["enquiries"]] == [answer["reference"]]
    about_edna = str(run(adult, house, token)["reference"])
    refused = run(wrong, house, token)
    assert [one["field"] for one in refused["errors"]] == ["children.0.dob", "post_code"]
    assert run(example('deliveries/custody-2291"'), house, token)["state"] == "done"
    assert run(requests, house, token) == {"requests": [], "next_after": ""}
    assert run(cases, house, token)["detail"] == "No feed is agreed with your agency in this area."

    nina.goes_to("/feeds/agree/")
    nina.answers({"Agency": "Wendmark Children's Social Care", "Area": "Wend Valley"})
    nina.presses("Agree")
    path = str(run(cases, house, token)["path"])
    read = eventually("the cases are read", lambda: _done(run(_at(path), house, token)))
    assert (read["added"], read["refused"]) == (1, [])

    joanna = act_as("joanna")
    joanna.goes_to("/queue/")
    assert str(answer["reference"]) in joanna.page.content()
    hannah = act_as("hannah")
    hannah.goes_to(f"/enquiry/{about_edna}/care-act/")
    assert hannah.page.get_by_label("What are the needs, or why are there none?").input_value() == (
        "A carer twice a day."
    )
    _completes(joanna)
    assert len(run(listed, house, token)["enquiries"]) == 3, "its system reads it back as its own"

    gwen.goes_to("/systems/")
    assert "Case system" in gwen.page.content()
    pictures = os.environ.get("OPENMASH_LOOK_AT")
    if pictures:
        for width in (1280, 375):
            gwen.page.set_viewport_size({"width": width, "height": 900})
            gwen.goes_to("/systems/")
            gwen.page.screenshot(path=f"{pictures}/systems-{width}.png", full_page=True)
            gwen.goes_to("/systems/new/")
            gwen.page.screenshot(path=f"{pictures}/new-{width}.png", full_page=True)
    gwen.goes_to("/systems/")
    gwen.page.get_by_role("link", name="Revoke").first.click()
    gwen.presses("Revoke this token")
    assert run(listed, house, token)["status"] == 401


def _completes(joanna: Visitor) -> None:
    """What could not be taken is among the exceptions; its form is half filled, and it becomes an enquiry."""
    joanna.goes_to("/exceptions/")
    looked_at(joanna, "exceptions")
    joanna.follows("Put away for Case system")
    looked_at(joanna, "held-back")
    joanna.presses("Complete it")
    assert "02/06/2018" in joanna.page.get_by_role("region", name="The original").inner_text()
    assert joanna.page.get_by_label("What are you worried about?").input_value().startswith("The two of them")
    looked_at(joanna, "complete")
    joanna.answers({"Postcode": "WX1 4QT"}, within=joanna.page.locator("#home"))
    joanna.presses("Receive the enquiry")
    assert "Case system can read it back" in joanna.page.content()
    joanna.goes_to("/exceptions/")
    assert "Complete it for Case system" not in joanna.page.content()


def looked_at(by: Visitor, name: str) -> None:
    """A picture of the page at two widths, for whoever looks at pages."""
    folder = os.environ.get("OPENMASH_LOOK_AT")
    for width in (1280, 375) if folder else ():
        by.page.set_viewport_size({"width": width, "height": 900})
        by.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    by.page.set_viewport_size({"width": 1280, "height": 900})


def _done(read: dict[str, object]) -> dict[str, object] | None:
    return read if read["state"] == "done" else None


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_a_system_of_the_police_notifies_and_answers_and_one_of_the_council_fetches_a_release(
    act_as: Somebody, house: House, tmp_path: Path
) -> None:
    gwen, nina, hannah = act_as("gwen"), act_as("nina"), act_as("hannah")
    police = when_they_let_in(gwen, nina, "Custody suite", "Wendmark Constabulary", "Send police notifications",
                              "List what the agency is asked, and answer it")  # fmt: skip
    path = str(run(example("night-27"), house, police)["path"])
    read = eventually("the notifications are read", lambda: _done(run(_at(path), house, police)))
    assert (read["total"], read["loaded"], read["repairs"]) == (2, 1, 0)
    alan = act_as("alan")
    alan.goes_to("/notifications/")
    alan.sees("V-20291")

    reference = house.story("for a system of the police to answer")
    waiting = run(example('v1/requests"'), house, police)["requests"]
    request = next(one["token"] for one in waiting if one["reference"] == reference)
    asked = run(example('requests/$REQUEST"'), house, police, REQUEST=request)
    (tmp_path / "answer.json").write_text(json.dumps(_answer([one["number"] for one in asked["people"]][:2])))
    answer = f"cd {tmp_path}; " + example('/answer"')
    assert run(answer, house, police, REQUEST=request)["reference"] == reference
    assert run(answer, house, police, REQUEST=request)["reference"] == reference, "the same key, the same answer"
    assert request not in json.dumps(run(example('v1/requests"'), house, police))

    council = when_they_let_in(gwen, nina, "Case store", "Wendmark Children's Social Care",
                               "Fetch and acknowledge what was released to it",
                               team="North Wend assessment team, Wendmark Children's Social Care")  # fmt: skip
    release = when_they_propose_a_release(
        reference, FOR_THE_SYSTEM, {"He was arrested": {"Release this item": "In full"}}, by=hannah
    )
    when_they_approve(release, by=act_as("ruth"))
    (line,) = run(example('v1/releases"'), house, council)["releases"]
    token = {"RELEASE": line["token"]}
    assert run(example('acknowledge"'), house, council, **token)["detail"] == "Open it first."
    assert "He was arrested for being drunk" in str(run(example('/open"'), house, council, **token)["text"])
    assert run(example('acknowledge"'), house, council, **token)["state"] == "acknowledged"


FOR_THE_SYSTEM = {
    "Who is to receive it": "Case store, System, North Wend assessment team",
    "Why this recipient": "Its team assesses.",
    "What it is for": "A social work assessment",
    "The purpose in a sentence": "To assess what she needs.",
    "Why it is necessary": "Without it the team would not know of the arrest.",
    "Has the family been told that this is shared?": "Yes",
}


def when_a_second_person_agrees(nina: Visitor, system: str) -> None:
    nina.goes_to("/staff/")
    looked_at(nina, "staff")
    nina.goes_to("/systems/")
    looked_at(nina, "waiting")
    nina.page.get_by_role("row").filter(has_text=system).get_by_role("button", name="Agree").first.click()
    nina.sees(f"The token of {system} can be used from now on")


def when_they_let_in(gwen: Visitor, nina: Visitor, system: str, agency: str, *may: str, team: str = "") -> str:
    """The token."""
    gwen.goes_to("/systems/new/")
    gwen.answers({"What is the system called?": system, "Whose system is it?": agency, "In which area?": "Wend Valley",
                  "30 days": True} | dict.fromkeys(may, True))  # fmt: skip
    if team:
        gwen.answers({"Which team does it receive releases for? (only if it may fetch releases)": team})
    gwen.presses("Issue a token")
    token = gwen.page.get_by_label("Token").input_value()
    when_a_second_person_agrees(nina, system)
    return token


def _answer(people: list[int]) -> dict[str, object]:
    """The how-to's `answer.json`, about people of this request."""
    (block,) = re.findall(r"```json\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    answer: dict[str, object] = json.loads(block)
    answer["items"][0]["people"] = people
    return answer


def _at(path: str) -> str:
    return example('v1/enquiries"').replace("/api/v1/enquiries", path)


def test_a_decided_enquiry_is_handed_over(act_as, house):
    ruth = act_as("ruth")
    ruth.goes_to(f"/enquiry/{house.story('decided, to stand')}/decision/")
    ruth.page.get_by_role("link", name="Hand over to the council’s own system").click()
    summary = ruth.page.locator("#summary").inner_text()
    assert "Edie Pennymoor" in summary and "primary need" in summary
    ruth.goes_to(ruth.page.url.removeprefix(house.address))
    with ruth.page.expect_download() as taken:
        ruth.page.get_by_role("button", name="Download CSV").click()
    text = Path(taken.value.path()).read_text()
    assert "PersonBirthDate" in text.splitlines()[0] and "Pennymoor" in text
    pictures = os.environ.get("OPENMASH_LOOK_AT")
    if pictures:
        for width in (1280, 375):
            ruth.page.set_viewport_size({"width": width, "height": 900})
            ruth.page.screenshot(path=f"{pictures}/hand-over-{width}.png", full_page=True)
