"""Whose tokens and deliveries they are: a system's own, and, of tokens alone, those of whoever keeps them in the area.

A call shows its token before anybody is known, so it is looked up by its digest through a function that also counts
it. What waits is listed for the worker by number and sender: never by what it says.
"""

from django.db import migrations

MAKE = """
ALTER TABLE agencies_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_delivery ENABLE ROW LEVEL SECURITY;

-- The areas whose tokens the user keeps.
CREATE FUNCTION openmash_keeps_tokens() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(posting.area_id), '{}') FROM agencies_posting posting
  WHERE posting.user_id = openmash_user() AND posting.role IN ('system_administrator', 'governance_lead')
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE POLICY token_is_its_systems ON agencies_token FOR SELECT USING (user_id = (SELECT openmash_user()));
CREATE POLICY token_is_kept ON agencies_token
  USING (area_id = ANY ((SELECT openmash_keeps_tokens())::bigint[]))
  WITH CHECK (area_id = ANY ((SELECT openmash_keeps_tokens())::bigint[]));
CREATE POLICY delivery_is_its_systems ON agencies_delivery
  USING (token_id IN (SELECT id FROM agencies_token WHERE user_id = (SELECT openmash_user())))
  WITH CHECK (token_id IN (SELECT id FROM agencies_token WHERE user_id = (SELECT openmash_user())));

CREATE FUNCTION openmash_use_token(shown text, at timestamptz) RETURNS SETOF agencies_token LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE agencies_token SET
    last_used_at = at,
    calls = CASE WHEN counted_from > at - interval '1 minute' THEN calls + 1 ELSE 1 END,
    counted_from = CASE WHEN counted_from > at - interval '1 minute' THEN counted_from ELSE at END
  WHERE digest = shown AND revoked_at IS NULL AND expires_at > at
  RETURNING *
$$;

CREATE FUNCTION openmash_waiting_deliveries() RETURNS TABLE (delivery bigint, who bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT delivery.id, token.user_id, delivery.received_at
  FROM agencies_delivery delivery JOIN agencies_token token ON token.id = delivery.token_id
  WHERE delivery.done_at IS NULL ORDER BY delivery.id
$$;
"""
UNDO = """
DROP FUNCTION openmash_waiting_deliveries();
DROP FUNCTION openmash_use_token(text, timestamptz);
DROP POLICY delivery_is_its_systems ON agencies_delivery;
DROP POLICY token_is_kept ON agencies_token;
DROP POLICY token_is_its_systems ON agencies_token;
DROP FUNCTION openmash_keeps_tokens();
ALTER TABLE agencies_delivery DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_token DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_systems"), ("intelligence", "0002_row_level_security")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
