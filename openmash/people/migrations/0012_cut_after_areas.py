"""Of those who share most, the first so many whom somebody may know of: another area's records take nobody's place.

The entries are looked at in their order and the look stops when there are enough, so that it costs no more than before.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION openmash_search_index(wanted integer[], most integer, most_a_key integer)
RETURNS TABLE (source bigint, record bigint, person bigint, lead bigint, cluster bigint, facts text, is_full boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE areas bigint[] := openmash_matching_areas();
BEGIN
  IF cardinality(areas) = 0 THEN RETURN; END IF;
  RETURN QUERY
  WITH hits AS MATERIALIZED (
    SELECT hit.entry, hit.place FROM unnest(wanted) AS asked CROSS JOIN LATERAL (
      SELECT posting.entry, row_number() OVER () AS place FROM people_indexkey posting
      WHERE posting.key = asked LIMIT most_a_key + 1
    ) hit
  ), best AS (
    SELECT hits.entry, count(*) AS keys FROM hits GROUP BY hits.entry ORDER BY 2 DESC, 1{few}
  )
  SELECT found.source_id, found.record, found.person_id, coalesce(own.lead_id, own.id), found.cluster, found.facts,
    (SELECT max(place) > most_a_key FROM hits)
  FROM best JOIN people_indexentry found ON found.id = best.entry LEFT JOIN people_person own ON own.id = found.person_id
  WHERE NOT found.is_restricted AND (found.area_id = ANY (areas) OR found.area_id IS NULL)
  ORDER BY best.keys DESC, best.entry LIMIT most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_record_judgement")]
    operations = [migrations.RunSQL(FUNCTION.format(few=""), FUNCTION.format(few=" LIMIT most * 2"))]
