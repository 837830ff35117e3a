"""The wall around what is kept from whoever acts or reads. The first is `enquiries/policies.may_know`; a test compares.

`openmash.reader` is set with `openmash.user` by whoever acts, and for a whole request by whoever reads a page. Where it
is not set the hub itself is at work, and everything is there: nothing that comes in is lost and no clock stops. Every
policy is restrictive: whatever another policy opens, this one closes. Later rooms build the same wall around their own
tables with `openmash_wall()`.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_reader() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('openmash.reader', true), '')::bigint
$$;

-- Whom somebody is in conflict with: every record of theirs.
CREATE FUNCTION openmash_people_in_conflict() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE reader bigint := openmash_reader();
BEGIN
  IF reader IS NULL OR NOT EXISTS (
    SELECT FROM enquiries_conflict WHERE user_id = reader AND removed_at IS NULL
  ) THEN RETURN '{}'; END IF;
  RETURN ARRAY (
    SELECT same.id FROM enquiries_conflict conflict
    JOIN people_person known ON known.id = conflict.person_id
    JOIN people_person same
      ON same.id = coalesce(known.lead_id, known.id) OR same.lead_id = coalesce(known.lead_id, known.id)
    WHERE conflict.user_id = reader AND conflict.removed_at IS NULL
  );
END $$;

-- Every enquiry that does not exist for the reader. A system that has a token keeps working, as the hub itself does.
CREATE FUNCTION openmash_kept_from() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE reader bigint := openmash_reader();
BEGIN
  IF reader IS NULL OR EXISTS (SELECT FROM agencies_user WHERE id = reader AND is_system) THEN RETURN '{}'; END IF;
  RETURN ARRAY (
    SELECT restriction.enquiry_id FROM enquiries_restriction restriction
    JOIN enquiries_enquiry enquiry ON enquiry.id = restriction.enquiry_id
    WHERE restriction.lifted_at IS NULL
      AND NOT EXISTS (
        SELECT FROM enquiries_named named
        WHERE named.enquiry_id = restriction.enquiry_id AND named.user_id = reader AND named.until IS NULL
      )
      AND NOT EXISTS (
        SELECT FROM enquiries_glass glass
        WHERE glass.enquiry_id = restriction.enquiry_id AND glass.user_id = reader AND glass.until > now()
      )
      AND NOT EXISTS (
        SELECT FROM agencies_posting posting
        JOIN agencies_user "user" ON "user".id = posting.user_id AND "user".is_active
        WHERE posting.user_id = reader AND posting.area_id = enquiry.area_id AND posting.role = 'governance_lead'
          AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
          AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
      )
    UNION
    SELECT party.enquiry_id FROM enquiries_party party WHERE party.person_id = ANY (openmash_people_in_conflict())
  );
END $$;

-- A table whose rows are about an enquiry goes behind the wall; one that had no wall yet is otherwise the hub's to share.
CREATE PROCEDURE openmash_wall(walled regclass, enquiry name) LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = walled) THEN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY the_hub_shares ON %s USING (true)', walled);
  END IF;
  EXECUTE format(
    'CREATE POLICY %I ON %s AS RESTRICTIVE '
    'USING (%I IS NULL OR NOT %I = ANY ((SELECT openmash_kept_from())::bigint[]))',
    'kept_from_by_' || enquiry, walled, enquiry, enquiry);
END $$;

CREATE PROCEDURE openmash_unwall(walled regclass, enquiry name) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP POLICY %I ON %s', 'kept_from_by_' || enquiry, walled);
  IF EXISTS (SELECT FROM pg_policy WHERE polrelid = walled AND polname = 'the_hub_shares')
    AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = walled AND polname LIKE 'kept_from_by_%')
  THEN
    EXECUTE format('DROP POLICY the_hub_shares ON %s', walled);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', walled);
  END IF;
END $$;

CALL openmash_wall('enquiries_enquiry', 'id');
"""
TABLES = ("referrer", "party", "step", "pause", "cover", "need", "restriction", "named", "glass")

# Who is in conflict with whom is for those who look after it, never about themself; whoever declares one writes it.
CONFLICTS = """
CREATE FUNCTION openmash_looks_after(colleague bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT colleague <> openmash_reader() AND EXISTS (
    SELECT FROM agencies_posting mine
    JOIN agencies_user "user" ON "user".id = mine.user_id AND "user".is_active
    JOIN agencies_posting theirs ON theirs.area_id = mine.area_id AND theirs.user_id = colleague
    WHERE mine.user_id = openmash_reader() AND mine.role IN ('governance_lead', 'practice_manager')
      AND mine.since <= (now() AT TIME ZONE 'Europe/London')::date
      AND (mine.until IS NULL OR mine.until >= (now() AT TIME ZONE 'Europe/London')::date)
  )
$$;

ALTER TABLE enquiries_conflict ENABLE ROW LEVEL SECURITY;
CREATE POLICY conflict_is_the_walls ON enquiries_conflict USING ((SELECT openmash_reader()) IS NULL);
CREATE POLICY conflict_is_looked_after ON enquiries_conflict FOR SELECT USING (openmash_looks_after(user_id));
CREATE POLICY conflict_is_two_peoples ON enquiries_conflict FOR UPDATE USING (openmash_looks_after(user_id));
CREATE POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict AS RESTRICTIVE FOR SELECT
  USING (NOT person_id = ANY ((SELECT openmash_people_in_conflict())::bigint[]));
"""
UNDO_CONFLICTS = """
DROP POLICY conflict_is_kept_from_others_in_it ON enquiries_conflict;
DROP POLICY conflict_is_two_peoples ON enquiries_conflict;
DROP POLICY conflict_is_looked_after ON enquiries_conflict;
DROP POLICY conflict_is_the_walls ON enquiries_conflict;
ALTER TABLE enquiries_conflict DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_looks_after(bigint);
"""
UNDO = """
CALL openmash_unwall('enquiries_enquiry', 'id');
DROP PROCEDURE openmash_unwall(regclass, name);
DROP PROCEDURE openmash_wall(regclass, name);
DROP FUNCTION openmash_kept_from();
DROP FUNCTION openmash_people_in_conflict();
DROP FUNCTION openmash_reader();
"""
WALL = "\n".join(f"CALL openmash_wall('enquiries_{table}', 'enquiry_id');" for table in TABLES)
UNWALL = "\n".join(f"CALL openmash_unwall('enquiries_{table}', 'enquiry_id');" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0010_kept")]
    operations = [
        migrations.RunSQL(MAKE, UNDO),
        migrations.RunSQL(WALL, UNWALL),
        migrations.RunSQL(CONFLICTS, UNDO_CONFLICTS),
    ]
