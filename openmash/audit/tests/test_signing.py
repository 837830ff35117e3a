"""Who sends SQL over the application's connection and cannot sign is nobody, and sees nothing that is walled."""

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from openmash.audit.binding import bound_to
from openmash.audit.signing import signed
from openmash.intelligence.tests.world import build
from openmash.settings import APP_ROLE, DATABASE_URL

pytestmark = pytest.mark.django_db
SETTINGS = ("user", "reader", "linking", "watching", "reply", "load")


def ask(question: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def signed_here(setting: str, value: str) -> str:
    connection.ensure_connection()
    return signed(setting, value, connection.connection)


def say(setting: str, value: str) -> None:
    ask("SELECT set_config(%s, %s, true)", f"openmash.{setting}", value)


def test_what_is_signed_here_is_believed_and_nothing_else():
    mine = signed_here("openmash.user", "7")
    assert ask("SELECT openmash_user()") == [(None,)]
    for forged in ("7", "7:", f"8:{mine.split(':')[1]}", f"7:{'0' * 64}", mine.upper()):
        say("user", forged)
        assert ask("SELECT openmash_user()") == [(None,)], forged
    say("user", mine)
    assert ask("SELECT openmash_user()") == [(7,)]
    say("reader", mine)
    assert ask("SELECT openmash_reader()") == [(None,)], "a signature is for one setting"


def test_a_signature_from_another_connection_is_none():
    mine = signed_here("openmash.user", "7")
    elsewhere = psycopg.connect(DATABASE_URL, dbname=connection.settings_dict["NAME"], options=f"-c role={APP_ROLE}")
    with elsewhere, elsewhere.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.user', %s, true)", [mine])
        assert cursor.execute("SELECT openmash_user()").fetchone() == (None,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute("SELECT * FROM openmash_keys.signing")


def test_nobody_who_cannot_sign_sees_a_row_behind_any_wall(hub):
    world = build(hub)
    reader = world.users[0]
    walled = [name for (name,) in ask(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )]  # fmt: skip
    there = {name for name in walled if count(name)}
    assert {"enquiries_enquiry", "enquiries_party"} <= there
    for setting in SETTINGS:
        say(setting, {"user": str(reader.pk), "reader": "hub"}.get(setting, "on"))
    say("enquiry", str(world.enquiries[0].pk))
    seen = {name: count(name) for name in walled if count(name)}
    assert seen == {}


def count(table: str) -> int:
    return int(ask(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))[0][0])


def test_whoever_is_bound_is_signed(hub):
    world = build(hub)
    with transaction.atomic(), bound_to(world.users[0]):
        assert ask("SELECT openmash_user(), openmash_reader()") == [(world.users[0].pk, world.users[0].pk)]
    assert count("intelligence_item") == 0


def test_no_wall_asks_for_what_is_not_signed(db):
    """Only the enquiry from which somebody looks is merely said: it gives nothing that they have not."""
    said = r"current_setting\('openmash\.(?!enquiry)"
    assert ask("SELECT proname FROM pg_proc WHERE prosrc ~ %s", said) == []
    rules = "concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))"
    assert ask(f"SELECT polname FROM pg_policy WHERE {rules} ~ %s", said) == []
