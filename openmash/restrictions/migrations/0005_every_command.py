"""A conflict is kept from whoever knows the same person in every command, not when it is read alone.

PostgreSQL asks the policies for SELECT of an UPDATE or DELETE only where it reads the row: a WHERE, a RETURNING, a value
taken from a column. `UPDATE enquiries_conflict SET ...` with none of these reached rows that whoever wrote it could not see.
"""

from django.db import migrations

MAKE = """
DROP POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict;
CREATE POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict AS RESTRICTIVE
  USING (NOT person_id = ANY ((SELECT openmash_people_in_conflict())::bigint[]));
"""
UNDO = """
DROP POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict;
CREATE POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict AS RESTRICTIVE FOR SELECT
  USING (NOT person_id = ANY ((SELECT openmash_people_in_conflict())::bigint[]));
"""


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0004_sealed_events_in_an_emergency")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
