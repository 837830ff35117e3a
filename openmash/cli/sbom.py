"""`mash sbom`: what openmash is made of, from the lock files, as CycloneDX 1.6 JSON.

The same lock files give the same text: no time of day, and a serial number made from the content. Which file of a
Python package is installed depends on the machine, so no one hash is its own; `requirements.lock` holds them all.
"""

import base64
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from openmash.cli.surroundings import CHECKOUT

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def sbom(root: Path = CHECKOUT) -> str:
    """The bill of materials of what is installed to run: nothing that only development needs."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    itself = {
        "type": "application",
        "bom-ref": f"pkg:pypi/{project['name']}@{project['version']}",
        "name": project["name"],
        "version": project["version"],
        "purl": f"pkg:pypi/{project['name']}@{project['version']}",
        "licenses": [{"license": {"id": "MIT"}}],
    }
    components = [*_python((root / "requirements.lock").read_text()), *_npm((root / "package-lock.json").read_text())]
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": itself},
        "components": components,
    }
    number = uuid5(NAMESPACE_URL, json.dumps(made, sort_keys=True))
    return json.dumps({**made, "serialNumber": f"urn:uuid:{number}"}, indent=2) + "\n"


def _python(lock: str) -> Iterator[dict[str, Any]]:
    for name, version, where in _LOCKED.findall(lock):
        plain = re.sub(r"[-_.]+", "-", name).lower()
        said = [{"name": "openmash:only-where", "value": where}] if where else []
        yield _component(plain, version, f"pkg:pypi/{plain}@{version}") | ({"properties": said} if said else {})


def _npm(lock: str) -> Iterator[dict[str, Any]]:
    """What the browser is sent, with the hash of its one archive; peers and what is for development are left out."""
    for path, facts in json.loads(lock)["packages"].items():
        if not path or facts.get("dev") or facts.get("peer"):
            continue
        name = path.rpartition("node_modules/")[2]
        found = _component(name, facts["version"], f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}")
        kind, _, content = facts["integrity"].partition("-")
        hashed = {"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(content).hex()}
        yield found | {"hashes": [hashed], "licenses": [{"license": {"id": facts["license"]}}]}


def _component(name: str, version: str, purl: str) -> dict[str, Any]:
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "scope": "required"}
