"""Whom to compare first: who shares keys that few others have, and only among those whom somebody may know of.

Counting keys alone let namesakes take the place of somebody who shares a rare one; cutting before the areas were looked
at let another area's records do so. The entries are looked at in their order, until there are enough.
"""

from django.db import migrations

BEFORE = """
  WITH hits AS MATERIALIZED (
    SELECT hit.entry, hit.place FROM unnest(wanted) AS asked CROSS JOIN LATERAL (
      SELECT posting.entry, row_number() OVER () AS place FROM people_indexkey posting
      WHERE posting.key = asked LIMIT most_a_key + 1
    ) hit
  ), best AS (
    SELECT hits.entry, count(*) AS says, (SELECT max(place) FROM hits) AS many
    FROM hits GROUP BY hits.entry ORDER BY 2 DESC, 1 LIMIT most * 2
  )
"""
NOW = """
  WITH hits AS MATERIALIZED (
    SELECT hit.entry, hit.many, ln(100.0 * most_a_key / hit.many) AS says FROM unnest(wanted) AS asked CROSS JOIN LATERAL (
      SELECT few.entry, count(*) OVER () AS many FROM (
        SELECT posting.entry FROM people_indexkey posting WHERE posting.key = asked LIMIT most_a_key + 1
      ) few
    ) hit
  ), best AS (
    SELECT hits.entry, sum(hits.says) AS says, (SELECT max(many) FROM hits) AS many
    FROM hits GROUP BY hits.entry ORDER BY 2 DESC, 1
  )
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION openmash_search_index(wanted integer[], most integer, most_a_key integer)
RETURNS TABLE (source bigint, record bigint, person bigint, lead bigint, cluster bigint, facts text, is_full boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE areas bigint[] := openmash_matching_areas();
BEGIN
  IF cardinality(areas) = 0 THEN RETURN; END IF;
  RETURN QUERY {hits}
  SELECT found.source_id, found.record, found.person_id, coalesce(own.lead_id, own.id), found.cluster, found.facts,
    best.many > most_a_key
  FROM best JOIN people_indexentry found ON found.id = best.entry LEFT JOIN people_person own ON own.id = found.person_id
  WHERE NOT found.is_restricted AND (found.area_id = ANY (areas) OR found.area_id IS NULL)
  ORDER BY best.says DESC, best.entry LIMIT most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_record_judgement")]
    operations = [migrations.RunSQL(FUNCTION.format(hits=NOW), FUNCTION.format(hits=BEFORE))]
