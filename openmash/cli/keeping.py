"""`mash backup`, `mash restore` and `mash restore-to`: what is kept, and the proof that it can be had back.

A backup is a folder: `database` (pg_dump's own format), and `facts.json`: every table's rows counted and digested,
every policy, trigger, function and grant, all of one instant. A restored database is compared with them line by line.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from openmash.cli.facts import Facts, differences, facts, is_empty
from openmash.cli.running import Failed, django, need_safety, once, say
from openmash.cli.surroundings import DATABASE, binaries, environment
from openmash.embedded import Server, attach
from openmash.embedded.cluster import LOGIN, OWNER
from openmash.embedded.place import Place, locate

PATIENCE = 3600  # seconds, for a dump and for its way back
ROLES = """
    WITH RECURSIVE named AS (
        SELECT roleid AS oid FROM pg_auth_members WHERE roleid >= 16384
        UNION SELECT member FROM pg_auth_members WHERE roleid >= 16384
        UNION SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT grantee FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace
        UNION SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
    SELECT rolname, rolcanlogin, rolinherit, rolbypassrls FROM pg_roles JOIN named USING (oid) ORDER BY 1"""
# Without the key that the application signs with: no backup needs it, and `migrate` lays it anew.
DUMP = ("--format=custom", "--exclude-schema=openmash_keys")
MEMBERS = "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members WHERE roleid >= 16384 ORDER BY 1, 2"


def backup(to: Path, env: Mapping[str, str]) -> Path:
    """Write a new folder into `to`; it has its name only once it is whole. Raises Failed with what pg_dump said."""
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    began = time.monotonic()
    made = to / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    if made.exists():
        raise Failed(f"{made} is there already.")
    with tempfile.TemporaryDirectory(dir=to, prefix="unfinished-") as unfinished:
        dump = Path(unfinished, "database")
        url = env.get("OPENMASH_BACKUP_URL") or _owner(env)
        with psycopg.connect(url) as reader:
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _need_reader(reader, env)
            [snapshot] = reader.execute("SELECT pg_export_snapshot()").fetchone() or [""]
            said = {"facts": facts(reader), "roles": _all(reader, ROLES), "members": _all(reader, MEMBERS)}
            _run("pg_dump", *DUMP, f"--snapshot={snapshot}", f"--file={dump}", f"--dbname={url}")
        said |= {"sha256": _digest(dump), "taken_at": made.name}
        Path(unfinished, "facts.json").write_text(json.dumps(said, indent=1, ensure_ascii=False))
        shutil.copytree(unfinished, made)
    made.chmod(0o700)
    rows = said["facts"]["rows"]  # type: ignore[index]
    say(f"{len(rows)} tables are in {made}, {_size(made)}, in {time.monotonic() - began:.1f} seconds.")
    return made


def check(made: Path) -> None:
    """Restore to a server made for it, compare, open the pages on it, and throw it away. Raises Failed."""
    began = time.monotonic()
    with _folder() as folder, attach(folder, binaries()) as server:
        server.ensure(DATABASE)
        _fill(made, server.url(OWNER, DATABASE))
        try_out(folder, server)
    say(f"The backup can be had back, and works: {time.monotonic() - began:.1f} seconds.")


def restore(made: Path, env: Mapping[str, str]) -> None:
    """Restore into the hub's own database, which has to be empty. Raises Failed."""
    with psycopg.connect(_owner(env)) as owner:
        if not is_empty(owner):
            raise Failed("The database is not empty, and nothing in it is overwritten. Make a new one, and name it.")
    _fill(made, _owner(env))


def restore_to(moment: str, base: Path, wal: Path) -> None:
    """Try the hub as it was at `moment`, from a base backup and the archived log. Raises Failed."""
    began = time.monotonic()
    with at_moment(moment, base, wal) as (folder, server):
        with psycopg.connect(server.url(OWNER, DATABASE)) as owner:
            [last] = owner.execute("SELECT max(at) FROM audit_ledgerevent").fetchone() or [None]
        say(f"The last line on the ledger is of {last:%Y-%m-%d %H:%M:%S %Z}." if last else "The ledger is empty.")
        try_out(folder, server)
    say(f"The hub as it was at {moment} works: {time.monotonic() - began:.1f} seconds.")


@contextmanager
def at_moment(moment: str, base: Path, wal: Path) -> Iterator[tuple[Path, Server]]:
    """A server that played the log on the base backup up to `moment`, and is thrown away in the end."""
    with _folder() as folder:
        lay_out(locate(folder, binaries()), moment, base, wal)
        with attach(folder, binaries()) as server:
            _await_end_of_recovery(server)
            yield folder, server


def try_out(folder: Path, server: Server) -> None:
    """The application starts on this server, and shows its pages to the public and to the staff. Raises Failed.

    It is migrated first: the database believes what is signed with the key that `migrate` lays there.
    """
    env = environment(folder) | {
        "DATABASE_URL": server.url(LOGIN, DATABASE),
        "OPENMASH_OWNER_URL": server.url(OWNER, DATABASE),
        "OPENMASH_SECRET_KEY": "only-for-this-server",
        "OPENMASH_DEMO": "1",  # no letter leaves it
    }
    once(django("migrate", "--verbosity=0"), env | {"OPENMASH_AS": "owner"}, what="The migration", within=600)
    need_safety(env)
    once(django("open_pages"), env, what="Opening the pages", within=300)


def lay_out(place: Place, moment: str, base: Path, wal: Path) -> None:
    """The data directory of a server that will play the log on the base backup, up to `moment`."""
    version = (base / "PG_VERSION").read_text().strip() if (base / "PG_VERSION").is_file() else "nothing"
    if version != str(place.major):
        raise Failed(f"{base} holds {version} of PostgreSQL, and this one is {place.major}: set OPENMASH_POSTGRES_BIN.")
    place.base.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(base, place.data)
    (place.data / "postgresql.conf").touch()
    (place.data / "recovery.signal").touch()
    fetch = f'cp "{wal.absolute()}/%f" "%p"'.replace("'", "''")
    with (place.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"\nrestore_command = '{fetch}'\nrecovery_target_time = '{moment}'\n")
        settings.write("recovery_target_action = 'promote'\narchive_mode = off\n")
    for path in (place.base, place.data, *place.data.rglob("*")):
        if place.account:
            os.chown(path, place.account.uid, place.account.gid, follow_symlinks=False)
    place.data.chmod(0o700)


def _fill(made: Path, url: str) -> None:
    said = json.loads((made / "facts.json").read_text())
    if _digest(made / "database") != said["sha256"]:
        raise Failed(f"{made / 'database'} is not what was written: its digest differs.")
    with psycopg.connect(url, autocommit=True) as owner:
        _make_roles(owner, said)
        new_owners = sql.SQL(", ").join(sql.Identifier(role[0]) for role in said["roles"])
        owner.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(new_owners))
        _run(
            "pg_restore", "--exit-on-error", f"--jobs={os.cpu_count() or 1}", f"--dbname={url}", str(made / "database")
        )
        owner.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(new_owners))
    wanted: Facts = said["facts"]
    with psycopg.connect(url) as owner:
        found = differences(wanted, facts(owner))
    if found:
        raise Failed("\n".join(["What was restored is not what was backed up:", *found[:20], f"{len(found)} in all."]))
    say(f"Equal: {', '.join(f'{len(lines)} {kind}' for kind, lines in wanted.items())}.")


def _need_reader(connection: "psycopg.Connection[Any]", env: Mapping[str, str]) -> None:
    """Raises Failed where what is named for backups could write, or is not shown everything."""
    if not env.get("OPENMASH_BACKUP_URL"):
        say("Made with the owner's login. Name one that only reads in OPENMASH_BACKUP_URL: docs/how-to/run-a-hub.md.")
        return
    question = """
        SELECT rolname, rolsuper OR EXISTS (
            SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND has_table_privilege(pg_roles.oid, pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')), rolbypassrls
        FROM pg_roles WHERE rolname = current_user"""
    for role, writes, reads_all in connection.execute(question.encode()):
        if writes:
            raise Failed(
                f"OPENMASH_BACKUP_URL comes in as {role}, who may write. Name the login openmash_backup there."
            )
        if not reads_all:
            raise Failed(
                f"Row-level security holds {role} back: the backup would not be whole. ALTER ROLE … BYPASSRLS."
            )


def _make_roles(owner: "psycopg.Connection[Any]", said: Mapping[str, Any]) -> None:
    """The roles that hold something, where they are missing. No password is in a backup."""
    there = {row[0] for row in owner.execute("SELECT rolname FROM pg_roles")}
    for name, logs_in, inherits, *bypasses in said["roles"]:
        if name not in there:
            flags = sql.SQL(
                f"{'LOGIN' if logs_in else 'NOLOGIN'} {'INHERIT' if inherits else 'NOINHERIT'}"
                f"{' BYPASSRLS' if any(bypasses) else ''}"
            )
            try:
                owner.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(name)) + flags)
            except psycopg.errors.InsufficientPrivilege as refused:
                raise Failed(f"Make {name} first, as docs/how-to/run-a-hub.md says: the owner may not.") from refused
    members = {tuple(row) for row in owner.execute(MEMBERS.encode())}
    for role, member in said["members"]:
        if (role, member) not in members:
            owner.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mash-") as name:
        Path(name).chmod(0o711)  # as root, the server runs under another account
        yield Path(name)


def _await_end_of_recovery(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with server.as_owner() as owner:
            if owner.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,):
                return
        time.sleep(0.1)
    raise Failed("The log was not played to its end in time.")


def _owner(env: Mapping[str, str]) -> str:
    return env.get("OPENMASH_OWNER_URL") or env["DATABASE_URL"]


def _run(program: str, *arguments: str) -> str:
    path = locate(Path(tempfile.gettempdir()), binaries()).binaries / program
    done = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode:
        raise Failed(f"{program} failed:\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def _all(connection: "psycopg.Connection[Any]", question: str) -> list[list[Any]]:
    return [list(row) for row in connection.execute(question.encode()).fetchall()]


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _size(made: Path) -> str:
    return f"{sum(file.stat().st_size for file in made.iterdir()) / 1_000_000:.1f} MB"
