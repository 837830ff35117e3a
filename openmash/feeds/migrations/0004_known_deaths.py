"""That somebody has died is told with who knows them: nobody is asked, or written to, about the dead unawares."""

from django.db import migrations

MAKE = """
DROP FUNCTION openmash_known(bigint[]);
CREATE FUNCTION openmash_known(records bigint[]) RETURNS TABLE (
  record bigint, feed_id bigint, agency_id bigint, is_open boolean, status text, team text, worker text, since date,
  until date, died_on date, is_deceased boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked.id, feed.id, feed.agency_id, said.is_open, said.status, said.team, said.worker, said.since, said.until,
    said.died_on, said.is_deceased
  FROM feeds_record asked
  JOIN feeds_feed feed ON feed.id = asked.feed_id AND feed.area_id = ANY (openmash_matching_areas())
  JOIN feeds_record said
    ON said.feed_id = asked.feed_id AND said.number = asked.number AND said.withdrawn_at IS NULL
  WHERE asked.id = ANY (records) AND asked.withdrawn_at IS NULL
  ORDER BY asked.id, said.is_open DESC NULLS LAST, said.since DESC NULLS LAST, said.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0003_reading")]
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
