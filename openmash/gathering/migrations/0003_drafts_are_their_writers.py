"""The draft of an answer may hold what will be sealed: the database shows it to its writer alone.

The sweep of old drafts looks at no draft: it goes through a function that only deletes, by age.
"""

from django.db import migrations

MAKE = """
ALTER TABLE gathering_answerdraft ENABLE ROW LEVEL SECURITY;

CREATE POLICY draft_is_its_writers ON gathering_answerdraft
  USING (user_id = (SELECT openmash_user())) WITH CHECK (user_id = (SELECT openmash_user()));

CREATE FUNCTION openmash_sweep_answer_drafts(before timestamptz) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  WITH swept AS (DELETE FROM gathering_answerdraft WHERE saved_at < before RETURNING 1)
  SELECT count(*) FROM swept
$$;
"""
UNDO = """
DROP FUNCTION openmash_sweep_answer_drafts(timestamptz);
DROP POLICY draft_is_its_writers ON gathering_answerdraft;
ALTER TABLE gathering_answerdraft DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("gathering", "0002_drafts_and_overrides"),
        ("intelligence", "0002_row_level_security"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
