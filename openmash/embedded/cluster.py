"""The data directory: made once, cleared of what a dead server left behind, started with the right settings."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil

from openmash.embedded.place import PORT, Place, Unusable

OWNER, LOGIN, APP = "openmash_owner", "openmash_login", "openmash_app"
WORKER, BACKUP, PUBLIC = "openmash_worker", "openmash_backup", "openmash_public"
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
MOST_BUFFERS = 1024  # MB: in a container the memory that is seen is the host's
ACCESS = "local all all peer map=openmash\n"
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C", "LC_ALL": "C", "TZ": "UTC"}


def create(place: Place, *, durable: bool) -> None:
    """Make the data directory, unless it is there. A half-made one never takes its name."""
    if place.data.exists():
        return
    fresh = place.base / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if place.major >= 17:  # the wheel is built without ICU; the builtin provider sorts alike everywhere
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        locale = ["--locale=C.UTF-8"]
    access = ["--auth-local=peer", "--auth-host=reject"]  # only until `admit_only_us`
    speed = [] if durable else ["--no-sync"]
    initdb = place.binaries / "initdb"
    _run(
        place,
        [initdb, "-D", fresh, f"--username={OWNER}", "--encoding=UTF8", "--data-checksums", *locale, *access, *speed],
    )
    fresh.rename(place.data)


def admit_only_us(place: Place) -> None:
    """Our own account of the operating system may come in, as whoever logs in; nobody else may."""
    us = pwd.getpwuid(os.getuid()).pw_name.replace('"', '""')
    (place.data / "pg_hba.conf").write_text(ACCESS)
    (place.data / "pg_ident.conf").write_text(
        "".join(f'openmash "{us}" {role}\n' for role in (OWNER, LOGIN, WORKER, BACKUP, PUBLIC))
    )


def command(place: Place, *, durable: bool) -> list[str | Path]:
    """The command that runs the server in the foreground."""
    sockets = str(place.sockets).replace('"', '""')
    settings = [
        "listen_addresses=",
        f"port={PORT}",
        f'unix_socket_directories="{sockets}"',
        "unix_socket_permissions=0700",
        "max_connections=200",
        f"shared_buffers={min(psutil.virtual_memory().total // 2**20 // 8, MOST_BUFFERS)}MB",
        "track_activities=off",  # or one session of the application sees what another asks, word by word
        "timezone=UTC",
        "log_timezone=UTC",
        *(DURABLE if durable else NOT_DURABLE),
    ]
    return [place.binaries / "postgres", "-D", place.data, *(part for each in settings for part in ("-c", each))]


def clear_remains(place: Place, patience: float = 10.0) -> None:
    """End a server that outlived its starter, and remove the files of one that is gone.

    Call only while holding the lock. PostgreSQL itself takes a zombie, or a stranger that has the old process number,
    for a running server.
    """
    noted = place.data / "postmaster.pid"
    left = _server_of(place, noted)
    for farewell in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if left and left.is_running() and left.status() != psutil.STATUS_ZOMBIE:
            left.send_signal(farewell)
            _await_end(left, patience)
    noted.unlink(missing_ok=True)
    for file in place.sockets.glob(".s.PGSQL.*"):
        file.unlink(missing_ok=True)


def _server_of(place: Place, noted: Path) -> psutil.Process | None:
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        process = psutil.Process(int(noted.read_text().split()[0]))
        if str(place.data) in process.cmdline():
            return process
    return None


def _await_end(process: psutil.Process, patience: float) -> None:
    until = time.monotonic() + patience
    with suppress(psutil.NoSuchProcess):
        while time.monotonic() < until and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.02)


def _run(place: Place, command: list[str | Path]) -> None:
    account = place.account
    done = subprocess.run(
        command,
        cwd=place.base,
        env=CLEAN_ENVIRONMENT,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"PostgreSQL could not be set up in {place.base}:\n{done.stderr.strip()}")
