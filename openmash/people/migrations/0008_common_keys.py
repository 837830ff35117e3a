"""Restricted entries have no keys, so that nothing counts them; a key too common to link by is one of a list.

Whether a key is too common was asked when somebody was linked: a delta could keep a link that a whole run would not
find. Now both go by the list that was counted with the names.
"""

from django.db import migrations, models

MAKE = """
DROP FUNCTION openmash_sharing(bigint[], integer);

CREATE FUNCTION openmash_sharing(entries bigint[], common integer[]) RETURNS TABLE (first bigint, second bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('openmash.linking', true) IS DISTINCT FROM 'on' THEN RETURN; END IF;
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT DISTINCT held.key, entry.id AS entry FROM people_indexentry entry CROSS JOIN LATERAL unnest(entry.keys) AS held (key)
    WHERE entry.id = ANY (entries) AND NOT entry.is_restricted
      AND NOT EXISTS (SELECT FROM unnest(common) AS stop (key) WHERE stop.key = held.key)
  )
  SELECT DISTINCT least(mine.entry, other.entry), greatest(mine.entry, other.entry)
  FROM mine JOIN people_indexkey other USING (key) WHERE other.entry <> mine.entry;
END $$;

DELETE FROM people_indexkey USING people_indexentry entry WHERE entry.id = people_indexkey.entry AND entry.is_restricted;

-- Each row is written once; one that says the same as before stays as it is. Either `people` or `records` are numbers.
CREATE OR REPLACE FUNCTION openmash_index(
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
    WHERE entry.keys_version <> version OR entry.facts <> row.facts OR entry.is_restricted <> row.restricted
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
    RETURNING entry.id, entry.keys, entry.is_restricted
  ), people AS (
    INSERT INTO people_indexentry AS entry (person_id, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT number, area, given.facts, given.keys, version, restricted, true FROM given WHERE agency IS NULL
    ON CONFLICT (person_id) DO UPDATE SET
      area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys, keys_version = excluded.keys_version,
      is_pending = true
    WHERE (entry.area_id, entry.facts, entry.keys_version) IS DISTINCT FROM
      (excluded.area_id, excluded.facts, excluded.keys_version)
    RETURNING entry.id, entry.keys, entry.is_restricted
  ), written AS (
    SELECT * FROM records UNION ALL SELECT * FROM people
  ), keyed AS (
    INSERT INTO people_indexkey (key, entry)
    SELECT DISTINCT key, written.id FROM written CROSS JOIN LATERAL unnest(written.keys) AS key
    WHERE NOT written.is_restricted ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO changed FROM written;
  RETURN changed;
END $$;
"""

UNMAKE = """
DROP FUNCTION openmash_sharing(bigint[], integer[]);

CREATE FUNCTION openmash_sharing(entries bigint[], most integer) RETURNS TABLE (first bigint, second bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('openmash.linking', true) IS DISTINCT FROM 'on' THEN RETURN; END IF;
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT key, entry FROM people_indexkey WHERE entry = ANY (entries)
  ), telling AS MATERIALIZED (
    SELECT asked.key FROM (SELECT DISTINCT key FROM mine) asked
    WHERE (SELECT count(*) FROM (SELECT FROM people_indexkey one WHERE one.key = asked.key LIMIT most + 1) few) <= most
  )
  SELECT DISTINCT least(mine.entry, other.entry), greatest(mine.entry, other.entry)
  FROM mine JOIN telling USING (key) JOIN people_indexkey other USING (key) WHERE other.entry <> mine.entry;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_sharing")]
    operations = [
        migrations.RemoveIndex("indexkey", "keys_by_entry"),
        migrations.AddIndex("indexentry", models.Index(fields=["keys_version"], name="entries_by_keys_version")),
        migrations.RunSQL(MAKE, UNMAKE),
    ]
