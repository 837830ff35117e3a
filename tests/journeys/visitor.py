"""Somebody in a real browser. Every page that they come to is checked before they do anything on it."""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response, expect

AXE = (Path(__file__).parents[1] / "vendor/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# GOV.UK Frontend sets aria-expanded on radios that reveal a field; axe reports it, and assistive technology copes.
KNOWN = "govuk-radios__input"
KEPT = ("text/", "application/json", "application/pdf", "image/svg")
IMAGES = Path(__file__).parents[2] / "docs/images"
MOST_TABS = 120
FOCUSED = """() => {
    const at = document.activeElement, label = at.labels?.[0] ?? at;
    return label.textContent.replace(/\\s+/g, " ").trim();
}"""
# What a page is built of: each kind of element by where it stands, whatever its words and however often.
BUILT_OF = """() => [innerWidth, ...new Set([...document.querySelectorAll("body *")].map(node => [
    node.parentElement.className, node.tagName, node.className, ...node.getAttributeNames(), !node.textContent.trim(),
].join(" ")))].sort().join()"""
AXE_RUN = """tags => axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
})"""
UNANSWERED = "status of 503"
_looked_through: set[str] = set()
Answer = str | date | bool | tuple[str, ...]


class Visitor:
    """A person at a browser: goes, reads, answers, presses. `took` is every byte that the server gave them."""

    def __init__(self, page: Page, address: str, name: str = "a stranger") -> None:
        self.page, self.address, self.name = page, address, name
        self.took = b""
        self._complaints: list[str] = []
        self._answers: list[Response] = []
        page.on("console", lambda said: self._complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("response", self._notes)

    # Going somewhere

    def goes_to(self, path: str) -> None:
        """Open a page by its address, and look at it."""
        self.remembers()
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.status == 200, f"{self.name} at {path}: {answer and answer.status}"
        self.looks()

    def is_refused(self, path: str) -> bool:
        """Whether `path` answers exactly as a page that does not exist."""
        absent = self.page.request.get(f"{self.address}/there-is-nothing-here/", max_redirects=0)
        answer = self.page.request.get(self.address + path, max_redirects=0)
        return (answer.status, _bare(answer.text())) == (404, _bare(absent.text())) and absent.status == 404

    def fetches(self, path: str) -> bytes:
        """The bytes that `path` answers, whatever they are, without showing them."""
        answer = self.page.request.get(self.address + path, max_redirects=0)
        self.took += answer.body()
        return answer.body()

    def answer_to(self, path: str) -> int:
        """The status with which `path` is answered."""
        answer = self.page.request.get(self.address + path, max_redirects=0)
        self.took += answer.body()
        return answer.status

    def follows(self, link: str, within: Locator | None = None) -> None:
        self._leaves_by((within or self.page).get_by_role("link", name=link, exact=True).first)

    def presses(self, button: str, within: Locator | None = None, *, looks: bool = True) -> None:
        """Press the button of this name; the link that looks like a button is one.

        Without `looks`, the page is taken for one that was looked at before ("Add another", for the tenth time).
        """
        self._leaves_by((within or self.page).get_by_role("button", name=button, exact=True).first, looks=looks)

    def types_key(self, key: str) -> None:
        """Press one key that leads to another page."""
        self.remembers()
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.looks()

    def _leaves_by(self, control: Locator, *, looks: bool = True) -> None:
        self.remembers()
        with self.page.expect_navigation():
            control.click()
        self.page.wait_for_load_state("load")
        if looks:
            self.looks()
        else:
            self.remembers()

    def presses_in_vain(self, button: str) -> None:
        """Press a button that the server cannot answer now; the browser's own complaint of that is no mistake.

        The complaint comes when it likes, also after the page: it is waited for.
        """
        self.remembers()
        with self.page.expect_console_message(_is_unanswered), self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state("load")
        self._complaints = [said for said in self._complaints if UNANSWERED not in said]
        self.looks()

    def tabs_to(self, label: str) -> None:
        """With the keyboard alone, to the next field or button of this name."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED) == label:
                return
        raise AssertionError(f"{self.name} at {self.path}: no way to {label} with the Tab key")

    def types(self, label: str, text: str) -> None:
        """With the keyboard alone: to the next field of this name, and type; in a list, its choice."""
        self.tabs_to(label)
        self.page.keyboard.type(text)

    # Answering questions

    def answers(self, answers: Mapping[str, Answer], within: Locator | None = None) -> None:
        """Answer questions by their words: text, a choice's own words, several choices, a date, or true for a tick."""
        for question, answer in answers.items():
            self._answers_one(within or self.page.locator("main"), question, answer)

    def _answers_one(self, scope: Locator, question: str, answer: Answer) -> None:
        group = scope.get_by_role("group", name=question, exact=True)
        if isinstance(answer, date):
            for part, value in (("Day", answer.day), ("Month", answer.month), ("Year", answer.year)):
                group.get_by_label(part, exact=True).fill(str(value))
        elif isinstance(answer, bool):
            scope.get_by_label(question, exact=True).set_checked(answer)
        elif group.count():
            for choice in (answer,) if isinstance(answer, str) else answer:
                group.get_by_label(choice, exact=True).check()
        else:
            self._types_or_selects(scope.get_by_label(question, exact=True), answer)

    def _types_or_selects(self, control: Locator, answer: Answer) -> None:
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=str(answer))
        else:
            control.fill(str(answer))

    # Seeing

    def sees(self, *words: str) -> None:
        for said in words:
            expect(self.page.locator("body")).to_contain_text(said)

    def does_not_see(self, *words: str) -> None:
        for said in words:
            expect(self.page.locator("body")).not_to_contain_text(said)

    def is_pictured(self, name: str) -> None:
        """With OPENMASH_PICTURES set, what they see now becomes `docs/images/<name>.png`, which the README shows."""
        if os.environ.get("OPENMASH_PICTURES"):
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=IMAGES / f"{name}.png")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    # What is true of every page

    def looks(self) -> None:
        """Take in the page that has come: nothing wrong in the console, nothing that axe finds."""
        self.page.wait_for_load_state("load")
        self.remembers()
        self.complains_of_nothing()
        broken = self._found_by_axe()
        assert broken == [], f"axe, {self.name} at {self.path}: {json.dumps(broken, indent=1)}"

    def remembers(self) -> None:
        """Keep the bytes that have come since."""
        answers, self._answers = self._answers, []
        for answer in answers:
            is_page = answer.headers.get("content-type", "").startswith(KEPT) and "/static/" not in answer.url
            if is_page and not 300 <= answer.status < 400:
                self._takes(answer)

    def _takes(self, answer: Response) -> None:
        try:
            self.took += answer.body()
        except Error:  # a piece of a page that was left before it could be shown
            assert not answer.request.is_navigation_request(), answer.url

    def _notes(self, answer: Response) -> None:
        self._answers.append(answer)

    def complains_of_nothing(self) -> None:
        assert self._complaints == [], f"the console, {self.name} at {self.path}: {self._complaints}"

    def _found_by_axe(self) -> list[tuple[str, str]]:
        """Nothing, on a page that is built of the same parts as one before: axe takes longer than all else."""
        built_of = self.page.evaluate(BUILT_OF)
        if built_of in _looked_through:
            return []
        _looked_through.add(built_of)
        self.page.evaluate(AXE)
        found = self.page.evaluate(AXE_RUN, TAGS)
        return [
            (rule["id"], node["html"])
            for rule in found["violations"]
            for node in rule["nodes"]
            if not (rule["id"] == "aria-allowed-attr" and KNOWN in node["html"])
        ]


def _is_unanswered(said: ConsoleMessage) -> bool:
    return UNANSWERED in said.text


def _bare(html: str) -> str:
    """A page without what differs each time or says who is signed in and where they are."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
