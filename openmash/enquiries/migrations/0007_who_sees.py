"""What the database knows of who sees an enquiry, for the second walls of the rooms above: `enquiries/policies.may_see`.

Nobody bound holds nothing. The tests of those rooms prove that each wall says what its policy says.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_holds(wanted bigint, roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM agencies_posting posting
    JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
    WHERE posting.user_id = openmash_user() AND posting.area_id = wanted AND posting.role = ANY (roles)
      AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
  )
$$;

CREATE FUNCTION openmash_may_see_enquiry(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM enquiries_enquiry enquiry
    WHERE enquiry.id = wanted
      AND openmash_holds(enquiry.area_id, ARRAY['coordinator', 'triage_social_worker', 'practice_manager'])
      AND (enquiry.status <> 'closed' OR EXISTS (
        SELECT FROM enquiries_cover cover
        WHERE cover.enquiry_id = enquiry.id AND cover.user_id = openmash_user()
          AND cover.since <= now() AND cover.until > now()
      ))
  )
$$;
"""
UNDO = """
DROP FUNCTION openmash_may_see_enquiry(bigint);
DROP FUNCTION openmash_holds(bigint, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0006_what_an_adult_says"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
