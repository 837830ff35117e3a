"""`python -m bench.kills`: what was acknowledged is kept, however often something is killed.

Eight senders hand in enquiries under keys of their own, one of them through the public form, and note on their own side
what they were told. Meanwhile the database, a web process or the worker is killed at random (40 : 40 : 20) with SIGKILL
and comes up again. Then `bench.reconcile`, which knows nothing of the application, holds the notes against the database.

`--unsafe` turns `synchronous_commit` off, which `mash serve` would refuse: then a loss has to be found.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles

import psutil
import psycopg

from bench.reconcile import HALF, reconcile
from bench.senders import PHONE, Ledger, Sender
from openmash.cli.running import django, web, worker
from openmash.cli.surroundings import CHECKOUT, DATABASE, binaries, environment, home
from openmash.embedded import attach, spawn, stop
from openmash.embedded.cluster import CLEAN_ENVIRONMENT, LOGIN, OWNER, PUBLIC, WORKER, clear_remains, command
from openmash.embedded.place import Place
from openmash.embedded.server import Server

PATIENCE = 120.0
FOUND = """
import json
from datetime import timedelta
from django.utils import timezone
from openmash.agencies import systems
from openmash.agencies.models import Area, User
from openmash.county.hub import found_hub, load_hub
hub = load_hub() if Area.objects.exists() else found_hub()
issued = systems.issue(hub.areas["wend-valley"], by=hub.staff["nina"], agency=hub.agencies["police"], name="Trial",
    scopes=["enquiries"], expires_at=timezone.now() + timedelta(days=1))
systems.agree(issued.token, by=hub.staff["gwen"])
print(issued.shows)
"""
UNSAFE = ["-c", "synchronous_commit=off", "-c", "wal_writer_delay=10s"]


class Parts:
    """The database, the pages and the worker, each of which can be killed and started again."""

    def __init__(self, place: Place, env: Mapping[str, str], port: int, *, unsafe: bool) -> None:
        self.place, self.env, self.logs = place, env, Path(env["OPENMASH_HOME"]) / "logs"
        self.server = Server(place, ours=True)
        self.commands = {
            "database": [*command(place, durable=True), *(UNSAFE if unsafe else [])],
            "web": web("127.0.0.1", port, 2),
            "worker": worker(),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        is_database = name == "database"
        if is_database:
            clear_remains(self.place)
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = spawn(
                self.commands[name],
                env=CLEAN_ENVIRONMENT if is_database else self.env,
                cwd=self.place.base if is_database else CHECKOUT,
                output=log,
                account=self.place.account if is_database else None,
            )

    def kill(self, name: str) -> str:
        """Kill it whole; of the pages three times in four only one process of several. Returns what was killed."""
        process = psutil.Process(self.running[name].pid)
        below = process.children(recursive=True)
        if name == "web" and below and random.random() < 0.75:
            _end(random.choice(below))
            return "one web process"
        for one in (process, *below):
            _end(one)
        self.running[name].wait()
        self.start(name)
        return name

    def mend(self) -> list[str]:
        """Start again whatever ended by itself, as a service manager does."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self.start(name)
        return ended

    def await_with(self, look: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait for something, and meanwhile start again whatever ends."""

        def there() -> object:
            self.mend()
            return look()

        _await(there, within)

    def stop(self) -> None:
        for name in ("web", "worker", "database"):
            if name in self.running:
                stop(self.running[name])

    def url(self, login: str) -> str:
        return self.server.url(login, DATABASE)


def _end(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


@contextmanager
def hub(folder: Path, port: int, *, unsafe: bool) -> Iterator[tuple[Parts, str]]:
    """A hub of its own in `folder`, its parts running, and a token for a system that may hand in enquiries."""
    for name in ("mail", "logs", "static"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    env = environment(folder) | {"OPENMASH_DEMO": "1", "OPENMASH_SECRET_KEY": "only-for-this", "OPENMASH_LOG": "ERROR"}
    env |= {"OPENMASH_API_CALLS": "1000000000", "OPENMASH_HUB_PHONE": PHONE}
    with attach(folder, binaries()) as server:
        server.ensure(DATABASE)
        env |= {"DATABASE_URL": server.url(LOGIN, DATABASE), "OPENMASH_OWNER_URL": server.url(OWNER, DATABASE)}
        env |= {
            "OPENMASH_WORKER_URL": server.url(WORKER, DATABASE),
            "OPENMASH_PUBLIC_URL": server.url(PUBLIC, DATABASE),
        }
        migrate = django("migrate", "--verbosity=0", "--skip-checks")
        subprocess.run(migrate, env=env | {"OPENMASH_AS": "owner"}, cwd=CHECKOUT, check=True)
        shell = django("shell", "--verbosity", "0", "-c", FOUND)
        done = subprocess.run(shell, env=env, cwd=CHECKOUT, check=True, capture_output=True, text=True)
    parts = Parts(server.place, env, port, unsafe=unsafe)
    try:
        for name in ("database", "web", "worker"):
            parts.start(name)
            if name == "database":
                _await(lambda: _ask(parts, "SELECT 1"))
        yield parts, done.stdout.split()[-1]
    finally:
        parts.stop()


def trial(parts: Parts, token: str, ledger: Ledger, port: int, kills: int, between: float) -> list[tuple[str, float]]:
    """So many kills under load; of each what it was, and the seconds until something was acknowledged again."""
    senders = [Sender(number, ledger, port, token) for number in range(8)]
    for sender in senders:
        sender.start()
    _await(lambda: ledger.last_ok)
    felt = []
    for number in range(kills):
        time.sleep(random.uniform(0.2, between))
        what = parts.kill(random.choices(("database", "web", "worker"), (40, 40, 20))[0] if number else "database")
        killed = time.monotonic()
        while ledger.last_ok < killed:
            parts.mend()
            time.sleep(0.05)
            assert time.monotonic() < killed + PATIENCE, f"nothing was acknowledged after {what} was killed"
        felt.append((what, ledger.last_ok - killed))
        print(f"{number + 1:4} {what:16} {felt[-1][1]:6.1f} s", file=sys.stderr, flush=True)
    for sender in senders:
        sender.stopped.set()
    parts.await_with(lambda: not any(sender.is_alive() for sender in senders))
    return felt


def unsent(parts: Parts) -> int:
    """Letters that nobody has sent, once the worker has had its time."""
    waiting = "SELECT count(*) FROM agencies_letter WHERE sent_at IS NULL AND NOT waits_for_digest"
    with suppress(AssertionError):
        parts.await_with(lambda: _ask(parts, waiting) == 0, within=600)
    return int(str(_ask(parts, waiting)))


def _ask(parts: Parts, question: str) -> object:
    with suppress(psycopg.OperationalError), psycopg.connect(parts.url(OWNER), connect_timeout=5) as owner:
        return (owner.execute(question.encode()).fetchone() or [None])[0]
    return None


def _await(look, within: float = PATIENCE) -> None:
    until = time.monotonic() + within
    while not look():
        assert time.monotonic() < until, "not in time"
        time.sleep(0.1)


def summary(parts: Parts, file: Path, felt: list[tuple[str, float]], ledger: Ledger) -> dict[str, object]:
    seconds = [took for _, took in felt]
    found: dict[str, object] = dict(reconcile(file, parts.url(OWNER)))
    found["answers that were not honest"] = len(ledger.dishonest)
    found["kills"] = dict(Counter(what for what, _ in felt))
    found["seconds until acknowledged again"] = {
        "median": round(median(seconds), 1),
        "p95": round(quantiles(seconds, n=20, method="inclusive")[-1], 1) if len(seconds) > 1 else round(seconds[0], 1),
        "most": round(max(seconds), 1),
    }
    return found


def main() -> int:
    """0 when nothing was lost; with `--unsafe` 0 when a loss was found."""
    asked = argparse.ArgumentParser(prog="python -m bench.kills", description="Kill things, and count what is lost.")
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--between", type=float, default=3.0, help="at most so many seconds between two (3)")
    asked.add_argument("--unsafe", action="store_true", help="with synchronous_commit off: a loss has to be found")
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--port", type=int, default=8150)
    asked.add_argument("--home", type=Path, default=home() / "kills")
    asked.add_argument("--ledger", type=Path, help="the senders' notes; on another file system, if there is one")
    said = asked.parse_args()
    random.seed(said.seed)
    print(f"seed {said.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as other:
        file = said.ledger or Path(other) / "ledger"
        ledger = Ledger(file)
        with hub(said.home, said.port, unsafe=said.unsafe) as (parts, token):
            felt = trial(parts, token, ledger, said.port, said.kills, said.between)
            if said.unsafe:
                parts.kill("database")
                _await(lambda: _ask(parts, "SELECT 1"))
            found = summary(parts, file, felt, ledger)
            found["letters not sent"] = "not asked" if said.unsafe else unsent(parts)
    print(json.dumps(found, indent=1))
    for text in ledger.dishonest[:3]:
        print(text, file=sys.stderr)
    if said.unsafe:
        return 0 if found["lost"] else 1
    wrong = ("lost", "twice", "letters not sent", "answers that were not honest", *HALF)
    return 1 if any(found[name] for name in wrong) else 0


if __name__ == "__main__":
    os.environ.setdefault("OPENMASH_SECRET_KEY", "only-for-this")
    sys.exit(main())
