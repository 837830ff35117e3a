"""What must be true of the database before anybody is served: what it acknowledges is kept, and its walls stand.

Asked over the application's own connection, since a setting may differ from login to login. That a server was killed
and lost nothing says little of `fsync`: only a power cut would show that it is off. So it is read here.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings

from openmash.audit.grants import DESTROYS
from openmash.audit.signing import signed

# Personal tables that stand behind the outer wall alone (`audit/outer_wall.py`), and why: there whoever asks is signed,
# and the hub's code says who sees which row. A test finds the one that is neither here nor behind a wall of its own.
BEHIND_THE_OUTER_WALL = {
    "The application looks here before it knows who asks: who signs in, who may be written to.": (
        "agencies_user agencies_posting agencies_signature agencies_address agencies_letter enquiries_draft"
    ),
    "Who proposed a role or a new second factor, and who agreed: triggers refuse one person alone.": (
        "agencies_accesschange"
    ),
    "The ledger takes a line from everybody and gives to the audit pages alone; no line can be changed.": (
        "audit_ledgerevent audit_ledgerlink"
    ),
    "The hub's own record, which its workers share: each room's `policies.py` says who sees which row of it.": (
        "people_link people_person people_name people_identifier people_address people_residence people_contact"
        " people_relationship people_marker people_professional people_judgement people_proposal people_amendment"
        " people_unprotecting feeds_load notifications_repair notifications_subject statutory_checks_statutorycheck"
        " decisions_outcome decisions_evidence decisions_advice decisions_notknown"
    ),
    "What hangs on an answer or a reply, whose request is behind the wall around what is kept from somebody.": (
        "gathering_systemcheck post_dispatch post_reply"
    ),
    "What is let out of the sealed room: triggers say who may change what, `disclosure/policies.py` who sees it.": (
        "disclosure_releaseitem disclosure_countersignature disclosure_justified"
    ),
}
EXCUSED = frozenset(name for names in BEHIND_THE_OUTER_WALL.values() for name in names.split())
OF_THE_PAGES = [settings.APP_ROLE, settings.STRANGERS_ROLE]


def unsafe(cursor: Any) -> list[str]:
    """A sentence for everything that makes it unsafe to serve over this connection; none: it is safe."""
    found = (_login, _watching, _durability, _walls, _signing, _destroying)
    return [sentence for look in found for sentence in look(cursor)]


def personal_tables() -> list[str]:
    """Every table with a field that its `Privacy` calls personal, special or sealed."""
    kinds = ("personal", "special", "sealed")
    models = (model for model in apps.get_models() if any(getattr(_privacy(model), kind, ()) for kind in kinds))
    return sorted(model._meta.db_table for model in models)


def _privacy(model: Any) -> Any:
    return getattr(model, "Privacy", None)


def _login(cursor: Any) -> Iterator[str]:
    cursor.execute(
        "SELECT rolname, EXISTS (SELECT FROM pg_roles above WHERE (above.rolsuper OR above.rolbypassrls)"
        " AND pg_has_role(r.oid, above.oid, 'MEMBER')), EXISTS (SELECT FROM pg_class c"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND pg_has_role(r.oid, c.relowner, 'MEMBER'))"
        " FROM pg_roles r WHERE rolname IN (session_user, current_user) ORDER BY 1"
    )
    for role, is_above, owns in cursor.fetchall():
        if is_above or owns:
            why = (
                "is above row-level security, or can become so"
                if is_above
                else "owns tables, or can become their owner"
            )
            yield f"The application comes in as {role}, which {why}. {_needed()}"
    cursor.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", [settings.WORKER_ROLE])
    worker_logs_in = any(logs_in for (logs_in,) in cursor.fetchall())  # else the pages and the worker share one login
    if worker_logs_in or settings.ROLE == settings.STRANGERS_ROLE:
        allowed = OF_THE_PAGES if settings.ROLE == settings.APP_ROLE else [settings.ROLE]
        cursor.execute(
            "SELECT session_user, string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles WHERE rolname = ANY (%s)"
            " AND pg_has_role(session_user, oid, 'MEMBER')",
            [sorted({*OF_THE_PAGES, settings.WORKER_ROLE, settings.BACKUP_ROLE} - set(allowed))],
        )
        role, more = cursor.fetchone()
        if more:
            yield f"The application comes in as {role}, which may also be {more}. {_needed()}"


def _needed() -> str:
    own = {settings.WORKER_ROLE: "OPENMASH_WORKER_URL", settings.STRANGERS_ROLE: "OPENMASH_PUBLIC_URL"}
    named = own.get(settings.ROLE, "DATABASE_URL")
    return (
        f"Name in {named} a login that may do nothing but take the role {settings.ROLE}, in OPENMASH_OWNER_URL the"
        " owner, and run mash migrate."
    )


def _watching(cursor: Any) -> Iterator[str]:
    if _said(cursor, "SHOW track_activities") == "on":
        yield (
            "track_activities is on: whoever has the application's login can read what all others ask of the database."
            " As an administrator of PostgreSQL: ALTER ROLE … SET track_activities = off, for that login."
        )


def _durability(cursor: Any) -> Iterator[str]:
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        if _said(cursor, f"SHOW {setting}") == "off":
            yield f"{setting} is off: what was acknowledged can be lost. Set it to on."
    if _said(cursor, "SHOW data_checksums") == "off":
        yield "Data checksums are off: what the disk spoils is not noticed. Stop PostgreSQL and run pg_checksums -e."
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND relpersistence = 'u' ORDER BY 1"
    )
    for (table,) in cursor.fetchall():
        yield f"The table {table} is UNLOGGED: a crash empties it. ALTER TABLE {table} SET LOGGED."


def _walls(cursor: Any) -> Iterator[str]:
    cursor.execute(
        "SELECT relname, row_security_active(c.oid), EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)"
        " FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)",
        [personal_tables()],
    )
    found = {table: (is_active, has_policy) for table, is_active, has_policy in cursor.fetchall()}
    for table in personal_tables():
        if table not in found:
            yield f"The table {table} is missing. Run mash migrate."
        elif not found[table][0]:
            yield f"The table {table} holds personal data, and row-level security does not hold the application back."
        elif not found[table][1]:
            yield f"The table {table} holds personal data, and has no policy that says who sees which row."


def _signing(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT to_regprocedure('openmash_signed(text)')")
    if cursor.fetchone()[0] is None:
        return  # nothing was migrated here, which is said already
    on_trial = signed("openmash.start_up", "on", cursor.connection)
    cursor.execute("SELECT set_config('openmash.start_up', %s, false)", [on_trial])
    if _said(cursor, "SELECT openmash_signed('openmash.start_up')") != "on":
        yield (
            "The database does not believe what the application signs, and would show it nothing. Run mash migrate with"
            " the OPENMASH_SECRET_KEY that is used here."
        )
    if settings.ROLE == settings.WORKER_ROLE:
        return
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(session_user, oid, 'MEMBER'))",
        [settings.STRANGERS_ROLE],
    )
    if not cursor.fetchone()[0]:
        yield (
            f"The application cannot become {settings.STRANGERS_ROLE} for whoever is not signed in. Run mash migrate"
            f" once its login is in the role {settings.APP_ROLE}."
        )


def _destroying(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT proowner::regrole::text FROM pg_proc WHERE oid = to_regprocedure(%s)", [DESTROYS])
    if any(owner != settings.RETENTION_ROLE for (owner,) in cursor.fetchall()):
        yield f"What destroys records runs with more than the rights of {settings.RETENTION_ROLE}. Run mash migrate."


def _said(cursor: Any, question: str) -> str:
    cursor.execute(question)
    return str(cursor.fetchone()[0])
