"""What the application's role may do in the database. The owner grants it after every migration.

Nothing is deleted unless a model says so; what is append-only can be neither changed nor deleted; what the
database writes by itself is only read; nobody may TRUNCATE. The key that the application signs with is laid beside it.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection

from openmash.audit.signing import pads

# Django's and the libraries' own tables: sessions end, sign-in attempts expire, finished jobs are swept.
_LIBRARIES = ("django_", "auth_", "account_", "mfa_", "procrastinate_")


def apply() -> None:
    """Create the application's role where it is missing, and grant it what the models declare."""
    role = settings.APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
            f" THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
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
        cursor.execute("DELETE FROM openmash_keys.signing")
        cursor.execute("INSERT INTO openmash_keys.signing VALUES (%s, %s)", pads())
