"""What is backed up can be had back: whole, guarded as it was, and working. And what is not the same is named."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from openmash.cli import keeping
from openmash.cli.facts import TABLES, differences, facts
from openmash.cli.running import Failed
from openmash.embedded import attach, cluster
from openmash.embedded.tests.conftest import home
from tests.journeys.serving import Told, copy_of

__all__ = ["home"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hub(told: Told) -> Iterator[str]:
    """The owner's address of a hub with enquiries at every stage; their sealed answers too."""
    with copy_of(told.database, f"{told.database}_backed_up") as owner_url:
        yield owner_url


@pytest.fixture(scope="module")
def kept(hub: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    return keeping.backup(tmp_path_factory.mktemp("backups"), {"OPENMASH_BACKUP_URL": as_(cluster.BACKUP, hub)})


def as_(login: str, hub: str) -> str:
    return make_conninfo(hub, user=login)


def test_it_can_be_had_back_and_works(kept: Path, capfd: pytest.CaptureFixture[str]) -> None:
    keeping.check(kept)
    said = capfd.readouterr()
    assert "pages were opened" in said.out
    assert "The backup can be had back, and works" in said.err
    assert sorted(file.name for file in kept.iterdir()) == ["database", "facts.json"]
    rows = json.loads((kept / "facts.json").read_text())["facts"]["rows"]
    assert not any(line.startswith(("enquiries_enquiry: 0", "audit_ledgerevent: 0")) for line in rows)
    assert "Failed" not in said.err


def test_who_makes_it_can_write_nothing_and_does_not_have_the_key(hub: str, kept: Path) -> None:
    with psycopg.connect(as_(cluster.BACKUP, hub), autocommit=True) as reader:
        tables = [row[0] for row in reader.execute(TABLES.encode())]
        assert len(tables) > 100
        for deed in ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            for table in tables:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    reader.execute(deed.format(table).encode())
        for statement in (
            "SELECT FROM openmash_keys.signing",
            "SELECT nextval('audit_ledgerevent_id_seq')",
            "SELECT openmash_destroy(1, now())",
            "SELECT openmash_sweep_answer_drafts(now())",
            "SET ROLE openmash_app",
            "CREATE TABLE public.mine ()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement.encode())
    listed = keeping._run("pg_restore", "--list", str(kept / "database"))
    assert "audit_ledgerevent" in listed and "openmash_keys" not in listed


@pytest.mark.parametrize(("login", "said"), [(cluster.OWNER, "may write"), (cluster.LOGIN, "would not be whole")])
def test_another_login_than_that_of_backups_is_refused(hub: str, tmp_path: Path, login: str, said: str) -> None:
    with pytest.raises(Failed, match=said):
        keeping.backup(tmp_path, {"OPENMASH_BACKUP_URL": as_(login, hub)})
    assert list(tmp_path.iterdir()) == []


def test_a_hub_without_that_login_is_backed_up_by_its_owner(
    hub: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (keeping.backup(tmp_path, {"OPENMASH_OWNER_URL": hub}) / "database").is_file()
    assert "Name one that only reads" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("rows", "UPDATE enquiries_enquiry SET worry = worry || '.'"),
        ("rows", "DELETE FROM auth_permission"),
        ("policies", "DROP POLICY item_is_read ON intelligence_item"),
        ("policies", "ALTER POLICY item_is_read ON intelligence_item USING (true)"),
        ("row-level security", "ALTER TABLE intelligence_item DISABLE ROW LEVEL SECURITY"),
        ("triggers", "ALTER TABLE audit_ledgerevent DISABLE TRIGGER USER"),
        ("grants", "GRANT DELETE ON enquiries_enquiry TO openmash_app"),
        ("grants", "REVOKE SELECT ON enquiries_enquiry FROM openmash_app"),
        ("functions", "ALTER FUNCTION openmash_count_items SECURITY INVOKER"),
        ("constraints", "ALTER TABLE audit_ledgerevent DROP CONSTRAINT nothing_acts_anonymously"),
        ("indexes", "DROP INDEX ledger_by_enquiry"),
        ("sequences", "SELECT setval('audit_ledgerevent_id_seq', 1)"),
        ("members of roles", "REVOKE openmash_app FROM openmash_login"),
    ],
)
def test_what_is_not_the_same_is_named(hub: str, kind: str, statement: str) -> None:
    with psycopg.connect(hub) as owner:
        before = facts(owner)
        [number] = owner.execute("SELECT last_value FROM audit_ledgerevent_id_seq").fetchone() or [0]
        owner.execute(statement.encode())
        after = facts(owner)
        owner.rollback()
        owner.execute(
            "SELECT setval('audit_ledgerevent_id_seq', %s)", [number]
        )  # a sequence does not go back by itself
        assert {line.partition(":")[0] for line in differences(before, after)} == {kind}
        assert differences(before, facts(owner)) == []


def test_a_number_that_was_given_out_meanwhile_is_no_difference(hub: str) -> None:
    """People go on working while a backup is made: what they number then is in no row of it."""
    with psycopg.connect(hub) as owner:
        before = facts(owner)
        owner.execute("SELECT nextval('audit_ledgerevent_id_seq')")
        assert differences(before, facts(owner)) == []
        gone = facts(owner) | {"sequences": [line for line in before["sequences"] if "ledgerevent" not in line]}
        assert [line.partition(" [")[0] for line in differences(before, gone)] == ["sequences: missing"]


def test_a_file_that_was_spoilt_is_not_restored(kept: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(kept, tmp_path / "spoilt"))
    with (spoilt / "database").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    with pytest.raises(Failed, match="its digest differs"):
        keeping.check(spoilt)


def test_nothing_is_restored_over_a_hub(hub: str, kept: Path) -> None:
    with pytest.raises(Failed, match="The database is not empty"):
        keeping.restore(kept, {"OPENMASH_OWNER_URL": hub})


def test_a_hub_comes_back_as_it_was_before_a_mistake(kept: Path, home: Path) -> None:
    """The drill: the log is archived, a base backup taken, a mistake made; it comes back as of the moment before."""
    with attach(home) as server:
        place, wal, base = server.place, home / "wal", home / "base"
        _folder_of_the_server(wal, place)
        server.ensure("openmash")
        url = server.url(cluster.OWNER)
        keeping.restore(kept, {"OPENMASH_OWNER_URL": url})
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("ALTER SYSTEM SET archive_mode = on")
            owner.execute(f'ALTER SYSTEM SET archive_command = \'cp "%p" "{wal}/%f"\''.encode())
    with attach(home) as server, psycopg.connect(url, autocommit=True) as owner:
        with (place.data / "pg_hba.conf").open("a") as access:
            access.write("local replication all peer map=openmash\n")
        owner.execute("SELECT pg_reload_conf()")
        keeping._run("pg_basebackup", f"--pgdata={base}", "--checkpoint=fast", f"--dbname={url}")
        owner.execute("UPDATE agencies_area SET hub_name = 'Kept' WHERE key = 'wend-valley'")
        [moment] = owner.execute("SELECT clock_timestamp()").fetchone() or [None]
        time.sleep(0.1)
        owner.execute("UPDATE agencies_area SET hub_name = 'A mistake'")
        owner.execute("TRUNCATE allocation_handover CASCADE")
        [segment] = owner.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or [""]
        _await_file(wal / str(segment))
    with keeping.at_moment(str(moment), base, wal) as (folder, server):
        with psycopg.connect(server.url(cluster.OWNER)) as owner:
            names = owner.execute("SELECT hub_name FROM agencies_area ORDER BY key").fetchall()
            assert names == [("Harrowmouth MASH",), ("Kept",)]
        keeping.try_out(folder, server)


def _folder_of_the_server(folder: Path, place: "keeping.Place") -> None:
    folder.mkdir(mode=0o700)
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)


def _await_file(file: Path, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while not file.exists():
        assert time.monotonic() < until, f"{file} was not archived"
        time.sleep(0.1)
