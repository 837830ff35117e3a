from collections.abc import Callable

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from openmash.design import views
from openmash.design.middleware import say_when_not_saved


def posted(data: dict[str, str]) -> HttpRequest:
    request = RequestFactory().post("/reports/?step=2", data)
    request._messages = CookieStorage(request)
    return request


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.not_understood, 400), (views.form_refused, 403), (views.not_found, 404), (views.broken, 500)],
)
def test_each_error_has_its_page(view: Callable[[HttpRequest], HttpResponse], status: int, asked: HttpRequest) -> None:
    response = view(asked)
    assert response.status_code == status
    assert "please" not in response.content.decode().lower()


def test_forbidden_and_absent_are_the_same_page(asked: HttpRequest) -> None:
    absent = views.not_found(asked, Http404("no such enquiry"))
    denied = views.not_found(asked, PermissionError("not yours"))
    assert absent.content == denied.content
    assert b"not yours" not in denied.content


def test_what_could_not_be_saved_is_kept_to_send_again() -> None:
    response = views.not_saved(
        posted({"what": "Words <b>\nof two lines", "kind": "hedge", "password": "a secret here"})
    )
    html = response.content.decode()
    assert response.status_code == 503
    assert 'action="/reports/?step=2"' in html
    assert 'name="what" value="Words &lt;b&gt;\nof two lines"' in html
    assert 'name="kind" value="hedge"' in html
    assert '<p class="govuk-body om-typed">Words &lt;b&gt;\nof two lines</p>' in html
    assert "a secret here" not in html
    assert html.count("csrfmiddlewaretoken") == 1


def test_a_page_that_could_not_be_read_offers_no_form(asked: HttpRequest) -> None:
    html = views.not_saved(asked).content.decode()
    assert "<form" not in html
    assert "Wait a minute" in html


@pytest.mark.parametrize("lost", [OperationalError("terminating connection"), InterfaceError("connection is closed")])
def test_a_lost_database_is_said(lost: Exception) -> None:
    response = say_when_not_saved(lambda request: HttpResponse()).process_exception(posted({}), lost)
    assert response is not None
    assert response.status_code == 503


@pytest.mark.parametrize(("failure", "status"), [(OperationalError("gone"), 503), (ValueError("odd"), 500)])
def test_what_fails_outside_a_view_is_told_apart(failure: Exception, status: int, asked: HttpRequest) -> None:
    try:
        raise failure
    except (OperationalError, ValueError):
        assert views.broken(asked).status_code == status


def test_no_error_page_asks_the_database(asked: HttpRequest, settings: Settings) -> None:
    settings.OPENMASH_CHROME = "nowhere.at.all"
    del asked._messages
    assert views.broken(asked).status_code == 500
    assert views.not_saved(asked).status_code == 503


def test_any_other_failure_is_left_alone(asked: HttpRequest) -> None:
    assert say_when_not_saved(lambda request: HttpResponse()).process_exception(asked, ValueError()) is None
