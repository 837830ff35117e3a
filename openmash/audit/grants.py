"""What each role may do in the database. The owner grants it after every migration.

Nothing is deleted unless a model says so; what is append-only can be neither changed nor deleted; what the
database writes by itself is only read; nobody may TRUNCATE. Only the role that destroys may delete rows of a record:
nobody can take it, and one function has it. The key that the application signs with is laid beside it.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction

from openmash.audit.signing import pads

# Django's and the libraries' own tables: sessions end, sign-in attempts expire, finished jobs are swept.
_LIBRARIES = ("django_", "auth_", "account_", "mfa_", "procrastinate_")
# Whoever is not signed in hands in an enquiry, or signs in. Their requests neither read nor write these rooms' tables.
CLOSED_TO_STRANGERS = (
    "intelligence feeds triage notifications statutory_checks gathering post disclosure decisions cumulative allocation"
    " insight oversight records restrictions"
).split()
# A job signs nobody in, gives nobody a role, destroys nothing and answers no statutory check: it does not look there.
CLOSED_TO_JOBS = (
    "account_ mfa_ auth_ django_session django_cache agencies_accesschange agencies_acknowledgement records_"
    " statutory_checks_"
).split()
# What people alone decide, jobs only read; but for the tables that are named after it.
READ_BY_JOBS = "django_ agencies_ allocation_ decisions_ disclosure_ triage_".split()
WRITTEN_BY_JOBS_TOO = {
    "agencies_delivery": "INSERT, UPDATE",  # what other systems sent
    "agencies_heldback": "INSERT, UPDATE",
    "agencies_letter": "INSERT, UPDATE",
    "agencies_user": "UPDATE (is_active, left_on)",  # an account into which nobody signs in is closed
    "decisions_lateanswer": "INSERT",  # an answer that comes after the decision, by post or from a system
    "disclosure_release": "UPDATE",  # its last day has passed
}
# And the other way about: a page asks for a job, and has nothing to do with what becomes of it.
WRITTEN_BY_JOBS_ALONE = {
    "procrastinate_jobs": "UPDATE, DELETE",
    "procrastinate_events": "UPDATE, DELETE",
    "procrastinate_workers": "INSERT, UPDATE, DELETE",
    "procrastinate_periodic_defers": "INSERT, UPDATE, DELETE",
}
CHAINS = "openmash_chain(audit_ledgerevent)"  # the ledger's own trigger calls it, and nobody else may
DESTROYS = "openmash_destroy(bigint, timestamptz)"
# What `DESTROYS` runs with and besides what it deletes from (`openmash_destroyed_from()`, in `records`).
DESTROYS_WITH = (
    "openmash_hanging(regclass, bigint[])",
    "openmash_of_no_enquiry(bigint[])",
    "openmash_empty(regclass, bigint, text[])",
    "openmash_delete(text, bigint[])",
    "openmash_signed(text)",
    "openmash_is_held(bigint)",
    "openmash_was_given_out_elsewhere(bigint)",
)
DESTROYS_BESIDES = {
    "enquiries_enquiry": "SELECT, UPDATE",  # emptied
    "enquiries_referrer": "SELECT, UPDATE",  # emptied
    "records_destruction": "SELECT, INSERT",  # what it says of it
    "agencies_posting": "SELECT",  # whether two people
    "agencies_user": "SELECT (id, is_active)",
}
MAKE_IT = (
    "{role} is missing, or row-level security holds it back, or the owner of the database is not in it. An"
    " administrator of PostgreSQL puts that right: CREATE ROLE {role} NOLOGIN BYPASSRLS ROLE {owner}; where it is there"
    " already, ALTER ROLE {role} NOLOGIN BYPASSRLS; GRANT {role} TO {owner}. Then migrate again; nothing was changed."
)


def make_roles() -> None:
    """Create the roles that are missing. Raises CommandError where only an administrator of PostgreSQL could."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolbypassrls FROM pg_roles")
        there = dict(cursor.fetchall())
        for role in (settings.APP_ROLE, settings.STRANGERS_ROLE, settings.WORKER_ROLE, settings.BACKUP_ROLE):
            if role not in there:
                cursor.execute(f"CREATE ROLE {role} NOLOGIN")
        role = settings.RETENTION_ROLE
        try:
            if not there.get(role):
                cursor.execute(f"{'ALTER' if role in there else 'CREATE'} ROLE {role} NOLOGIN BYPASSRLS")
            cursor.execute("SELECT current_user, pg_has_role(%s, 'USAGE')", [role])
            owner, is_in_it = cursor.fetchone()
            if not is_in_it:
                cursor.execute(f'GRANT {role} TO "{owner}"')
        except ProgrammingError as refused:
            cursor.execute("SELECT current_user")
            raise CommandError(MAKE_IT.format(role=role, owner=cursor.fetchone()[0])) from refused


def apply() -> None:
    """Grant the roles what the models declare."""
    role = settings.APP_ROLE
    with transaction.atomic(), connection.cursor() as cursor:  # a hub at work misses no right meanwhile
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public FROM {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in connection.introspection.table_names(cursor):
            if table.startswith(_LIBRARIES):
                cursor.execute(f'GRANT DELETE ON "{table}" TO {role}')
        for model in apps.get_models():
            privacy = getattr(model, "Privacy", None)
            if getattr(privacy, "append_only", False):
                cursor.execute(f'REVOKE UPDATE, DELETE ON "{model._meta.db_table}" FROM {role}')
            if getattr(privacy, "written_by_database", False):
                cursor.execute(f'REVOKE INSERT ON "{model._meta.db_table}" FROM {role}')
            if getattr(privacy, "deletable", False):
                cursor.execute(f'GRANT DELETE ON "{model._meta.db_table}" TO {role}')
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        _grant_worker(cursor)
        _grant_strangers(cursor)
        _grant_functions(cursor)
        _grant_retention(cursor)
        _grant_backup(cursor)
        _lay_key(cursor)


def _grant_strangers(cursor: Any) -> None:
    """What the application may, but for the rooms that are closed; and every login of the one may be the other."""
    closed = tuple(f"{room}_" for room in CLOSED_TO_STRANGERS)
    _grant_as_the_application(cursor, settings.STRANGERS_ROLE, closed=closed)
    for login in _logins(cursor, settings.APP_ROLE):
        cursor.execute(f'GRANT {settings.STRANGERS_ROLE} TO "{login}"')


def _grant_worker(cursor: Any) -> None:
    """What the application may, but for what jobs only read or do not see; and what they alone write.

    Until the worker has a login of its own, that of the application may take its role.
    """
    role, app = settings.WORKER_ROLE, settings.APP_ROLE
    _grant_as_the_application(cursor, role, closed=tuple(CLOSED_TO_JOBS), only_read=tuple(READ_BY_JOBS))
    for table, rights in WRITTEN_BY_JOBS_TOO.items():
        cursor.execute(f"GRANT {rights} ON {table} TO {role}")
    for table, rights in WRITTEN_BY_JOBS_ALONE.items():
        cursor.execute(f"REVOKE {rights} ON {table} FROM {app}")
    cursor.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", [role])
    [logs_in] = cursor.fetchone()
    for login in _logins(cursor, settings.APP_ROLE):
        if not logs_in:
            cursor.execute(f'GRANT {role} TO "{login}"')
        elif login in _logins(cursor, role):
            cursor.execute(f'REVOKE {role} FROM "{login}"')


def _grant_as_the_application(
    cursor: Any, role: str, *, closed: tuple[str, ...], only_read: tuple[str, ...] = ()
) -> None:
    """The application's rights, but for tables whose names begin so."""
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute(
        "SELECT table_name, string_agg(privilege_type, ', ') FROM information_schema.role_table_grants"
        " WHERE grantee = %s AND table_schema = 'public' GROUP BY table_name",
        [settings.APP_ROLE],
    )
    for table, rights in cursor.fetchall():
        if not table.startswith(closed):
            cursor.execute(f'GRANT {"SELECT" if table.startswith(only_read) else rights} ON "{table}" TO {role}')


def _logins(cursor: Any, role: str) -> list[str]:
    """Who may take the role."""
    cursor.execute(
        "SELECT login.rolname FROM pg_auth_members JOIN pg_roles login ON login.oid = member"
        " JOIN pg_roles taken ON taken.oid = roleid WHERE taken.rolname = %s",
        [role],
    )
    return [login for (login,) in cursor.fetchall()]


def _grant_functions(cursor: Any) -> None:
    """What runs with more rights than its caller's is for those who ask for a person: it looks at who that is."""
    cursor.execute(
        "SELECT string_agg(oid::regprocedure::text, ', ') FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace AND proname <> 'openmash_chain'"
    )
    [functions] = cursor.fetchone()
    askers = f"{settings.APP_ROLE}, {settings.STRANGERS_ROLE}, {settings.WORKER_ROLE}"
    cursor.execute(f"REVOKE ALL ON FUNCTION {functions}, {CHAINS} FROM PUBLIC")
    cursor.execute(f"REVOKE ALL ON FUNCTION {CHAINS} FROM {askers}")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {functions} TO {askers}")


def _grant_retention(cursor: Any) -> None:
    """The function that destroys is this role's, and so runs with its rights; the application may call it."""
    role = settings.RETENTION_ROLE
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute("SELECT openmash_destroyed_from()::text")
    for (table,) in cursor.fetchall():
        cursor.execute(f"GRANT SELECT, DELETE ON {table} TO {role}")
    for table, rights in DESTROYS_BESIDES.items():
        cursor.execute(f"GRANT {rights} ON {table} TO {role}")
    cursor.execute(f"GRANT USAGE ON SEQUENCE records_destruction_id_seq TO {role}")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(DESTROYS_WITH)} TO {role}")
    cursor.execute(f"GRANT CREATE ON SCHEMA public TO {role}")  # a function's new owner needs it at that moment
    cursor.execute(f"ALTER FUNCTION {DESTROYS} OWNER TO {role}")
    cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")
    cursor.execute(f"REVOKE ALL ON FUNCTION {DESTROYS} FROM {settings.STRANGERS_ROLE}, {settings.WORKER_ROLE}")


def _grant_backup(cursor: Any) -> None:
    """To read all that is in the schema. The key is in another: a backup has none, and `migrate` lays it anew."""
    role = settings.BACKUP_ROLE
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _lay_key(cursor: Any) -> None:
    """What the application signs with, where the owner alone reads it: made here where a backup was restored."""
    cursor.execute("CREATE SCHEMA IF NOT EXISTS openmash_keys")
    cursor.execute("CREATE TABLE IF NOT EXISTS openmash_keys.signing (within bytea NOT NULL, around bytea NOT NULL)")
    cursor.execute("DELETE FROM openmash_keys.signing")
    cursor.execute("INSERT INTO openmash_keys.signing VALUES (%s, %s)", pads())
