"""What destroys has a role of its own (`audit/grants.py`). From here come the tables of which it may delete rows.

`openmash_links` is the one place that says which foreign keys are followed: by `openmash_hanging`, row by row, and by
`openmash_destroyed_from`, table by table. A table that a later room hangs on an enquiry is in both.
"""

from django.db import migrations

MAKE = """
-- Two links are to an enquiry of somebody else's.
CREATE FUNCTION openmash_links() RETURNS TABLE (parent regclass, child regclass, col name)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT c.confrelid::regclass, c.conrelid::regclass, a.attname
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f'
    AND c.conrelid::regclass::text NOT IN ('enquiries_referrer', 'records_destruction', 'people_person')
    AND (c.conrelid::regclass::text, a.attname) NOT IN (
      ('adults_childconsidered', 'childs_enquiry_id'), ('lookout_sighting', 'enquiry_id'))
$$;

CREATE OR REPLACE FUNCTION openmash_hanging(parent regclass, ids bigint[]) RETURNS TABLE (tbl text, id bigint)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  found bigint[];
BEGIN
  FOR link IN SELECT * FROM openmash_links() links WHERE links.parent = openmash_hanging.parent
  LOOP
    EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', link.child, link.col) INTO found USING ids;
    CONTINUE WHEN found IS NULL;
    RETURN QUERY SELECT link.child::text, unnest(found);
    RETURN QUERY SELECT * FROM openmash_hanging(link.child, found);
  END LOOP;
END $$;

CREATE FUNCTION openmash_destroyed_from() RETURNS SETOF regclass
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE hanging (tbl) AS (
    SELECT unnest(ARRAY['enquiries_enquiry', 'people_person']::regclass[])
    UNION SELECT link.child FROM hanging JOIN openmash_links() link ON link.parent = hanging.tbl)
  SELECT tbl FROM hanging WHERE tbl <> 'enquiries_enquiry'::regclass
  UNION SELECT unnest(ARRAY['people_link', 'people_indexkey', 'people_address', 'agencies_letter', 'agencies_heldback',
    'enquiries_draft']::regclass[])
$$;
"""
UNDO = """
DROP FUNCTION openmash_destroyed_from();
CREATE OR REPLACE FUNCTION openmash_hanging(parent regclass, ids bigint[]) RETURNS TABLE (tbl text, id bigint)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  found bigint[];
BEGIN
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = parent
      AND c.conrelid::regclass::text NOT IN ('enquiries_referrer', 'records_destruction', 'people_person')
      AND (c.conrelid::regclass::text, a.attname) NOT IN (
        ('adults_childconsidered', 'childs_enquiry_id'), ('lookout_sighting', 'enquiry_id'))
  LOOP
    EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', link.child, link.col) INTO found USING ids;
    CONTINUE WHEN found IS NULL;
    RETURN QUERY SELECT link.child::text, unnest(found);
    RETURN QUERY SELECT * FROM openmash_hanging(link.child, found);
  END LOOP;
END $$;
DROP FUNCTION openmash_links();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0005_what_it_was_found_to_be")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
