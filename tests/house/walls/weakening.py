"""Every wall as it stands in the catalogue, with one clause of it weakened at a time.

A wall is the condition of a policy, or a function that one asks. It is read as SQL, and one part of it is left out or
exchanged: an operand, a comparison, a word of a list, an arm of a union.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from django.db import connection
from sqlglot import exp

from openmash.enquiries.workflow import STATUSES

FUNCTION = re.compile(r"openmash_\w+")
BODY = re.compile(r"AS \$function\$(.*)\$function\$", re.DOTALL)
# What is asked in a function that is not written in SQL alone.
CONDITIONS = re.compile(r"\bIF (.*?) THEN\b|\bRETURN (ARRAY \(.*?\));", re.DOTALL)
# The words that a list may be widened by: those of its own kind.
WORDS = (
    ("coordinator", "triage_social_worker", "practice_manager", "governance_lead", "agency_lead"),
    STATUSES,
    tuple("GSXL"),
)
BOUNDS = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Exists, exp.NullSafeNEQ)


@dataclass(frozen=True)
class Weakened:
    """`wall` and `change` name it; `does` puts the weakened wall up; `tables` stand behind it."""

    wall: str
    change: str
    does: str
    tables: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.wall}: {self.change}"


def weakened() -> Iterator[Weakened]:
    """All of them, in the same order each time."""
    policies, functions = _policies(), _functions()
    behind = _tables_behind(policies, functions)
    for table, policy, clause, condition in policies:
        for change, sql in (("true", "true"), *changes(condition)) if condition != "true" else ():
            does = f"ALTER POLICY {policy} ON {table} {clause} ({sql})"
            yield Weakened(f"{table}.{policy} {clause}", change, does, (table,))
    for table, policy, condition in _denials():
        does = f"DROP POLICY {policy} ON {table}; CREATE POLICY {policy} ON {table} AS RESTRICTIVE FOR SELECT"
        yield Weakened(f"{table}.{policy} FOR ALL", "SELECT alone", f"{does} USING ({condition})", (table,))
    for name, definition in functions.items():
        if name in behind:
            for change, sql in _changes_of_function(definition):
                yield Weakened(name, change, sql, tuple(sorted(behind[name])))


def changes(sql: str) -> Iterator[tuple[str, str]]:
    """What was changed, and the SQL with that change."""
    tree = sqlglot.parse_one(sql, dialect="postgres")
    nodes = list(tree.walk())
    for number, node in enumerate(nodes):
        for change, other in _of(node):
            copied = tree.copy()
            place = list(copied.walk())[number]
            if place is copied:
                copied = other
            else:
                place.replace(other)
            yield change, copied.sql(dialect="postgres")


def _of(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """What may take the node's place, and how it is called."""
    if isinstance(node, exp.And | exp.Or) and not isinstance(node.parent, type(node)):
        operands = list(node.flatten())
        for one in operands:
            yield f"without {_short(one)}", _joined(type(node), [other for other in operands if other is not one])
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield f"{other.__name__.upper()} in {_short(node)}", exp.Paren(this=_joined(other, operands))
    elif isinstance(node, exp.Not):
        yield f"the opposite of {_short(node)}", node.this.copy()
    elif isinstance(node, exp.Coalesce):
        yield f"without the other of {_short(node)}", node.this.copy()
        yield f"without the first of {_short(node)}", node.expressions[0].copy()
    elif isinstance(node, exp.Union):
        yield f"without {_short(node.expression)}", node.this.copy()
        yield f"without {_short(node.this)}", node.expression.copy()
    elif isinstance(node, exp.Case):
        for one in node.args["ifs"]:
            copied = node.copy()
            copied.set("ifs", [other for other in copied.args["ifs"] if other != one])
            yield f"without {_short(one)}", copied if copied.args["ifs"] else exp.null()
    if isinstance(node, tuple(BOUNDS)):
        yield (
            f"another bound of {_short(node)}",
            BOUNDS[type(node)](this=node.this.copy(), expression=node.expression.copy()),
        )
    if isinstance(node, COMPARISONS) and not isinstance(node.parent, exp.And | exp.Or):
        yield f"true for {_short(node)}", exp.true()
    if isinstance(node, exp.In | exp.Array):
        yield from _lists(node)


def _lists(node: exp.In | exp.Array) -> Iterator[tuple[str, exp.Expression]]:
    said = [one.this if isinstance(one, exp.Cast) else one for one in node.expressions]
    if not said or not all(isinstance(one, exp.Literal) for one in said):
        return
    words = [one.this for one in said]
    for number, word in enumerate(words):
        if len(words) > 1:
            copied = node.copy()
            copied.set("expressions", [one for at, one in enumerate(copied.expressions) if at != number])
            yield f"without {word} in {_short(node)}", copied
    for vocabulary in WORDS:
        for word in vocabulary if set(words) <= set(vocabulary) else ():
            if word not in words:
                copied = node.copy()
                more = copied.expressions[0].copy()
                more.find(exp.Literal).set("this", word) if not isinstance(more, exp.Literal) else more.set(
                    "this", word
                )
                copied.set("expressions", [*copied.expressions, more])
                yield f"{word} too in {_short(node)}", copied


def _joined(how: type[exp.Expression], operands: list[exp.Expression]) -> exp.Expression:
    first, *others = (one.copy() for one in operands)
    for other in others:
        first = how(this=first, expression=other)
    return first


def _short(node: exp.Expression) -> str:
    words = node.sql(dialect="postgres")
    return words if len(words) < 90 else f"{words[:60]} … {words[-27:]}"


def _changes_of_function(definition: str) -> Iterator[tuple[str, str]]:
    body = BODY.search(definition)
    pieces = CONDITIONS.finditer(definition) if "LANGUAGE plpgsql" in definition else [body]
    for piece in pieces:
        start, end = next(piece.span(number) for number in range(1, 1 + piece.re.groups) if piece.group(number))
        for change, sql in changes(definition[start:end]):
            yield change, definition[:start] + sql + definition[end:]


def _policies() -> list[tuple[str, str, str, str]]:
    """Table, policy, clause and condition. One that says nothing of what a row becomes says what it says of rows.

    The outer wall is one for every table, and has its test (`audit/tests/test_signing.py`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, clause, condition FROM pg_policies,"
            " LATERAL (VALUES ('USING', qual), ('WITH CHECK', with_check)) said (clause, condition)"
            " WHERE condition IS NOT NULL AND policyname <> 'who_asks_is_signed' ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def _denials() -> list[tuple[str, str, str]]:
    """What holds whatever another policy opens, in every command: an UPDATE that reads nothing is not a SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, qual FROM pg_policies WHERE permissive = 'RESTRICTIVE' ORDER BY 1, 2"
        )
        return cursor.fetchall()


def _functions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND proname LIKE 'openmash\\_%%' AND prokind = 'f' ORDER BY 1"
        )
        return dict(cursor.fetchall())


def _tables_behind(policies: list[tuple[str, str, str, str]], functions: dict[str, str]) -> dict[str, set[str]]:
    """The tables behind each function that a policy asks, or that such a function asks."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, _, _, condition in policies:
        reached, new = set(), set(FUNCTION.findall(condition))
        while new:
            reached |= new
            new = {name for one in new for name in FUNCTION.findall(functions.get(one, ""))} - reached
        for name in reached:
            found[name].add(table)
    return found
