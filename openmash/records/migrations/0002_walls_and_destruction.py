"""The second wall around holds and reviews, and the one function that destroys. `records/policies.py` says the same.

No role of the application may delete a row of a case. What destroys is this function alone, with its owner's rights: for
an agreed review, to whoever agreed, and never what is held. It finds what hangs on an enquiry by the foreign keys, so that
what a later room hangs there goes too. The row of the enquiry stays for the counts, with what is not named here emptied.
"""

from django.db import migrations

KEPT_OF_ENQUIRY = (
    "id reference area_id locality_id kind channel source_code received_at received_key keyed_by_id is_held status rating"
    " is_urgent fast_track_at is_restricted desk owner_id clock due_at triage_due_at statutory_due_at research_due_at"
    " research_continues rated_at decided_at closed_at destroyed_at version"
)
KEPT_OF_REFERRER = "id enquiry_id kind agency_id keep_name_from_family wants_feedback_by"

MAKE = """
CREATE FUNCTION openmash_keeps_records(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT openmash_holds(wanted, ARRAY['governance_lead', 'practice_manager'])
$$;

CREATE FUNCTION openmash_is_held(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM records_hold hold WHERE hold.lifted_at IS NULL AND (hold.enquiry_id = wanted OR EXISTS (
      SELECT FROM people_person held
      JOIN people_person person ON coalesce(person.lead_id, person.id) = coalesce(held.lead_id, held.id)
      JOIN enquiries_party party ON party.person_id = person.id
      WHERE held.id = hold.person_id AND party.enquiry_id = wanted
    ))
  )
$$;

CREATE FUNCTION openmash_was_given_out_elsewhere(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM intelligence_item item
    JOIN disclosure_releaseitem given ON given.item_id = item.id
    JOIN disclosure_release release ON release.id = given.release_id
    WHERE item.enquiry_id = wanted AND release.enquiry_id <> wanted
  )
$$;

-- When each enquiry was last heard at a MARAC: the day alone, for those who keep its record.
CREATE FUNCTION openmash_last_heard(wanted bigint[]) RETURNS TABLE (enquiry bigint, heard_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT referral.enquiry_id, max(meeting.met_on) FROM domestic_abuse_maracreferral referral
  JOIN domestic_abuse_maracmeeting meeting ON meeting.referral_id = referral.id
  JOIN enquiries_enquiry enquiry ON enquiry.id = referral.enquiry_id
  WHERE referral.enquiry_id = ANY (wanted) AND openmash_keeps_records(enquiry.area_id)
  GROUP BY 1
$$;

-- What hangs on these rows, by foreign key, and on what hangs on them. Two links are to an enquiry of somebody else's.
CREATE FUNCTION openmash_hanging(parent regclass, ids bigint[]) RETURNS TABLE (tbl text, id bigint)
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
REVOKE ALL ON FUNCTION openmash_hanging(regclass, bigint[]) FROM PUBLIC;

-- Every column but these is emptied: a column that is added later is emptied too, until somebody names it.
CREATE FUNCTION openmash_empty(target regclass, wanted bigint, stays text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  sets text;
BEGIN
  SELECT string_agg(format('%I = %s', column_name, CASE
    WHEN is_nullable = 'YES' THEN 'NULL' WHEN data_type = 'ARRAY' THEN '''{}''' WHEN data_type = 'boolean' THEN 'false'
    WHEN data_type IN ('text', 'character varying') THEN '''''' ELSE 'DEFAULT' END), ', ') INTO sets
  FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name = target::text AND column_name <> ALL (stays);
  EXECUTE format('UPDATE %s SET %s WHERE id = $1', target, sets) USING wanted;
END $$;
REVOKE ALL ON FUNCTION openmash_empty(regclass, bigint, text[]) FROM PUBLIC;

CREATE FUNCTION openmash_delete(target text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', target) USING ids;
END $$;
REVOKE ALL ON FUNCTION openmash_delete(text, bigint[]) FROM PUBLIC;

-- People whom nothing points at any more from outside the room of people: all records of one person, or none.
CREATE FUNCTION openmash_of_no_enquiry(candidates bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  used bigint[] := '{}';
  more bigint[];
  leads bigint[];
BEGIN
  SELECT array_agg(DISTINCT coalesce(lead_id, id)) INTO leads FROM people_person WHERE id = ANY (candidates);
  candidates := ARRAY(SELECT id FROM people_person WHERE coalesce(lead_id, id) = ANY (leads));
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'people_person'::regclass
      AND c.conrelid::regclass::text NOT LIKE 'people\\_%' AND c.conrelid::regclass::text NOT LIKE 'records\\_%'
  LOOP
    EXECUTE format('SELECT array_agg(%I) FROM %s WHERE %I = ANY ($1)', link.col, link.child, link.col)
      INTO more USING candidates;
    used := used || coalesce(more, '{}');
  END LOOP;
  SELECT used || coalesce(array_agg(person), '{}') INTO used
  FROM gathering_request request, unnest(request.people) person WHERE person = ANY (candidates);
  RETURN ARRAY(
    SELECT id FROM people_person WHERE id = ANY (candidates) AND coalesce(lead_id, id) NOT IN (
      SELECT coalesce(lead_id, id) FROM people_person WHERE id = ANY (used)));
END $$;
REVOKE ALL ON FUNCTION openmash_of_no_enquiry(bigint[]) FROM PUBLIC;

CREATE FUNCTION openmash_destroy(wanted bigint, at timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  review records_review;
  enquiry enquiries_enquiry;
  gone text[] := '{}';
  batch record;
  persons bigint[];
  places bigint[];
  entries bigint[];
  what_level smallint;
  what_outcomes text[];
  made bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(20264, 5);
  SELECT * INTO review FROM records_review WHERE id = wanted;
  SELECT * INTO enquiry FROM enquiries_enquiry WHERE id = review.enquiry_id FOR UPDATE;
  IF review.wants IS DISTINCT FROM 'destroy' OR review.is_agreed IS NOT TRUE OR review.answered_by_id = review.by_id
    OR review.answered_by_id IS DISTINCT FROM openmash_user() OR NOT openmash_keeps_records(enquiry.area_id)
  THEN RAISE EXCEPTION 'a record is destroyed by two people'; END IF;
  IF enquiry.status <> 'closed' OR enquiry.destroyed_at IS NOT NULL
  THEN RAISE EXCEPTION 'only a closed record is destroyed, and once'; END IF;
  IF openmash_is_held(enquiry.id) THEN RAISE EXCEPTION 'a held record is not destroyed'; END IF;
  IF openmash_was_given_out_elsewhere(enquiry.id)
  THEN RAISE EXCEPTION 'something of it was released from another enquiry'; END IF;

  -- What is append-only is so for the application. The triggers of the ledger are none of these.
  PERFORM set_config('pgtrigger.ignore', (
    SELECT array_agg(tgname)::text FROM pg_trigger
    WHERE tgname LIKE 'pgtrigger\\_%' AND tgrelid::regclass::text NOT LIKE 'audit\\_%'), true);
  SELECT array_agg(person_id) INTO persons FROM enquiries_party WHERE enquiry_id = enquiry.id;
  SELECT level INTO what_level FROM decisions_decision
    WHERE enquiry_id = enquiry.id AND signed_at IS NOT NULL ORDER BY number DESC LIMIT 1;
  SELECT array_agg(kind ORDER BY kind) INTO what_outcomes FROM decisions_outcome outcome
    JOIN decisions_decision decision ON decision.id = outcome.decision_id
    WHERE decision.enquiry_id = enquiry.id AND decision.signed_at IS NOT NULL;

  FOR batch IN
    SELECT hanging.tbl, array_agg(DISTINCT hanging.id) AS ids
    FROM openmash_hanging('enquiries_enquiry', ARRAY[enquiry.id]) hanging GROUP BY 1
  LOOP
    PERFORM openmash_delete(batch.tbl, batch.ids);
    gone := gone || ARRAY(SELECT batch.tbl || ':' || one FROM unnest(batch.ids) one);
  END LOOP;

  persons := openmash_of_no_enquiry(persons);
  SELECT array_agg(DISTINCT address_id) INTO places FROM people_residence WHERE person_id = ANY (persons);
  SELECT array_agg(id) INTO entries FROM people_indexentry WHERE person_id = ANY (persons);
  FOR batch IN
    SELECT hanging.tbl, array_agg(DISTINCT hanging.id) AS ids
    FROM openmash_hanging('people_person', persons) hanging GROUP BY 1
    UNION ALL SELECT 'people_link', array_agg(link.id) FROM people_link link
      WHERE link.first = ANY (entries) OR link.second = ANY (entries)
    UNION ALL SELECT 'agencies_letter', array_agg(letter.id) FROM agencies_letter letter
      WHERE letter.about = enquiry.reference OR letter.link LIKE '%' || enquiry.reference || '%'
    UNION ALL SELECT 'agencies_heldback', array_agg(held.id) FROM agencies_heldback held
      WHERE held.came_to = enquiry.reference
    UNION ALL SELECT 'enquiries_draft', array_agg(draft.id) FROM enquiries_draft draft
      WHERE draft.sent_as = enquiry.reference
    UNION ALL SELECT 'people_person', persons
  LOOP
    CONTINUE WHEN batch.ids IS NULL;
    PERFORM openmash_delete(batch.tbl, batch.ids);
    gone := gone || ARRAY(SELECT batch.tbl || ':' || one FROM unnest(batch.ids) one);
  END LOOP;
  DELETE FROM people_indexkey WHERE entry = ANY (entries);
  SELECT array_agg(place) INTO places FROM unnest(places) place
    WHERE NOT EXISTS (SELECT FROM people_residence stay WHERE stay.address_id = place);
  DELETE FROM people_address WHERE id = ANY (places);
  gone := gone || ARRAY(SELECT 'people_address:' || one FROM unnest(places) one);

  PERFORM openmash_empty('enquiries_enquiry', enquiry.id, string_to_array('KEPT_OF_ENQUIRY', ' '));
  PERFORM openmash_empty('enquiries_referrer', (SELECT id FROM enquiries_referrer WHERE enquiry_id = enquiry.id),
    string_to_array('KEPT_OF_REFERRER', ' '));
  UPDATE enquiries_enquiry SET destroyed_at = at, version = version + 1 WHERE id = enquiry.id;
  INSERT INTO records_destruction (enquiry_id, area_id, rule, was_due_on, proposed_by_id, proposed_at, confirmed_by_id,
    at, level, outcomes, counts, hash)
  VALUES (enquiry.id, enquiry.area_id, review.rule, review.was_due_on, review.by_id, review.at, review.answered_by_id,
    at, what_level, coalesce(what_outcomes, '{}'),
    coalesce((SELECT jsonb_object_agg(tbl, rows) FROM (
      SELECT split_part(one, ':', 1) AS tbl, count(*) AS rows FROM unnest(gone) one GROUP BY 1) counted), '{}'),
    encode(sha256(convert_to((SELECT coalesce(string_agg(one, E'\\n' ORDER BY one COLLATE "C"), '')
      FROM unnest(gone) one), 'UTF8')), 'hex'))
  RETURNING id INTO made;
  PERFORM set_config('pgtrigger.ignore', '{}', true);
  RETURN made;
END $$;

ALTER TABLE records_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE records_review ENABLE ROW LEVEL SECURITY;

CREATE POLICY hold_is_read ON records_hold FOR SELECT USING (openmash_keeps_records(area_id));
CREATE POLICY hold_is_placed ON records_hold FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user()) AND openmash_holds(area_id, ARRAY['governance_lead']) AND lifted_at IS NULL);
CREATE POLICY hold_is_lifted ON records_hold FOR UPDATE USING (openmash_keeps_records(area_id))
  WITH CHECK (lifted_by_id = (SELECT openmash_user()));
CREATE POLICY review_is_read ON records_review FOR SELECT USING (EXISTS (
  SELECT FROM enquiries_enquiry enquiry WHERE enquiry.id = enquiry_id AND openmash_keeps_records(enquiry.area_id)));
CREATE POLICY review_is_proposed ON records_review FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user()) AND is_agreed IS NULL AND EXISTS (
    SELECT FROM enquiries_enquiry enquiry
    WHERE enquiry.id = enquiry_id AND openmash_holds(enquiry.area_id, ARRAY['governance_lead'])));
CREATE POLICY review_is_answered ON records_review FOR UPDATE USING (EXISTS (
  SELECT FROM enquiries_enquiry enquiry WHERE enquiry.id = enquiry_id AND openmash_keeps_records(enquiry.area_id)))
  WITH CHECK (answered_by_id = (SELECT openmash_user()));
""".replace("KEPT_OF_ENQUIRY", KEPT_OF_ENQUIRY).replace("KEPT_OF_REFERRER", KEPT_OF_REFERRER)
UNDO = """
DROP POLICY review_is_answered ON records_review;
DROP POLICY review_is_proposed ON records_review;
DROP POLICY review_is_read ON records_review;
DROP POLICY hold_is_lifted ON records_hold;
DROP POLICY hold_is_placed ON records_hold;
DROP POLICY hold_is_read ON records_hold;
ALTER TABLE records_review DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_hold DISABLE ROW LEVEL SECURITY;
DROP FUNCTION openmash_destroy(bigint, timestamptz);
DROP FUNCTION openmash_of_no_enquiry(bigint[]);
DROP FUNCTION openmash_delete(text, bigint[]);
DROP FUNCTION openmash_empty(regclass, bigint, text[]);
DROP FUNCTION openmash_hanging(regclass, bigint[]);
DROP FUNCTION openmash_was_given_out_elsewhere(bigint);
DROP FUNCTION openmash_is_held(bigint);
DROP FUNCTION openmash_last_heard(bigint[]);
DROP FUNCTION openmash_keeps_records(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("enquiries", "0009_destroyed_at"),
        ("disclosure", "0004_asked_by_post"),
        ("decisions", "0005_weak_because"),
        ("gathering", "0003_drafts_are_their_writers"),
        ("agencies", "0012_nobody_signs_in"),
        ("people", "0012_rare_keys_first"),
        ("adults", "0002_row_level_security"),
        ("lookout", "0001_initial"),
        ("domestic_abuse", "0003_marac_row_level_security"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
