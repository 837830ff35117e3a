"""`python -m bench.long_file`: a file of 50,000 rows of police notifications, sent and loaded through the pages.

An evaluator signs in, sends the file, says what its headings mean, and watches it being read, while the worker is killed
and started again. Nothing may time out, and each notification has to be there once, whatever was killed. Prints how long
the slowest answer of each page took, beside what the same page took before the file came, and how long the worker's other
jobs had to wait. Needs the packages of the tests. What was loaded is taken out again.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import psutil
import psycopg
import requests

from bench.county import counted, county, machine
from bench.notifications import AREA, DRAWN, Known, draw, written
from openmash.cli.running import web, worker
from openmash.cli.surroundings import CHECKOUT
from openmash.embedded import spawn, stop
from openmash.notifications.rows import FIELDS

PASSWORD, EVALUATOR = "a-demo-of-openmash", "alan.firth@wendmark.example"
SPOILT = 1_000  # of so many rows one has no date
LOOKS = ("/notifications/", "/notifications/files/")
THERE = """
SELECT count(*), count(DISTINCT n.reference), (SELECT count(*) FROM notifications_subject s WHERE s.notification_id =
ANY(array_agg(n.id))) FROM notifications_notification n JOIN notifications_source f ON f.id = n.source_id WHERE f.name = %s"""
IDLE = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"
WAITED = """
SELECT max(started.at - greatest(deferred.at, j.scheduled_at)) FROM procrastinate_jobs j
JOIN procrastinate_events deferred ON deferred.job_id = j.id AND deferred.type = 'deferred'
JOIN procrastinate_events started ON started.job_id = j.id AND started.type = 'started'
WHERE j.task_name NOT LIKE '%%notifications' AND deferred.at > %s"""


class Evaluator:
    """Signed in, with the longest that each kind of page took."""

    def __init__(self, port: int) -> None:
        self.at, self.browser = f"http://127.0.0.1:{port}", requests.Session()
        self.slowest: dict[str, float] = defaultdict(float)
        self.ask("sign in", "/account/login/")
        self.ask("sign in", "/account/login/", login=EVALUATOR, password=PASSWORD)

    def ask(self, what: str, path: str, /, files: Mapping[str, object] | None = None, **said: str) -> requests.Response:
        begun = perf_counter()
        if said:
            said["csrfmiddlewaretoken"] = self.browser.cookies["csrftoken"]
            answer = self.browser.post(self.at + path, data=said, files=files, timeout=120)
        else:
            answer = self.browser.get(self.at + path, timeout=120)
        self.slowest[what] = max(self.slowest[what], perf_counter() - begun)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return answer


def spoil(content: bytes) -> tuple[bytes, int]:
    """The same file under headings that can be guessed, with a row in so many that nobody can read; how many these are."""
    heads, *lines = content.splitlines()
    labels = {field.key: field.label for field in FIELDS}
    heads = ",".join(labels[key] for key in heads.decode().split(",")).encode()
    for at in range(SPOILT - 1, len(lines), SPOILT):
        lines[at] = lines[at].replace(b",2026-01-05,", b",some day,", 1)
    return b"\r\n".join([heads, *lines]), len(lines) // SPOILT


def selected(page: str) -> dict[str, str]:
    """What the form of the headings has guessed."""
    found = {}
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


class Worker:
    """The worker, which can be killed and is started again."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self.env, self.log = env, log
        self.process = self.begin(worker())

    def begin(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            return spawn(command, env=self.env, cwd=CHECKOUT, output=output)

    def kill(self) -> None:
        process = psutil.Process(self.process.pid)
        for one in (*process.children(recursive=True), process):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait()
        self.process = self.begin(worker())


def await_pages(port: int) -> None:
    for _ in range(600):
        with suppress(requests.ConnectionError):
            requests.get(f"http://127.0.0.1:{port}/account/login/", timeout=30)
            return
        time.sleep(0.2)
    sys.exit("The server did not begin within two minutes.")


def await_idle(owner: psycopg.Connection) -> None:
    """The county was written straight into its tables: the worker first tells everybody what is overdue."""
    calm = 0
    while calm < 5:
        time.sleep(1)
        calm = calm + 1 if owner.execute(IDLE).fetchone() == (0,) else 0


def load(me: Evaluator, running: Worker, content: bytes, source: str, kills: int) -> tuple[str, float]:
    """Sent, mapped, watched to its end. How the page says that it ended, and the seconds of reading."""
    for path in LOOKS * 5:
        me.ask(f"{path} before", path)
    sent = {"file": ("night.csv", content, "text/csv")}
    page = me.ask("send the file", LOOKS[1], files=sent, source=source, kind="ViST")
    at, guessed = page.url.removeprefix(me.at), selected(page.text)
    me.ask("look at it with these headings", at, **guessed, do="look")
    page = me.ask("load it", at, **guessed, do="load")
    begun = killed = time.monotonic()
    while "data-refresh" in page.text:
        time.sleep(2)
        page = me.ask("how far it is", at)
        for path in LOOKS:
            me.ask(f"{path} meanwhile", path)
        if kills and time.monotonic() - killed > 15:
            running.kill()
            killed, kills = time.monotonic(), kills - 1
    took = time.monotonic() - begun
    end = " ".join(re.sub(r"<[^>]+>", " ", page.text[page.text.index('<div id="file">') :]).split())
    return end.partition("Put them right")[0], took


def main() -> int:
    """0 when everything is there once."""
    asked = argparse.ArgumentParser(prog="python -m bench.long_file", description=__doc__)
    asked.add_argument(
        "--size", type=int, default=20_000, help="enquiries of the county, of three people each (20,000)"
    )
    asked.add_argument("--rows", type=int, default=50_000, help="rows of the file, two to a notification (50,000)")
    asked.add_argument("--kills", type=int, default=3, help="how often the worker is killed (3)")
    asked.add_argument("--port", type=int, default=8171)
    said = asked.parse_args()
    source = f"Long file {time.time():.0f}"
    with county(said.size) as env, psycopg.connect(env["OPENMASH_OWNER_URL"], autocommit=True) as owner:
        surroundings = {**os.environ, **env, "OPENMASH_DEMO": "1", "OPENMASH_LOG": "ERROR"}
        people = draw([Known(*row) for row in owner.execute(DRAWN, [AREA])], said.rows, 11)
        content, spoilt = spoil(written(people))
        print(f"{counted(env['OPENMASH_OWNER_URL'], people='people_person')} · {said.rows:,} rows, {len(content):,} bytes, {spoilt} of them spoilt · {machine()}")  # fmt: skip
        log = Path(env["OPENMASH_HOME"]) / "long_file.log"
        running = Worker(surroundings, log)
        pages = running.begin(web("127.0.0.1", said.port, 2))
        try:
            await_pages(said.port)
            await_idle(owner)
            [since] = owner.execute("SELECT now()").fetchone()
            me = Evaluator(said.port)
            end, took = load(me, running, content, source, said.kills)
        finally:
            stop(pages)
            stop(running.process)
        [there, different, persons] = owner.execute(THERE, [source]).fetchone()
        [waited] = owner.execute(WAITED, [since]).fetchone()
        _take_out(owner, source)
    print(
        f"read in {took:,.0f} s, {there / took * 60:,.0f} notifications a minute; other jobs waited {waited or 0} at most"
    )
    print(f"the page says: {end}")
    print(f"there: {there:,} notifications, {different:,} references, {persons:,} people")
    for kind, seconds in me.slowest.items():
        print(f"{kind:36} {seconds:8.2f} s at most")
    return 0 if there == different == said.rows // 2 and persons == said.rows - spoilt else 1


def _take_out(owner: psycopg.Connection, source: str) -> None:
    of = (
        "IN (SELECT f.id FROM notifications_file f JOIN notifications_source s ON s.id = f.source_id WHERE s.name = %s)"
    )
    owner.execute(f"DELETE FROM notifications_subject WHERE notification_id IN (SELECT id FROM notifications_notification WHERE file_id {of})", [source])  # fmt: skip
    for table in ("notifications_notification", "notifications_repair"):
        owner.execute(f"DELETE FROM {table} WHERE file_id {of}", [source])
    owner.execute(f"DELETE FROM notifications_file WHERE id {of}", [source])


if __name__ == "__main__":
    sys.exit(main())
