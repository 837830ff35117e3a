"""`mash demo`: PostgreSQL, the pages, the worker and a fictional county, started together and stopped together."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from openmash.cli.running import Failed, django, need_safety, once, say, web, worker
from openmash.cli.surroundings import address, binaries, home, remember_address, surroundings
from openmash.embedded import is_free, spawn, stop

Children = dict[str, "subprocess.Popen[bytes]"]


def demo(host: str, port: int) -> None:
    """Run the demo until Ctrl-C. Raises Failed, or Unusable, with what to do."""
    folder = home()
    began = time.monotonic()
    if not is_free(folder, binaries()):
        raise Failed(f"openmash is running in this folder already. If it is the demo, it answers at {address(folder)}")
    _need_port(host, port)
    with surroundings(folder, demo=True) as env:
        env["OPENMASH_ADDRESS"] = remember_address(folder, port)
        for name in ("mail", "logs", "static"):
            (folder / name).mkdir(exist_ok=True)
        say("PostgreSQL is running.")
        as_owner = env | {"OPENMASH_AS": "owner"}
        once(django("migrate", "--verbosity=0"), as_owner, what="The migration", within=300)
        need_safety(env)
        say("The database is up to date.")
        with _children() as children:
            children["county"] = spawn(django("county", "--small"), env=env)
            children["web"] = _start(folder, "web", web(host, port, 0), env)
            _await_county(children)
            _await_page(folder, children["web"], port)
            say("The county goes on growing in the background. Stop everything with Ctrl-C.")
            took = time.monotonic() - began
            say(f"Ready in {took:.0f} seconds: [bold green]{env['OPENMASH_ADDRESS']}[/bold green]")
            children["worker"] = _start(folder, "worker", worker(), env)
            children["county"] = _start(folder, "county", django("county", "--rest"), env)
            _watch(children, folder)


def _need_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(f"Port {port} is taken ({error.strerror}). Choose another: mash demo --port 8080") from error


@contextmanager
def _children() -> Iterator[Children]:
    children: Children = {}
    try:
        yield children
    finally:
        for child in children.values():
            child.terminate()
        for child in children.values():
            stop(child)
        say("Stopped. Nothing is left running.")


def _start(folder: Path, name: str, command: list[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    # When we are killed: the pages stop their workers on TERM; the others would wait for a database that is gone.
    farewell = signal.SIGTERM if name == "web" else signal.SIGKILL
    with _log(folder, name).open("wb") as log:
        return spawn(command, env=env, output=log, farewell=farewell)


def _await_county(children: Children, patience: float = 600) -> None:
    try:
        code = children["county"].wait(patience)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"The county was not built within {patience:.0f} seconds.") from error
    if code:
        raise Failed("Building the county failed; what it said is above.")


def _await_page(folder: Path, server: "subprocess.Popen[bytes]", port: int, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while not _answers(port):
        if server.poll() is not None or time.monotonic() > until:
            raise Failed(f"The pages did not come up.\n{_end_of_log(folder, 'web')}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=10):
            return True
    except HTTPError as error:
        if error.code >= 500:
            raise Failed(f"The first page answers with error {error.code}. Look into the log of the pages.") from error
        return True
    except (URLError, OSError):
        return False


def _watch(children: Children, folder: Path) -> None:
    try:
        while True:
            for name, child in list(children.items()):
                code = child.poll()
                if code is not None and name != "county":
                    raise Failed(f"The {name} stopped by itself.\n{_end_of_log(folder, name)}")
                if code is not None:
                    del children[name]
                    say("The county is complete." if code == 0 else f"The county stopped growing: {_log(folder, name)}")
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("")


def _log(folder: Path, name: str) -> Path:
    return folder / "logs" / f"{name}.log"


def _end_of_log(folder: Path, name: str) -> str:
    log = _log(folder, name)
    return f"{log} ends:\n{log.read_text(errors='replace').strip()[-1500:]}"
