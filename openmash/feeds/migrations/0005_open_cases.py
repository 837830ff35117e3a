"""Whether somebody is open to children's social care, with the team and the worker: for the police's evaluators (M89)."""

from django.db import migrations

MAKE = """
-- Of these records of the index: those that their council has open, and nothing else of them. Only of feeds of the areas
-- in which the user evaluates notifications, or decides. Of whom nobody may learn where they are: no team, no worker.
CREATE FUNCTION openmash_open_cases(records bigint[]) RETURNS TABLE (record bigint, team text, worker text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (asked.id) asked.id, CASE WHEN said.is_sensitive THEN '' ELSE said.team END,
    CASE WHEN said.is_sensitive THEN '' ELSE said.worker END
  FROM feeds_record asked
  JOIN feeds_feed feed ON feed.id = asked.feed_id
  JOIN agencies_agency agency ON agency.id = feed.agency_id AND agency.return_key = 'childrens_social_care'
  JOIN feeds_record said ON said.feed_id = asked.feed_id AND said.number = asked.number
    AND said.withdrawn_at IS NULL AND said.is_open
  WHERE asked.id = ANY (records) AND asked.withdrawn_at IS NULL AND EXISTS (
    SELECT FROM agencies_posting posting JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
    WHERE posting.user_id = nullif(openmash_signed('openmash.user'), '')::bigint AND posting.area_id = feed.area_id
      AND posting.role IN ('police_evaluator', 'practice_manager')
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
  )
  ORDER BY asked.id, said.team = '', said.since DESC NULLS LAST, said.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0004_known_deaths"), ("audit", "0003_signed")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION openmash_open_cases(bigint[]);")]
