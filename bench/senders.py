"""Those who hand in enquiries while things are killed, and note on their own side what they were told."""

import http.client
import json
import os
import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from openmash.enquiries.tests.filling import PUBLIC

PHONE = "01632 960 100"
REFERENCE = re.compile(r"[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}")
TIMEOUT, PAUSE = 20, 0.2
Told = tuple[str, str]  # ok with its reference, fail, or unknown


class Ledger:
    """The senders' side: each line is on the disk before the next thing is done."""

    def __init__(self, file: Path) -> None:
        self.opened, self.lock, self.last_ok = file.open("a"), threading.Lock(), 0.0
        self.dishonest: list[str] = []

    def note(self, what: str, mark: str, reference: str = "") -> None:
        with self.lock:
            self.opened.write(json.dumps({"what": what, "mark": mark, "reference": reference}) + "\n")
            self.opened.flush()
            os.fsync(self.opened.fileno())
            if what == "ok":
                self.last_ok = time.monotonic()


class Sender(threading.Thread):
    """Hands in one enquiry after another, each until it is acknowledged, and stops after the one that it is at."""

    def __init__(self, number: int, ledger: Ledger, port: int, token: str) -> None:
        super().__init__(daemon=True)
        self.number, self.ledger, self.port, self.token = number, ledger, port, token
        self.stopped, self.run_of = threading.Event(), uuid.uuid4().hex[:8]

    def run(self) -> None:
        count = 0
        while not self.stopped.is_set():
            count += 1
            mark = f"K-{self.run_of}-{self.number}-{count}"
            self.ledger.note("invoke", mark)
            send = self.by_form(mark) if self.number == 0 else lambda mark=mark: self.by_api(mark)
            self.until_acknowledged(mark, send)

    def until_acknowledged(self, mark: str, send: Callable[[], Told]) -> None:
        while True:
            try:
                what, reference = send()
            except (OSError, http.client.HTTPException):
                what, reference = "unknown", ""
            except RuntimeError as answer:  # neither acknowledged nor "not received": no trial is whole with that
                self.ledger.dishonest.append(str(answer)[:500])
                raise
            self.ledger.note(what, mark, reference)
            if what == "ok":
                return
            time.sleep(PAUSE)

    def by_api(self, mark: str) -> Told:
        body = {
            "worry": f"{mark} Made for a trial.",
            "concerns": ["neglect"],
            "children": [{"given": "Mia", "family": "Bell", "born_on": "2018-05-04", "sex": "F"}],
            "address_lines": "14 Mill Lane",
            "postcode": "WX3 4AB",
            "referrer": {"name": "Ines Coyle", "email": f"{mark.lower()}@trial.example", "wants_feedback_by": "email"},
        }
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": mark}
        status, text, _ = self.ask("POST", "/api/v1/enquiries", json.dumps(body), headers)
        if status == 201:
            return "ok", str(json.loads(text)["reference"])
        if status < 500:
            raise RuntimeError(f"{status}: {text}")
        if "same Idempotency-Key" not in text:
            self.ledger.dishonest.append(text[:500])
        return "fail", ""

    def by_form(self, mark: str) -> Callable[[], Told]:
        """The public form, as a browser without JavaScript goes through it; a page that fails is sent again."""
        cookies: dict[str, str] = {}
        answers = PUBLIC | {"worry": {"worry": f"{mark} Made for a trial."}}
        at = ["/make-an-enquiry/"]

        def step() -> Told:
            while not at[0].endswith("/sent/"):
                key = at[0].split("?")[0].removeprefix("/make-an-enquiry/").strip("/")
                said = {"is_true": "true"} if key == "check" else answers.get(key, {})
                self.browse("GET", at[0], None, cookies)
                status, text, headers = self.browse("POST", at[0], said, cookies)
                if status >= 500:
                    if PHONE not in text or "not received" not in text:
                        self.ledger.dishonest.append(text)
                    return "fail", ""
                if status != 302:
                    raise RuntimeError(f"{at[0]}: {status}")
                at[0] = headers["Location"]
            status, text, _ = self.browse("GET", at[0], None, cookies)
            found = REFERENCE.search(text)
            if status != 200 or not found:
                at[0] = "/make-an-enquiry/check/"
                return "unknown", ""
            return "ok", found[0]

        return step

    def browse(
        self, method: str, path: str, said: Mapping[str, object] | None, cookies: dict[str, str]
    ) -> tuple[int, str, http.client.HTTPMessage]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        body = None
        if said is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**said, "csrfmiddlewaretoken": cookies["csrftoken"]}, doseq=True)
        status, text, answered = self.ask(method, path, body, headers)
        for line in answered.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            cookies[name] = rest.split(";")[0]
        if method == "GET" and status >= 500:
            raise http.client.HTTPException(f"{path}: {status}")
        return status, text, answered

    def ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()
