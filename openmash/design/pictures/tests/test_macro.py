"""The picture on a page: a figure that scrolls on its own, with its words under it."""

from __future__ import annotations

from datetime import date

from django.template import engines

from openmash.design.pictures import Picture
from openmash.design.pictures.family import FamilyPerson, family_diagram
from openmash.design.pictures.swimlanes import Lane, swimlanes
from openmash.design.pictures.years import bars_by_year

SOURCE = '{% from "components/picture.html" import picture %}{{ picture(p, caption) }}'


def shown(picture: Picture, caption: str = "Who is who") -> str:
    return engines["jinja2"].from_string(SOURCE).render({"p": picture, "caption": caption})


def test_the_picture_the_caption_and_the_words() -> None:
    html = shown(family_diagram([FamilyPerson("a", "Amara <Bell>", "F")]))
    assert html.count("<svg") == 1
    assert 'role="region" tabindex="0" aria-label="Picture: Who is who"' in html
    assert "<details" in html
    assert "<li>Amara &lt;Bell&gt;, female.</li>" in html
    assert "<Bell>" not in html
    assert "style=" not in html
    assert "<table" not in html
    assert "govuk-skip-link" not in html


def test_a_linked_picture_can_be_skipped() -> None:
    picture = family_diagram([FamilyPerson("a", "Amara Bell", "F", url="/people/1")])
    html = shown(picture)
    assert f'href="#{picture.ident}-words"' in html
    assert f'id="{picture.ident}-words"' in html


def test_lanes_open_at_today_and_a_family_at_its_beginning() -> None:
    """The class alone does it, in any browser: see pictures.css."""
    html = shown(swimlanes([Lane("police", "Police")], [], today=date(2026, 4, 3)))
    assert "openmash-picture__frame--latest" in html
    assert "openmash-picture__frame--latest" not in shown(family_diagram([FamilyPerson("a", "Amara Bell", "F")]))


def test_rows_are_shown_as_a_table() -> None:
    html = shown(bars_by_year({2024: 3, 2025: 9}, label="Incidents"))
    assert '<th scope="row" class="govuk-table__header">2025</th>' in html
    assert '<td class="govuk-table__cell">9</td>' in html
