"""Whatever is sent to a page of a form, it answers without breaking and shows every word again."""

import html
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openmash.enquiries.eform.professional import PROFESSIONAL as PROFESSIONAL_FORM
from openmash.enquiries.eform.public import PUBLIC as PUBLIC_FORM
from openmash.enquiries.models import Enquiry
from openmash.enquiries.tests.filling import PROFESSIONAL, PUBLIC, walk
from openmash.enquiries.tests.test_telephone import CALL, Screen, now_typed

pytestmark = pytest.mark.django_db
WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120)
ODD = st.sampled_from(
    ["\x00", "\x00\x00x", "\u202eabc", "<script>alert(1)</script>", "{{ 7*7 }}", "a" * 25_000, "\r\n\n\r"]
)
ANSWERS = {"/make-an-enquiry/": PUBLIC, "/professional/": PROFESSIONAL}
QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def shown(page: str, name: str) -> str:
    """The text in a text area, as a browser would show it."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found, f"{name} is not on the page"
    return html.unescape(found[1])


def lines(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


@QUIET
@given(worry=WORDS | ODD, happened=WORDS | ODD)
@example(worry="\n\nA\r\nB\rC", happened=" leading and trailing ")
def test_no_word_of_a_worry_is_lost(hub, worry, happened):
    browser = Client()
    browser.post("/professional/")
    answer = browser.post("/professional/worry/", {"worry": worry, "happened": happened})
    assert answer.status_code in (200, 302)
    again = browser.get("/professional/worry/").content.decode()
    pages = [again] if answer.status_code == 302 else [again, answer.content.decode()]
    for page in pages:
        assert lines(shown(page, "worry")) == lines(worry)
        assert lines(shown(page, "happened")) == lines(happened)


@QUIET
@given(worry=WORDS | ODD, why=WORDS)
def test_no_word_of_a_call_is_lost(hub, worry, why):
    browser = Client()
    browser.force_login(hub.staff["joanna"])
    screen = Screen(browser)
    answer = screen.press("save", worry=worry, why_not_told_words=why)
    assert answer.status_code == 302
    page = browser.get(screen.url).content.decode()
    assert lines(shown(page, "worry")) == lines(worry)
    assert lines(shown(page, "why_not_told_words")) == lines(why)


def names_on(form_class: type, prefix: str) -> list[str]:
    parts = ("", "-day", "-month", "-year")
    names = [f"{name}{part}" for name in form_class.base_fields for part in parts]
    return [f"{prefix}-{number}-{name}" for number in (0, 1) for name in names] if prefix else names


@pytest.mark.parametrize("form", [PUBLIC_FORM, PROFESSIONAL_FORM], ids=["public", "professional"])
def test_no_answer_breaks_a_page(hub, form):
    browser = Client()
    walk(browser, form.path, ANSWERS[form.path])
    pages = {page.key: page for page in form.pages}

    @QUIET
    @given(st.data())
    def sent(data):
        page = pages[data.draw(st.sampled_from(sorted(pages)))]
        prefix = page.key if page.one else ""
        chosen = data.draw(
            st.lists(st.sampled_from(names_on(page.form, prefix) or ["nothing"]), max_size=8, unique=True)
        )
        typed = {name: data.draw(st.lists(WORDS | ODD, min_size=1, max_size=2)) for name in chosen}
        numbers = st.sampled_from([["0"], ["0", "1"], ["x"], ["-1"], ["99999"], [], ["0"] * 40])
        typed |= {f"{page.key}-number": data.draw(numbers)} if prefix else {}
        typed |= data.draw(st.sampled_from([{}, {"add": page.key}, {"remove": f"{page.key}-0"}, {"add": "x"}]))
        at = f"{form.path}{page.key}/{'0/' if page.each else ''}"
        for answer in (browser.post(at, typed), browser.get(at), browser.get(f"{form.path}check/")):
            assert answer.status_code in (200, 302), page.key

    sent()
    assert not Enquiry.objects.exists()


@QUIET
@given(st.data())
def test_no_answer_breaks_the_telephone_screen(hub, data):
    browser = Client()
    browser.force_login(hub.staff["joanna"])
    screen = Screen(browser)
    known = sorted(
        {*CALL, *now_typed(), "concerns", "due_on-day", "is_pregnant", "thinks_level", "domestic_abuse_score"}
    )
    chosen = data.draw(st.lists(st.sampled_from([*known, "writer", "opened_at", "do", "add", "remove"]), max_size=8))
    typed = {name: data.draw(WORDS | ODD) for name in chosen}
    button = typed.pop("do", "send")
    assert screen.press(button, **typed).status_code in (200, 302)
    assert browser.post(f"{screen.url}known/", {**CALL, **typed}).status_code == 200
    assert screen.autosave(**typed).status_code in (204, 409)
