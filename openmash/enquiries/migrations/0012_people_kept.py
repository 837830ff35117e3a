"""Who does not exist for the reader: whom they are in conflict with, and whoever is known from enquiries alone that are
kept from them. The tables of people have no wall (decision 18): `people/kept.py` asks here.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION openmash_people_kept_from() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE kept bigint[] := openmash_kept_from();
BEGIN
  RETURN ARRAY (
    SELECT unnest(openmash_people_in_conflict())
    UNION
    SELECT same.id FROM (
      SELECT coalesce(person.lead_id, person.id) AS lead FROM enquiries_party party
      JOIN people_person person ON person.id = party.person_id WHERE party.enquiry_id = ANY (kept)
      EXCEPT
      SELECT coalesce(person.lead_id, person.id) FROM enquiries_party inside
      JOIN people_person known ON known.id = inside.person_id
      JOIN people_person person ON coalesce(person.lead_id, person.id) = coalesce(known.lead_id, known.id)
      JOIN enquiries_party party ON party.person_id = person.id
      WHERE inside.enquiry_id = ANY (kept) AND NOT party.enquiry_id = ANY (kept)
    ) alone
    JOIN people_person same ON same.id = alone.lead OR same.lead_id = alone.lead
  );
END $$;
"""
UNDO = "DROP FUNCTION openmash_people_kept_from();"


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0011_kept_from"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
