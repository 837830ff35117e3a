"""`python -m bench.flood`: 50 requests a second on the public form for five minutes, while the staff go on working.

Members of the public fill in the form, page after page, one request in twenty is malformed, and three people of the staff
load their pages, before and meanwhile. Requests are due at their time, whether or not the last were answered. Prints what
was acknowledged, what of it is lost (by `bench.reconcile`), how long the staff waited as a ratio to how long they waited
before, and which errors did not say that nothing was received. All come from one address: intake looks at none, and turns
nobody away. `--apart` serves the public form from processes of its own, as a proxy can.
"""

import argparse
import json
import os
import queue
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.kills import hub
from bench.reconcile import HALF, reconcile
from bench.senders import PHONE, Ledger, Sender
from openmash.cli.running import web
from openmash.cli.surroundings import home
from openmash.embedded import stop
from openmash.embedded.cluster import OWNER

STAFF = {
    "ruth.okafor": ("/queue/", "/due/", "/work/"),
    "joanna.vale": ("/queue/", "/work/", "/exceptions/"),
    "lewis.tarn": ("/checks/",),
}
PASSWORD = "a-demo-of-openmash"
REQUESTS = 30  # at most so many make one enquiry
MALFORMED: tuple[tuple[str, bytes, str], ...] = (
    ("/make-an-enquiry/worry/", b"worry=%00%ff&csrfmiddlewaretoken=no", "application/x-www-form-urlencoded"),
    ("/make-an-enquiry/check/", b"is_true=true", "application/x-www-form-urlencoded"),
    ("/make-an-enquiry/children/", b"\xff\xfe" * 500, "multipart/form-data; boundary=x"),
    ("/make-an-enquiry/", b"x" * 3_000_000, "application/x-www-form-urlencoded"),
)


@dataclass
class Felt:
    """What everybody met: seconds by who waited, answers by status, and errors that were not honest."""

    times: dict[str, list[float]] = field(default_factory=lambda: {"public": [], "before": [], "during": []})
    statuses: Counter[str] = field(default_factory=Counter)
    dishonest: list[str] = field(default_factory=list)
    unsent: int = 0

    def at(self, who: str, share: int) -> float:
        times = self.times[who]
        return quantiles(times, n=100, method="inclusive")[share - 1] if len(times) > 1 else float("nan")


class Person(Sender):
    """One member of the public: asks whenever it is their turn, and begins anew after each enquiry, until it is over."""

    def __init__(self, number: int, ledger: Ledger, port: int, felt: Felt, turns: "queue.Queue[bool | None]") -> None:
        super().__init__(number, ledger, port, "")
        self.felt, self.turns = felt, turns

    def run(self) -> None:
        count = 0
        while not self.stopped.is_set():
            count += 1
            mark = f"K-{self.run_of}-{self.number}-{count}"
            self.ledger.note("invoke", mark)
            step = self.by_form(mark)
            while True:
                try:
                    what, reference = step()
                except Over:
                    return
                except (OSError, HTTPException):
                    what, reference = "unknown", ""
                except RuntimeError as wrong:
                    self.felt.dishonest.append(str(wrong)[:500])
                    break
                self.ledger.note(what, mark, reference)
                if what == "ok":
                    break

    def ask(self, method: str, path: str, body: str | bytes | None, headers: Mapping[str, str]):
        """One request, when its turn has come; instead of it, a malformed one, when that is its lot."""
        while (turn := self.turns.get()) is False:
            self._malformed()
        if turn is None:
            raise Over
        begun = perf_counter()
        answer = super().ask(method, path, body, headers)
        if not self.stopped.is_set():
            self.felt.times["public"].append(perf_counter() - begun)
        self.felt.statuses[f"public {answer[0]}"] += 1
        return answer

    def _malformed(self) -> None:
        path, body, kind = random.choice(MALFORMED)
        with suppress(OSError):
            status, text, _ = super().ask("POST", path, body, {"Content-Type": kind, "Cookie": f"csrftoken={'a' * 32}"})
            self.felt.statuses[f"malformed {status}"] += 1
            if "not received" not in text or PHONE not in text:
                self.felt.dishonest.append(f"{path}: {status}: {text[:300]}")


class Over(Exception):
    """The flood has ended."""


class Colleague(threading.Thread):
    """One of the staff: loads one page after another, with a moment between them."""

    def __init__(self, name: str, port: int, felt: Felt) -> None:
        super().__init__(daemon=True)
        self.who, self.felt, self.phase, self.stopped = name, felt, "before", threading.Event()
        self.browser, self.cookies = Sender(0, None, port, ""), {}  # type: ignore[arg-type]

    def sign_in(self) -> None:
        self.browser.browse("GET", "/account/login/", None, self.cookies)
        said = {"login": f"{self.who}@wendmark.example", "password": PASSWORD}
        status, _, _ = self.browser.browse("POST", "/account/login/", said, self.cookies)
        assert status == 302, f"{self.who} cannot sign in: {status}"

    def run(self) -> None:
        while not self.stopped.is_set():
            phase, begun = self.phase, perf_counter()
            status = 0
            with suppress(OSError, HTTPException):
                status = self.browser.browse("GET", random.choice(STAFF[self.who]), None, self.cookies)[0]
            self.felt.times[phase].append(perf_counter() - begun)
            self.felt.statuses[f"staff {phase} {status or 'no answer'}"] += 1
            time.sleep(0.2)


def flood(ledger: Ledger, port: int, apart: int, rate: float, seconds: float, calm: float, count: int) -> Felt:
    """The staff alone for `calm` seconds, then with the public, who come to `port` or `apart` from them."""
    felt, turns = Felt(dishonest=ledger.dishonest), queue.Queue[bool | None]()
    staff = [Colleague(who, port, felt) for who in STAFF]
    for one in staff:
        one.sign_in()
        one.start()
    time.sleep(calm)
    people = [Person(number, ledger, apart, felt, turns) for number in range(count)]
    for colleague in staff:
        colleague.phase = "during"
    for person in people:
        person.start()
    begun = perf_counter()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + number / rate - perf_counter()))
        turns.put(number % 20 != 10)
    felt.unsent = turns.qsize()
    for one in (*staff, *people):
        one.stopped.set()
    for turn in [*[True] * (count * REQUESTS), *[None] * count]:  # everybody may finish what they are at
        turns.put(turn)
    for one in (*staff, *people):
        one.join()
    return felt


def summary(felt: Felt, found: Mapping[str, object]) -> dict[str, object]:
    def ratio(share: int) -> float:
        return round(felt.at("during", share) / felt.at("before", share), 1)

    return {
        **found,
        "answers": dict(sorted(felt.statuses.items())),
        "due, and not asked for in time": felt.unsent,
        "public p95, seconds": round(felt.at("public", 95), 2),
        "staff p50, p95 before, seconds": [round(felt.at("before", share), 3) for share in (50, 95)],
        "staff p50, p95 during, seconds": [round(felt.at("during", share), 3) for share in (50, 95)],
        "staff p50, p95, during to before": [ratio(50), ratio(95)],
        "errors that did not say not received": len(felt.dishonest),
    }


def main() -> int:
    """0 when nothing that was acknowledged is lost, and every error was honest."""
    asked = argparse.ArgumentParser(prog="python -m bench.flood", description="Flood the public form.")
    asked.add_argument("--rate", type=float, default=50, help="requests a second (50)")
    asked.add_argument("--seconds", type=float, default=300, help="how long (300)")
    asked.add_argument("--calm", type=float, default=30, help="how long the staff are alone before (30)")
    asked.add_argument("--people", type=int, default=24, help="how many fill in the form at once (24)")
    asked.add_argument("--apart", action="store_true", help="the public form has processes and a pool of its own")
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--port", type=int, default=8151)
    asked.add_argument("--home", type=Path, default=home() / "flood")
    said = asked.parse_args()
    random.seed(said.seed)
    print(f"seed {said.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as other:
        file = Path(other) / "ledger"
        ledger = Ledger(file)
        with hub(said.home, said.port, unsafe=False) as (parts, _):
            public = said.port + said.apart
            if said.apart:
                parts.commands["public"] = ["/usr/bin/env", "OPENMASH_AS=public", *web("127.0.0.1", public, 2)]
                parts.start("public")
            for port in {said.port, public}:
                answers(port)
            felt = flood(ledger, said.port, public, said.rate, said.seconds, said.calm, said.people)
            if said.apart:
                stop(parts.running["public"])
            found = summary(felt, reconcile(file, parts.url(OWNER)))
    print(json.dumps(found, indent=1))
    for text in felt.dishonest[:3]:
        print(text, file=sys.stderr)
    return 1 if felt.dishonest or any(found[name] for name in ("lost", "twice", *HALF)) else 0


def answers(port: int) -> None:
    """Waits until the pages are there."""
    for _ in range(600):
        with suppress(OSError, HTTPException):
            if Sender(0, None, port, "").ask("GET", "/make-an-enquiry/", None, {})[0] == 200:  # type: ignore[arg-type]
                return
        time.sleep(0.2)
    sys.exit("The server did not begin within two minutes.")


if __name__ == "__main__":
    os.environ.setdefault("OPENMASH_SECRET_KEY", "only-for-this")
    sys.exit(main())
