"""Running other programs: bounded, and never left behind."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console

from openmash.embedded import spawn, stop

_console = Console(stderr=True, highlight=False)  # standard output belongs to the answer alone
say = _console.print


class Failed(Exception):
    """A step went wrong. The message says which, and what to do."""


def django(command: str, *arguments: str) -> list[str]:
    """One of Django's commands, from a checkout or an installed package alike."""
    return [sys.executable, "-m", "django", command, *arguments]


def web(host: str, port: int, workers: int) -> list[str]:
    """The web server, with one worker for each core where `workers` is 0."""
    cores = os.cpu_count() or 1
    threads = min(8, 2 * cores + 1)  # each holds a connection to the database; a worker's pool has 16
    return [
        *(sys.executable, "-m", "granian", "openmash.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers or cores), "--log-level", "warning"),
        *("--blocking-threads", str(threads), "--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


def worker() -> list[str]:
    """The worker of the job queue, in the role of the database that is its own.

    It looks for jobs each second and listens to nobody: whoever is in the database may NOTIFY, and one word that it
    does not understand would end it.
    """
    looks = ("--no-listen-notify", "--fetch-job-polling-interval", "1")
    command = django("procrastinate", "worker", *looks, "--shutdown-graceful-timeout", "5")
    return ["/usr/bin/env", "OPENMASH_AS=worker", *command]


def once(command: Sequence[str], env: Mapping[str, str], *, what: str, within: float) -> None:
    """Run `command` to its end, its output passed through. Raises Failed when it fails or takes too long."""
    child = spawn(command, env=env)
    try:
        code = child.wait(within)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{what} did not end within {within:.0f} seconds.") from error
    finally:
        stop(child)
    if code:
        raise Failed(f"{what} failed; what it said is above.")


def need_safety(env: Mapping[str, str]) -> None:
    """Raises Failed, with what to do, where the database could lose or show what it must not."""
    once(django("start_up_check"), env, what="The start-up check", within=120)


def in_foreground(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run `command` until it ends or we are told to stop; return its exit code."""
    child = spawn(command, env=env)
    try:
        return child.wait()
    except KeyboardInterrupt:
        return 130
    finally:
        stop(child)
