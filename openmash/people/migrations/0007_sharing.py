"""Which entries share a key: found with the owner's rights, since a policy on each key would be asked a million times.

Only for whoever links, as the policies of both tables say; numbers alone come out.
"""

from django.db import migrations, models

MAKE = """
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
    dependencies = [("people", "0006_index_key_walls")]
    operations = [
        migrations.AddIndex("indexkey", models.Index(fields=["entry"], name="keys_by_entry")),
        migrations.RunSQL(MAKE, "DROP FUNCTION openmash_sharing(bigint[], integer)"),
    ]
