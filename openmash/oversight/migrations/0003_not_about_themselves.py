"""Nobody sees, closes or counts an alert about themselves: it is another lead's of the area.

Where there is no other, or all of them are in conflict with whom the alert shows, it is its practice managers'. The first
wall is `oversight/policies.py`; a test proves them equal.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

MAKE = """
CREATE FUNCTION openmash_managed_areas() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT posting.area_id), '{}') FROM agencies_posting posting
  JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
  WHERE posting.user_id = openmash_user() AND posting.role = 'practice_manager'
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

-- Whether an alert of the area, about these users and showing this person or enquiry, has a lead who may see it.
CREATE FUNCTION openmash_has_lead(area bigint, about bigint[], shown bigint, shown_enquiry bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM agencies_posting posting
    JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
    WHERE posting.area_id = area AND posting.role = 'governance_lead' AND NOT posting.user_id = ANY (about)
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
      AND NOT EXISTS (
        SELECT FROM enquiries_conflict conflict
        JOIN people_person known ON known.id = conflict.person_id
        JOIN people_person same
          ON same.id = coalesce(known.lead_id, known.id) OR same.lead_id = coalesce(known.lead_id, known.id)
        WHERE conflict.user_id = posting.user_id AND conflict.removed_at IS NULL AND (
          same.id = shown
          OR same.id IN (SELECT party.person_id FROM enquiries_party party WHERE party.enquiry_id = shown_enquiry)
        )
      )
  )
$$;

DROP POLICY alert_is_closed ON oversight_alert;
DROP POLICY alert_is_read ON oversight_alert;
CREATE POLICY alert_is_kept_from_whom_it_is_about ON oversight_alert AS RESTRICTIVE
  USING (NOT coalesce((SELECT openmash_user()), 0) = ANY (also || coalesce(user_id, -1)));
CREATE POLICY alert_is_watched ON oversight_alert FOR SELECT USING (area_id = (SELECT openmash_watching()));
CREATE POLICY alert_is_read ON oversight_alert FOR SELECT USING (
  area_id = ANY ((SELECT openmash_ledger_areas())::bigint[])
  OR (area_id = ANY ((SELECT openmash_managed_areas())::bigint[])
    AND NOT openmash_has_lead(area_id, also || coalesce(user_id, -1), person, enquiry)));
CREATE POLICY alert_is_closed ON oversight_alert FOR UPDATE
  USING (
    area_id = ANY ((SELECT openmash_ledger_areas())::bigint[])
    OR (area_id = ANY ((SELECT openmash_managed_areas())::bigint[])
      AND NOT openmash_has_lead(area_id, also || coalesce(user_id, -1), person, enquiry)))
  WITH CHECK (
    closed_by_id = (SELECT openmash_user()) AND (
      area_id = ANY ((SELECT openmash_ledger_areas())::bigint[])
      OR area_id = ANY ((SELECT openmash_managed_areas())::bigint[])));
"""
UNDO = """
DROP POLICY alert_is_closed ON oversight_alert;
DROP POLICY alert_is_read ON oversight_alert;
DROP POLICY alert_is_watched ON oversight_alert;
DROP POLICY alert_is_kept_from_whom_it_is_about ON oversight_alert;
CREATE POLICY alert_is_read ON oversight_alert FOR SELECT USING (
  area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]) OR area_id = (SELECT openmash_watching()));
CREATE POLICY alert_is_closed ON oversight_alert FOR UPDATE
  USING (area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]))
  WITH CHECK (area_id = ANY ((SELECT openmash_ledger_areas())::bigint[]) AND closed_by_id = (SELECT openmash_user())
    AND user_id IS DISTINCT FROM (SELECT openmash_user()));
DROP FUNCTION openmash_has_lead(bigint, bigint[], bigint, bigint);
DROP FUNCTION openmash_managed_areas();
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0002_row_level_security"), ("restrictions", "0002_signed")]
    operations = [
        migrations.AddField(
            model_name="alert",
            name="also",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="Others whom it is about",
                size=None,
            ),
        ),
        migrations.RunSQL(MAKE, UNDO),
    ]
