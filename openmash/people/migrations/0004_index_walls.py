"""Who may see that somebody is known: the wall around the index, and the few functions that go through it.

`&&` and `@>` are not leakproof, so that under row-level security their index would not be used: the search is a
function of the owner's, which finds by index and then applies the predicate of the policy itself.
"""

from django.db import migrations

MAKE = """
-- The areas in which the user who is bound may match people. Roles: agencies/roles.py, `match_people`; a test compares.
CREATE FUNCTION openmash_matching_areas() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT posting.area_id), '{}') FROM agencies_posting posting
  JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
  WHERE posting.user_id = nullif(current_setting('openmash.user', true), '')::bigint
    AND posting.role IN ('coordinator', 'triage_social_worker', 'practice_manager')
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

ALTER TABLE people_indexentry ENABLE ROW LEVEL SECURITY;

CREATE POLICY entry_is_known ON people_indexentry FOR SELECT USING (
  NOT is_restricted AND (
    area_id = ANY ((SELECT openmash_matching_areas())::bigint[])
    OR area_id IS NULL AND cardinality((SELECT openmash_matching_areas())::bigint[]) > 0
  )
);

-- Entries that share a key, those that share most first. A key that more entries have than are looked at is `is_full`.
CREATE FUNCTION openmash_search_index(wanted integer[], most integer, most_a_key integer)
RETURNS TABLE (id bigint, source bigint, record bigint, person bigint, cluster bigint, facts text, is_full boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE areas bigint[] := openmash_matching_areas();
BEGIN
  IF cardinality(areas) = 0 THEN RETURN; END IF;
  RETURN QUERY
  WITH shared AS (
    SELECT hit.id AS entry, count(*) AS keys, bool_or(hit.place > most_a_key) AS is_full
    FROM unnest(wanted) AS key CROSS JOIN LATERAL (
      SELECT entry.id, row_number() OVER () AS place FROM people_indexentry entry
      WHERE entry.keys @> ARRAY[key] AND NOT entry.is_restricted
        AND (entry.area_id = ANY (areas) OR entry.area_id IS NULL)
      LIMIT most_a_key + 1
    ) hit
    GROUP BY hit.id
  ), best AS (
    SELECT shared.entry, shared.keys, bool_or(shared.is_full) OVER () AS is_full FROM shared
    ORDER BY shared.keys DESC, shared.entry LIMIT most
  )
  SELECT found.id, found.source_id, found.record, found.person_id, found.cluster, found.facts, best.is_full
  FROM best JOIN people_indexentry found ON found.id = best.entry
  ORDER BY best.keys DESC, found.id;
END $$;

-- Each row is written once; one that says the same as before stays as it is.
CREATE FUNCTION openmash_index_records(
  agency bigint, records bigint[], areas bigint[], facts text[], keys text[], restricted boolean[], version integer
) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH written AS (
    INSERT INTO people_indexentry AS entry
      (source_id, record, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT agency, row.record, row.area, row.facts, row.keys::integer[], version, row.restricted, true
    FROM unnest(records, areas, facts, keys, restricted) AS row (record, area, facts, keys, restricted)
    ON CONFLICT (record) DO UPDATE SET
      source_id = excluded.source_id, area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys,
      keys_version = excluded.keys_version, is_restricted = excluded.is_restricted, is_pending = true
    WHERE (entry.source_id, entry.area_id, entry.facts, entry.keys_version, entry.is_restricted) IS DISTINCT FROM
      (excluded.source_id, excluded.area_id, excluded.facts, excluded.keys_version, excluded.is_restricted)
    RETURNING 1
  ) SELECT count(*) FROM written
$$;

CREATE FUNCTION openmash_index_people(
  people bigint[], areas bigint[], facts text[], keys text[], version integer
) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH written AS (
    INSERT INTO people_indexentry AS entry (person_id, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT row.person, row.area, row.facts, row.keys::integer[], version, false, true
    FROM unnest(people, areas, facts, keys) AS row (person, area, facts, keys)
    ON CONFLICT (person_id) DO UPDATE SET
      area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys, keys_version = excluded.keys_version,
      is_pending = true
    RETURNING 1
  ) SELECT count(*) FROM written
$$;

-- Those who were linked with a record that is withdrawn are linked again.
CREATE FUNCTION openmash_unindex_records(agency bigint, records bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM people_indexentry WHERE source_id = agency AND record = ANY (records) RETURNING id, cluster
  ), parted AS (
    DELETE FROM people_link USING gone WHERE gone.id IN (first, second)
  ), again AS (
    UPDATE people_indexentry SET is_pending = true
    WHERE cluster IN (SELECT cluster FROM gone) AND id NOT IN (SELECT id FROM gone)
  )
  SELECT count(*) FROM gone
$$;

-- Numbers only. Whoever shows what is behind a number reads it through the wall of the room that holds it.
CREATE FUNCTION openmash_records_of_leads(leads bigint[]) RETURNS TABLE (lead bigint, record bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT coalesce(person.lead_id, person.id), theirs.record
  FROM people_person person
  JOIN people_indexentry own ON own.person_id = person.id
  JOIN people_indexentry theirs ON theirs.cluster = own.cluster AND theirs.record IS NOT NULL
  WHERE person.id = ANY (leads) OR person.lead_id = ANY (leads)
$$;

CREATE FUNCTION openmash_leads_of_records(records bigint[]) RETURNS TABLE (record bigint, lead bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT theirs.record, coalesce(person.lead_id, person.id)
  FROM people_indexentry theirs
  JOIN people_indexentry own ON own.cluster = theirs.cluster
  JOIN people_person person ON person.id = own.person_id
  WHERE theirs.record = ANY (records)
$$;
"""

UNDO = """
DROP FUNCTION openmash_leads_of_records(bigint[]);
DROP FUNCTION openmash_records_of_leads(bigint[]);
DROP FUNCTION openmash_unindex_records(bigint, bigint[]);
DROP FUNCTION openmash_index_people(bigint[], bigint[], text[], text[], integer);
DROP FUNCTION openmash_index_records(bigint, bigint[], bigint[], text[], text[], boolean[], integer);
DROP FUNCTION openmash_search_index(integer[], integer, integer);
DROP POLICY entry_is_known ON people_indexentry;
ALTER TABLE people_indexentry DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_matching_areas();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_index")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
