"""What is sealed of one enquiry is read, too, by whoever triages and opened that enquiry in an emergency, for its hour.

The first wall is `intelligence/policies.py`; a test proves the two equal. What is locked stays locked.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION openmash_in_emergency() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT 'triage' = ANY (openmash_capacities()) AND EXISTS (
    SELECT FROM enquiries_glass glass
    WHERE glass.user_id = openmash_user() AND glass.enquiry_id = openmash_enquiry() AND glass.until > now()
  )
$$;
"""
POLICY = """
CREATE POLICY sealed_item_is_opened ON intelligence_item FOR SELECT USING (
  sensitivity = 'X' AND enquiry_id = (SELECT openmash_enquiry()) AND (SELECT openmash_in_emergency())
);
"""
UNDO = """
DROP POLICY sealed_item_is_opened ON intelligence_item;
DROP FUNCTION openmash_in_emergency();
"""


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0002_signed"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(FUNCTION + POLICY, UNDO)]
