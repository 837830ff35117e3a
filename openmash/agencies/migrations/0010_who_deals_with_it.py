"""What is held back: its system's own, and, while somebody has to deal with it, those who chase in its area.

The same as `policies.may_open_held`; a test proves them equal. What waits says besides, for the exceptions, in which
area it waits and when it was last tried; what a person has ended waits no longer.
"""

from django.db import migrations

MAKE = """
ALTER TABLE agencies_heldback ENABLE ROW LEVEL SECURITY;

-- The areas in which the user chases.
CREATE FUNCTION openmash_chases() RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(posting.area_id), '{}') FROM agencies_posting posting
  WHERE posting.user_id = openmash_user() AND posting.role IN ('coordinator', 'triage_social_worker', 'practice_manager')
    AND posting.since <= (now() AT TIME ZONE 'Europe/London')::date
    AND (posting.until IS NULL OR posting.until >= (now() AT TIME ZONE 'Europe/London')::date)
$$;

CREATE POLICY held_back_is_its_systems ON agencies_heldback
  USING (token_id IN (SELECT id FROM agencies_token WHERE user_id = (SELECT openmash_user())))
  WITH CHECK (token_id IN (SELECT id FROM agencies_token WHERE user_id = (SELECT openmash_user())));
CREATE POLICY held_back_is_dealt_with ON agencies_heldback
  USING (area_id = ANY ((SELECT openmash_chases())::bigint[]))
  WITH CHECK (area_id = ANY ((SELECT openmash_chases())::bigint[]));

DROP FUNCTION openmash_waiting_deliveries();
CREATE FUNCTION openmash_waiting_deliveries()
RETURNS TABLE (delivery bigint, who bigint, since timestamptz, area bigint, tried timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT delivery.id, token.user_id, delivery.received_at, token.area_id, held.tried_at
  FROM agencies_delivery delivery
  JOIN agencies_token token ON token.id = delivery.token_id
  LEFT JOIN agencies_heldback held ON held.delivery_id = delivery.id
  WHERE delivery.done_at IS NULL AND held.ended_at IS NULL ORDER BY delivery.id
$$;
"""
UNDO = """
DROP FUNCTION openmash_waiting_deliveries();
CREATE FUNCTION openmash_waiting_deliveries() RETURNS TABLE (delivery bigint, who bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT delivery.id, token.user_id, delivery.received_at
  FROM agencies_delivery delivery JOIN agencies_token token ON token.id = delivery.token_id
  WHERE delivery.done_at IS NULL ORDER BY delivery.id
$$;
DROP POLICY held_back_is_dealt_with ON agencies_heldback;
DROP POLICY held_back_is_its_systems ON agencies_heldback;
DROP FUNCTION openmash_chases();
ALTER TABLE agencies_heldback DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_held_back")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
