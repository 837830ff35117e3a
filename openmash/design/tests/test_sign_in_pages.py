import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("openmash.design.tests.doors")]


@pytest.fixture
def stranger(settings: Settings) -> Client:
    settings.OPENMASH_CHROME = ""
    cache.clear()
    return Client()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("login/", "Sign in"),
        ("password/reset/", "Reset your password"),
        ("password/reset/done/", "Check your email"),
        ("password/reset/key/x-y/", "This link does not work"),
        ("password/reset/key/done/", "Your password is changed"),
        ("inactive/", "Your account is switched off"),
        ("signup/", "You cannot make an account here"),
    ],
)
def test_each_page_stands_in_our_layout(stranger: Client, path: str, heading: str) -> None:
    html = stranger.get(f"/account/{path}").content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in html
    assert f"<title>{heading} – openmash</title>" in html
    assert html.count("<!DOCTYPE html>") == 1
    assert "please" not in html.lower()


def test_a_mistake_is_beside_the_field_and_in_the_summary(stranger: Client) -> None:
    html = stranger.post("/account/login/", {"login": "<x>", "password": ""}).content.decode()
    assert "<title>Error: Sign in" in html
    assert '<a href="#id_login">Email address must be in the form name@example.com</a>' in html
    assert '<p id="id_password-error" class="govuk-error-message">' in html
    assert 'value="&lt;x&gt;"' in html


def test_a_password_is_never_sent_back(stranger: Client) -> None:
    html = stranger.post("/account/login/", {"login": "robin@example.com", "password": "wrong words"}).content.decode()
    assert "robin@example.com" in html
    assert "wrong words" not in html


def test_too_many_tries_are_refused_on_the_page(stranger: Client) -> None:
    for _ in range(6):
        response = stranger.post("/account/login/", {"login": "robin@example.com", "password": "wrong words"})
    html = response.content.decode()
    assert "There is a problem" in html
    assert "Too many" in html
