"""`mash test`, `mash check` and `mash lock`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from openmash.cli.running import Failed, django, in_foreground, once, say
from openmash.cli.surroundings import CHECKOUT, binaries, environment, in_checkout
from openmash.embedded import is_free

BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")  # in the order of `conftest.py`: what takes long first
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NO_CHROMIUM = (
    "The browser journeys need Chromium, and none is found. Install it with the line for your system:\n"
    "    Debian:  apt-get install chromium\n"
    "    Ubuntu:  snap install chromium\n"
    "    Fedora:  dnf install chromium\n"
    "    macOS:   brew install --cask chromium\n"
    "or name one with OPENMASH_CHROMIUM. To leave the journeys out: ./mash test -m 'not browser'"
)
# Two branches that each add a migration meet without a conflict for git, and nobody can migrate.
ONE_AFTER_THE_OTHER = """
import django
django.setup()
from django.db.migrations.loader import MigrationLoader
for room, found in MigrationLoader(None).detect_conflicts().items():
    raise SystemExit(f"{room} has two last migrations, {' and '.join(found)}: let one stand after the other.")
"""
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"


def free_test_home(home: Path) -> Path:
    """`<home>/test`, or the next that no other run of the tests is using: they would drop each other's database."""
    return next(folder for number in count(1) if is_free(folder := _numbered(home, number), binaries()))


def test(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Run pytest with `arguments`; on all cores, unless they name files or say how many."""
    _need_tools("pytest", "xdist")
    chromium = os.environ.get("OPENMASH_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    named = any(Path(argument.split("::")[0]).exists() for argument in arguments)
    if not chromium and not named and not _has(arguments, "-m"):
        raise Failed(NO_CHROMIUM)
    # One more than there are cores: each waits now and then, for a browser, a letter or a clock.
    spread = [] if named or _has(arguments, "-n") else ["-n", str((os.cpu_count() or 1) + 1), *BY_FILE]
    once(django("collectstatic", "--noinput", "--verbosity=0"), env, what="Gathering the assets", within=120)
    os.chdir(CHECKOUT)
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return in_foreground(command, {**env, "OPENMASH_CHROMIUM": chromium or ""})


def check() -> int:
    """Run every check, show what each that fails has to say, and return 1 if one did."""
    _need_tools("ruff", "mypy", "importlinter", "djlint")
    env = environment()
    python = [sys.executable, "-m"]
    checks = {
        "style": [*python, "ruff", "check", "."],
        "layout": [*python, "ruff", "format", "--check", "."],
        "types": [*python, "mypy"],
        "walls between the rooms": [sys.executable, "-c", LINT_IMPORTS],
        "migrations": [sys.executable, "-c", ONE_AFTER_THE_OTHER],
        "templates": [*python, "djlint", "openmash", "--lint", "--quiet"],
        "generated docs": django("reference", "--check"),
    }
    failed = [what for what, command in checks.items() if not _passes(what, command, env)]
    return 1 if failed else 0


def lock(arguments: Sequence[str]) -> int:
    """Write the lock files again: every package with its hashes, and no host, so that any mirror will do.

    What installs, and what builds the package, is locked as well.
    """
    _need_tools("uv")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
    command += ["--custom-compile-command", "./mash lock", *arguments]
    for more in (
        ["pyproject.toml", "-o", "requirements.lock"],
        ["pyproject.toml", "--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"],
        ["--group", "installer", "-o", "requirements-installer.lock"],
        ["--group", "build", "-o", "requirements-build.lock"],
    ):
        code = subprocess.run([*command, *more], cwd=CHECKOUT, check=False).returncode
        if code:
            return code
    return 0


def _passes(what: str, command: Sequence[str], env: Mapping[str, str]) -> bool:
    done = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        say(f"[green]passed[/green]  {what}")
        return True
    say(f"[red]failed[/red]  {what}")
    say((done.stdout + done.stderr).strip(), markup=False, soft_wrap=True)
    return False


def _has(arguments: Sequence[str], option: str) -> bool:
    return any(argument.startswith(option) for argument in arguments)


def _need_tools(*names: str) -> None:
    if not in_checkout():
        raise Failed("The tests and checks are in the repository, not in the installed package. Clone it first.")
    missing = [name for name in names if not find_spec(name)]
    if missing:
        raise Failed(f"{', '.join(missing)} is not installed. Run this as ./mash, which installs it.")


def _numbered(home: Path, number: int) -> Path:
    return home / ("test" if number == 1 else f"test-{number}")
