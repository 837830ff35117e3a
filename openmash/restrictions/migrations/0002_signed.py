"""Every wall asks for what is signed, and not for what is merely said: see `audit`, 0003.

Where nobody says who reads, nothing that stands behind the wall around what is kept is there. The hub at work says so:
its reader is `hub`.
"""

from django.db import migrations

SIGNED = r"""
DO $do$
DECLARE
  made record;
  wall record;
  before text := $r$current_setting\('(openmash\.(?:user|reader|linking|watching|reply|load))'(?:::text)?, true\)$r$;
  after text := $r$openmash_signed('\1')$r$;
BEGIN
  FOR made IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~ before LOOP
    EXECUTE regexp_replace(pg_get_functiondef(made.oid), before, after, 'g');
  END LOOP;
  FOR wall IN
    SELECT polname, polrelid::regclass AS walled, pg_get_expr(polqual, polrelid) AS shown,
      pg_get_expr(polwithcheck, polrelid) AS taken
    FROM pg_policy
  LOOP
    IF wall.shown ~ before THEN
      EXECUTE format('ALTER POLICY %I ON %s USING (%s)',
        wall.polname, wall.walled, regexp_replace(wall.shown, before, after, 'g'));
    END IF;
    IF wall.taken ~ before THEN
      EXECUTE format('ALTER POLICY %I ON %s WITH CHECK (%s)',
        wall.polname, wall.walled, regexp_replace(wall.taken, before, after, 'g'));
    END IF;
  END LOOP;
END $do$;
"""
KEPT = r"""
CREATE OR REPLACE FUNCTION openmash_reader() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(openmash_signed('openmash.reader'), 'hub')::bigint
$$;

DO $do$
DECLARE
  wall record;
  shown text := 'NOT coalesce(%3$I, 0) = ANY ((SELECT openmash_kept_from())::bigint[])';
BEGIN
  -- Nobody is signed: then it is not known what is kept, and no row is said not to be.
  EXECUTE regexp_replace(
    pg_get_functiondef('openmash_kept_from'::regproc), 'DECLARE reader .*?BEGIN',
    $r$DECLARE
  who text := openmash_signed('openmash.reader');
  reader bigint := nullif(who, 'hub')::bigint;
BEGIN
  IF who IS NULL THEN RETURN NULL; END IF;$r$);
  FOR wall IN
    SELECT polname, polrelid::regclass AS walled, substr(polname, 14) AS enquiry FROM pg_policy
    WHERE polname LIKE 'kept_from_by_%' AND pg_get_expr(polqual, polrelid) LIKE '%openmash_kept_from%'
  LOOP
    EXECUTE format('ALTER POLICY %1$I ON %2$s USING (' || shown || ')', wall.polname, wall.walled, wall.enquiry);
  END LOOP;
END $do$;

CREATE OR REPLACE PROCEDURE openmash_wall(walled regclass, enquiry name) LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = walled) THEN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY the_hub_shares ON %s USING (true)', walled);
  END IF;
  EXECUTE format(
    'CREATE POLICY %I ON %s AS RESTRICTIVE '
    'USING (NOT coalesce(%I, 0) = ANY ((SELECT openmash_kept_from())::bigint[]))',
    'kept_from_by_' || enquiry, walled, enquiry);
END $$;

ALTER POLICY conflict_is_the_walls ON enquiries_conflict USING ((SELECT openmash_signed('openmash.reader')) = 'hub');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("restrictions", "0001_walls"),
        ("audit", "0003_signed"),
        ("agencies", "0015_nobody_gives_a_role_alone"),
        ("feeds", "0004_known_deaths"),
        ("people", "0013_unprotecting"),
        ("post", "0002_row_level_security"),
    ]
    # What is signed is no less than what was said: there is nothing to take back.
    operations = [
        migrations.RunSQL(SIGNED, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
