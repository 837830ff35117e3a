"""Whoever has left neither keeps tokens nor deals with what is held back, whatever role nobody has ended yet.

The policies say so (`holds`); the wall had asked for the role alone.
"""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION openmash_keeps_tokens() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(posting.area_id), '{}') FROM agencies_posting posting
  JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
  WHERE posting.user_id = openmash_user() AND posting.role IN ('system_administrator', 'governance_lead')
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE OR REPLACE FUNCTION openmash_chases() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(posting.area_id), '{}') FROM agencies_posting posting
  JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
  WHERE posting.user_id = openmash_user() AND posting.role IN ('coordinator', 'triage_social_worker', 'practice_manager')
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0015_nobody_gives_a_role_alone")]
    # Nothing that worked before needs the wider wall: there is nothing to take back.
    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
