"""How long the pages take, as ratios to a bare view on the same server in the same run.

Needs a county written by `bench.big_county` in the database of `DATABASE_URL`. Starts the server that production uses,
signs in, and asks for the floor and for each page in turn, so that all share whatever else the machine is doing.
"""

import http.client
import os
import platform
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep
from urllib.parse import urlencode

import psycopg

PORT, WARM = int(os.environ.get("OPENMASH_BENCH_PORT", "8077")), 10
PASSWORD = "a-demo-of-openmash"
MANAGER, COORDINATOR, RESEARCHER = "ruth.okafor", "joanna.vale", "lewis.tarn"
_OPEN = """
SELECT e.reference, p.person_id FROM enquiries_enquiry e JOIN enquiries_party p ON p.enquiry_id = e.id
JOIN people_person pp ON pp.id = p.person_id JOIN agencies_area a ON a.id = e.area_id
WHERE a.key = 'wend-valley' AND p.order = 0 AND {} ORDER BY e.id LIMIT 1"""


class Browser:
    """Keeps one connection and the cookies of one person."""

    def __init__(self, who: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}
        if who:
            self.ask("GET", "/account/login/")
            said = {"login": f"{who}@wendmark.example", "password": PASSWORD}
            status, _, _ = self.ask("POST", "/account/login/", said)
            assert status == 302, f"{who} cannot sign in: {status}"

    def ask(
        self, method: str, path: str, body: dict[str, str] | None = None
    ) -> tuple[int, str, http.client.HTTPMessage]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = {**body, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        self.connection.request(method, path, urlencode(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, text, answer.headers


@dataclass
class Measured:
    """One page: whose, where, what it may cost, and what it did. `says` makes the form of one that is sent."""

    name: str
    who: str
    path: str
    goal_p50: float
    goal_p95: float = 0
    says: Callable[[], dict[str, str]] | None = None
    times: list[float] = field(default_factory=list)
    queries: set[int] = field(default_factory=set)
    size: int = 0

    def ask(self, browser: Browser, *, keep: bool) -> None:
        path, said = self.path.format(token=uuid.uuid4().hex), self.says() if self.says else None
        begun = perf_counter()
        status, text, headers = browser.ask("POST" if said else "GET", path, said)
        took = perf_counter() - begun
        assert status == (302 if said else 200), (path, status, re.findall(r"error-message[^<]*<[^<]*<[^<]*", text))
        if keep:
            self.times.append(took)
            self.queries.add(int(headers["X-Queries"]))
            self.size = len(text)

    def at(self, share: int) -> float:
        return quantiles(self.times, n=100)[share - 1] * 1000


def call() -> dict[str, str]:
    """A whole enquiry, as the telephone screen sends it: one child, an address, a worry."""
    return {
        "do": "send",
        "writer": "bench",
        "opened_at": "0",
        "channel": "telephone",
        "referrer_kind": "professional",
        "received_on-day": "2",
        "received_on-month": "1",
        "received_on-year": "2025",
        "received_time": "10:00am",
        "referrer_name": "Made for measuring",
        "source_code": "3B",
        "kind": "child",
        "worry": "Made for measuring.",
        "children-0-given": "Mia",
        "children-0-family": "Bell",
        "children-0-age": "7",
        "children-number": "1",
        "address_lines": "14 Mill Lane",
        "postcode": "WX3 4AB",
    }


@contextmanager
def served() -> Iterator[None]:
    """The server of production, two workers, with the bench's settings."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "2"]
    command += ["--blocking-threads", "5", "--log-level", "warning"]
    server = subprocess.Popen([*command, "bench.wsgi:application"], env=env)
    try:
        for _ in range(900):
            try:
                if Browser().ask("GET", "/floor/")[0] == 200:
                    break
            except OSError:
                sleep(0.2)
        else:
            sys.exit("The server did not begin within three minutes.")
        yield
    finally:
        server.terminate()
        server.wait(60)


def pages() -> tuple[list[Measured], str]:
    """The pages to ask for, from what is in the database, and how much that is."""
    with psycopg.connect(os.environ["OPENMASH_OWNER_URL"]) as owner:
        counts = [
            owner.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("enquiries_enquiry", "people_person", "intelligence_item")
        ]
        plain, person = owner.execute(_OPEN.format("e.status = 'gathering' AND pp.lead_id IS NULL")).fetchone()
        large, child = owner.execute(_OPEN.format("e.status <> 'closed' AND pp.lead_id = 1")).fetchone()
        given, family = owner.execute("SELECT given, family FROM people_name WHERE person_id = %s", [person]).fetchone()
        born = owner.execute("SELECT born_on FROM people_person WHERE id = %s", [person]).fetchone()
    asked = urlencode({"q": f"{given} {family} {born[0]:%d/%m/%Y}" if born[0] else f"{given} {family}"})
    lists, single = (2.0, 3.0), (4.0,)
    found = [
        Measured("floor", MANAGER, "/floor/", 1),
        Measured("queue", MANAGER, "/queue/", *lists),
        Measured("my work", MANAGER, "/work/", *lists),
        Measured("decisions due", MANAGER, "/due/", *lists),
        Measured("my checks", RESEARCHER, "/checks/", *lists),
        Measured("enquiry", MANAGER, f"/enquiry/{plain}/", *single),
        Measured("requests and answers", MANAGER, f"/enquiry/{plain}/requests/", *single),
        Measured("person", MANAGER, f"/person/{person}/", *single),
        Measured("person, largest family", MANAGER, f"/person/{child}/", *single),
        Measured("chronology", MANAGER, f"/enquiry/{plain}/chronology/", *single),
        Measured("chronology, largest", MANAGER, f"/enquiry/{large}/chronology/", *single),
        Measured("search by name", MANAGER, f"/search/?{asked}", *lists),
        Measured("search by reference", MANAGER, f"/search/?q={plain}", *lists),
        Measured("submit", COORDINATOR, "/telephone/{token}/", 6, says=call),
    ]
    sizes = zip((count[0] for count in counts), ("enquiries", "people", "items"), strict=True)
    return found, ", ".join(f"{count:,} {name}" for count, name in sizes)


def measure(found: list[Measured], rounds: int) -> None:
    browsers = {who: Browser(who) for who in (MANAGER, COORDINATOR, RESEARCHER)}
    for number in range(WARM + rounds):
        for page in found:
            page.ask(browsers[page.who], keep=number >= WARM)


def show(found: list[Measured], sizes: str, rounds: int) -> None:
    floor = found[0]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{sizes} · {machine} · load {os.getloadavg()[0]:.1f} · {rounds} rounds")
    print(
        f"{'':22} {'queries':>8} {'kB':>6} {'p50 ms':>8} {'p95 ms':>8} {'p50 x':>6} {'goal':>5} {'p95 x':>6} {'goal':>5}"
    )
    for page in found:
        ratios = (page.at(50) / floor.at(50), page.at(95) / floor.at(95))
        queries = "-".join(map(str, sorted({min(page.queries), max(page.queries)})))
        print(
            f"{page.name:22} {queries:>8} {page.size / 1024:6.0f} {page.at(50):8.1f} {page.at(95):8.1f}"
            f" {ratios[0]:6.1f} {page.goal_p50:5g} {ratios[1]:6.1f} {page.goal_p95 or '':>5}"
        )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    found, sizes = pages()
    with served():
        measure(found, rounds)
    show(found, sizes, rounds)


if __name__ == "__main__":
    main()
