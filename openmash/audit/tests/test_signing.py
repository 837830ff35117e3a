"""Who sends SQL over the application's connection and cannot sign is nobody, and sees nothing that is walled."""

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import ProgrammingError, connection, transaction
from psycopg import sql
from psycopg.conninfo import make_conninfo

from openmash.agencies.models import User
from openmash.audit.binding import bound_to
from openmash.audit.signing import signed
from openmash.enquiries.models import Enquiry
from openmash.intelligence.tests.world import build
from openmash.settings import APP_ROLE, DATABASE_URL, OWNER_URL

pytestmark = pytest.mark.django_db
SETTINGS = ("user", "reader", "linking", "watching", "reply", "load")


def ask(question: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def signed_here(setting: str, value: str) -> str:
    connection.ensure_connection()
    return signed(setting, value, connection.connection)


def say(setting: str, value: str) -> None:
    ask("SELECT set_config(%s, %s, true)", f"openmash.{setting}", value)


def test_what_is_signed_here_is_believed_and_nothing_else():
    mine = signed_here("openmash.user", "7")
    assert ask("SELECT openmash_user()") == [(None,)]
    for forged in ("7", "7:", f"8:{mine.split(':')[1]}", f"7:{'0' * 64}", mine.upper()):
        say("user", forged)
        assert ask("SELECT openmash_user()") == [(None,)], forged
    say("user", mine)
    assert ask("SELECT openmash_user()") == [(7,)]
    say("reader", mine)
    assert ask("SELECT openmash_reader()") == [(None,)], "a signature is for one setting"


def test_a_signature_from_another_connection_is_none():
    mine = signed_here("openmash.user", "7")
    elsewhere = psycopg.connect(DATABASE_URL, dbname=connection.settings_dict["NAME"], options=f"-c role={APP_ROLE}")
    with elsewhere, elsewhere.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.user', %s, true)", [mine])
        assert cursor.execute("SELECT openmash_user()").fetchone() == (None,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute("SELECT * FROM openmash_keys.signing")


def say_what_is_not_signed(user: User, enquiry: Enquiry) -> None:
    for setting in SETTINGS:
        say(setting, {"user": str(user.pk), "reader": "hub"}.get(setting, "on"))
    say("enquiry", str(enquiry.pk))


def test_nobody_who_cannot_sign_sees_a_row_of_any_table(hub):
    """But of the jobs, which hold the numbers of rows."""
    world = build(hub)
    tables = [name for (name,) in ask(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1"
    ) if not name.startswith("procrastinate_")]  # fmt: skip
    there = {name for name in tables if count(name)}
    assert {"enquiries_enquiry", "enquiries_party", "people_person", "agencies_user", "audit_ledgerevent"} <= there
    say_what_is_not_signed(world.users[0], world.enquiries[0])
    seen = {name: count(name) for name in tables if count(name)}
    assert seen == {}


def test_nobody_who_cannot_sign_writes_what_would_let_them_in(hub):
    """A password that they know, somebody's session, a role that two had agreed to, a line on the ledger."""
    world = build(hub)
    user, area = world.users[0], world.enquiries[0].area
    session = SessionStore()
    session.create()
    say_what_is_not_signed(user, world.enquiries[0])
    for statement in (
        "UPDATE agencies_user SET password = 'known' RETURNING id",
        "SELECT session_key FROM django_session",
        "DELETE FROM mfa_authenticator RETURNING id",
        "UPDATE agencies_posting SET role = 'practice_manager' RETURNING id",
    ):
        assert ask(statement) == [], statement
    for statement in (
        "INSERT INTO django_session VALUES ('mine', 'x', now() + interval '1 day')",
        f"INSERT INTO agencies_posting (user_id, role, area_id, since) VALUES ({user.pk}, 'analyst', {area.pk}, now())",
        "INSERT INTO audit_ledgerevent (at, event, outcome, actor_name, agency, thing, people, reasons, kept)"
        " VALUES (now(), 'read', 'allowed', 'Somebody', '', '', '{}', '', '{}')",
    ):
        with pytest.raises(ProgrammingError, match=r"row-level security|nobody agreed"), transaction.atomic():
            ask(statement)


def test_what_the_planner_expects_tells_nothing(db):
    """`EXPLAIN` needs no row: from the samples it would show whether a word is there."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(make_conninfo(OWNER_URL, dbname=name)) as owner:
        owner.execute("ANALYZE agencies_user, agencies_area, audit_ledgerevent")
        sampled = owner.execute("SELECT tablename || '.' || attname FROM pg_stats WHERE schemaname = 'public'")
        kept = {column for (column,) in sampled}
        owner.execute(f"SET LOCAL ROLE {APP_ROLE}")
        expected = {
            str(owner.execute(f"EXPLAIN SELECT FROM agencies_user WHERE {what} '{said}'").fetchall()).replace(said, "")
            for what in ("name =", "name <", "lower(email) <")
            for said in ("Aaron", "Ruth Okafor", "Zoe")
        }
        owner.rollback()
    assert {"agencies_area.name", "agencies_user.agency_id"} <= kept
    assert not {"agencies_user.name", "agencies_user.password", "audit_ledgerevent.reasons"} & kept
    assert len(expected) == 3


def test_no_function_tells_or_does_anything_for_nobody(hub):
    """Each that has its owner's rights asks for a signature, or calls one that does."""
    world = build(hub)
    own = dict(ask(
        "SELECT proname, prosrc FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'openmash')"
    ))  # fmt: skip
    asking = {"openmash_signed"}
    while more := {name for name in own if name not in asking and any(f"{one}(" in own[name] for one in asking)}:
        asking |= more
    definers = {name for (name,) in ask(
        "SELECT proname FROM pg_proc"
        " WHERE prosecdef AND prorettype <> 'trigger'::regtype AND pronamespace = 'public'::regnamespace"
        " AND has_function_privilege(%s, oid, 'EXECUTE')", APP_ROLE
    )}  # fmt: skip
    assert definers - asking == {
        "openmash_use_token",  # whoever shows a token's digest is who it is of
    }
    enquiry = world.enquiries[0].pk
    assert ask("SELECT count(*) > 0 FROM openmash_count_items(%s)", enquiry) == [(True,)]
    say_what_is_not_signed(world.users[0], world.enquiries[0])
    assert ask("SELECT count(*) > 0 FROM openmash_count_items(%s)", enquiry) == [(False,)]


def count(table: str) -> int:
    return int(ask(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))[0][0])


def test_whoever_is_bound_is_signed(hub):
    world = build(hub)
    with transaction.atomic(), bound_to(world.users[0]):
        assert ask("SELECT openmash_user(), openmash_reader()") == [(world.users[0].pk, world.users[0].pk)]
    assert count("intelligence_item") == 0


def test_no_wall_asks_for_what_is_not_signed(db):
    """Only the enquiry from which somebody looks is merely said: it gives nothing that they have not."""
    said = r"current_setting\('openmash\.(?!enquiry)"
    assert ask("SELECT proname FROM pg_proc WHERE prosrc ~ %s", said) == []
    rules = "concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))"
    assert ask(f"SELECT polname FROM pg_policy WHERE {rules} ~ %s", said) == []
