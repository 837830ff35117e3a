"""Where the commands find their folder, their database and their secret."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from openmash.embedded import attach
from openmash.embedded.cluster import BACKUP, LOGIN, OWNER, PUBLIC, WORKER

CHECKOUT = Path(__file__).resolve().parents[2]
DATABASE = "openmash"
# Each of them names a PostgreSQL of one's own: a machine that only works, or makes backups, knows one.
NAMES_ANOTHER = (
    "DATABASE_URL",
    "OPENMASH_OWNER_URL",
    "OPENMASH_WORKER_URL",
    "OPENMASH_BACKUP_URL",
    "OPENMASH_PUBLIC_URL",
)


def in_checkout() -> bool:
    """Whether this runs from a checkout, not from an installed package."""
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "mash").is_file()


def home() -> Path:
    """`OPENMASH_HOME`; else `.mash` in a checkout; else the account's own folder for data."""
    if named := os.environ.get("OPENMASH_HOME"):
        return Path(named).expanduser().absolute()
    if in_checkout():
        return CHECKOUT / ".mash"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "openmash"


def binaries() -> Path | None:
    """The directory of another PostgreSQL's programs, where one is named."""
    named = os.environ.get("OPENMASH_POSTGRES_BIN")
    return Path(named).expanduser() if named else None


def environment(folder: Path | None = None) -> dict[str, str]:
    """The environment for a Django command that needs no database."""
    return dict(os.environ, OPENMASH_HOME=str(folder or home()), DJANGO_SETTINGS_MODULE="openmash.settings")


@contextmanager
def surroundings(folder: Path | None = None, *, durable: bool = True, demo: bool = False) -> Iterator[dict[str, str]]:
    """The environment for a Django command. Where no PostgreSQL is named, the embedded one runs meanwhile."""
    folder = folder or home()
    env = environment(folder)
    if "OPENMASH_LEDGER_KEY" not in env and "OPENMASH_LEDGER_KEY_FILE" not in env:
        env["OPENMASH_LEDGER_KEY_FILE"] = _ledger_key(folder)
    if demo:
        env["OPENMASH_DEMO"] = "1"
        env.setdefault("OPENMASH_ADDRESS", address(folder))
    if any(name in os.environ for name in NAMES_ANOTHER):
        env.setdefault("OPENMASH_SECRET_KEY", _secret(folder))
        yield env
        return
    with attach(folder, binaries(), durable=durable) as server:
        server.ensure(DATABASE)
        env["DATABASE_URL"] = server.url(LOGIN, DATABASE)
        env["OPENMASH_OWNER_URL"] = server.url(OWNER, DATABASE)
        env["OPENMASH_WORKER_URL"] = server.url(WORKER, DATABASE)
        env["OPENMASH_BACKUP_URL"] = server.url(BACKUP, DATABASE)
        env["OPENMASH_PUBLIC_URL"] = server.url(PUBLIC, DATABASE)
        env.setdefault("OPENMASH_SECRET_KEY", _secret(folder))
        yield env


def remember_address(folder: Path, port: int) -> str:
    """Note where the demo answers, so that `mash world` can say it."""
    said = f"http://localhost:{port}"
    (folder / "address").write_text(said)
    return said


def was_demonstrated(folder: Path) -> bool:
    """Whether a demo was ever started here."""
    return (folder / "address").is_file()


def address(folder: Path) -> str:
    """Where the demo answers, or last answered."""
    return (folder / "address").read_text() if was_demonstrated(folder) else "http://localhost:8000"


def _secret(folder: Path) -> str:
    """A key of this folder's own, so that nobody can sign for it and sessions outlive a restart."""
    return _kept(folder / "secret-key", lambda: secrets.token_urlsafe(48))


def _ledger_key(folder: Path) -> str:
    """Where the key lies that signs the ledger's checkpoints: an ed25519 key is 32 random bytes."""
    path = folder / "ledger-key"
    _kept(path, lambda: secrets.token_hex(32))
    return str(path)


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.is_file():
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        fresh.replace(path)
    return path.read_text()
