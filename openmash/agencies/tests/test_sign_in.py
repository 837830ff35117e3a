"""Guessing a password stops after a few times, for whoever guesses and whichever worker is asked."""

from statistics import median
from time import perf_counter

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db
PATH = "/account/login/"


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


def guess(client, user, password: str):
    return client.post(PATH, {"login": user.email, "password": password})


def test_after_five_wrong_guesses_even_the_right_password_waits(hub, client):
    ruth = hub.staff["ruth"]
    ruth.set_password("a right password of hers")
    ruth.save()
    for _ in range(5):
        assert guess(client, ruth, "a wrong one").status_code == 200
    answer = guess(client, ruth, "a right password of hers")
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)
    assert "Too many failed" in answer.content.decode()


def test_guesses_are_not_forgotten_because_many_others_guess(hub, client):
    """A full cache forgets what comes first in its order, however new it is."""
    ruth = hub.staff["ruth"]
    ruth.set_password("a right password of hers")
    ruth.save()
    for _ in range(5):
        guess(client, ruth, "a wrong one")
    for number in range(500):
        cache.set(f"zz-somebody-else-{number}", [0.0], 900)
    guess(client, ruth, "a right password of hers")
    assert "_auth_user_id" not in client.session


def test_a_right_password_signs_in(hub, client):
    ruth = hub.staff["ruth"]
    ruth.set_password("a right password of hers")
    ruth.save()
    assert guess(client, ruth, "a right password of hers").status_code == 302
    assert client.session["_auth_user_id"] == str(ruth.pk)


def test_a_wrong_password_and_an_unknown_address_read_the_same(hub, client):
    def said(login: str) -> str:
        words = client.post(PATH, {"login": login, "password": "x"}).content.decode()
        return words.replace(login, "").split("</head>")[1].split("csrfmiddlewaretoken")[0]

    assert said(hub.staff["ruth"].email) == said("nobody@nowhere.example")


def test_a_wrong_password_and_an_unknown_address_take_as_long(hub, client):
    """Both pay for a password hash. The two take turns, so that whatever else the machine does slows both."""
    ruth = hub.staff["ruth"]
    ruth.set_password("a right password of hers")
    ruth.save()
    took: dict[str, list[float]] = {ruth.email: [], "nobody@nowhere.example": []}
    for _ in range(15):
        for login, times in took.items():
            cache.clear()
            began = perf_counter()
            client.post(PATH, {"login": login, "password": "a wrong one"})
            times.append(perf_counter() - began)
    known, unknown = (median(times) for times in took.values())
    assert max(known, unknown) < 1.5 * min(known, unknown), took


def test_failed_sign_ins_are_counted_for_every_worker_together(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
