"""What is held about a person, for whoever answers their request; and no record is destroyed while they wait for it.

Sealed rows are seen through `openmash_held_about` alone: of one open request, by those who keep records in its area. It
finds the rows as destruction does, so that nothing held is missing because nobody named its table. A locked item is
there without its words: its agency says what becomes of it.
"""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION openmash_is_held(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT enquiry_id, person_id FROM records_hold WHERE lifted_at IS NULL
      UNION ALL SELECT NULL, person_id FROM records_subjectrequest WHERE closed_at IS NULL
    ) hold WHERE hold.enquiry_id = wanted OR EXISTS (
      SELECT FROM people_person held
      JOIN people_person person ON coalesce(person.lead_id, person.id) = coalesce(held.lead_id, held.id)
      JOIN enquiries_party party ON party.person_id = person.id
      WHERE held.id = hold.person_id AND party.enquiry_id = wanted
    )
  )
$$;

CREATE FUNCTION openmash_held_about(wanted bigint)
RETURNS TABLE (tbl text, id bigint, enquiry bigint, said jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  request records_subjectrequest;
  records bigint[];
  one bigint;
  batch record;
BEGIN
  SELECT * INTO request FROM records_subjectrequest r WHERE r.id = wanted;
  IF request.closed_at IS NOT NULL OR NOT coalesce(openmash_keeps_records(request.area_id), false) THEN RETURN; END IF;
  records := ARRAY(
    SELECT person.id FROM people_person person JOIN people_person asked ON asked.id = request.person_id
    WHERE coalesce(person.lead_id, person.id) = coalesce(asked.lead_id, asked.id));
  FOR one IN
    SELECT DISTINCT party.enquiry_id FROM enquiries_party party JOIN enquiries_enquiry e ON e.id = party.enquiry_id
    WHERE party.person_id = ANY (records) AND e.area_id = request.area_id AND e.destroyed_at IS NULL ORDER BY 1
  LOOP
    FOR batch IN
      SELECT hanging.tbl, array_agg(DISTINCT hanging.id) AS ids
      FROM openmash_hanging('enquiries_enquiry', ARRAY[one]) hanging
      WHERE hanging.tbl NOT LIKE 'records\\_%' AND hanging.tbl NOT IN ('gathering_answerdraft', 'intelligence_about')
      GROUP BY 1
      UNION ALL SELECT 'enquiries_enquiry', ARRAY[one]
      UNION ALL SELECT 'enquiries_referrer', array_agg(referrer.id) FROM enquiries_referrer referrer
        WHERE referrer.enquiry_id = one
    LOOP
      RETURN QUERY EXECUTE format(
        'SELECT %L, held.id, $1, CASE WHEN %L = ''intelligence_item'' AND to_jsonb(held) ->> ''sensitivity'' = ''L'''
        ' THEN to_jsonb(held) - ''words'' - ''conditions'' - ''own_reference'' ELSE to_jsonb(held) END'
        ' FROM %s held WHERE held.id = ANY ($2) AND CASE %L'
        ' WHEN ''enquiries_party'' THEN (to_jsonb(held) ->> ''person_id'')::bigint = ANY ($3)'
        ' WHEN ''disclosure_justified'' THEN (to_jsonb(held) ->> ''person_id'')::bigint = ANY ($3)'
        ' WHEN ''intelligence_item'' THEN EXISTS (SELECT FROM intelligence_about about WHERE about.item_id = held.id'
        '   AND about.person_id = ANY ($3)) OR NOT EXISTS (SELECT FROM intelligence_about about'
        '   WHERE about.item_id = held.id) ELSE true END',
        batch.tbl, batch.tbl, batch.tbl, batch.tbl) USING one, batch.ids, records;
    END LOOP;
  END LOOP;
  FOR batch IN
    SELECT hanging.tbl, array_agg(DISTINCT hanging.id) AS ids FROM openmash_hanging('people_person', records) hanging
    WHERE hanging.tbl IN ('people_name', 'people_identifier', 'people_residence', 'people_contact',
      'people_relationship', 'people_marker', 'people_professional', 'people_amendment')
    GROUP BY 1
    UNION ALL SELECT 'people_person', records
  LOOP
    RETURN QUERY EXECUTE format('SELECT %L, held.id, NULL::bigint, to_jsonb(held) FROM %s held WHERE held.id = ANY ($1)',
      batch.tbl, batch.tbl) USING batch.ids;
  END LOOP;
END $$;

ALTER TABLE records_subjectrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE records_subjectitem ENABLE ROW LEVEL SECURITY;

CREATE POLICY request_is_read ON records_subjectrequest FOR SELECT USING (openmash_keeps_records(area_id));
CREATE POLICY request_is_opened ON records_subjectrequest FOR INSERT WITH CHECK (
  openmash_holds(area_id, ARRAY['governance_lead']) AND proposed_at IS NULL AND approved_at IS NULL);
CREATE POLICY request_goes_on ON records_subjectrequest FOR UPDATE USING (openmash_keeps_records(area_id))
  WITH CHECK (openmash_keeps_records(area_id));
CREATE POLICY item_of_request_is_read ON records_subjectitem FOR SELECT USING (EXISTS (
  SELECT FROM records_subjectrequest request WHERE request.id = request_id));
CREATE POLICY item_of_request_is_decided ON records_subjectitem FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user()) AND EXISTS (
    SELECT FROM records_subjectrequest request
    WHERE request.id = request_id AND openmash_holds(request.area_id, ARRAY['governance_lead'])));
CREATE POLICY item_of_request_is_decided_anew ON records_subjectitem FOR UPDATE USING (EXISTS (
  SELECT FROM records_subjectrequest request
  WHERE request.id = request_id AND openmash_holds(request.area_id, ARRAY['governance_lead'])))
  WITH CHECK (by_id = (SELECT openmash_user()));
"""
UNDO = """
DROP POLICY item_of_request_is_decided_anew ON records_subjectitem;
DROP POLICY item_of_request_is_decided ON records_subjectitem;
DROP POLICY item_of_request_is_read ON records_subjectitem;
DROP POLICY request_goes_on ON records_subjectrequest;
DROP POLICY request_is_opened ON records_subjectrequest;
DROP POLICY request_is_read ON records_subjectrequest;
ALTER TABLE records_subjectitem DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_subjectrequest DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_held_about(bigint);
CREATE OR REPLACE FUNCTION openmash_is_held(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM records_hold hold WHERE hold.lifted_at IS NULL AND (hold.enquiry_id = wanted OR EXISTS (
      SELECT FROM people_person held
      JOIN people_person person ON coalesce(person.lead_id, person.id) = coalesce(held.lead_id, held.id)
      JOIN enquiries_party party ON party.person_id = person.id
      WHERE held.id = hold.person_id AND party.enquiry_id = wanted
    ))
  )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0003_subject_access")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
