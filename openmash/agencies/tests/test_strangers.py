"""A request by somebody who is not signed in reaches no room of the hub but intake, whatever its code asks for."""

import pytest
from django.db import ProgrammingError, connection, transaction

from openmash.audit.binding import as_a_stranger
from openmash.audit.grants import CLOSED_TO_STRANGERS

pytestmark = pytest.mark.django_db


def tables() -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
    return [table for table in found if table.startswith(tuple(f"{room}_" for room in CLOSED_TO_STRANGERS))]


@pytest.mark.parametrize("statement", ["SELECT FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}"])
def test_no_table_of_a_closed_room_is_theirs(statement):
    assert len(tables()) > 40
    with as_a_stranger(), connection.cursor() as cursor:
        for table in tables():
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement.format(table))


def test_every_page_for_anyone_asks_as_a_stranger_and_leaves_the_connection_as_it_was(hub, client):
    asked = []

    def role(execute, sql, params, many, context):
        asked.append(connection.connection.execute("SELECT current_user").fetchone()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(role):
        assert client.get("/make-an-enquiry/").status_code == 200
        assert client.get("/account/login/").status_code == 200
    assert "openmash_public" in asked
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("openmash_app",)
    client.force_login(hub.staff["ruth"])
    assert client.get("/queue/").status_code == 200
