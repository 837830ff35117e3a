"""Child processes that never outlive us, however we end: TERM, INT, HUP or KILL."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from openmash.embedded.place import Account, Unusable

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, linux/prctl.h
WATCH = 'cat >/dev/null; kill -"$0" "$1" 2>/dev/null'  # `cat` ends when the last process that holds its pipe is gone


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = None,
    account: Account | None = None,
    farewell: signal.Signals = signal.SIGTERM,
    by_pipe: bool = not sys.platform.startswith("linux"),
) -> "subprocess.Popen[bytes]":
    """Start `command` in a session of its own, so that Ctrl-C comes to us alone; when we die it gets `farewell`.

    Linux sends the signal itself. Elsewhere (`by_pipe`) a small shell holds the other end of a pipe to us and sends it
    when that closes. Linux counts the starting *thread* as the parent, so only the main thread may call this.
    """
    if threading.current_thread() is not threading.main_thread():
        raise Unusable("A child process that must die with us can be started from the main thread only.")
    child = subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=None if by_pipe else _dies_with(os.getpid(), farewell),  # noqa: PLW1509 - only the main thread runs
    )
    if by_pipe:
        _watch(child.pid, farewell)
    return child


def stop(child: "subprocess.Popen[bytes]", *signals: signal.Signals, patience: float = 10.0) -> None:
    """Send each signal in turn (TERM when none is named), waiting `patience` seconds after each; KILL in the end."""
    for each in signals or (signal.SIGTERM,):
        if child.poll() is None:
            child.send_signal(each)
            with suppress(subprocess.TimeoutExpired):
                child.wait(patience)
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    _unwatch(child.pid)


def _dies_with(parent: int, farewell: signal.Signals) -> Callable[[], None]:
    prctl = ctypes.CDLL(None).prctl

    def in_the_child() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, int(farewell))
        if os.getppid() != parent:  # it died before it could be watched
            os._exit(1)

    return in_the_child


def _watch(pid: int, farewell: signal.Signals) -> None:
    # Our end of the pipe is never closed by us: the operating system closes it when this process ends.
    _WATCHERS[pid] = subprocess.Popen(
        ["/bin/sh", "-c", WATCH, str(int(farewell)), str(pid)], stdin=subprocess.PIPE, start_new_session=True
    )


def _unwatch(pid: int) -> None:
    watcher = _WATCHERS.pop(pid, None)
    if watcher:  # before its pipe closes, since by then the number may belong to another process
        os.killpg(watcher.pid, signal.SIGKILL)
        watcher.wait()


_WATCHERS: dict[int, "subprocess.Popen[bytes]"] = {}
