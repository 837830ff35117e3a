"""The index is searched and written through a narrow table of keys, which nobody reads but these functions.

A key that half a town shares costs a bounded look: at most so many of its entries are counted.
`openmash.linking` is set for one transaction by the part of the system that links records, which has to see them all.
"""

from django.db import migrations

MAKE = """
DROP FUNCTION openmash_search_index(integer[], integer, integer);
DROP FUNCTION openmash_index_people(bigint[], bigint[], text[], text[], integer);
DROP FUNCTION openmash_index_records(bigint, bigint[], bigint[], text[], text[], boolean[], integer);

INSERT INTO people_indexkey (key, entry)
SELECT DISTINCT key, entry.id FROM people_indexentry entry CROSS JOIN LATERAL unnest(entry.keys) AS key;

ALTER TABLE people_indexkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY key_is_linked ON people_indexkey FOR SELECT
  USING ((SELECT current_setting('openmash.linking', true)) = 'on');
CREATE POLICY entry_is_linked ON people_indexentry
  USING ((SELECT current_setting('openmash.linking', true)) = 'on');

-- Entries that share a key, those that share most first. A key that more entries have than are looked at is `is_full`.
CREATE FUNCTION openmash_search_index(wanted integer[], most integer, most_a_key integer)
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
    SELECT hits.entry, count(*) AS keys FROM hits GROUP BY hits.entry ORDER BY 2 DESC, 1 LIMIT most * 2
  )
  SELECT found.source_id, found.record, found.person_id, coalesce(own.lead_id, own.id), found.cluster, found.facts,
    (SELECT max(place) > most_a_key FROM hits)
  FROM best JOIN people_indexentry found ON found.id = best.entry LEFT JOIN people_person own ON own.id = found.person_id
  WHERE NOT found.is_restricted AND (found.area_id = ANY (areas) OR found.area_id IS NULL)
  ORDER BY best.keys DESC, found.id LIMIT most;
END $$;

-- Each row is written once; one that says the same as before stays as it is. Either `people` or `records` are numbers.
CREATE FUNCTION openmash_index(
  agency bigint, numbers bigint[], areas bigint[], facts text[], keys text[], restricted boolean[], version integer
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE changed bigint;
BEGIN
  DELETE FROM people_indexkey USING (
    SELECT entry.id, unnest(entry.keys) AS key
    FROM unnest(numbers, areas, facts, restricted) AS row (number, area, facts, restricted)
    JOIN people_indexentry entry
      ON CASE WHEN agency IS NULL THEN entry.person_id = row.number ELSE entry.record = row.number END
    WHERE entry.keys_version <> version OR entry.facts <> row.facts
  ) old WHERE people_indexkey.key = old.key AND people_indexkey.entry = old.id;
  WITH given AS (
    SELECT row.number, row.area, row.facts, row.keys::integer[] AS keys, row.restricted
    FROM unnest(numbers, areas, facts, keys, restricted) AS row (number, area, facts, keys, restricted)
  ), records AS (
    INSERT INTO people_indexentry AS entry
      (source_id, record, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT agency, number, area, given.facts, given.keys, version, restricted, true FROM given WHERE agency IS NOT NULL
    ON CONFLICT (record) DO UPDATE SET
      source_id = excluded.source_id, area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys,
      keys_version = excluded.keys_version, is_restricted = excluded.is_restricted, is_pending = true
    WHERE (entry.source_id, entry.area_id, entry.facts, entry.keys_version, entry.is_restricted) IS DISTINCT FROM
      (excluded.source_id, excluded.area_id, excluded.facts, excluded.keys_version, excluded.is_restricted)
    RETURNING entry.id, entry.keys
  ), people AS (
    INSERT INTO people_indexentry AS entry (person_id, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT number, area, given.facts, given.keys, version, restricted, true FROM given WHERE agency IS NULL
    ON CONFLICT (person_id) DO UPDATE SET
      area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys, keys_version = excluded.keys_version,
      is_pending = true
    WHERE (entry.area_id, entry.facts, entry.keys_version) IS DISTINCT FROM
      (excluded.area_id, excluded.facts, excluded.keys_version)
    RETURNING entry.id, entry.keys
  ), written AS (
    SELECT * FROM records UNION ALL SELECT * FROM people
  ), keyed AS (
    INSERT INTO people_indexkey (key, entry)
    SELECT DISTINCT key, written.id FROM written CROSS JOIN LATERAL unnest(written.keys) AS key ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO changed FROM written;
  RETURN changed;
END $$;

-- Those who were linked with a record that is withdrawn are linked again.
CREATE OR REPLACE FUNCTION openmash_unindex_records(agency bigint, records bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM people_indexentry WHERE source_id = agency AND record = ANY (records) RETURNING id, cluster, keys
  ), unkeyed AS (
    DELETE FROM people_indexkey USING (SELECT id, unnest(keys) AS key FROM gone) old
    WHERE people_indexkey.key = old.key AND people_indexkey.entry = old.id
  ), parted AS (
    DELETE FROM people_link USING gone WHERE people_link.first = gone.id
  ), parted_too AS (
    DELETE FROM people_link USING gone WHERE people_link.second = gone.id
  ), again AS (
    UPDATE people_indexentry SET is_pending = true
    WHERE cluster IN (SELECT cluster FROM gone) AND id NOT IN (SELECT id FROM gone)
  )
  SELECT count(*) FROM gone
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_index_keys")]
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
