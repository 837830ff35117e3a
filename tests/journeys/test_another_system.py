"""Another system is let in by the governance lead, and calls as its own user would: with the how-to’s curl lines."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.serving import House, eventually
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOW_TO = Path(__file__).parents[2] / "docs/how-to/connect-another-system.md"


def examples() -> list[str]:
    """Every curl example of the how-to, as it is printed."""
    return [block for block in re.findall(r"```\n(.*?)```", HOW_TO.read_text(), re.DOTALL) if block.startswith("curl")]


def run(line: str, house: House, token: str) -> dict[str, object]:
    env = {"PATH": os.environ["PATH"], "HUB": house.address, "TOKEN": token}
    done = subprocess.run(["bash", "-c", line.replace("curl ", "curl -sS --max-time 60 ", 1)], env=env, check=True,
                          capture_output=True, text=True)  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_a_system_is_let_in_and_calls(act_as, house):
    gwen = act_as("gwen")
    gwen.goes_to("/systems/")
    gwen.presses("Let a system in")
    gwen.answers({"What is the system called?": "Case system", "Whose system is it?": "Wendmark Children's Social Care",
                  "In which area?": "Wend Valley", "Send enquiries, and read back how far its own are": True,
                  "List what the agency is asked, and answer it": True, "90 days": True,
                  "Send how cases stand: open, in need, protected, looked after, early help": True})  # fmt: skip
    gwen.presses("Issue a token")
    token = gwen.page.get_by_label("Token").input_value()
    listed, sent, adult, cases, requests, wrong = examples()

    before = run(listed, house, token)
    assert before == {"enquiries": []}
    answer = run(sent, house, token)
    assert run(sent, house, token) == answer, "the same key is answered as the first time"
    assert [one["reference"] for one in run(listed, house, token)["enquiries"]] == [answer["reference"]]
    about_edna = str(run(adult, house, token)["reference"])
    refused = run(wrong, house, token)
    assert [one["field"] for one in refused["errors"]] == ["children.0.dob", "post_code"]
    assert run(requests, house, token) == {"requests": [], "next_after": ""}
    assert run(cases, house, token)["detail"] == "No feed is agreed with your agency in this area."

    nina = act_as("nina")
    nina.goes_to("/feeds/agree/")
    nina.answers({"Agency": "Wendmark Children's Social Care", "Area": "Wend Valley"})
    nina.presses("Agree")
    path = str(run(cases, house, token)["path"])
    asked = listed.replace("/api/v1/enquiries", path)
    read = eventually("the cases are read", lambda: _done(run(asked, house, token)))
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
