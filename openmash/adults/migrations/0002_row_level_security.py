"""The second wall around what is recorded of an adult at risk. The first is `adults/policies.py`; a test proves them equal.

Both tables are read by those who see the enquiry. A row is added in its author's own name, while the enquiry is not decided.
"""

from django.db import migrations

MAKE = """
ALTER TABLE adults_careactrecord ENABLE ROW LEVEL SECURITY;
ALTER TABLE adults_childconsidered ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION openmash_may_add_of_adult(wanted bigint, roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM enquiries_enquiry enquiry
    WHERE enquiry.id = wanted AND enquiry.kind = 'adult' AND enquiry.status NOT IN ('decided', 'closed')
      AND openmash_holds(enquiry.area_id, roles)
  )
$$;

CREATE POLICY care_act_is_read ON adults_careactrecord FOR SELECT USING (openmash_may_see_enquiry(enquiry_id));
CREATE POLICY care_act_is_recorded ON adults_careactrecord FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user())
  AND openmash_may_add_of_adult(enquiry_id, ARRAY['triage_social_worker', 'practice_manager']));
CREATE POLICY considered_is_read ON adults_childconsidered FOR SELECT USING (openmash_may_see_enquiry(enquiry_id));
CREATE POLICY considered_is_recorded ON adults_childconsidered FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user())
  AND openmash_may_add_of_adult(enquiry_id, ARRAY['coordinator', 'triage_social_worker', 'practice_manager']));
"""
UNDO = """
DROP POLICY considered_is_recorded ON adults_childconsidered;
DROP POLICY considered_is_read ON adults_childconsidered;
DROP POLICY care_act_is_recorded ON adults_careactrecord;
DROP POLICY care_act_is_read ON adults_careactrecord;
DROP FUNCTION openmash_may_add_of_adult(bigint, text[]);
ALTER TABLE adults_childconsidered DISABLE ROW LEVEL SECURITY;
ALTER TABLE adults_careactrecord DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("adults", "0001_initial"), ("enquiries", "0007_who_sees")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
