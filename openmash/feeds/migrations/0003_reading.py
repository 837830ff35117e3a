"""What may be read of what agencies send: events from an enquiry, as sealed items are, and that somebody is known.

Events lie behind a policy of their own, written out here and in `feeds/policies.py`. That an agency knows somebody is
told by one function of the owner's, which tells no more than that: not who they are there.
"""

from django.db import migrations

MAKE = """
-- The numbers under which feeds know the people of the enquiry that is looked from, with the person of the hub.
CREATE FUNCTION openmash_feed_family() RETURNS TABLE (lead bigint, feed_id bigint, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT linked.lead, held.feed_id, held.number
  FROM openmash_records_of_leads(ARRAY (
    SELECT coalesce(person.lead_id, person.id) FROM enquiries_party party
    JOIN people_person person ON person.id = party.person_id
    WHERE party.enquiry_id = nullif(current_setting('openmash.enquiry', true), '')::bigint
  )) linked
  JOIN feeds_record held ON held.id = linked.record AND held.withdrawn_at IS NULL
$$;

-- The feeds of the enquiry's area, and of them those of the user's own agency.
CREATE FUNCTION openmash_feeds_here() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(feed.id), '{}') FROM feeds_feed feed
  JOIN enquiries_enquiry enquiry ON enquiry.area_id = feed.area_id
  WHERE enquiry.id = openmash_enquiry()
$$;
CREATE FUNCTION openmash_own_feeds() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(feed.id), '{}') FROM feeds_feed feed WHERE feed.agency_id = openmash_agency()
$$;

CREATE POLICY event_is_read ON feeds_event FOR SELECT USING (
  withdrawn_at IS NULL
  AND feed_id = ANY ((SELECT openmash_feeds_here())::bigint[])
  AND (
    'manager' = ANY ((SELECT openmash_capacities())::text[])
    OR 'triage' = ANY ((SELECT openmash_capacities())::text[]) AND sensitivity IN ('G', 'S')
    OR ('own' = ANY ((SELECT openmash_capacities())::text[]) OR 'lead' = ANY ((SELECT openmash_capacities())::text[]))
      AND feed_id = ANY ((SELECT openmash_own_feeds())::bigint[])
  )
  AND (feed_id, number) IN (SELECT family.feed_id, family.number FROM openmash_feed_family() family)
);

-- Who knows somebody: of each of these records of the index, what every format of its feed says under its number. Only
-- feeds of the areas in which the user matches people.
CREATE FUNCTION openmash_known(records bigint[]) RETURNS TABLE (
  record bigint, feed_id bigint, agency_id bigint, is_open boolean, status text, team text, worker text, since date,
  until date
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked.id, feed.id, feed.agency_id, said.is_open, said.status, said.team, said.worker, said.since, said.until
  FROM feeds_record asked
  JOIN feeds_feed feed ON feed.id = asked.feed_id AND feed.area_id = ANY (openmash_matching_areas())
  JOIN feeds_record said
    ON said.feed_id = asked.feed_id AND said.number = asked.number AND said.withdrawn_at IS NULL
  WHERE asked.id = ANY (records) AND asked.withdrawn_at IS NULL
  ORDER BY asked.id, said.is_open DESC NULLS LAST, said.since DESC NULLS LAST, said.id
$$;
"""

UNDO = """
DROP FUNCTION openmash_known(bigint[]);
DROP POLICY event_is_read ON feeds_event;
DROP FUNCTION openmash_own_feeds();
DROP FUNCTION openmash_feeds_here();
DROP FUNCTION openmash_feed_family();
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_row_level_security"), ("people", "0004_index_walls")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
