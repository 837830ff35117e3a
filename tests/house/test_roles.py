"""What each role may do in the database is what is declared, and nothing else: a right that is added is found."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from psycopg.conninfo import make_conninfo

import conftest
from openmash.audit import grants
from openmash.cli.facts import TABLES
from openmash.settings import (
    APP_ROLE,
    BACKUP_ROLE,
    DATABASE_URL,
    OWNER_URL,
    RETENTION_ROLE,
    STRANGERS_ROLE,
    WORKER_ROLE,
)
from tests.journeys.serving import Told, eventually, serving

Rights = dict[str, set[str]]
# Of what a destruction deletes, the application may delete this itself: what is not said yet, and indexes.
ITS_OWN = {
    "decisions_advice", "decisions_evidence", "decisions_outcome", "disclosure_justified", "disclosure_releaseitem",
    "enquiries_draft", "gathering_answerdraft", "people_link",
}  # fmt: skip


@pytest.fixture
def owner(django_db_setup: None) -> Iterator["psycopg.Connection"]:
    """The owner of the database, whose doings are undone in the end."""
    with psycopg.connect(make_conninfo(OWNER_URL, dbname=connection.settings_dict["NAME"])) as owner:
        yield owner
        owner.rollback()


def rights(owner: "psycopg.Connection", role: str) -> Rights:
    """What the role may do with each table; with a column alone: `SELECT (id)`."""
    found: Rights = defaultdict(set)
    rows = owner.execute(
        "SELECT oid::regclass::text, privilege_type FROM pg_class, aclexplode(relacl)"
        " WHERE grantee = %(role)s::regrole AND relkind IN ('r', 'p', 'v', 'm')"
        " UNION ALL SELECT attrelid::regclass::text, privilege_type || ' (' || attname || ')'"
        " FROM pg_attribute, aclexplode(attacl) WHERE grantee = %(role)s::regrole",
        {"role": role},
    )
    for table, right in rows:
        found[table].add(right)
    return dict(found)


def may_delete(owner: "psycopg.Connection", role: str) -> set[str]:
    return {table for table, held in rights(owner, role).items() if "DELETE" in held}


def destroyed_from(owner: "psycopg.Connection") -> set[str]:
    return {row[0] for row in owner.execute("SELECT openmash_destroyed_from()::text")}


def who_destroys(owner: "psycopg.Connection") -> None:
    """Fails where the role that destroys has a right too many or too few, or anybody else can do what it does."""
    wanted: Rights = {table: {"SELECT", "DELETE"} for table in destroyed_from(owner)}
    wanted |= {
        "enquiries_enquiry": {"SELECT", "UPDATE"},
        "enquiries_referrer": {"SELECT", "UPDATE"},
        "records_destruction": {"SELECT", "INSERT"},
        "agencies_posting": {"SELECT"},
        "agencies_user": {"SELECT (id)", "SELECT (is_active)"},
    }
    assert rights(owner, RETENTION_ROLE) == wanted
    its_own = owner.execute("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", [RETENTION_ROLE]).fetchall()
    assert its_own == [("openmash_destroy",)]
    could_be = owner.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'openmash%%' AND NOT rolsuper"
        " AND pg_has_role(oid, %(role)s, 'MEMBER') AND (rolcanlogin OR rolname <> %(role)s)",
        {"role": RETENTION_ROLE},
    )
    assert could_be.fetchall() == []
    may_call = owner.execute(
        "SELECT grantee::regrole::text FROM pg_proc, aclexplode(proacl) WHERE proname = 'openmash_destroy'"
    )
    assert {row[0] for row in may_call} == {APP_ROLE, RETENTION_ROLE}
    assert may_delete(owner, APP_ROLE) & destroyed_from(owner) == ITS_OWN
    assert may_delete(owner, STRANGERS_ROLE) & destroyed_from(owner) <= ITS_OWN


def test_the_role_that_destroys_has_what_that_takes_and_is_nobody(owner: "psycopg.Connection") -> None:
    who_destroys(owner)
    assert len(destroyed_from(owner)) > 70


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON feeds_record TO openmash_retention",
        "GRANT INSERT ON intelligence_item TO openmash_retention",
        "GRANT UPDATE (words) ON intelligence_item TO openmash_retention",
        "REVOKE DELETE ON intelligence_item FROM openmash_retention",
        "GRANT DELETE ON intelligence_item TO openmash_app",
        "GRANT DELETE ON enquiries_step TO openmash_public",
        "GRANT EXECUTE ON FUNCTION openmash_destroy TO PUBLIC",
        "ALTER FUNCTION openmash_destroy OWNER TO openmash_owner",
        "ALTER FUNCTION openmash_delete OWNER TO openmash_retention",
        "GRANT openmash_retention TO openmash_login",
        "ALTER ROLE openmash_retention LOGIN",
    ],
)
def test_what_more_somebody_could_destroy_is_found(owner: "psycopg.Connection", statement: str) -> None:
    owner.execute(statement.encode())
    with pytest.raises(AssertionError):
        who_destroys(owner)


def what_a_backup_may(owner: "psycopg.Connection") -> None:
    """Fails where the role that makes backups cannot read a table, or can do more than read."""
    tables = {row[0] for row in owner.execute(TABLES.encode())}
    assert rights(owner, BACKUP_ROLE) == {table: {"SELECT"} for table in tables}
    flags = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s"
    assert owner.execute(flags, [BACKUP_ROLE]).fetchone() == (False, False, False, False, True)
    beyond = owner.execute(
        "SELECT 'is in ' || roleid::regrole FROM pg_auth_members WHERE member = %(role)s::regrole"
        " UNION ALL SELECT 'makes things in ' || nspname FROM pg_namespace"
        " WHERE has_schema_privilege(%(role)s, oid, 'CREATE')"
        " UNION ALL SELECT 'sees ' || nspname FROM pg_namespace"
        " WHERE nspname = 'openmash_keys' AND has_schema_privilege(%(role)s, oid, 'USAGE')"
        " UNION ALL SELECT 'counts on with ' || oid::regclass FROM pg_class, aclexplode(relacl)"
        " WHERE relkind = 'S' AND grantee = %(role)s::regrole AND privilege_type <> 'SELECT'"
        " UNION ALL SELECT 'calls ' || oid::regprocedure FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'public'::regnamespace AND has_function_privilege(%(role)s, oid, 'EXECUTE')",
        {"role": BACKUP_ROLE},
    )
    assert beyond.fetchall() == []


def test_a_backup_reads_everything_and_can_do_nothing_else(owner: "psycopg.Connection") -> None:
    what_a_backup_may(owner)


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT UPDATE (words) ON intelligence_item TO openmash_backup",
        "GRANT DELETE ON audit_ledgerevent TO openmash_backup",
        "REVOKE SELECT ON audit_ledgerevent FROM openmash_backup",
        "GRANT USAGE ON SEQUENCE audit_ledgerevent_id_seq TO openmash_backup",
        "GRANT CREATE ON SCHEMA public TO openmash_backup",
        "GRANT USAGE ON SCHEMA openmash_keys TO openmash_backup",
        "GRANT openmash_app TO openmash_backup",
        "GRANT EXECUTE ON FUNCTION openmash_sweep_answer_drafts TO PUBLIC",
        "ALTER ROLE openmash_backup NOBYPASSRLS",
        "ALTER ROLE openmash_backup CREATEROLE",
    ],
)
def test_what_more_a_backup_could_do_is_found(owner: "psycopg.Connection", statement: str) -> None:
    owner.execute(statement.encode())
    with pytest.raises(AssertionError):
        what_a_backup_may(owner)


# What the application's pages may do and jobs may not: `all`, or the rights that jobs lack.
NOT_FOR_JOBS = {
    "all": """
        account_emailaddress account_emailconfirmation mfa_authenticator django_session django_cache auth_group
        auth_group_permissions auth_permission agencies_accesschange agencies_acknowledgement records_destruction
        records_hold records_review records_setting records_subjectitem records_subjectrequest
        statutory_checks_statutorycheck""",
    "INSERT UPDATE DELETE": """
        decisions_advice decisions_evidence decisions_outcome disclosure_justified disclosure_releaseitem
        django_content_type""",
    "INSERT UPDATE": """
        agencies_address agencies_agency agencies_agency_areas agencies_agreement agencies_agreement_areas agencies_area
        agencies_closureday agencies_domain agencies_locality agencies_posting agencies_sharingoverride
        agencies_signature agencies_team agencies_token agencies_user allocation_handover decisions_decision
        disclosure_countersignature""",
    "INSERT": """
        decisions_continuation decisions_feedback decisions_notknown disclosure_norelease disclosure_release
        triage_basis triage_rating triage_screening""",
    "UPDATE": "decisions_lateanswer",
}
FOR_JOBS_ALONE = {
    "procrastinate_jobs": {"UPDATE", "DELETE"},
    "procrastinate_events": {"UPDATE", "DELETE"},
    "procrastinate_workers": {"INSERT", "UPDATE", "DELETE"},
    "procrastinate_periodic_defers": {"INSERT", "UPDATE", "DELETE"},
    "agencies_user": {"UPDATE (is_active)", "UPDATE (left_on)"},
}


def what_jobs_may(owner: "psycopg.Connection") -> None:
    """Fails where the worker's role and that of the pages differ in more or in less than is said above."""
    pages, jobs = rights(owner, APP_ROLE), rights(owner, WORKER_ROLE)
    less = {
        table: pages[table] if held == "all" else set(held.split())
        for held, tables in NOT_FOR_JOBS.items()
        for table in tables.split()
    }
    assert {
        table: pages[table] - jobs.get(table, set()) for table in pages if pages[table] - jobs.get(table, set())
    } == less
    more = {table: jobs[table] - pages.get(table, set()) for table in jobs if jobs[table] - pages.get(table, set())}
    assert more == FOR_JOBS_ALONE
    for one, other in ((WORKER_ROLE, APP_ROLE), ("openmash_login", WORKER_ROLE), (APP_ROLE, WORKER_ROLE)):
        assert owner.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [one, other]).fetchone() == (False,)
    flags = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s"
    assert owner.execute(flags, [WORKER_ROLE]).fetchone() == (False,) * 5


def test_jobs_reach_no_sign_in_and_decide_nothing(owner: "psycopg.Connection") -> None:
    what_jobs_may(owner)


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON mfa_authenticator TO openmash_worker",
        "GRANT UPDATE ON agencies_user TO openmash_worker",
        "GRANT UPDATE (password) ON agencies_user TO openmash_worker",
        "GRANT INSERT ON agencies_posting TO openmash_worker",
        "GRANT DELETE ON enquiries_enquiry TO openmash_worker",
        "REVOKE UPDATE ON disclosure_release FROM openmash_worker",
        "GRANT DELETE ON procrastinate_jobs TO openmash_app",
        "GRANT openmash_worker TO openmash_login",
        "GRANT openmash_app TO openmash_worker",
        "ALTER ROLE openmash_worker BYPASSRLS",
    ],
)
def test_what_more_a_job_could_do_is_found(owner: "psycopg.Connection", statement: str) -> None:
    owner.execute(statement.encode())
    with pytest.raises(AssertionError):
        what_jobs_may(owner)


def test_until_the_worker_has_a_login_that_of_the_pages_may_be_it(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """A hub that is older than the role goes on working, and needs no more than a login to part the two."""
    name = connection.settings_dict["NAME"]
    may = "SELECT pg_has_role('openmash_login', 'openmash_worker', 'MEMBER')"
    with django_db_blocker.unblock():
        conftest.point_at(OWNER_URL, name, as_owner=True)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for flag in ("NOLOGIN", "LOGIN"):
                    cursor.execute(f"ALTER ROLE openmash_worker {flag}")
                    grants.apply()
                    cursor.execute(may)
                    assert cursor.fetchone() == (flag == "NOLOGIN",)
                transaction.set_rollback(True)
        finally:
            conftest.point_at(DATABASE_URL, name)


@pytest.mark.slow
def test_every_job_that_comes_by_the_clock_is_done_in_that_role(told: Told, tmp_path: Path) -> None:
    by_the_clock = sorted({name for name, _ in app.periodic_registry.periodic_tasks})
    with serving(told, f"{told.database}_jobs", tmp_path) as house:
        for task in by_the_clock:
            house.strikes(task)
        left = "SELECT task_name FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        eventually("that all is done", lambda: not house.ask(left), 300)
        done = house.ask("SELECT DISTINCT task_name, status::text FROM procrastinate_jobs")
        assert {(task, "succeeded") for task in by_the_clock} <= set(done)
        assert {status for _, status in done} == {"succeeded"} and len(by_the_clock) > 15
        who = house.ask("SELECT DISTINCT usename::text FROM pg_stat_activity WHERE datname = current_database()")
        assert {row[0] for row in who} >= {"openmash_login", "openmash_worker"}
        assert "permission denied" not in (tmp_path / "logs/worker.log").read_text()
