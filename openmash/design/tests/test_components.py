from collections.abc import Callable

import pytest

from openmash.design.gallery import ROWS
from openmash.kit.verdict import YES, no

Draw = Callable[..., str]
ACTION = '{% from "components/action.html" import action_link, action_button %}'


def test_a_verdict_draws_the_button_or_says_every_reason(draw: Draw) -> None:
    source = (
        ACTION + '{{ action_link("Decide", "/decide/", may, key="d") }}{{ action_button("Close", "/close/", "", may) }}'
    )
    allowed = draw(source, may=YES)
    assert 'href="/decide/"' in allowed
    assert 'action="/close/"' in allowed
    refused = draw(source, may=no("Two have <not> answered") & no("It is too early"))
    assert "/decide/" not in refused
    assert "/close/" not in refused
    assert refused.count("Two have &lt;not&gt; answered") == 2
    assert refused.count("It is too early") == 2


@pytest.mark.parametrize(
    ("rating", "word", "shown"),
    [("red", "", "Red"), ("", "", "Not rated"), ("amber", "Level 2", "Level 2"), ("odd", "", "Odd")],
)
def test_a_rating_always_has_its_word(draw: Draw, rating: str, word: str, shown: str) -> None:
    html = draw('{% from "components/words.html" import rating_tag %}{{ rating_tag(r, w) }}', r=rating, w=word)
    assert f">{shown}<" in html


def test_words_of_people_are_never_markup(draw: Draw) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    html = draw(
        '{% from "components/record.html" import identity_bar, timeline, messages, clock, progress, stat_row %}'
        '{% from "components/words.html" import tag, badge, warning, inset, panel, copy_ready, empty, details, card %}'
        '{% from "components/table.html" import summary_list, table %}'
        '{% from "components/banner.html" import conflict %}'
        "{{ identity_bar(n, [(n, n)], n) }}{{ timeline([{'title': n, 'at': n, 'by': n, 'text': n}]) }}"
        "{{ messages([{'text': n, 'by': n, 'at': at, 'mine': true}]) }}"
        "{{ clock(n, n, 'ok', n) }}{{ progress([n], 0, n) }}"
        "{{ stat_row([(n, n)]) }}{{ tag(n) }}{{ badge(n) }}{{ warning(n) }}{{ inset(n) }}{{ panel(n, n) }}"
        "{{ copy_ready(n, n) }}{{ empty(n) }}{{ summary_list([(n, n, n, n)]) }}"
        "{{ conflict(n, at, [{'what': n, 'was': n, 'now': n}]) }}"
        "{% call details(n) %}{{ n }}{% endcall %}{% call card(n) %}{{ n }}{% endcall %}"
        "{% call table(n, [(n, n)]) %}<tr><td>{{ n }}</td></tr>{% endcall %}",
        n=nasty,
        at=ROWS[0].at,
    )
    assert "<img" not in html
    assert html.count("&lt;img") > 30


def test_the_pager_has_no_numbers(draw: Draw) -> None:
    source = '{% from "components/nav.html" import pager %}{{ pager(p, n) }}'
    assert draw(source, p="", n="").strip() == ""
    only_next = draw(source, p="", n="?after=9")
    assert 'rel="next"' in only_next
    assert 'rel="prev"' not in only_next


def test_the_macros_of_gov_uk_work_in_our_templates(draw: Draw) -> None:
    html = draw(
        '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}'
        '{{ govukButton({"text": t}) }}',
        t="<b>",
    )
    assert "govuk-button" in html
    assert "&lt;b&gt;" in html
