"""What agencies' lists have sealed of an enquiry's people opens in an emergency as sealed answers do: see 0003.

The first wall is `feeds/policies.py`; a test proves the two equal. Which agencies sealed something is told before it is
open, so that their leads can be: one function says that, and nothing of what it is.
"""

from django.db import migrations

MAKE = """
CREATE POLICY sealed_event_is_opened ON feeds_event FOR SELECT USING (
  sensitivity = 'X' AND withdrawn_at IS NULL AND feed_id = ANY ((SELECT openmash_feeds_here())::bigint[])
  AND (SELECT openmash_in_emergency())
  AND (feed_id, number) IN (SELECT family.feed_id, family.number FROM openmash_feed_family() family)
);

-- Of the enquiry that is looked from, in its own area.
CREATE FUNCTION openmash_who_sealed_events() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT feed.agency_id), '{}') FROM openmash_feed_family() family
  JOIN feeds_event event ON event.feed_id = family.feed_id AND event.number = family.number
    AND event.sensitivity = 'X' AND event.withdrawn_at IS NULL
  JOIN feeds_feed feed ON feed.id = event.feed_id
  JOIN enquiries_enquiry enquiry ON enquiry.area_id = feed.area_id
    AND enquiry.id = nullif(current_setting('openmash.enquiry', true), '')::bigint
$$;
"""
UNDO = """
DROP FUNCTION openmash_who_sealed_events();
DROP POLICY sealed_event_is_opened ON feeds_event;
"""


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0003_sealed_in_an_emergency"), ("feeds", "0004_known_deaths")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
