"""Which lines are about somebody is asked of a function: behind a wall PostgreSQL uses no index for `people && …`."""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_lines_about(wanted bigint[], enquiries bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM audit_ledgerevent
  WHERE openmash_signed('openmash.reader') IS NOT NULL AND (people && wanted OR enquiry = ANY (enquiries))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_signed")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION openmash_lines_about(bigint[], bigint[])")]
