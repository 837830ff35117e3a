"""What the chain costs: lines a second with and without it, on a PostgreSQL of its own.

`python -m bench.ledger` writes lines through 1 and 8 connections for some seconds each, one line a transaction, then
times verifying the chain, and who looked at one person among all those lines.
"""

import argparse
import threading
import time
from dataclasses import dataclass

import psycopg

from openmash.audit.chain import verify
from openmash.cli.running import django, once
from openmash.cli.surroundings import home, surroundings

ADD = """
INSERT INTO audit_ledgerevent
  (at, event, outcome, actor, actor_name, agency, thing, thing_number, enquiry, people, reasons, kept)
VALUES (clock_timestamp(), 'enquiry.opened', 'allowed', %s, 'Somebody of the hub', 'police', 'enquiries.enquiry', 7,
  %s, ARRAY[%s, 2, 3]::bigint[], '', '{"form": "page"}')
"""
MANY = """
INSERT INTO audit_ledgerevent
  (at, event, outcome, actor, actor_name, agency, thing, thing_number, enquiry, people, reasons, kept)
SELECT clock_timestamp(), 'enquiry.opened', 'allowed', mod(n, 60), 'Somebody ' || mod(n, 60), 'police', 'enquiries.enquiry', 7,
  mod(n, 5000), ARRAY[mod(n, 20000), 2, 3]::bigint[], '', '{"form": "page"}' FROM generate_series(1, %s) AS n
"""
WHO_LOOKED = """
SELECT actor, actor_name, agency, count(*), max(at) FROM audit_ledgerevent
WHERE (people && ARRAY[77]::bigint[] OR enquiry = 77) AND actor IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 5 DESC
"""


@dataclass(frozen=True)
class Run:
    clients: int
    is_chained: bool
    lines: int
    seconds: float
    p95: float

    def __str__(self) -> str:
        what = "chained" if self.is_chained else "unchained"
        rate = self.lines / self.seconds
        return (
            f"{self.clients} client{'s' * (self.clients > 1):2} {what:10} {rate:8,.0f} lines/s   p95 {self.p95:6.1f} ms"
        )


def run(url: str, clients: int, seconds: float, *, is_chained: bool) -> Run:
    took: list[float] = []
    until = time.monotonic() + seconds

    def write(who: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            turn = 0
            while (began := time.monotonic()) < until:
                connection.execute(ADD, [who + 1, turn % 5000, turn % 20_000])
                took.append(time.monotonic() - began)
                turn += 1

    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(
            f"ALTER TABLE audit_ledgerevent {'ENABLE' if is_chained else 'DISABLE'} TRIGGER a_line_is_chained"
        )
    threads = [threading.Thread(target=write, args=(who,)) for who in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(took)
    return Run(clients, is_chained, len(took), time.monotonic() - began, ordered[int(len(ordered) * 0.95)] * 1000)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.ledger", description="What the ledger's chain costs.")
    asked.add_argument("--seconds", type=float, default=10, help="how long each is measured (10)")
    asked.add_argument("--lines", type=int, default=100_000, help="how many are verified and searched (100,000)")
    said = asked.parse_args()
    with surroundings(home() / "bench-ledger") as env:
        once(django("migrate", "--verbosity=0"), env | {"OPENMASH_AS": "owner"}, what="The migration", within=600)
        url = env["OPENMASH_OWNER_URL"]
        for clients in (1, 8):
            for is_chained in (False, True):
                _empty(url)
                print(run(url, clients, said.seconds, is_chained=is_chained))
        with psycopg.connect(url) as owner, owner.cursor() as cursor:
            began = time.monotonic()
            cursor.execute(MANY, [said.lines])
            owner.commit()
            took = time.monotonic() - began
            print(f"{said.lines:,} lines in one transaction, chained: {said.lines / took:,.0f} lines/s")
            began = time.monotonic()
            checked = verify(cursor, [])
            took = time.monotonic() - began
            print(f"verified {checked.lines:,} links in {took:.1f} s: {checked.lines / took:,.0f}/s, {checked.altered}")
            began = time.monotonic()
            looked = cursor.execute(WHO_LOOKED).fetchall()
            ms = (time.monotonic() - began) * 1000
            print(f"who looked at one person, of {checked.lines:,} lines: {len(looked)} users in {ms:.1f} ms")


def _empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("TRUNCATE audit_ledgerevent, audit_ledgerlink")


if __name__ == "__main__":
    main()
