"""The program says what it can do, does it bounded, and says in words what stops it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from openmash.cli import app, chores
from openmash.cli.running import Failed, in_foreground, once
from openmash.cli.surroundings import NAMES_ANOTHER, address, remember_address, surroundings
from openmash.embedded import attach

HERE = Path(__file__).resolve().parents[3]


def mash(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPENMASH", "DATABASE"))}
    command = [sys.executable, "-m", "openmash", *arguments]
    return subprocess.run(command, env=clean | env, capture_output=True, text=True, cwd=HERE, check=False)


def test_help_names_every_command() -> None:
    said = mash("--help").stdout
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert len(commands) == 14
    assert [name for name in commands if f" {name} " not in said] == []


def test_without_chromium_it_says_what_to_install(home: Path) -> None:
    done = mash("test", PATH=str(home), OPENMASH_HOME=str(home))
    assert done.returncode == 1
    assert "apt-get install chromium" in done.stderr


def test_the_world_is_asked_for_after_the_demo(tmp_path: Path) -> None:
    done = mash("world", "--json", OPENMASH_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "mash demo" in done.stderr


def test_a_taken_port_is_said_in_words(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = mash("demo", "--port", str(port), OPENMASH_HOME=str(home))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_two_runs_of_the_tests_do_not_share_a_server(home: Path) -> None:
    first = chores.free_test_home(home)
    with attach(first, durable=False):
        second = chores.free_test_home(home)
    assert (first.name, second.name) == ("test", "test-2")


def test_another_postgresql_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/theirs")
    monkeypatch.delenv("OPENMASH_OWNER_URL", raising=False)
    with surroundings(tmp_path) as env:
        assert env["DATABASE_URL"] == "postgresql://somebody@elsewhere/theirs"
        assert "OPENMASH_OWNER_URL" not in env
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"], (
        "nobody can sign with a key that is in the code"
    )


def test_a_folder_keeps_its_own_secret(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*NAMES_ANOTHER, "OPENMASH_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    keys = []
    for folder in ("one", "one", "two"):
        with surroundings(home / folder, durable=False) as env:
            keys.append(env["OPENMASH_SECRET_KEY"])
    assert keys[0] == keys[1] != keys[2]
    assert (home / "one" / "secret-key").stat().st_mode & 0o077 == 0


def test_without_a_key_the_pages_refuse_to_start() -> None:
    """Nobody can sign for a hub with a key that stands in the code, however it is started."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPENMASH", "DATABASE"))}
    start = [sys.executable, "-c", "import openmash.wsgi"]
    refused = subprocess.run(start, env=clean, capture_output=True, text=True, cwd=HERE, check=False)
    assert refused.returncode == 1
    assert "The SECRET_KEY setting must not be empty" in refused.stderr
    with_key = clean | {"OPENMASH_SECRET_KEY": "a-key-of-their-own"}
    assert subprocess.run(start, env=with_key, cwd=HERE, check=False).returncode == 0


def test_a_step_is_bounded() -> None:
    began = time.monotonic()
    with pytest.raises(Failed, match="The wait did not end within"):
        once([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), what="The wait", within=0.5)
    assert time.monotonic() - began < 10


def test_a_step_that_fails_is_named() -> None:
    with pytest.raises(Failed, match="The migration failed"):
        once([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), what="The migration", within=10)


def test_an_exit_code_is_handed_on() -> None:
    assert in_foreground([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ)) == 3


def test_the_demo_remembers_where_it_answered(tmp_path: Path) -> None:
    assert address(tmp_path) == "http://localhost:8000"
    remember_address(tmp_path, 8123)
    assert address(tmp_path) == "http://localhost:8123"
