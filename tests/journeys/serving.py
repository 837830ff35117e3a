"""One real server for all journeys: its own database, the web server and the worker as in production, a mail folder."""

import email
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from openmash.cli.running import django, web, worker
from openmash.embedded import spawn, stop

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds for a server to come up on a machine that is busy with other tests
BETWEEN_LETTERS = b"-" * 79  # Django writes letters of the same moment into one file
T = TypeVar("T")


@dataclass
class House:
    """Where the pages are, what stood there before the journeys began, and what an outsider can look into."""

    address: str
    owner_url: str
    home: Path
    stories: dict[str, Any] = field(default_factory=dict)

    def story(self, name: str) -> str:
        """The reference of an enquiry that was told before the journeys began (see `world.py`)."""
        return str(self.stories[name])

    def ask(self, question: str, *given: object) -> list[tuple[Any, ...]]:
        """What the database says, as its owner sees it."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            return connection.execute(question.encode(), given).fetchall()

    def letters_to(self, address: str, about: str) -> list[EmailMessage]:
        """The letters in the mail folder to this address that name this reference."""
        files = sorted((self.home / "mail").glob("*.log"))
        parts = [part for file in files for part in file.read_bytes().split(BETWEEN_LETTERS) if part.strip()]
        letters = [email.message_from_bytes(part.lstrip(), policy=default) for part in parts]
        return [one for one in letters if address in str(one["To"]) and about in one.as_string()]


def eventually(what: str, look: Callable[[], T], patience: float = 60.0) -> T:
    """What `look` gives as soon as it gives anything; fails, saying `what` was awaited, after `patience` seconds."""
    until = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < until, f"{what}: not within {patience:.0f} seconds"
        time.sleep(0.05)
    return found


@contextmanager
def fresh_database(owner_url: str, name: str) -> Iterator[str]:
    """The owner's address of a new database of this name, which is dropped in the end."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(drop)
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_conninfo(owner_url, dbname=name)
    finally:
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute(drop)


@contextmanager
def serving(
    owner_url: str, login_url: str, home: Path, *, works: bool = True, besides: Mapping[str, str] | None = None
) -> Iterator[House]:
    """A house on this database: migrated, its world told, its pages served, its letters sent.

    `besides` are settings of its own, as environment variables.
    """
    port = _free_port()
    address = f"http://localhost:{port}"
    env = _environment(owner_url, login_url, home, address) | dict(besides or {})
    for name in ("mail", "logs", "static"):
        (home / name).mkdir(parents=True, exist_ok=True)
    _run(django("migrate", "--verbosity=0", "--skip-checks"), env | {"OPENMASH_AS": "owner"})
    stories = json.loads(_run([sys.executable, "-m", "tests.journeys.world"], env))
    commands = {"web": web("127.0.0.1", port, 2)} | ({"worker": worker()} if works else {})
    children = [_start(command, env, home / "logs" / f"{name}.log") for name, command in commands.items()]
    try:
        house = House(address, owner_url, home, stories)
        eventually("the pages", lambda: _answers(address, children[0], home), PATIENCE)
        yield house
    finally:
        for child in children:
            child.terminate()
        for child in children:
            stop(child)


def _environment(owner_url: str, login_url: str, home: Path, address: str) -> dict[str, str]:
    return dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="openmash.settings",
        DATABASE_URL=login_url,
        OPENMASH_OWNER_URL=owner_url,
        OPENMASH_HOME=str(home),
        OPENMASH_ADDRESS=address,
        OPENMASH_DEMO="1",
        OPENMASH_IDLE_MINUTES="600",  # one sign-in a person serves all journeys, however long they take
        OPENMASH_STEP_UP_MINUTES="600",
        OPENMASH_SECRET_KEY="only-for-the-journeys",
    )


def _run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(command, env=env, cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command[1:])} failed:\n{done.stderr[-3000:]}"
    return done.stdout


def _start(command: list[str], env: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        return spawn(command, env=env, cwd=CHECKOUT, output=output)


def _answers(address: str, server: "subprocess.Popen[bytes]", home: Path) -> bool:
    assert server.poll() is None, (home / "logs/web.log").read_text()[-3000:]
    with suppress(URLError, OSError), urlopen(f"{address}/make-an-enquiry/", timeout=30) as answer:
        return bool(answer.status == 200)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
