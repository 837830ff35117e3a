"""The second wall around the alerts. The first is `oversight/policies.py`; a test proves them equal.

The governance lead of the area reads them, and closes what is not about themselves; what is closed stays as it is by a
trigger (`models.py`). The system sees those of the one
area that it watches: `openmash.watching`, set for one transaction, and only while nobody is bound.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_ledger_areas() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT posting.area_id), '{}') FROM agencies_posting posting
  JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
  WHERE posting.user_id = openmash_user() AND posting.role = 'governance_lead'
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE FUNCTION openmash_watching() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN openmash_user() IS NULL THEN nullif(current_setting('openmash.watching', true), '')::bigint END
$$;

ALTER TABLE oversight_alert ENABLE ROW LEVEL SECURITY;

CREATE POLICY alert_is_read ON oversight_alert FOR SELECT USING (
  area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]) OR area_id = (SELECT openmash_watching()));
CREATE POLICY alert_is_raised ON oversight_alert FOR INSERT WITH CHECK (
  area_id = (SELECT openmash_watching()) AND outcome = '');
CREATE POLICY alert_is_closed ON oversight_alert FOR UPDATE
  USING (area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]))
  WITH CHECK (area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]) AND closed_by_id = (SELECT openmash_user())
    AND user_id IS DISTINCT FROM (SELECT openmash_user()));
"""
UNDO = """
DROP POLICY alert_is_closed ON oversight_alert;
DROP POLICY alert_is_raised ON oversight_alert;
DROP POLICY alert_is_read ON oversight_alert;
ALTER TABLE oversight_alert DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_watching();
DROP FUNCTION openmash_ledger_areas();
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
