"""Whatever could lose or show what it must not is seen before anybody is served: each bad setting is made true once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from openmash.audit.start_up import EXCUSED, personal_tables, unsafe
from openmash.embedded import attach, cluster
from openmash.embedded.place import locate
from openmash.embedded.tests.conftest import home
from openmash.settings import DATABASE_URL, OWNER_URL

__all__ = ["home"]
ROOT = Path(__file__).resolve().parents[3]
IN_ROLE = "-c role=openmash_app"
WALLED = personal_tables()
OF_THE_TESTS = (" is off:", "comes in as openmash_owner")  # the server, and who looks, as the tests have them
Said = Callable[..., list[str]]


@pytest.fixture
def said(django_db_setup: None) -> Iterator[Said]:
    """`said("ALTER TABLE …")`: what the check says after the owner did that, which is undone in the end."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(make_conninfo(OWNER_URL, dbname=name)) as owner:

        def after(*statements: str) -> list[str]:
            with owner.cursor() as cursor:
                for statement in (*statements, "SET LOCAL ROLE openmash_app"):
                    cursor.execute(statement.encode())
                return [
                    one for one in unsafe(cursor) if " is off:" not in one and "comes in as openmash_owner" not in one
                ]

        yield after
        owner.rollback()


def settings_said(cursor: Any) -> list[str]:
    return [one for one in unsafe(cursor) if "The table" not in one]


def test_a_login_that_cannot_become_a_stranger_is_seen(said: Said) -> None:
    [sentence] = said("REVOKE openmash_public FROM openmash_login", "SET SESSION AUTHORIZATION openmash_login")
    assert "cannot become openmash_public" in sentence


def test_what_destroys_with_the_owners_rights_is_seen(said: Said) -> None:
    [sentence] = said("ALTER FUNCTION openmash_destroy OWNER TO openmash_owner")
    assert sentence.startswith("What destroys records runs with more than the rights of openmash_retention")


def test_what_others_ask_being_there_to_read_is_seen(said: Said) -> None:
    [sentence] = said("SET LOCAL track_activities = on")
    assert "can read what all others ask" in sentence


def test_a_key_that_is_not_ours_is_seen(said: Said) -> None:
    [sentence] = said("DELETE FROM openmash_keys.signing")
    assert "does not believe what the application signs" in sentence


def test_the_walls_stand_on_the_database_that_our_migrations_make(said: Said) -> None:
    assert said() == []
    assert len(WALLED) >= 12


@pytest.mark.django_db
def test_a_personal_table_is_excused_or_has_a_wall_of_its_own() -> None:
    assert EXCUSED - set(personal_tables()) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'who_asks_is_signed'")
        assert set(personal_tables()) & {table for (table,) in cursor.fetchall()} == EXCUSED


@pytest.mark.parametrize("table", WALLED)
def test_a_wall_that_was_taken_down_is_seen(said: Said, table: str) -> None:
    assert said(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY") == [
        f"The table {table} holds personal data, and row-level security does not hold the application back."
    ]


def test_a_wall_without_a_policy_is_seen(said: Said) -> None:
    drop = "DO $$ DECLARE name text; BEGIN FOR name IN SELECT polname FROM pg_policy WHERE polrelid = '{0}'::regclass"
    drop += " LOOP EXECUTE format('DROP POLICY %I ON {0}', name); END LOOP; END $$"
    assert said(drop.format("post_original")) == [
        "The table post_original holds personal data, and has no policy that says who sees which row."
    ]


@pytest.mark.parametrize("bad", [*(f"{name}=off" for name in ("fsync", "full_page_writes", "synchronous_commit")), ""])
def test_a_server_that_can_lose_what_it_acknowledged_is_seen(
    home: Path, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setattr(cluster, "NOT_DURABLE", (bad,) if bad else ())
    with (
        attach(home, durable=False) as server,
        psycopg.connect(server.url(database="postgres"), options=IN_ROLE) as login,
    ):
        assert [one.partition(":")[0] for one in settings_said(login.cursor())] == (
            [bad.replace("=", " is ")] if bad else []
        )


def test_one_without_checksums_is_seen(home: Path) -> None:
    place = locate(home, None)
    with attach(home, durable=False):
        pass
    cluster._run(place, [place.binaries / "pg_checksums", "--disable", "-D", place.data])
    with (
        attach(home, durable=False) as server,
        psycopg.connect(server.url(database="postgres"), options=IN_ROLE) as login,
    ):
        assert any(one.startswith("Data checksums are off") for one in settings_said(login.cursor()))


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER ROLE openmash_login BYPASSRLS",
        "GRANT openmash_owner TO openmash_login",
        "CREATE ROLE openmash_retention BYPASSRLS ROLE openmash_login",
        "GRANT openmash_backup TO openmash_login",
        "GRANT openmash_worker TO openmash_login",
    ],
)
def test_a_login_that_could_do_more_than_take_the_role_is_seen(home: Path, statement: str) -> None:
    with attach(home, durable=False) as server:
        server.ensure("openmash")
        with psycopg.connect(server.url(cluster.OWNER)) as owner:
            owner.execute("CREATE TABLE something (id int)")
            owner.execute(statement.encode())
        with psycopg.connect(server.url(), options=IN_ROLE) as login:
            assert any("The application comes in as openmash_login" in one for one in settings_said(login.cursor()))


@pytest.mark.parametrize(
    ("role", "named"), [(cluster.WORKER, "OPENMASH_WORKER_URL"), (cluster.PUBLIC, "OPENMASH_PUBLIC_URL")]
)
def test_a_process_that_could_be_the_pages_is_seen(home: Path, settings: Any, role: str, named: str) -> None:
    settings.ROLE = role
    in_role = f"-c role={role}"
    with attach(home, durable=False) as server:
        server.ensure("openmash")
        with psycopg.connect(server.url(role), options=in_role) as login:
            assert not any("comes in as" in one for one in settings_said(login.cursor()))
        with psycopg.connect(server.url(cluster.OWNER)) as owner:
            owner.execute(f"GRANT {role} TO openmash_login".encode())
        with psycopg.connect(server.url(), options=in_role) as login:
            [sentence] = [one for one in settings_said(login.cursor()) if "comes in as" in one]
            assert f"openmash_login, which may also be openmash_app. Name in {named}" in sentence


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "worker", "demo"])
def test_nothing_is_served_on_such_a_database(django_db_setup: None, command: str, tmp_path: Path) -> None:
    """The tests' own server keeps nothing through a power cut; here its owner comes in besides."""
    name = connection.settings_dict["NAME"]
    env = dict(os.environ, DATABASE_URL=make_conninfo(OWNER_URL, dbname=name), OPENMASH_HOME=str(tmp_path))
    env["OPENMASH_OWNER_URL"] = env["OPENMASH_WORKER_URL"] = env["DATABASE_URL"]
    run = [sys.executable, "-m", "openmash", command]
    done = subprocess.run(run, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1, done.stderr
    for sentence in (
        "fsync is off",
        "synchronous_commit is off",
        "comes in as openmash_owner",
        "The start-up check failed",
    ):
        assert sentence in done.stderr
    assert "The table" not in done.stderr


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_not_taken_for_a_safe_one(tmp_path: Path) -> None:
    env = dict(
        os.environ, OPENMASH_WORKER_URL=make_conninfo(DATABASE_URL, dbname="nowhere"), OPENMASH_HOME=str(tmp_path)
    )
    run = [sys.executable, "-m", "openmash", "worker"]
    done = subprocess.run(run, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert "The database cannot be asked whether it is safe" in done.stderr
