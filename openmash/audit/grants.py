"""What the application's role may do in the database. The owner grants it after every migration.

Nothing is deleted unless a model says so; what is append-only can be neither changed nor deleted; what the
database writes by itself is only read; nobody may TRUNCATE. The key that the application signs with is laid beside it.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from openmash.audit.signing import pads

# Django's and the libraries' own tables: sessions end, sign-in attempts expire, finished jobs are swept.
_LIBRARIES = ("django_", "auth_", "account_", "mfa_", "procrastinate_")
# Whoever is not signed in hands in an enquiry, or signs in. Their requests neither read nor write these rooms' tables.
CLOSED_TO_STRANGERS = (
    "intelligence feeds triage notifications statutory_checks gathering post disclosure decisions cumulative allocation"
    " insight oversight records restrictions"
).split()


def apply() -> None:
    """Create the application's two roles where they are missing, and grant them what the models declare."""
    role = settings.APP_ROLE
    with connection.cursor() as cursor:
        for wanted in (role, settings.STRANGERS_ROLE):
            cursor.execute(
                f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{wanted}')"
                f" THEN CREATE ROLE {wanted} NOLOGIN; END IF; END $$"
            )
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
        _grant_strangers(cursor, role)
        cursor.execute("DELETE FROM openmash_keys.signing")
        cursor.execute("INSERT INTO openmash_keys.signing VALUES (%s, %s)", pads())


def _grant_strangers(cursor: Any, role: str) -> None:
    """What the application may, but for the rooms that are closed; and every login of the one may be the other."""
    strangers = settings.STRANGERS_ROLE
    closed = tuple(f"{room}_" for room in CLOSED_TO_STRANGERS)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {strangers}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {strangers}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {strangers}")
    cursor.execute(
        "SELECT table_name, string_agg(privilege_type, ', ') FROM information_schema.role_table_grants"
        " WHERE grantee = %s AND table_schema = 'public' GROUP BY table_name",
        [role],
    )
    for table, rights in cursor.fetchall():
        if not table.startswith(closed):
            cursor.execute(f'GRANT {rights} ON "{table}" TO {strangers}')
    cursor.execute(
        "SELECT login.rolname FROM pg_auth_members JOIN pg_roles login ON login.oid = member"
        " JOIN pg_roles app ON app.oid = roleid WHERE app.rolname = %s",
        [role],
    )
    for (login,) in cursor.fetchall():
        cursor.execute(f'GRANT {strangers} TO "{login}"')
