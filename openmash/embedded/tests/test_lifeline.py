"""Whatever kills us, nothing stays running and nothing that was committed is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from openmash.embedded import attach, spawn, stop
from openmash.embedded.cluster import OWNER
from openmash.embedded.lifeline import _WATCHERS

START = """
import sys, time, psycopg
from pathlib import Path
from openmash.embedded import attach
with attach(Path(sys.argv[1])) as server:
    connection = psycopg.connect(server.url("openmash_owner", "postgres"), autocommit=True)
    connection.execute("create table kept as select 7 as n")
    print((server.place.data / "postmaster.pid").read_text().split()[0], flush=True)
    time.sleep(120)
"""
SLEEPER = """
import sys, signal, time
from openmash.embedded import spawn
print(spawn(["sleep", "120"], by_pipe=sys.argv[1] == "pipe").pid, flush=True)
time.sleep(120)
"""


def start(code: str, *arguments: str | Path) -> tuple["subprocess.Popen[str]", psutil.Process]:
    parent = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    return parent, psutil.Process(int(parent.stdout.readline()))


def is_gone(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def goes(process: psutil.Process, within: float = 15) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until and not is_gone(process):
        time.sleep(0.02)
    return is_gone(process)


def kept(home: Path) -> object:
    with attach(home) as server, psycopg.connect(server.url(OWNER, "postgres")) as connection:
        row = connection.execute("select n from kept").fetchone()
        return row and row[0]


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_no_orphan_and_no_lost_row(home: Path, blow: signal.Signals) -> None:
    parent, server = start(START, home)
    family = [server, *server.children()]
    parent.send_signal(blow)
    parent.communicate(timeout=30)
    assert all(goes(process) for process in family)
    assert kept(home) == 7


def test_a_new_start_does_not_wait_for_the_old_to_end(home: Path) -> None:
    parent, server = start(START, home)
    parent.kill()
    parent.communicate()
    assert kept(home) == 7
    assert goes(server)


def test_a_killed_server_recovers(home: Path) -> None:
    parent, server = start(START, home)
    server.kill()
    parent.kill()
    parent.communicate()
    assert kept(home) == 7


@pytest.mark.parametrize("remains", ["a stranger", "a zombie", "nonsense"])
def test_what_a_dead_server_left_is_no_hindrance(home: Path, remains: str) -> None:
    with attach(home, durable=False) as server:
        left = server.place
    zombie = subprocess.Popen(["true"])
    number = {"a stranger": str(os.getpid()), "a zombie": str(zombie.pid), "nonsense": "not a number"}[remains]
    time.sleep(0.2)
    (left.data / "postmaster.pid").write_text(f"{number}\n{left.data}\n1\n5432\n{left.sockets}\n\n1 1\nready   \n")
    (left.sockets / ".s.PGSQL.5432").touch()
    (left.sockets / ".s.PGSQL.5432.lock").write_text(f"{number}\n{left.data}\n1\n5432\n{left.sockets}\n")
    with attach(home, durable=False) as again:
        assert again.ours
    zombie.wait()


@pytest.mark.parametrize("means", ["signal", "pipe"])
def test_any_child_dies_with_a_killed_parent(means: str) -> None:
    parent, child = start(SLEEPER, means)
    parent.kill()
    parent.communicate()
    assert goes(child)


def test_stop_is_bounded() -> None:
    deaf = spawn([sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"])
    time.sleep(0.5)
    began = time.monotonic()
    stop(deaf, signal.SIGTERM, patience=0.2)
    assert deaf.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_a_stopped_child_leaves_no_watcher() -> None:
    child = spawn(["sleep", "60"], by_pipe=True)
    watcher = _WATCHERS[child.pid]
    stop(child)
    assert child.returncode == -signal.SIGTERM
    assert watcher.poll() is not None
