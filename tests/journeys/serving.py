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
from psycopg.types.json import Jsonb

from openmash.cli.running import web, worker
from openmash.embedded import spawn, stop
from openmash.settings import DATABASE_URL, OWNER_URL, WORKER_URL

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

    def strikes(self, task: str) -> None:
        """The worker does now what it does by the clock: a journey need not wait for the minute."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('letters', %s, %s)",
                [task, Jsonb({"timestamp": 0})],
            )

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


@dataclass(frozen=True)
class Told:
    """A database in which the stories of `world.py` were told, and the reference of each by its name."""

    database: str
    stories: dict[str, Any]


@contextmanager
def copy_of(database: str, name: str) -> Iterator[str]:
    """The owner's address of a copy of this name, which is dropped in the end. Nobody may be connected to the first."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(database))
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        owner.execute(drop)
        owner.execute(copy)
    try:
        yield make_conninfo(OWNER_URL, dbname=name)
    finally:
        with psycopg.connect(OWNER_URL, autocommit=True) as owner:
            owner.execute(drop)


@contextmanager
def serving(
    told: Told, name: str, home: Path, *, works: bool = True, besides: Mapping[str, str] | None = None
) -> Iterator[House]:
    """A house on a copy, called `name`, of what was told: its pages served, its letters sent.

    `besides` are settings of its own, as environment variables.
    """
    port = _free_port()
    address = f"http://localhost:{port}"
    for folder in ("mail", "logs", "static"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    with copy_of(told.database, name) as owner_url:
        env = _environment(owner_url, name, home, address) | dict(besides or {})
        house = House(address, owner_url, home, told.stories)
        with _running(house, port, env, works=works):
            yield house


def tell(owner_url: str, name: str, home: Path) -> dict[str, Any]:
    """Tell the stories of `world.py` in this database, which holds the hubs and nothing else."""
    said = _run([sys.executable, "-m", "tests.journeys.world"], _environment(owner_url, name, home, "http://localhost"))
    return dict(json.loads(said))


@contextmanager
def _running(house: House, port: int, env: dict[str, str], *, works: bool) -> Iterator[None]:
    commands = {"web": web("127.0.0.1", port, 2)} | ({"worker": worker()} if works else {})
    children = [_start(command, env, house.home / "logs" / f"{name}.log") for name, command in commands.items()]
    try:
        eventually("the pages", lambda: _answers(house.address, children[0], house.home), PATIENCE)
        yield
    finally:
        for child in children:
            child.terminate()
        for child in children:
            stop(child)


def _environment(owner_url: str, name: str, home: Path, address: str) -> dict[str, str]:
    return dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="openmash.settings",
        DATABASE_URL=make_conninfo(DATABASE_URL, dbname=name),
        OPENMASH_OWNER_URL=owner_url,
        OPENMASH_WORKER_URL=make_conninfo(WORKER_URL, dbname=name),
        OPENMASH_HOME=str(home),
        OPENMASH_ADDRESS=address,
        OPENMASH_DEMO="1",
        OPENMASH_IDLE_MINUTES="600",  # one sign-in a person serves all journeys, however long they take
        OPENMASH_STEP_UP_MINUTES="600",
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
