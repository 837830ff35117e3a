"""What a password has to be, and that it is never asked for anew for its age (ASVS V6.2)."""

import re

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
PATH = "/account/password/change/"
OLD, NEW = "the river rises in spring", "seven herons on a wall"


@pytest.fixture
def ruth(hub, client):
    user = hub.staff["ruth"]
    user.set_password(OLD)
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def change(client, new: str, old: str = OLD) -> str:
    return client.post(PATH, {"oldpassword": old, "password1": new, "password2": new}).content.decode()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("fourteen signs.", ""),
        ("fourteen signs", "at least 15 characters"),
        ("1qaz2wsx3edc4rfv", "too common"),
        ("ruth.okafor@wendmark", "too similar"),
    ],
)
def test_it_is_long_not_common_and_not_ones_own_name(client, ruth, new, says):
    answer = change(client, new)
    ruth.refresh_from_db()
    assert ruth.check_password(new) is (says == "") and says in answer
    assert new not in answer, "it is not sent back"


@pytest.mark.parametrize("new", [NEW, "żółw i łabędź na rzece", "  two spaces  before it", "A" * 7 + "b" * 120])
def test_every_character_counts_and_none_is_demanded(client, ruth, new):
    change(client, new)
    ruth.refresh_from_db()
    assert ruth.check_password(new) and not ruth.check_password(new[:-1])


def test_the_old_one_is_asked_for(client, ruth):
    change(client, NEW, old="a wrong one")
    ruth.refresh_from_db()
    assert ruth.check_password(OLD)


def test_it_can_be_pasted_and_kept_by_a_password_manager(client, ruth):
    fields = re.findall(r"<input[^>]*type=\"password\"[^>]*>", client.get(PATH).content.decode())
    assert len(fields) >= 2
    for field in fields:
        assert re.search(r'autocomplete="(current|new)-password"', field), field
        assert "onpaste" not in field and "maxlength" not in field


def test_an_old_one_still_opens(client, ruth):
    type(ruth).objects.filter(pk=ruth.pk).update(joined_on="2019-01-07", last_login=timezone.now())
    client.logout()
    answer = client.post("/account/login/", {"login": ruth.email, "password": OLD})
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(ruth.pk)
