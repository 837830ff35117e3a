"""The second wall of the sealed room. The first is `intelligence/policies.py`; a test proves them equal.

Who is asking is `openmash.user`; from which enquiry they look is `openmash.enquiry`: both are set for one transaction
by the application, and nothing set means nothing seen. The functions are evaluated once a query, not once a row.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION openmash_user() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('openmash.user', true), '')::bigint
$$;

CREATE FUNCTION openmash_enquiry() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('openmash.enquiry', true), '')::bigint
$$;

CREATE FUNCTION openmash_agency() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT agency_id FROM agencies_user WHERE id = openmash_user() AND is_active
$$;

-- The enquiry that is looked from, and every other enquiry about one of its people.
CREATE FUNCTION openmash_family_enquiries() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  WITH leads AS (
    SELECT DISTINCT coalesce(person.lead_id, person.id) AS lead
    FROM enquiries_party party JOIN people_person person ON person.id = party.person_id
    WHERE party.enquiry_id = openmash_enquiry()
  ), records AS (
    SELECT lead AS id FROM leads
    UNION
    SELECT person.id FROM people_person person JOIN leads ON person.lead_id = leads.lead
  )
  SELECT array_agg(DISTINCT enquiry) FROM (
    SELECT party.enquiry_id AS enquiry FROM enquiries_party party JOIN records ON records.id = party.person_id
    UNION
    SELECT openmash_enquiry()
  ) found
$$;

-- In what capacities the user looks: manager, triage, lead, own. None without a live posting in the enquiry's area.
CREATE FUNCTION openmash_capacities() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(capacity), '{}') FROM (
    SELECT CASE posting.role
      WHEN 'practice_manager' THEN
        CASE WHEN enquiry.status IN ('triaged', 'gathering', 'review', 'decided') OR enquiry.status = 'closed' AND EXISTS (
          SELECT 1 FROM enquiries_cover cover
          WHERE cover.user_id = posting.user_id AND cover.enquiry_id = enquiry.id
            AND cover.since <= now() AND cover.until > now()
        ) THEN 'manager' END
      WHEN 'triage_social_worker' THEN
        CASE WHEN enquiry.status IN ('triaged', 'gathering', 'review', 'decided') THEN 'triage' END
      WHEN 'agency_lead' THEN 'lead'
      WHEN 'agency_researcher' THEN CASE WHEN enquiry.status <> 'closed' THEN 'own' END
      WHEN 'agency_responder' THEN CASE WHEN enquiry.status <> 'closed' THEN 'own' END
    END AS capacity
    FROM enquiries_enquiry enquiry
    JOIN agencies_posting posting ON posting.area_id = enquiry.area_id
    JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
    WHERE enquiry.id = openmash_enquiry() AND posting.user_id = openmash_user()
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
  ) held WHERE capacity IS NOT NULL
$$;

-- How much there is and of whom, for those who may know only that: never what, and locked items not at all.
CREATE FUNCTION openmash_count_items(wanted bigint)
RETURNS TABLE (agency bigint, sensitivity text, items bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT item.agency_id, item.sensitivity, count(*) FROM intelligence_item item
  WHERE item.enquiry_id = wanted AND item.sensitivity <> 'L'
  GROUP BY 1, 2
$$;
"""

POLICIES = """
ALTER TABLE intelligence_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence_about ENABLE ROW LEVEL SECURITY;

CREATE POLICY item_is_read ON intelligence_item FOR SELECT USING (
  deposited_by_id = (SELECT openmash_user()) AND agency_id = (SELECT openmash_agency())
  OR enquiry_id = ANY ((SELECT openmash_family_enquiries())::bigint[]) AND (
    'manager' = ANY ((SELECT openmash_capacities())::text[])
      AND (sensitivity IN ('G', 'S', 'X') OR (SELECT openmash_user()) = ANY (named))
    OR 'triage' = ANY ((SELECT openmash_capacities())::text[]) AND sensitivity IN ('G', 'S')
    OR ('own' = ANY ((SELECT openmash_capacities())::text[]) OR 'lead' = ANY ((SELECT openmash_capacities())::text[]))
      AND agency_id = (SELECT openmash_agency())
      AND (sensitivity <> 'L' OR (SELECT openmash_user()) = ANY (named))
  )
);

CREATE POLICY item_is_deposited ON intelligence_item FOR INSERT WITH CHECK (
  deposited_by_id = (SELECT openmash_user()) AND agency_id = (SELECT openmash_agency())
  AND enquiry_id = (SELECT openmash_enquiry())
);

CREATE POLICY about_is_read ON intelligence_about FOR SELECT USING (
  EXISTS (SELECT 1 FROM intelligence_item item WHERE item.id = item_id)
);

CREATE POLICY about_is_deposited ON intelligence_about FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM intelligence_item item WHERE item.id = item_id AND item.deposited_by_id = (SELECT openmash_user()))
);
"""

UNDO = """
DROP POLICY about_is_deposited ON intelligence_about;
DROP POLICY about_is_read ON intelligence_about;
DROP POLICY item_is_deposited ON intelligence_item;
DROP POLICY item_is_read ON intelligence_item;
ALTER TABLE intelligence_about DISABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence_item DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_count_items(bigint);
DROP FUNCTION openmash_capacities();
DROP FUNCTION openmash_family_enquiries();
DROP FUNCTION openmash_agency();
DROP FUNCTION openmash_enquiry();
DROP FUNCTION openmash_user();
"""


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS + POLICIES, UNDO)]
