"""Start the server, or attach to the one that another process of ours runs on the same folder."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from openmash.embedded import cluster
from openmash.embedded.lifeline import spawn, stop
from openmash.embedded.place import PORT, Place, Unusable, locate, make_private, token

PATIENCE = 60.0  # seconds for a server to come up, recovery after a crash included


@dataclass(frozen=True)
class Server:
    """A running server. `ours` is true where this process started it and will stop it."""

    place: Place
    ours: bool

    def url(self, user: str = cluster.LOGIN, database: str = "openmash") -> str:
        """The address for `DATABASE_URL`: `postgresql://user@/database?host=<folder of the socket>`."""
        return (
            f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.place.sockets), safe='')}&port={PORT}"
        )

    def ensure(self, database: str) -> None:
        """Make `database`, owned by the owner role, unless it is there."""
        with self.as_owner() as connection:
            there = connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone()
            if not there:
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))

    def as_owner(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection as the owner role, to make roles and databases with."""
        return psycopg.connect(self.url(cluster.OWNER, "postgres"), autocommit=True, connect_timeout=10)


@contextmanager
def attach(home: Path, binaries: Path | None = None, *, durable: bool = True) -> Iterator[Server]:
    """The server of `home`: started if nobody runs it (and stopped on leaving), else the one that runs.

    `binaries` is a `bin` directory of another PostgreSQL from 15. `durable=False` is for tests: a power cut may then
    lose everything. Raises Unusable, saying what to do. Call from the main thread.
    """
    place = locate(home, binaries)
    place.base.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    make_private(place.base, place.account)
    if place.is_outside:
        _sweep(place)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with _claim(place.lock) as claimed:
            if claimed:
                with _running(place, durable=durable) as server:
                    yield server
                return
        server = Server(place, ours=False)
        if not _refusal(server):
            _check_durability(server, durable=durable)
            yield server
            return
        time.sleep(0.05)
    raise Unusable(
        f"Another process holds {place.lock} but its PostgreSQL does not answer. Stop that process, then retry."
    )


def is_free(home: Path, binaries: Path | None = None) -> bool:
    """Whether nobody runs a server on `home` now."""
    place = locate(home, binaries)
    if not place.lock.exists():
        return True
    with _claim(place.lock) as claimed:
        return claimed


@contextmanager
def _claim(lock: Path) -> Iterator[bool]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _sweep(place: Place) -> None:
    """Note whose data this is, and remove that of folders which are gone: nobody else ever would."""
    place.note.write_text(str(place.home))
    for note in place.base.parent.glob(f"*/{place.note.name}"):
        if token(Path(note.read_text())) != note.parent.name.partition("-")[0]:
            with _claim(note.with_name(place.lock.name)) as claimed:
                if claimed:
                    shutil.rmtree(note.parent)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _running(place: Place, *, durable: bool) -> Iterator[Server]:
    make_private(place.sockets, place.account)
    cluster.create(place, durable=durable)
    cluster.clear_remains(place)
    cluster.admit_only_us(place)
    server = Server(place, ours=True)
    with _log(place) as log:
        process = spawn(
            cluster.command(place, durable=durable),
            env=cluster.CLEAN_ENVIRONMENT,
            cwd=place.base,
            output=log,
            account=place.account,
            farewell=signal.SIGINT,  # PostgreSQL's fast shutdown; TERM would wait for every client
        )
    try:
        _await(server, process)
        _ensure_roles(server)
        _check_durability(server, durable=durable)
        yield server
    finally:
        stop(process, signal.SIGINT, signal.SIGQUIT)
        if place.sockets.parent != place.base:
            shutil.rmtree(place.sockets, ignore_errors=True)


def _log(place: Place) -> IO[bytes]:
    if place.log.exists():
        place.log.replace(place.log.with_name("log.previous"))
    return place.log.open("wb")


def _await(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while refusal := _refusal(server):
        if process.poll() is not None or time.monotonic() > until:
            said = server.place.log.read_text(errors="replace").strip()[-1500:]
            raise Unusable(f"PostgreSQL did not start: {refusal}\nIts log ({server.place.log}) ends:\n{said}")
        time.sleep(0.01)


def _refusal(server: Server) -> str:
    """Why the server does not let us in yet; empty when it does."""
    if not (server.place.sockets / f".s.PGSQL.{PORT}").exists():
        return "it has opened no socket."
    try:
        with server.as_owner():
            return ""
    except psycopg.OperationalError as error:
        return str(error)


def _ensure_roles(server: Server) -> None:
    wanted = {
        cluster.APP: "create role openmash_app nologin",
        cluster.LOGIN: "create role openmash_login login noinherit in role openmash_app",
        cluster.WORKER: "create role openmash_worker login",
        cluster.BACKUP: "create role openmash_backup login bypassrls",
        cluster.PUBLIC: "create role openmash_public login",
    }
    with server.as_owner() as connection:
        rows = connection.execute("select rolname, rolcanlogin from pg_roles").fetchall()
        there = {str(role): can_log_in for role, can_log_in in rows}
        for role, statement in wanted.items():
            if role not in there:
                connection.execute(statement.encode())
        if there.get(cluster.PUBLIC) is False:  # `migrate` made it without a login in a home that is older than it
            connection.execute(f"alter role {cluster.PUBLIC} login".encode())


def _check_durability(server: Server, *, durable: bool) -> None:
    with server.as_owner() as connection:
        off = connection.execute(
            "select name from pg_settings where setting = 'off'"
            " and name in ('fsync', 'synchronous_commit', 'full_page_writes')"
        ).fetchall()
    if durable and off:
        raise Unusable(f"The server of {server.place.home} runs without {', '.join(str(row[0]) for row in off)}.")
