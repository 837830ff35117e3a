"""What the embedded server promises while it runs: private, durable, ours alone, one for each folder."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from openmash.embedded import Unusable, attach, is_free, place
from openmash.embedded.cluster import LOGIN, OWNER
from openmash.embedded.place import LONGEST_SOCKET, PORT

DEBIANS = Path("/usr/lib/postgresql/15/bin")
ATTACH_AND_ASK = """
import sys, psycopg
from pathlib import Path
from openmash.embedded import attach
with attach(Path(sys.argv[1]), durable=False) as server:
    print(server.ours, psycopg.connect(server.url(database="postgres")).execute("select 40 + 2").fetchone()[0])
"""


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question.encode())
        row = answer.fetchone() if answer.description else None
        return row and row[0]


def in_another_process(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", ATTACH_AND_ASK, home], stdout=subprocess.PIPE, text=True)


def test_the_application_owns_nothing_and_may_take_its_role(home: Path) -> None:
    with attach(home, durable=False) as server:
        server.ensure("openmash")
        server.ensure("openmash")
        login = server.url(LOGIN)
        powers = (
            "select rolsuper or rolcreatedb or rolcreaterole or rolinherit from pg_roles where rolname = current_user"
        )
        assert ask(login, powers) is False
        assert ask(f"{login}&options=-c%20role%3Dopenmash_app", "select current_user") == "openmash_app"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(login, "create table public.mine (id int)")
        assert ask(server.url(OWNER), "select has_schema_privilege('public', 'create')") is True


def test_nobody_else_is_let_in(home: Path) -> None:
    with attach(home, durable=False) as server:
        assert ask(server.url(OWNER, "postgres"), "show listen_addresses") == ""
        rules = "select string_agg(type || ' ' || auth_method, ', ') from pg_hba_file_rules"
        assert ask(server.url(OWNER, "postgres"), rules) == "local peer"
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            ask(server.url("openmash_app", "postgres"), "select 1")
        for folder in (server.place.base, server.place.data, server.place.sockets):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_is_durable_unless_told_otherwise(home: Path) -> None:
    with attach(home) as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert ask(server.url(OWNER, "postgres"), f"show {name}") == "on"


def test_a_durable_user_refuses_a_server_that_is_not(home: Path) -> None:
    starter = "import sys, time; from pathlib import Path; from openmash.embedded import attach\n"
    starter += "with attach(Path(sys.argv[1]), durable=False): print('up', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", starter, home], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout
        assert other.stdout.readline() == "up\n"
        with pytest.raises(Unusable, match="fsync"), attach(home):
            pass
    finally:
        other.terminate()
        other.communicate()


def test_a_second_process_attaches(home: Path) -> None:
    assert is_free(home)
    with attach(home, durable=False) as server:
        assert server.ours
        assert not is_free(home)
        said, _ = in_another_process(home).communicate(timeout=30)
        assert said.split() == ["False", "42"]
        assert ask(server.url(database="postgres"), "select 1") == 1, "the second process stopped our server"
    assert is_free(home)


def test_many_may_start_at_once(home: Path) -> None:
    with attach(home, durable=False):
        others = [in_another_process(home) for _ in range(4)]
        assert [other.communicate(timeout=60)[0].split() for other in others] == [["False", "42"]] * 4


def test_rows_are_there_after_a_restart(home: Path) -> None:
    with attach(home, durable=False) as server:
        ask(server.url(OWNER, "postgres"), "create table kept as select 7 as n")
    with attach(home, durable=False) as server:
        assert ask(server.url(OWNER, "postgres"), "select n from kept") == 7


@pytest.mark.parametrize("name", ["a" * 150, "with space", "with,comma", 'with"quote', "with%percent"])
def test_any_folder_will_do(home: Path, name: str) -> None:
    with attach(home / name, durable=False) as server:
        assert len(os.fsencode(server.place.sockets / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET
        assert ask(server.url(database="postgres"), "select 1") == 1


def test_text_sorts_and_folds_alike_everywhere(home: Path) -> None:
    with attach(home, durable=False) as server:
        assert ask(server.url(database="postgres"), "select lower('ÉLODIE')") == "élodie"


def test_a_folder_without_postgresql_is_refused_in_words(home: Path) -> None:
    with pytest.raises(Unusable, match="no PostgreSQL that runs"), attach(home / "home", binaries=home):
        pass


@pytest.mark.skipif(not DEBIANS.is_dir(), reason="needs the package postgresql-15")
def test_another_postgresql_may_be_named(home: Path) -> None:
    with attach(home, binaries=DEBIANS, durable=False) as server:
        assert str(ask(server.url(database="postgres"), "show server_version")).startswith("15.")
        assert ask(server.url(database="postgres"), "select lower('ÉLODIE')") == "élodie"


@pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server under another account")
def test_root_changes_the_mode_of_no_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "OUTSIDE", home / "outside")
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with attach(closed / "home", durable=False) as server:
        assert ask(server.url(database="postgres"), "select 1") == 1
        assert server.place.base.is_relative_to(home / "outside")
        assert server.place.data.stat().st_uid != 0
        first = server.place.base
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    shutil.rmtree(closed / "home")
    with attach(closed / "home", durable=False) as server:
        assert server.place.base != first, "a folder made again found the old one's data"
    assert not first.exists(), "nobody removed the data of a folder that is gone"


@pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server under another account")
def test_root_copies_binaries_that_the_account_cannot_reach(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "OUTSIDE", home / "outside")
    theirs = place.locate(home, None).binaries
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    package = theirs.parent.parent
    for each in (package, package.with_name(f"{package.name}.libs")):
        (closed / each.name).symlink_to(each)
    with attach(home, closed / package.name / theirs.parent.name / "bin", durable=False) as server:
        assert server.place.binaries.is_relative_to(home / "outside")
        assert ask(server.url(database="postgres"), "select 1") == 1
