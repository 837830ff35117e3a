"""Who is at risk from whom is for those who may know the one at risk, if neither is kept from them.

The first is `people/policies.may_know_risk`; a test compares. The hub itself looks past it before anything is sent
(`people/risks.py`): it is at work when it says so, as everywhere.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_knows_who_is_at_risk(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM people_person person WHERE person.id = wanted
      AND openmash_holds(person.area_id, ARRAY['coordinator', 'triage_social_worker', 'practice_manager'])
  )
$$;

ALTER TABLE people_riskfrom ENABLE ROW LEVEL SECURITY;
CREATE POLICY risk_is_asked_by_the_hub ON people_riskfrom FOR SELECT
  USING ((SELECT openmash_signed('openmash.reader')) = 'hub');
CREATE POLICY risk_is_known ON people_riskfrom FOR SELECT USING (openmash_knows_who_is_at_risk(person_id));
CREATE POLICY risk_is_said ON people_riskfrom FOR INSERT
  WITH CHECK (by_id = (SELECT openmash_user()) AND openmash_knows_who_is_at_risk(person_id));
CREATE POLICY risk_is_changed ON people_riskfrom FOR UPDATE USING (openmash_knows_who_is_at_risk(person_id))
  WITH CHECK (changed_by_id = (SELECT openmash_user()) AND openmash_knows_who_is_at_risk(person_id));
CREATE POLICY risk_is_kept_from_whoever_knows_them ON people_riskfrom AS RESTRICTIVE USING (
  NOT person_id = ANY ((SELECT openmash_people_kept_from())::bigint[])
  AND NOT whom_id = ANY ((SELECT openmash_people_kept_from())::bigint[]));
"""
UNDO = """
DROP POLICY risk_is_kept_from_whoever_knows_them ON people_riskfrom;
DROP POLICY risk_is_changed ON people_riskfrom;
DROP POLICY risk_is_said ON people_riskfrom;
DROP POLICY risk_is_known ON people_riskfrom;
DROP POLICY risk_is_asked_by_the_hub ON people_riskfrom;
ALTER TABLE people_riskfrom DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_knows_who_is_at_risk(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0005_every_command"), ("people", "0016_risk_from")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
