"""Who shares keys is asked of a function: behind the outer wall PostgreSQL uses no index for `keys && …`."""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_people_sharing(asked varchar[], areas bigint[], without bigint[], most integer)
RETURNS TABLE (lead bigint, person bigint, shared integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(p.lead_id, p.id), p.id,
    cardinality(ARRAY(SELECT unnest(p.keys) INTERSECT SELECT unnest(asked))) AS shared
  FROM people_person p
  WHERE openmash_signed('openmash.reader') IS NOT NULL
    AND p.area_id = ANY (areas) AND p.id <> ALL (without) AND p.keys && asked
  ORDER BY shared DESC, p.id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0016_risk_from"), ("audit", "0003_signed")]
    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION openmash_people_sharing(varchar[], bigint[], bigint[], integer)")
    ]
