"""`./mash demo` as somebody meets it who has just cloned: everything comes up within the promise, and goes again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

PATIENCE = 600  # seconds; the promise is 60 on a machine that does nothing else, and this one may do much
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    """A folder of its own, and nothing of what `mash test` has set."""
    folder = tempfile.mkdtemp(prefix="mash-demo-")
    Path(folder).chmod(0o711)  # as root, the database runs under another account
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPENMASH", "DATABASE"))}
    yield clean | {"OPENMASH_HOME": f"{folder}/home"}
    shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start(env: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    said = Path(env["OPENMASH_HOME"]).with_name("said")
    with said.open("wb") as output:
        command = [sys.executable, "-m", "openmash", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
    began = time.monotonic()
    while b"Ready in" not in said.read_bytes():
        assert demo.poll() is None, said.read_text()
        assert time.monotonic() - began < PATIENCE, said.read_text()
        time.sleep(0.1)
    return demo


def world_of(env: dict[str, str]) -> dict[str, Any]:
    ask = [sys.executable, "-m", "openmash", "world", "--json"]
    return dict(json.loads(subprocess.run(ask, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout))


def test_it_comes_up_answers_and_leaves_nothing_running(env: dict[str, str]) -> None:
    port = free_port()
    demo = start(env, port)
    family = psutil.Process(demo.pid).children(recursive=True)
    world = world_of(env)
    assert world["address"] == f"http://localhost:{port}"
    assert {"name", "email", "password", "roles", "agency"} <= world["users"][0].keys()
    with urlopen(world["address"], timeout=10) as page:
        assert page.status == 200
    demo.send_signal(signal.SIGINT)
    assert demo.wait(30) == 0
    assert not any(process.is_running() for process in family)

    again = start(env, port)
    cases = world_of(env)["examples"]["source_cases"]
    assert cases == world["examples"]["source_cases"], "the second start builds the county once more"
    family = psutil.Process(again.pid).children(recursive=True)
    again.kill()
    again.wait()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []
