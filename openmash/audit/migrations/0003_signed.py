"""What a connection says of who asks, believed only when the application has signed it (`audit/signing.py`)."""

from django.db import migrations

MAKE = """
CREATE SCHEMA openmash_keys;
CREATE TABLE openmash_keys.signing (within bytea NOT NULL, around bytea NOT NULL);
REVOKE ALL ON SCHEMA openmash_keys FROM PUBLIC;

-- The value of a setting without its signature; nothing where there is none, or one that does not hold here.
CREATE FUNCTION openmash_signed(setting text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said text := current_setting(setting, true);
  value text := split_part(said, ':', 1);
  words bytea := convert_to(setting || '=' || value || '@' || pg_backend_pid(), 'UTF8');
BEGIN
  IF said <> '' AND EXISTS (
    SELECT FROM openmash_keys.signing key
    WHERE encode(sha256(key.around || sha256(key.within || words)), 'hex') = split_part(said, ':', 2)
  ) THEN RETURN value; END IF;
  RETURN NULL;
END $$;
"""
UNDO = """
DROP FUNCTION openmash_signed(text);
DROP SCHEMA openmash_keys CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
