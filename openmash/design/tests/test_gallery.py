"""The components in a real browser, at the widths of a desk and of a telephone."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect

from openmash.design.tests.serving import Served

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "tests/vendor/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# GOV.UK Frontend sets aria-expanded on radios that reveal a field; axe reports it, and assistive technology copes.
KNOWN = "govuk-radios__input"
SHOWN = ["record", "form", "form-wrong", "stop", "wall", "400", "403", "404", "500", "503"]

Open = Callable[..., Page]


@pytest.fixture
def look(chromium: Browser, served: Served) -> Iterator[Open]:
    """`look("record", width=375)`: the page, failing the test on any error or policy violation in the console."""
    served.sent.clear()
    served.broken = False
    contexts, said = [], []

    def look(name: str, *, width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{served.address}/{name}")
        return page

    yield look
    for context in contexts:
        context.close()
    assert [text for text in said if "Failed to load resource" not in text] == []


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("name", SHOWN)
def test_every_component_is_accessible_and_fits(look: Open, name: str, width: int) -> None:
    page = look(name, width=width)
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text())
    asked = "{runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false}"
    found = page.evaluate(f"tags => axe.run(document, {asked})", TAGS)
    broken = [
        (rule["id"], node["html"])
        for rule in found["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == "aria-allowed-attr" and KNOWN in node["html"])
    ]
    assert broken == [], json.dumps(broken, indent=1)


@pytest.mark.parametrize("name", SHOWN)
def test_no_page_has_inline_script_or_style(served: Served, name: str) -> None:
    served.broken = False
    html = served.respond(RequestFactory().get(f"/{name}")).content.decode()
    assert "</html>" in html
    assert re.findall(r"<style|<script>|\sstyle=|\son[a-z]+=", html) == []


def test_an_error_leads_to_its_input(look: Open) -> None:
    page = look("form-wrong")
    page.get_by_role("link", name="The planting date must include a month").click()
    expect(page.locator("#id_planted-month")).to_be_focused()


def test_a_choice_reveals_its_field(look: Open) -> None:
    page = look("form")
    expect(page.get_by_label("Number that called")).to_be_hidden()
    page.get_by_label("By telephone").check()
    expect(page.get_by_label("Number that called")).to_be_visible()


def test_without_javascript_every_field_is_there(look: Open) -> None:
    page = look("form", javascript=False)
    expect(page.get_by_label("Number that called")).to_be_visible()
    expect(page.get_by_role("button", name="Add another plant")).to_be_visible()


def test_one_key_goes_there_and_typing_is_left_alone(look: Open) -> None:
    page = look("record")
    page.keyboard.press("p")
    page.wait_for_url("**#people")
    page.evaluate("new Promise(landed => requestAnimationFrame(() => requestAnimationFrame(landed)))")
    page.keyboard.press("/")
    search = page.locator("#search")
    expect(search).to_be_focused()
    page.keyboard.type("d/?")
    expect(search).to_have_value("d/?")
    assert page.url.endswith("#people")


def test_a_page_may_use_a_letter_of_the_navigation_for_its_own_work(look: Open) -> None:
    page = look("record")
    page.evaluate("document.querySelector('a[href=\"#decision\"]').dataset.key = 'q'")
    page.keyboard.press("q")
    page.wait_for_url("**#decision")


def test_the_list_of_keys_opens_and_keys_can_be_turned_off(look: Open) -> None:
    page = look("record")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("People and family")
    page.get_by_role("button", name="Turn shortcuts off").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("p")
    assert "#people" not in page.url
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("button", name="Turn shortcuts on").click()
    page.keyboard.press("p")
    page.wait_for_url("**#people")


def test_a_form_saves_itself_while_somebody_types(look: Open, served: Served) -> None:
    page = look("form")
    page.get_by_label("What have you seen?").fill("A hedge")
    expect(page.get_by_role("status").filter(has_text="Draft saved")).to_be_visible()
    path, data = served.sent[0]
    assert (path, data["what"]) == ("/autosave/", "A hedge")


def test_what_is_known_appears_while_somebody_types(look: Open) -> None:
    page = look("form")
    page.get_by_label("Your name").fill("Robin")
    expect(page.locator("#known")).to_have_text("One report at this address")


def test_a_draft_that_is_not_saved_says_so(look: Open, served: Served) -> None:
    page = look("form")
    served.broken = True
    page.get_by_label("What have you seen?").fill("A hedge")
    expect(page.get_by_role("status").filter(has_text="The draft is not saved")).to_be_visible()


def test_pressing_twice_sends_once(look: Open, served: Served) -> None:
    page = look("form")
    page.get_by_label("Your name").fill("Robin Example")
    for _ in range(2):
        page.evaluate("document.querySelector('form[method=post][action=\\'\\']').requestSubmit()")
        page.wait_for_timeout(300)
    assert [path for path, _ in served.sent].count("/form") == 1


def test_the_wall_refreshes_itself_and_says_when_it_cannot(look: Open, served: Served) -> None:
    page = look("form")
    page.clock.install()
    page.goto(f"{served.address}/wall")
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    page.evaluate("document.querySelector('.om-stat__number').textContent = 'old'")
    page.clock.run_for(31_000)
    expect(page.locator(".om-stat__number").first).to_have_text("4")
    served.broken = True
    page.clock.run_for(31_000)
    expect(page.get_by_role("alert")).to_contain_text("Not up to date: last refreshed")


def test_a_list_is_cards_on_a_telephone(look: Open) -> None:
    page = look("record", width=375)
    cell = page.locator("td[data-label=Owner]").first
    assert cell.evaluate("node => getComputedStyle(node, '::before').content") == '"Owner"'
    assert cell.bounding_box()["width"] < 375


def test_exit_this_page_is_on_a_public_page(look: Open) -> None:
    expect(look("form").get_by_role("button", name="Exit this page").first).to_be_visible()
