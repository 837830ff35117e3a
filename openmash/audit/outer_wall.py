"""The wall around everything: a connection that does not say, signed, who asks is shown no row and may write none.

So whoever has the login and the password of the application, and not its key, has nothing (ADR 19). Where a table has
a wall of its own, that one asks for more, and this one is not beside it: of two policies PostgreSQL takes the wider.

Nor is anything to be read from what the planner expects. It samples each column, and `EXPLAIN` shows whoever may name
a table how many rows there will be below some word: asked often enough, that is the sample, word by word, of a sealed
item or of somebody's session. No wall changes that, so nothing is sampled but what the models call plain.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

# Its library looks there over connections of its own. A job holds the number of a row, and no word of it.
OUTSIDE = "procrastinate_"

_RAISE = """
DO $do$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS walled, relrowsecurity AS is_walled,
      EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'who_asks_is_signed') AS has_this,
      EXISTS (
        SELECT FROM pg_policy WHERE polrelid = c.oid AND polpermissive AND polname <> 'who_asks_is_signed'
      ) AS has_own
    FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT starts_with(relname, '{outside}')
  LOOP
    IF one.has_this AND one.has_own THEN
      EXECUTE format('DROP POLICY who_asks_is_signed ON %s', one.walled);
    ELSIF NOT one.is_walled THEN
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', one.walled);
      IF NOT one.has_this THEN
        EXECUTE format('CREATE POLICY who_asks_is_signed ON %s'
          ' USING ((SELECT openmash_signed(''openmash.reader'')) IS NOT NULL)', one.walled);
      END IF;
    END IF;
  END LOOP;
END $do$;
"""

# Of the kinds that the planner compares without asking who looks. An index of an expression has a sample of its own.
_SAMPLED = """
SELECT c.oid::regclass, relkind = 'i', attname, attnum FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
LEFT JOIN pg_index ON indexrelid = c.oid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped AND coalesce(attstattarget, -1) <> 0
  AND atttypid = ANY ('{text, varchar, date, timestamptz}'::regtype[])
  AND (relname || '.' || attname = ANY (%s) OR relkind = 'i' AND indkey[attnum - 1] = 0)
"""


def stand() -> None:
    """Around every table that the migrations have left without one, and nothing is sampled that is not plain."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE.format(outside=OUTSIDE))
        _keep_no_samples(cursor)


def _keep_no_samples(cursor: Any) -> None:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    [may_forget] = cursor.fetchone()
    cursor.execute(_SAMPLED, [list(_not_plain())])
    for table, is_index, column, number in cursor.fetchall():
        of_it = f"INDEX {table} ALTER COLUMN {number}" if is_index else f'TABLE {table} ALTER COLUMN "{column}"'
        cursor.execute(f"ALTER {of_it} SET STATISTICS 0")
        if may_forget:  # what an earlier version sampled; where the owner is no superuser it stays until a restore
            cursor.execute("DELETE FROM pg_statistic WHERE starelid = %s::regclass AND staattnum = %s", [table, number])


def _not_plain() -> Iterator[str]:
    """Every column that is not called plain, as `table.column`: of a library nothing is."""
    for model in apps.get_models(include_auto_created=True):
        plain = getattr(getattr(model, "Privacy", None), "plain", ())
        for field in model._meta.local_concrete_fields if plain != "*" else ():
            if field.name not in plain:
                yield f"{model._meta.db_table}.{field.column}"
    yield from ("django_cache.cache_key", "django_cache.value", "django_cache.expires")
