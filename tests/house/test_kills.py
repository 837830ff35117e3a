"""The short form of `python -m bench.kills`: what was acknowledged is kept, and the trial can see a loss."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.ports import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="mash-kills-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def trial(folder: Path, *more: str) -> tuple[dict[str, object], str]:
    """What `bench.kills` found, on a server of its own and without what `mash test` has set; and all that it said."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPENMASH", "DATABASE"))}
    if binaries := os.environ.get("OPENMASH_POSTGRES_BIN"):
        clean["OPENMASH_POSTGRES_BIN"] = binaries
    run = [sys.executable, "-m", "bench.kills", "--home", str(folder), "--port", str(free_port()), "--seed", "5", *more]
    done = subprocess.run(run, env=clean, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1200)
    assert done.stdout, done.stderr
    said = f"ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said
    return json.loads(done.stdout), said


def test_three_kills_lose_and_double_nothing(folder: Path) -> None:
    found, said = trial(folder, "--kills", "3")
    assert found["lost"] == found["twice"] == 0 and int(str(found["acknowledged"])) > 8, said


def test_a_database_that_forgets_is_found_out(folder: Path) -> None:
    found, said = trial(folder, "--kills", "3", "--unsafe")
    assert int(str(found["lost"])) > 0, said
