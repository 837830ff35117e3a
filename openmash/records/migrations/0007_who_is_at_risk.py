"""Whoever is at risk from somebody is given what is held of it; whoever they are at risk from is not."""

from django.db import migrations

MAKE = """
DO $do$
DECLARE
  before text := 'UNION ALL SELECT ''people_person'', records';
  after text := 'UNION ALL SELECT ''people_riskfrom'', array_agg(risk.id) FROM people_riskfrom risk '
    'WHERE risk.person_id = ANY (records)' || chr(10) || '    UNION ALL SELECT ''people_person'', records';
BEGIN
  EXECUTE replace(pg_get_functiondef('openmash_held_about'::regproc), before, after);
END $do$;
"""
UNDO = """
DO $do$
BEGIN
  EXECUTE regexp_replace(
    pg_get_functiondef('openmash_held_about'::regproc), 'UNION ALL SELECT ''people_riskfrom''[^\\n]*\\n *', '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0006_destroyed_by_a_role"), ("people", "0016_risk_from")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
