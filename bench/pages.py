"""How long the pages take, as ratios to a bare view on the same server in the same run.

`python -m bench.pages` needs a county written by `bench.big_county` in the database of `DATABASE_URL`. It starts the
server that production uses, signs in, and asks each page in turn, so that all share whatever the machine is doing.
"""

import http.client
import os
import platform
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep
from urllib.parse import urlencode

import psycopg

PORT, ROUNDS, WARM = 8077, 60, 10
SIGN_IN = {"login": "ruth.okafor@wendmark.example", "password": "a-demo-of-openmash"}


@dataclass
class Measured:
    """One page: where, what it may cost, and what it did."""

    name: str
    path: str
    goal_p50: float
    goal_p95: float = 0
    times: list[float] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    size: int = 0

    def at(self, share: int) -> float:
        return quantiles(self.times, n=100)[share - 1] * 1000


class Browser:
    """Keeps one connection and its cookies."""

    def __init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: dict[str, str] | None = None
    ) -> tuple[int, str, http.client.HTTPMessage]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, text, answer.headers

    def token(self, path: str) -> str:
        _, text, _ = self.ask("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        return found.group(1) if found else ""

    def sign_in(self) -> None:
        token = self.token("/account/login/")
        status, _, _ = self.ask("POST", "/account/login/", {**SIGN_IN, "csrfmiddlewaretoken": token})
        assert status == 302, status


@contextmanager
def served() -> Iterator[None]:
    """The server of production, two workers, with the bench's settings."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "2"]
    server = subprocess.Popen([*command, "--log-level", "warning", "bench.wsgi:application"], env=env)
    try:
        for _ in range(100):
            try:
                if Browser().ask("GET", "/floor/")[0] == 200:
                    break
            except OSError:
                sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(10)


def pages() -> tuple[list[Measured], dict[str, int]]:
    """The pages to ask for, from what is in the database."""
    with psycopg.connect(os.environ["OPENMASH_OWNER_URL"]) as owner:
        [(enquiries, people, items)] = owner.execute(
            "SELECT (SELECT count(*) FROM enquiries_enquiry), (SELECT count(*) FROM people_person),"
            " (SELECT count(*) FROM intelligence_item)"
        ).fetchall()
        area = "(SELECT id FROM agencies_area WHERE key = 'wend-valley')"
        opened = "SELECT reference, p.person_id FROM enquiries_enquiry e JOIN enquiries_party p ON p.enquiry_id = e.id"
        plain = owner.execute(f"{opened} WHERE status = 'gathering' AND e.area_id = {area} LIMIT 1").fetchone()
        largest = owner.execute(
            f"{opened} JOIN people_person pp ON pp.id = p.person_id WHERE status <> 'closed' AND e.area_id = {area}"
            " AND pp.lead_id = 1 LIMIT 1"
        ).fetchone()
        surname = owner.execute("SELECT family FROM people_name WHERE person_id = 1").fetchone()
    large = (largest or plain)[0]
    found = [
        Measured("floor", "/floor/", 1),
        Measured("queue", "/queue/", 2, 3),
        Measured("my work", "/work/", 2, 3),
        Measured("enquiry", f"/enquiry/{plain[0]}/", 4),
        Measured("requests", f"/enquiry/{plain[0]}/requests/", 4),
        Measured("person", f"/person/{plain[1]}/", 4),
        Measured("chronology, largest", f"/enquiry/{large}/chronology/", 4),
        Measured("search by name", f"/search/?q={surname[0]}+2015", 2, 3),
        Measured("search by reference", f"/search/?q={plain[0]}", 2, 3),
    ]
    return found, {"enquiries": enquiries, "people": people, "chronology items": items}


def measure(browser: Browser, found: list[Measured]) -> None:
    for round_ in range(ROUNDS + WARM):
        for page in found:
            begun = perf_counter()
            status, text, headers = browser.ask("GET", page.path)
            took = perf_counter() - begun
            assert status == 200, (page.path, status)
            if round_ >= WARM:
                page.times.append(took)
                page.queries.add(headers["X-Queries"])
                page.size = len(text)


def measure_submit(browser: Browser) -> Measured:
    """A professional's whole enquiry through the telephone screen's own action: one POST."""
    page = Measured("submit", "/telephone/", 6)
    for round_ in range(60):
        token = browser.token("/telephone/")
        said = submission(browser, token)
        begun = perf_counter()
        status, _, headers = browser.ask("POST", said.pop("path"), said)
        if round_ >= 5:
            page.times.append(perf_counter() - begun)
            page.queries.add(headers["X-Queries"])
        assert status == 302, status
    return page


def submission(browser: Browser, token: str) -> dict[str, str]:
    _, text, _headers = browser.ask("GET", "/telephone/")
    form = re.search(r'<form[^>]*action="([^"]*)"', text)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    return {
        **hidden,
        "path": form.group(1) if form and form.group(1) else "/telephone/",
        "csrfmiddlewaretoken": token,
        "worry": f"Made for measuring {uuid.uuid4()}",
    }


def show(found: list[Measured], sizes: dict[str, int]) -> None:
    floor = found[0]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(", ".join(f"{count:,} {name}" for name, count in sizes.items()), "·", machine, f"· {ROUNDS} rounds")
    print(
        f"{'page':22} {'queries':>8} {'kB':>6} {'p50 ms':>8} {'p95 ms':>8} {'x floor p50':>12} {'goal':>6} {'x p95':>7} {'goal':>6}"
    )
    for page in found:
        ratio, ratio95 = page.at(50) / floor.at(50), page.at(95) / floor.at(95)
        goal95 = f"{page.goal_p95:g}" if page.goal_p95 else ""
        print(
            f"{page.name:22} {'/'.join(sorted(page.queries)):>8} {page.size / 1024:6.0f} {page.at(50):8.1f} "
            f"{page.at(95):8.1f} {ratio:12.1f} {page.goal_p50:6g} {ratio95:7.1f} {goal95:>6}"
        )


def main() -> None:
    found, sizes = pages()
    with served():
        browser = Browser()
        browser.sign_in()
        found = [page for page in found if browser.ask("GET", page.path)[0] == 200]
        measure(browser, found)
        show(found, sizes)


if __name__ == "__main__":
    main()
