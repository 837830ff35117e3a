from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from pytest_django import Settings

from openmash.design import page as pages
from openmash.design.page import Chrome, page, refuse_rows, render
from openmash.design.tables import Sorting


@dataclass(frozen=True)
class Shown:
    title: str
    inside: Any = None


class Choosing(forms.Form):
    row = forms.ModelChoiceField(queryset=ContentType.objects.none())


class Typing(forms.Form):
    name = forms.CharField()


class Hidden:
    def __init__(self, inside: object) -> None:
        self.inside = inside


def endless() -> Iterator[int]:
    yield 1


ROW = ContentType(app_label="a", model="b")


@pytest.mark.parametrize(
    "value",
    [
        ROW,
        ContentType.objects.none(),
        ContentType.objects,
        [ROW],
        {"a": {"b": (1, ROW)}},
        {ROW.model: frozenset()} | {"x": [ContentType.objects.none()]},
        Shown("x", Shown("y", [ROW])),
        Choosing(),
        Typing(initial={"name": ROW}),
        Hidden(ROW),
        endless(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_template_is_never_handed_a_database_row(value: object, asked: HttpRequest) -> None:
    with pytest.raises(TypeError, match="never a database row"):
        page(asked, "design/404.html", value)


def test_it_says_where_the_row_is() -> None:
    with pytest.raises(TypeError, match=r"^page\.inside\[1\]\['a'\] is a ContentType"):
        refuse_rows(Shown("x", [1, {"a": ROW}]))


def test_finished_values_pass() -> None:
    refuse_rows(Shown("x", {"a": [1, None, "b", Typing({"name": "x"})], "s": Sorting("due")}))


def test_the_page_is_finished_when_it_is_returned(asked: HttpRequest, settings: Settings) -> None:
    settings.OPENMASH_CHROME = f"{__name__}.around"
    response = page(asked, "design/404.html", Shown("x"), status=404)
    assert response.status_code == 404
    assert "Hub of the test" in response.content.decode()


def around(request: HttpRequest) -> Chrome:
    return Chrome(hub_name="Hub of the test", hub_phone="01632 960 000")


def test_the_title_says_when_a_form_came_back_with_mistakes(asked: HttpRequest) -> None:
    for value in (Typing({}), Shown("x", Typing({})), {"form": Typing({})}):
        assert "<title>Error: " in render(asked, "design/404.html", value, Chrome())
    for value in (Typing(), Shown("x", Typing({"name": "x"})), None):
        assert "<title>Error: " not in render(asked, "design/404.html", value, Chrome())


def test_a_missing_name_is_an_error(asked: HttpRequest) -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render(asked, "design/gallery/record.html", Shown("x"), Chrome())


def test_the_check_is_in_the_one_way_to_a_template() -> None:
    assert pages.page.__code__.co_names.count("refuse_rows") == 1


def test_sorting_links_turn_over_and_keep_the_filters() -> None:
    sorting = Sorting.asked({"sort": "due", "rating": "red", "after": "9"}, ("due", "reference"), "-due")
    assert sorting.link("due") == "?rating=red&sort=-due"
    assert sorting.link("reference") == "?rating=red&sort=reference"
    assert Sorting.asked({"sort": "password"}, ("due",), "-due") == Sorting("due", True)
