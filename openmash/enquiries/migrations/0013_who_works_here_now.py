"""A conflict is looked after where the colleague works today, as the policy says (`may_look_after_conflicts`).

The wall had counted where they worked once, or will work.
"""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION openmash_looks_after(colleague bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT colleague <> openmash_reader() AND EXISTS (
    SELECT FROM agencies_posting mine
    JOIN agencies_user "user" ON "user".id = mine.user_id AND "user".is_active
    JOIN agencies_posting theirs ON theirs.area_id = mine.area_id AND theirs.user_id = colleague
    WHERE mine.user_id = openmash_reader() AND mine.role IN ('governance_lead', 'practice_manager')
      AND mine.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (mine.until IS NULL OR mine.until >= (now() AT TIME ZONE 'Europe/London')::date)
      AND theirs.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (theirs.until IS NULL OR theirs.until >= (now() AT TIME ZONE 'Europe/London')::date)
  )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0012_people_kept")]
    # Nothing that worked before needs the wider wall: there is nothing to take back.
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
