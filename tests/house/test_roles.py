"""What each role may do in the database is what is declared, and nothing else: a right that is added is found."""

from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from openmash.cli.facts import TABLES
from openmash.settings import APP_ROLE, BACKUP_ROLE, OWNER_URL, RETENTION_ROLE, STRANGERS_ROLE

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
