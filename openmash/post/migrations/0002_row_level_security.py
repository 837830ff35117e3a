"""The second wall around what agencies write by e-mail. The first is `post/policies.py`; a test proves them equal.

While it waits, whoever chases in its area reads it, unless it says that it is sealed; afterwards practice managers alone.
The system itself sees the one reply that it is taking in: `openmash.reply`, set for one transaction.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_reply() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('openmash.reply', true), '')::bigint
$$;

CREATE FUNCTION openmash_may_open_reply(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM post_reply reply
    JOIN agencies_posting posting ON posting.user_id = openmash_user()
      AND (reply.area_id IS NULL OR posting.area_id = reply.area_id)
    JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
    WHERE reply.id = wanted
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
      AND (posting.role = 'practice_manager'
        OR posting.role IN ('coordinator', 'triage_social_worker') AND reply.state = 'waiting'
          AND (NOT reply.is_sealed OR reply.brought_by_id = posting.user_id))
  )
$$;

ALTER TABLE post_original ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_enclosed ENABLE ROW LEVEL SECURITY;

CREATE POLICY original_is_read ON post_original FOR SELECT USING (
  openmash_may_open_reply(reply_id) OR (SELECT openmash_user()) IS NULL AND reply_id = (SELECT openmash_reply()));
CREATE POLICY original_is_kept ON post_original FOR INSERT WITH CHECK (reply_id = (SELECT openmash_reply()));
CREATE POLICY enclosed_is_read ON post_enclosed FOR SELECT USING (
  openmash_may_open_reply(reply_id) OR (SELECT openmash_user()) IS NULL AND reply_id = (SELECT openmash_reply()));
CREATE POLICY enclosed_is_kept ON post_enclosed FOR INSERT WITH CHECK (reply_id = (SELECT openmash_reply()));
"""
UNDO = """
DROP POLICY enclosed_is_kept ON post_enclosed;
DROP POLICY enclosed_is_read ON post_enclosed;
DROP POLICY original_is_kept ON post_original;
DROP POLICY original_is_read ON post_original;
ALTER TABLE post_enclosed DISABLE ROW LEVEL SECURITY;
ALTER TABLE post_original DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_may_open_reply(bigint);
DROP FUNCTION openmash_reply();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
