"""What a superuser of the database could do to the ledger, each way once. Every one of them repairs what it can."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from random import Random

import psycopg
from psycopg.types.json import Jsonb

Superuser = psycopg.Connection
Tampering = Callable[[Superuser, Random, int, int], object]
WORDS = ("Ruth Okafor", "Zoë Ní Bhriain", "Łukasz “Lu” Wójcik", "null", "a\\b", "🧒", "", "O'Neill; DROP TABLE")
ADD = """
INSERT INTO audit_ledgerevent
  (at, event, outcome, actor, actor_name, agency, thing, thing_number, enquiry, people, reasons, kept)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""


def new_chain(connection: Superuser, draw: Random, lines: int) -> None:
    """Empty the ledger of the copy, and write these many lines of all kinds in its place."""
    free(connection)
    connection.execute("DELETE FROM audit_ledgerevent")
    connection.execute("DELETE FROM audit_ledgerlink")
    connection.execute("SET LOCAL session_replication_role = origin")
    for _ in range(lines):
        connection.execute(ADD, line(draw))
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("SET CONSTRAINTS ALL DEFERRED")


def line(draw: Random) -> list[object]:
    from datetime import UTC, datetime

    is_refused = draw.random() < 0.2
    at = datetime(2026, 3, 29, tzinfo=UTC) + timedelta(microseconds=draw.randrange(10**13))
    kept = {"item": draw.randrange(99), "says": draw.choice(WORDS), "share": draw.choice([0.1, 1.0, None, 1e-7])}
    return [
        at,
        draw.choice(["enquiry.opened", "person.looked-at", "release.read"]),
        "refused" if is_refused else "allowed",
        draw.choice([None, 1, 2**40]),
        draw.choice(WORDS[:4]),
        draw.choice(["", "police"]),
        draw.choice(["", "enquiries.enquiry"]),
        draw.choice([None, 7]),
        draw.choice([None, 12]),
        [draw.randrange(9) for _ in range(draw.randrange(3))],
        draw.choice(WORDS[:4]) if is_refused else "",
        Jsonb(draw.choice([{}, kept])),
    ]


def free(connection: Superuser) -> None:
    """No trigger fires for this superuser any more in this transaction."""
    connection.execute("SET LOCAL session_replication_role = replica")


def rewrite(connection: Superuser, since: int, change: Callable[[int, dict], None] = lambda number, text: None) -> None:
    """Count every hash anew from a link on, so that the chain is whole again. `change` edits the texts."""
    rows = connection.execute(
        "SELECT number, event, canonical FROM audit_ledgerlink WHERE number >= %s ORDER BY number, event", [since]
    ).fetchall()
    before = connection.execute("SELECT hash FROM audit_ledgerlink WHERE number = %s", [since - 1]).fetchone()
    previous = before[0] if before else bytes(32)
    connection.execute("DELETE FROM audit_ledgerlink WHERE number >= %s", [since])
    for number, (_, event, canonical) in enumerate(rows, since):
        text = json.loads(canonical) | {"number": number}
        change(number, text)
        words = json.dumps(text, ensure_ascii=False)
        hashed = sha256(previous + words.encode()).digest()
        connection.execute(
            "INSERT INTO audit_ledgerlink VALUES (%s, %s, %s, %s, %s, %s)",
            [number, event, text["epoch"], words, previous, hashed],
        )
        previous = hashed


def event_of(connection: Superuser, number: int) -> int:
    return connection.execute("SELECT event FROM audit_ledgerlink WHERE number = %s", [number]).fetchone()[0]


def edit_a_line(connection, draw, number, _):
    change = draw.choice(
        ["actor_name = 'Somebody Else'", "actor = 77", "people = '{99}'", "kept = '{\"item\": 1000}'",
         "outcome = 'refused', reasons = 'No.'", "enquiry = 4711", "agency = 'nobody'", "event = 'nothing.happened'"]
    )  # fmt: skip
    connection.execute(f"UPDATE audit_ledgerevent SET {change} WHERE id = %s", [event_of(connection, number)])


def edit_a_text(connection, draw, number, _):
    connection.execute(
        "UPDATE audit_ledgerlink SET canonical = jsonb_set(canonical::jsonb, '{actor}', '77')::text WHERE number = %s",
        [number],
    )


def edit_line_and_text(connection, draw, number, last):
    edit_a_line_to_77(connection, number)
    edit_a_text(connection, draw, number, last)


def edit_line_text_and_hash(connection, draw, number, last):
    edit_line_and_text(connection, draw, number, last)
    connection.execute(
        "UPDATE audit_ledgerlink SET hash = sha256(previous || convert_to(canonical, 'UTF8')) WHERE number = %s",
        [number],
    )


def edit_and_rewrite_all_after(connection, draw, number, _):
    edit_a_line_to_77(connection, number)
    rewrite(connection, number, lambda here, text: text.update(actor=77) if here == number else None)


def edit_a_line_to_77(connection, number):
    connection.execute("UPDATE audit_ledgerevent SET actor = 77 WHERE id = %s", [event_of(connection, number)])


def delete_a_line(connection, draw, number, _):
    connection.execute("DELETE FROM audit_ledgerevent WHERE id = %s", [event_of(connection, number)])


def delete_a_link(connection, draw, number, _):
    connection.execute("DELETE FROM audit_ledgerlink WHERE number = %s", [number])


def delete_both(connection, draw, number, last):
    delete_a_line(connection, draw, number, last)
    delete_a_link(connection, draw, number, last)


def delete_and_close_the_gap(connection, draw, number, last):
    delete_both(connection, draw, number, last)
    rewrite(connection, number)


def swap_two_lines(connection, draw, number, last):
    one, other = event_of(connection, number), event_of(connection, number % last + 1)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute("UPDATE audit_ledgerevent SET id = %s WHERE id = %s", [new, old])
    connection.execute("UPDATE audit_ledgerevent SET agency = agency || '.' WHERE id = %s", [one])


def swap_two_links(connection, draw, number, last):
    for old, new in ((number, -1), (number % last + 1, number), (-1, number % last + 1)):
        connection.execute("UPDATE audit_ledgerlink SET number = %s WHERE number = %s", [new, old])


def swap_and_rewrite(connection, draw, number, last):
    swap_two_links(connection, draw, number, last)
    rewrite(connection, 1)


def insert_a_line(connection, draw, number, _):
    connection.execute(ADD, line(draw))


def insert_in_the_middle(connection, draw, number, _):
    number = max(1, number - 1)  # what comes after the last checkpoint is not vouched for yet
    given = line(draw)
    [event] = connection.execute(ADD, given).fetchone()
    text = json.loads(
        connection.execute("SELECT canonical FROM audit_ledgerlink WHERE number = %s", [number]).fetchone()[0]
    )
    names = "at event outcome actor actor_name agency thing thing_number enquiry people reasons kept".split()
    text |= dict(zip(names, given, strict=True)) | {"id": event, "kept": given[-1].obj}
    text["at"] = given[0].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    connection.execute("UPDATE audit_ledgerlink SET number = number + 1000000 WHERE number > %s", [number])
    connection.execute(
        "INSERT INTO audit_ledgerlink SELECT number + 1, %s, epoch, %s, previous, hash FROM audit_ledgerlink"
        " WHERE number = %s",
        [event, json.dumps(text, ensure_ascii=False), number],
    )
    rewrite(connection, number)


def cut_the_tail(connection, draw, number, _):
    connection.execute(
        "DELETE FROM audit_ledgerevent WHERE id IN (SELECT event FROM audit_ledgerlink WHERE number >= %s)", [number]
    )
    connection.execute("DELETE FROM audit_ledgerlink WHERE number >= %s", [number])


def cut_the_tail_and_grow_another(connection, draw, number, last):
    cut_the_tail(connection, draw, number, last)
    connection.execute("SET LOCAL session_replication_role = origin")
    for _ in range(last - number + 5):
        connection.execute(ADD, line(draw))
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def write_it_all_anew(connection, draw, number, last):
    new_chain(connection, draw, last + 5)


def change_the_clock_of_a_line(connection, draw, number, _):
    connection.execute(
        "UPDATE audit_ledgerevent SET at = at + %s WHERE id = %s",
        [timedelta(seconds=draw.choice([-3600, 1, 86400])), event_of(connection, number)],
    )


def change_the_clock_of_all(connection, draw, number, _):
    rewrite(connection, number, lambda _, text: text.update(written="2020" + text["written"][4:]))


WAYS: tuple[Tampering, ...] = (
    edit_a_line,
    edit_a_text,
    edit_line_and_text,
    edit_line_text_and_hash,
    edit_and_rewrite_all_after,
    delete_a_line,
    delete_a_link,
    delete_both,
    delete_and_close_the_gap,
    swap_two_lines,
    swap_two_links,
    swap_and_rewrite,
    insert_a_line,
    insert_in_the_middle,
    cut_the_tail,
    cut_the_tail_and_grow_another,
    write_it_all_anew,
    change_the_clock_of_a_line,
    change_the_clock_of_all,
)
