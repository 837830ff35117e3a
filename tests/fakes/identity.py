"""A real OpenID Connect provider for the tests: the npm package `oidc-provider`, started as a process of its own."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from tests.fakes.ports import free_port

HERE = Path(__file__).parent / "identity_provider"
KEPT = Path(__file__).parents[2] / ".mash" / "identity"
NO_NODE = "The sign-in of organisations is tested against a real provider: that needs node and npm on the PATH."
PATIENCE = 120  # seconds for npm, and for node to come up, on a machine that is busy


@dataclass
class Identity:
    """`issuer` is its address; `visit` is what a browser does there: whoever is named signs in, and is sent back."""

    issuer: str
    client_id: str = "openmash"
    secret: str = "a secret of the tests"
    browser: requests.Session = field(default_factory=requests.Session)

    def visit(self, address: str, who: str, back: str) -> str:
        """The path and query with which the browser comes back, which begins with `back`."""
        answer = self.browser.get(f"{address}&login_hint={who}", allow_redirects=False, timeout=PATIENCE)
        while not (there := urljoin(answer.url, answer.headers["Location"])).startswith(back):
            answer = self.browser.get(there, allow_redirects=False, timeout=PATIENCE)
        return urlsplit(there)._replace(scheme="", netloc="").geturl()


def _installed() -> Path:
    """Its packages, fetched once for each lock file and script."""
    if not (shutil.which("node") and shutil.which("npm")):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_NODE)
    lock = (HERE / "package-lock.json").read_text() + (HERE / "provider.mjs").read_text()
    stamp = KEPT / "made-from"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "alone").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # another worker of the tests waits, and finds it done
        if not stamp.exists() or stamp.read_text() != lock:
            for file in ("package.json", "package-lock.json", "provider.mjs"):
                shutil.copy(HERE / file, KEPT)
            shutil.copy(HERE.parents[2] / ".npmrc", KEPT)
            env = dict(os.environ, NODE_USE_SYSTEM_CA="1")
            subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=KEPT, env=env, check=True, timeout=PATIENCE)
            stamp.write_text(lock)
    return KEPT


@contextmanager
def identity(people: Mapping[str, Any], back: list[str], folder: Path) -> Iterator[Identity]:
    """A provider that knows these people: `{"ruth": {"claims": {…}, "amr": […]}}`."""
    kept, port = _installed(), free_port()
    one = Identity(f"http://localhost:{port}")
    said = {"issuer": one.issuer, "port": port, "client_id": one.client_id, "secret": one.secret}
    (folder / "said.json").write_text(json.dumps(said | {"back": back, "people": people}))
    command = ["node", "provider.mjs", str(folder / "said.json")]
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(command, cwd=kept, stdout=subprocess.PIPE, stderr=errors)
    try:
        assert process.stdout is not None
        heard = process.stdout.readline()
        assert heard == b"listening\n", (heard, (folder / "errors").read_text())
        yield one
    finally:
        process.kill()
        process.wait()
