"""The lock files pin everything and name no host, so that a hub's own mirror, or a folder of wheels, will do."""

import json
import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-installer.lock", "requirements-build.lock")
LOCKS = (*PYTHON_LOCKS, "package-lock.json", "package.json", ".npmrc")
TOOLS = ("pyproject.toml", "hatch_build.py", "mash", ".ci/run")
HOST = re.compile(r"https?:|git\+|\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(org|com|net|io|dev|uk|co)\b")
LINE = re.compile(r"^([a-z0-9-]+)(\[[a-z,]+\])?==(\S+)(.*)$")


def pins(name: str) -> dict[str, str]:
    found = (LINE.match(line) for line in (ROOT / name).read_text().splitlines())
    return {match[1]: match[3] for match in found if match}


@pytest.mark.parametrize("name", LOCKS + TOOLS)
def test_no_host_is_named(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if HOST.search(line)] == []


@pytest.mark.parametrize("line", ["https://x", "registry = packages.example.org", "resolved: http://a/b", "git+ssh"])
def test_a_host_would_be_found(line: str) -> None:
    assert HOST.search(line)


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_pin_has_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
    assert len(blocks) > 1
    assert [block.split()[0] for block in blocks[1:] if "--hash=sha256:" not in block] == []


def test_what_is_asked_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    borrowed = re.findall(r'^BORROWED_NODE = "(.+)"$', (ROOT / "hatch_build.py").read_text(), re.MULTILINE)
    builds = {*asked["build-system"]["requires"], *borrowed}
    assert builds == set(asked["dependency-groups"]["build"])
    for name, wanted in (
        ("requirements.lock", asked["project"]["dependencies"]),
        ("requirements-dev.lock", asked["dependency-groups"]["dev"]),
        ("requirements-installer.lock", asked["dependency-groups"]["installer"]),
        ("requirements-build.lock", builds),
    ):
        names = {re.split(r"[\[<>=;]", each)[0] for each in wanted}
        assert names - pins(name).keys() == set(), f"run ./mash lock: {name} is behind pyproject.toml"


def test_the_tests_run_on_what_is_shipped() -> None:
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: tested.get(name) for name in shipped} == shipped


def test_the_assets_are_of_the_version_that_the_macros_are_written_for() -> None:
    macros = metadata("govuk-frontend-jinja")
    written_for = re.search(rf"\[{re.escape(macros['Version'])}\]\S*\s*\|\s*\[([\d.]+)\]", str(macros.get_payload()))
    assert written_for
    assert json.loads((ROOT / "package.json").read_text())["dependencies"]["govuk-frontend"] == written_for[1]
