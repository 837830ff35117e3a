"""Every door: a stranger signs in, somebody for whom it is not sees nothing, and a refusal says why."""

import pytest
from django.urls import reverse

from openmash.desk.routes import routes

pytestmark = pytest.mark.django_db
_SAMPLES = {"reference": "WV-2222-2222", "number": 1, "other": 2, "key": "x", "ending": "return", "item": 1, "late": 1}


def addresses() -> list[str]:
    """A plain address for each route that takes no more than the samples."""
    found = []
    for route in routes():
        if route.audience == "Anyone" or not route.view.startswith("openmash."):
            continue
        path = route.path.replace("<uuid:token>", "00000000-0000-0000-0000-000000000000")
        for name, value in _SAMPLES.items():
            path = path.replace(f"<str:{name}>", str(value)).replace(f"<int:{name}>", str(value))
            path = path.replace(f"<slug:{name}>", str(value))
        if "<" not in path and "(" not in path:
            found.append(path)
    return sorted(found)


@pytest.mark.parametrize("path", addresses())
def test_a_stranger_is_asked_to_sign_in(client, path):
    for ask in (client.get, client.post):
        answer = ask(path)
        assert answer.status_code in (302, 405), path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", [path for path in addresses() if path.startswith(("/enquiry/", "/queue", "/ledger"))])
def test_what_is_not_for_somebody_looks_like_nothing(hub, client, path):
    client.force_login(hub.staff["nina"], backend="allauth.account.auth_backends.AuthenticationBackend")
    nothing = client.get("/there-is-no-such-page/").content
    answer = client.get(path)
    if answer.status_code != 405:
        assert answer.status_code == 404
        assert answer.content == nothing


def test_home_leads_each_to_their_work(hub, client):
    expected = {"ruth": "/due/", "joanna": "/work/", "mary": "/checks/", "amit": "/received/", "gwen": "/ledger/"}
    for name, path in expected.items():
        client.force_login(hub.staff[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(reverse("desk:home"))["Location"] == path
