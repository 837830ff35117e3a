"""The index is written faster: what is said of many records comes as two texts, a line a record, and the keys of an
entry that is new are written without a look for keys that it might have.
"""

import django.db.models.deletion
from django.db import migrations, models

MAKE = r"""
DROP FUNCTION openmash_index(bigint, bigint[], bigint[], text[], text[], boolean[], integer);

-- Each row is written once; one that says the same as before stays as it is. Without an agency `numbers` are people.
CREATE FUNCTION openmash_index(
  agency bigint, numbers bigint[], areas bigint[], facts text, keys text, restricted boolean[], version integer
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  said text[] := string_to_array(facts, E'\n');
  found_by text[] := string_to_array(keys, E'\n');
  changed bigint;
BEGIN
  DELETE FROM people_indexkey USING (
    SELECT entry.id, unnest(entry.keys) AS key
    FROM unnest(numbers, areas, said, restricted) AS row (number, area, facts, restricted)
    JOIN people_indexentry entry
      ON CASE WHEN agency IS NULL THEN entry.person_id = row.number ELSE entry.record = row.number END
    WHERE entry.keys_version <> version OR entry.facts <> row.facts OR entry.is_restricted <> row.restricted
  ) old WHERE people_indexkey.key = old.key AND people_indexkey.entry = old.id;
  WITH given AS (
    SELECT row.number, row.area, row.facts, row.keys::integer[] AS keys, row.restricted
    FROM unnest(numbers, areas, said, found_by, restricted) AS row (number, area, facts, keys, restricted)
  ), records AS (
    INSERT INTO people_indexentry AS entry
      (source_id, record, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT agency, number, area, given.facts, given.keys, version, restricted, true FROM given WHERE agency IS NOT NULL
    ON CONFLICT (record) DO UPDATE SET
      source_id = excluded.source_id, area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys,
      keys_version = excluded.keys_version, is_restricted = excluded.is_restricted, is_pending = true
    WHERE (entry.source_id, entry.area_id, entry.facts, entry.keys_version, entry.is_restricted) IS DISTINCT FROM
      (excluded.source_id, excluded.area_id, excluded.facts, excluded.keys_version, excluded.is_restricted)
    RETURNING entry.id, entry.keys, entry.is_restricted, entry.xmax = 0 AS is_new
  ), people AS (
    INSERT INTO people_indexentry AS entry (person_id, area_id, facts, keys, keys_version, is_restricted, is_pending)
    SELECT number, area, given.facts, given.keys, version, restricted, true FROM given WHERE agency IS NULL
    ON CONFLICT (person_id) DO UPDATE SET
      area_id = excluded.area_id, facts = excluded.facts, keys = excluded.keys, keys_version = excluded.keys_version,
      is_pending = true
    WHERE (entry.area_id, entry.facts, entry.keys_version) IS DISTINCT FROM
      (excluded.area_id, excluded.facts, excluded.keys_version)
    RETURNING entry.id, entry.keys, entry.is_restricted, entry.xmax = 0 AS is_new
  ), written AS (
    SELECT * FROM records UNION ALL SELECT * FROM people
  ), fresh AS (
    INSERT INTO people_indexkey (key, entry)
    SELECT DISTINCT key, written.id FROM written CROSS JOIN LATERAL unnest(written.keys) AS key
    WHERE written.is_new AND NOT written.is_restricted ORDER BY 1, 2
  ), renewed AS (
    INSERT INTO people_indexkey (key, entry)
    SELECT DISTINCT key, written.id FROM written CROSS JOIN LATERAL unnest(written.keys) AS key
    WHERE NOT written.is_new AND NOT written.is_restricted ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO changed FROM written;
  RETURN changed;
END $$;
"""

UNMAKE = """
DROP FUNCTION openmash_index(bigint, bigint[], bigint[], text, text, boolean[], integer);

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


class Migration(migrations.Migration):
    dependencies = [("people", "0009_proposal")]
    operations = [
        migrations.AlterField(
            "indexentry",
            "area",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.area",
            ),
        ),
        migrations.AlterField(
            "indexentry",
            "source",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.RunSQL(MAKE, UNMAKE),
    ]
