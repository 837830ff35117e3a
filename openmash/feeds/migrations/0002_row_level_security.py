"""The second wall around what agencies send. The first is `feeds/policies.py`; a test proves them equal.

Which file is being read is `openmash.load`, set by the loader for one transaction: it lets that transaction at the
records of that feed, and at no other. The functions are evaluated once a query, not once a row.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION openmash_load() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('openmash.load', true), '')::bigint
$$;

-- The feed whose file is being read in this transaction.
CREATE FUNCTION openmash_loading_feed() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT feed_id FROM feeds_load WHERE id = openmash_load() AND state = 'loading'
$$;

-- The feeds of the user's own agency in the areas where they are its lead.
CREATE FUNCTION openmash_lead_feeds() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(feed.id), '{}') FROM feeds_feed feed
  WHERE feed.agency_id = openmash_agency() AND EXISTS (
    SELECT FROM agencies_posting posting
    WHERE posting.user_id = openmash_user() AND posting.area_id = feed.area_id AND posting.role = 'agency_lead'
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
  )
$$;
"""

POLICIES = """
ALTER TABLE feeds_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE feeds_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY record_is_loaded ON feeds_record
  USING (feed_id = (SELECT openmash_loading_feed())) WITH CHECK (feed_id = (SELECT openmash_loading_feed()));
CREATE POLICY record_is_read ON feeds_record FOR SELECT
  USING (withdrawn_at IS NULL AND feed_id = ANY ((SELECT openmash_lead_feeds())::bigint[]));
CREATE POLICY event_is_loaded ON feeds_event
  USING (feed_id = (SELECT openmash_loading_feed())) WITH CHECK (feed_id = (SELECT openmash_loading_feed()));
"""

UNDO = """
DROP POLICY event_is_loaded ON feeds_event;
DROP POLICY record_is_read ON feeds_record;
DROP POLICY record_is_loaded ON feeds_record;
ALTER TABLE feeds_record DISABLE ROW LEVEL SECURITY;
ALTER TABLE feeds_event DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_lead_feeds();
DROP FUNCTION openmash_loading_feed();
DROP FUNCTION openmash_load();
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(FUNCTIONS + POLICIES, UNDO)]
