"""A reply to a request about an enquiry that is kept from somebody is kept from them too: the request has a wall of its own."""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION openmash_may_open_reply(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
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
      AND (reply.request_id IS NULL OR EXISTS (SELECT FROM gathering_request asked WHERE asked.id = reply.request_id))
  )
$$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION openmash_may_open_reply(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("post", "0002_row_level_security"),
        ("gathering", "0003_drafts_are_their_writers"),
        ("enquiries", "0013_who_works_here_now"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
