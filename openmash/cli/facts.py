"""What a database holds, said so that two of them can be compared: every row, and everything that guards the rows."""

import json
import re
from typing import Any

import psycopg
from psycopg import sql

Facts = dict[str, list[str]]
# A line for each. What the database calls equal is equal here, whatever the order in which it was made.
GUARDS = {
    "policies": "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies",
    "row-level security": """
        SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""",
    "triggers": """
        SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace""",
    "functions": """
        SELECT oid::regprocedure, prosecdef, proconfig, proowner::regrole, md5(prosrc)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "grants": """
        WITH held (kind, name, owner, acl) AS (
            SELECT relkind::text, oid::regclass::text, relowner::regrole,
                coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner))
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v', 'm')
            UNION ALL SELECT 'column', attrelid::regclass || '.' || attname, NULL, attacl
            FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid >= 16384
            UNION ALL SELECT 'function', oid::regprocedure::text, proowner::regrole,
                coalesce(proacl, acldefault('f'::"char", proowner))
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT 'schema', nspname, NULL, nspacl FROM pg_namespace WHERE nspname = 'public')
        SELECT kind, name, owner, grantee::regrole, privilege_type, is_grantable FROM held, aclexplode(acl)""",
    "constraints": """
        SELECT conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
    "members of roles": "SELECT roleid::regrole, member::regrole FROM pg_auth_members WHERE roleid >= 16384",
}
# PostgreSQL, reading what it printed, prints it with other brackets and casts: `in ('a')` three times in three ways.
SAID_ANEW = re.compile(r"::(character varying|text)\b(\[\])?|[()\s]")
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
# A sum needs no order and no memory, and changes with any letter of any row.
ROWS = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {} t"


def facts(connection: "psycopg.Connection[Any]") -> Facts:
    """Every kind of fact with its sorted lines; `rows` has the count and a digest of each table."""
    connection.execute("SET TimeZone = 'UTC'")
    found = {kind: sorted(map(_line, connection.execute(said.encode()))) for kind, said in GUARDS.items()}
    tables = [str(row[0]) for row in connection.execute(TABLES.encode())]
    return found | {"rows": [_rows(connection, table) for table in tables]}


def differences(wanted: Facts, found: Facts) -> list[str]:
    """A line for everything that is in one of the two alone; none: they are equal."""
    behind = _behind(wanted["sequences"], found["sequences"])
    wanted, found = wanted | {"sequences": behind}, found | {"sequences": []}
    missing = [f"{kind}: missing {line}" for kind in wanted for line in _without(wanted[kind], found.get(kind, []))]
    more = [f"{kind}: unexpected {line}" for kind in found for line in _without(found[kind], wanted.get(kind, []))]
    return missing + more


def is_empty(connection: "psycopg.Connection[Any]") -> bool:
    """Whether there is no table yet."""
    return not connection.execute(TABLES.encode()).fetchall()


def _rows(connection: "psycopg.Connection[Any]", table: str) -> str:
    [count, digest] = connection.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone() or [0, 0]
    return f"{table}: {count} rows, {digest}"


def _line(row: tuple[Any, ...]) -> str:
    return json.dumps([SAID_ANEW.sub("", str(part)) for part in row], ensure_ascii=False)


def _behind(wanted: list[str], found: list[str]) -> list[str]:
    """The sequences that are missing, or would give out a number again.

    One may be ahead: others go on working, and a sequence has no part in the one instant of everything else.
    """
    there = {name: _given_out(last) for name, last in map(json.loads, found)}
    named = [(line, *json.loads(line)) for line in wanted]
    return [line for line, name, last in named if there.get(name, -1) < _given_out(last)]


def _given_out(last: str) -> int:
    return 0 if last == "None" else int(last)


def _without(lines: list[str], others: list[str]) -> list[str]:
    there = set(others)
    return [line for line in lines if line not in there]
