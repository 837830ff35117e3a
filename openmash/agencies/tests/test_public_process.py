"""`mash serve --public`: a process for the public form alone, whose login can become nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client

import conftest
from openmash.county.hub import Hub
from openmash.enquiries.models import Enquiry
from openmash.enquiries.tests.filling import PUBLIC, reference_in, send, walk
from openmash.settings import APP_ROLE, BACKUP_ROLE, DATABASE_URL, PUBLIC_URL, STRANGERS_ROLE, WORKER_ROLE

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _by_its_own_login(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    name = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        conftest.point_at(PUBLIC_URL, name, role=STRANGERS_ROLE)
    yield
    with django_db_blocker.unblock():
        conftest.point_at(DATABASE_URL, name)


@pytest.fixture(autouse=True)
def _process(settings: Any) -> None:
    settings.ROLE = STRANGERS_ROLE


def test_an_enquiry_is_handed_in(hub: Hub, client: Client) -> None:
    walk(client, "/make-an-enquiry/", PUBLIC)
    reference = reference_in(send(client, "/make-an-enquiry/"))
    assert Enquiry.objects.filter(reference=reference).exists()


@pytest.mark.parametrize("path", ["/queue/", "/account/login/", "/account/2fa/", "/api/v1/enquiries", "/no/"])
def test_there_is_no_other_page_whoever_is_signed_in(hub: Hub, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    client.force_login(hub.staff["ruth"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path).status_code == 404
    assert "Ruth" not in client.get("/make-an-enquiry/").content.decode()


@pytest.mark.parametrize("role", [APP_ROLE, WORKER_ROLE, BACKUP_ROLE, "openmash_login", "openmash_owner"])
def test_its_login_becomes_nobody_else(role: str) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == (STRANGERS_ROLE, STRANGERS_ROLE)
        for statement in (f"SET ROLE {role}", f"SET SESSION AUTHORIZATION {role}"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
