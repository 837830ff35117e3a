"""Whoever hands in an enquiry is told that it was not received exactly when it was not, whatever is away."""

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg
import pytest
import requests
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bench.flood import flood
from bench.reconcile import reconcile
from bench.senders import Ledger
from conftest import founded_database
from openmash.enquiries.tests.filling import PROFESSIONAL, PUBLIC, walk
from openmash.settings import DATABASE_URL, OWNER_URL
from tests.fakes.ports import free_port
from tests.journeys.serving import House, Told, eventually, serving

pytestmark = pytest.mark.slow
PHONE, NOT_RECEIVED = "01632 960 100", "not received"
TOKEN = """
from datetime import timedelta
from django.utils import timezone
from openmash.agencies import systems
from openmash.county.hub import load_hub
hub = load_hub()
issued = systems.issue(hub.areas["wend-valley"], by=hub.staff["nina"], agency=hub.agencies["police"], name="Trial",
    scopes=["enquiries"], expires_at=timezone.now() + timedelta(days=1))
systems.agree(issued.token, by=hub.staff["gwen"])
print(issued.shows)
"""
# A trigger, where no disk of the trial's own can be made: what PostgreSQL raises for a full disk, by its own code.
NO_SPACE = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_space BEFORE INSERT ON enquiries_enquiry EXECUTE FUNCTION no_space();
"""
SPACE = "DROP FUNCTION no_space CASCADE"
# Hardly compressible, and larger than what is free on any page of a table.
LONG = Random(5).randbytes(4500).hex()


class Browser:
    """A browser without JavaScript, for `filling.walk`: an answer's `url` is where it leads.

    It tries again, since the server still has connections to a database that went away and is back.
    """

    def __init__(self, house: House) -> None:
        self.house, self.session = house, requests.Session()

    def get(self, path: str) -> requests.Response:
        return sure(lambda: self.session.get(self.house.address + path, timeout=60))

    def post(self, path: str, said: object = None) -> requests.Response:
        return sure(lambda: self.post_once(path, said))

    def post_once(self, path: str, said: object = None) -> requests.Response:
        mark = {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        sent = {**said, **mark} if isinstance(said, dict) else mark
        answer = self.session.post(self.house.address + path, sent, allow_redirects=False, timeout=60)
        answer.url = answer.headers.get("Location", "")
        return answer


def sure(ask: Callable[[], requests.Response]) -> requests.Response:
    """The first answer that is no failure."""

    def look() -> requests.Response | None:
        answer = ask()
        return answer if answer.status_code < 500 else None

    found = eventually("an answer", look)
    assert found is not None
    return found


@dataclass(frozen=True)
class Ready:
    """An enquiry that only has to be sent. `send` gives the status and all that is said."""

    mark: str
    send: Callable[[], tuple[int, str]]


def by_form(house: House, path: str, answers: dict[str, dict[str, object]]) -> Ready:
    """Filled in as far as the last page."""
    browser, mark = Browser(house), f"N-{uuid.uuid4().hex}"
    browser.get(path)
    walk(browser, path, answers | {"worry": {**answers["worry"], "worry": f"{mark} {LONG}"}})  # type: ignore[arg-type]

    def send() -> tuple[int, str]:
        answer = browser.post_once(f"{path}check/", {"is_true": "true"})
        return (answer.status_code, answer.text) if answer.status_code != 302 else shown(browser.get(answer.url))

    return Ready(mark, send)


def shown(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.text


def by_api(house: House, token: str) -> Ready:
    mark = f"N-{uuid.uuid4().hex}"
    sent = {"worry": f"{mark} {LONG}", "concerns": ["neglect"], "address_lines": "14 Mill Lane"}
    sent |= {"referrer": {"name": "Ines Coyle", "email": "ines.coyle@police.example"}}  # type: ignore[dict-item]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": mark}
    url = f"{house.address}/api/v1/enquiries"
    return Ready(mark, lambda: shown(requests.post(url, json=sent, headers=headers, timeout=60)))


@pytest.fixture(scope="module")
def house(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose mail server and whose virus scanner are away from beginning to end."""
    away = {
        "OPENMASH_SMTP_HOST": "127.0.0.1",
        "OPENMASH_SMTP_PORT": str(free_port()),
        "OPENMASH_CLAMD": f"127.0.0.1:{free_port()}",
    }
    founded = Told(founded_database(), {})
    with serving(founded, f"{founded.database}_not_received", tmp_path_factory.mktemp("n"), besides=away) as house:
        yield house


@pytest.fixture(scope="module")
def token(house: House) -> str:
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="openmash.settings")
    env["DATABASE_URL"] = psycopg.conninfo.make_conninfo(DATABASE_URL, dbname=name_of(house))
    shell = [sys.executable, "-m", "django", "shell", "--verbosity", "0", "-c", TOKEN]
    return subprocess.run(shell, env=env, capture_output=True, text=True, check=True).stdout.split()[-1]


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the server's own account can reach."""
    made = Path(tempfile.mkdtemp(prefix="mash-full-"))
    yield made
    made.rmdir()


@pytest.fixture
def ready(house: House, token: str) -> list[Ready]:
    """One on the public form, one on the professionals', one from another system."""
    return [
        by_form(house, "/make-an-enquiry/", PUBLIC),
        by_form(house, "/professional/", PROFESSIONAL),
        by_api(house, token),
    ]


def all_sent(ready: list[Ready]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(ready)) as together:
        return list(together.map(lambda one: one.send(), ready))


def held(house: House, mark: str) -> list[str]:
    return [row[0] for row in house.ask("SELECT reference FROM enquiries_enquiry WHERE worry LIKE %s", f"{mark}%")]


def is_honest(house: House, one: Ready, status: int, said: str) -> bool:
    """Whether it was received; asserts that just this was said."""
    there = held(house, one.mark)
    if there:
        assert status in (200, 201) and there[0] in said and NOT_RECEIVED not in said, said
    else:
        assert status >= 500 and NOT_RECEIVED in said and PHONE in said, (status, said)
    return bool(there)


def name_of(house: House) -> str:
    return str(conninfo_to_dict(house.owner_url)["dbname"])


@contextmanager
def altered(house: House, to: str, back: str) -> Iterator[None]:
    """The database's own setting, for whoever connects from now on: everybody is sent away once, and once after."""

    def alter(what: str) -> None:
        with psycopg.connect(OWNER_URL, autocommit=True) as owner:
            owner.execute(sql.SQL("ALTER DATABASE {} ").format(sql.Identifier(name_of(house))) + sql.SQL(what))  # type: ignore[arg-type]
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name_of(house)])

    alter(to)
    try:
        yield
    finally:
        alter(back)


def down(house: House, folder: Path) -> AbstractContextManager[None]:
    return altered(house, "ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true")


@contextmanager
def no_connection_left(house: House, folder: Path) -> Iterator[None]:
    """The pools are empty, and are waited for in vain. The database's owner is held by no limit."""
    said_before = failed_to_connect(house)
    with altered(house, "CONNECTION LIMIT 0", "CONNECTION LIMIT -1"), ThreadPoolExecutor(8) as together:

        def look() -> bool:
            list(together.map(lambda _: requests.get(house.address + "/make-an-enquiry/", timeout=60), range(8)))
            return failed_to_connect(house) > said_before

        eventually("the pool has none", look)
        yield


def failed_to_connect(house: House) -> int:
    return (house.home / "logs/web.log").read_text().count("error connecting in")


def only_to_be_read(house: House, folder: Path) -> AbstractContextManager[None]:
    """As after a failover to a standby, or when somebody stops all writing."""
    return altered(house, "SET default_transaction_read_only = on", "RESET default_transaction_read_only")


@contextmanager
def full_disk(house: House, folder: Path) -> Iterator[None]:
    """The enquiries' table on a disk of its own with nothing left on it; where none can be mounted, a trigger."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        house_does(house, NO_SPACE)
        try:
            yield
        finally:
            house_does(house, SPACE)
        return
    try:
        server = Path(house.ask("SHOW data_directory")[0][0]).stat()
        os.chown(folder, server.st_uid, server.st_gid)
        house_does(house, f"CREATE TABLESPACE full_disk LOCATION '{folder}'")
        house_does(house, "ALTER TABLE enquiries_enquiry SET TABLESPACE full_disk")
        with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        yield
    finally:
        (folder / "filler").unlink(missing_ok=True)
        house_does(house, "ALTER TABLE enquiries_enquiry SET TABLESPACE pg_default")
        house_does(house, "DROP TABLESPACE IF EXISTS full_disk")
        subprocess.run(["umount", folder], check=True)


def house_does(house: House, what: str) -> None:
    with psycopg.connect(house.owner_url, autocommit=True) as owner:
        owner.execute(what.encode())


FAULTS = {
    "the database is down": down,
    "the disk is full": full_disk,
    "no connection is left": no_connection_left,
    "the database only reads": only_to_be_read,
}


def test_what_was_received_waits_for_the_mail_server(house: House, ready: list[Ready]) -> None:
    """Neither it nor the virus scanner is there; nobody who hands something in hears of it."""
    for one in ready:
        eventually("it is received", lambda one=one: is_honest(house, one, *one.send()))  # type: ignore[misc]
    references = [held(house, one.mark)[0] for one in ready[1:]]  # whoever is anonymous gets no letter
    waiting = "SELECT count(*) FROM agencies_letter WHERE about = ANY(%s) AND sent_at IS NULL AND tries > 0"
    eventually("the worker has tried to send", lambda: house.ask(waiting, references) == [(2,)])


def test_a_flood_loses_nothing_and_every_error_is_honest(house: House, folder: Path) -> None:
    """The short form of `python -m bench.flood`."""
    port, file = int(house.address.rpartition(":")[2]), folder / "ledger"
    felt = flood(Ledger(file), port, port, rate=20, seconds=6, calm=1, count=5)
    found = reconcile(file, house.owner_url)
    file.unlink()
    assert felt.dishonest == []
    assert found["lost"] == found["twice"] == found["told not received, and received"] == 0
    assert found["acknowledged"] == found["in the database"] > 0
    assert any(name.startswith("malformed") for name in felt.statuses) and felt.times["during"]


@pytest.mark.parametrize("fault", FAULTS)
def test_it_says_not_received_exactly_when_it_was_not(
    fault: str, house: House, ready: list[Ready], folder: Path
) -> None:
    with FAULTS[fault](house, folder):
        told = all_sent(ready)
        looked = requests.get(f"{house.address}/make-an-enquiry/", timeout=60).text
        assert NOT_RECEIVED not in looked and PHONE in looked, "who sends nothing is told nothing of it"
    assert not any(is_honest(house, one, *said) for one, said in zip(ready, told, strict=True)), "the fault was felt"
    for one in ready:  # "Try again", until it is acknowledged: every answer on the way is honest, and it comes once
        eventually("it is received", lambda one=one: is_honest(house, one, *one.send()))  # type: ignore[misc]
    assert [len(held(house, one.mark)) for one in ready] == [1, 1, 1]
