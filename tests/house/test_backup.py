"""What is backed up can be had back: whole, guarded as it was, and working. And what is not the same is named."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openmash.cli import keeping
from openmash.cli.facts import differences, facts
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
    return keeping.backup(tmp_path_factory.mktemp("backups"), {"OPENMASH_OWNER_URL": hub})


def test_it_can_be_had_back_and_works(kept: Path, capfd: pytest.CaptureFixture[str]) -> None:
    keeping.check(kept)
    said = capfd.readouterr()
    assert "pages were opened" in said.out
    assert "The backup can be had back, and works" in said.err
    assert sorted(file.name for file in kept.iterdir()) == ["database", "facts.json"]
    rows = json.loads((kept / "facts.json").read_text())["facts"]["rows"]
    assert not any(line.startswith(("enquiries_enquiry: 0", "audit_ledgerevent: 0")) for line in rows)
    assert "Failed" not in said.err


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
