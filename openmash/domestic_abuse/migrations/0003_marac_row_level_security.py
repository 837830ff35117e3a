"""The second wall around what is recorded of MARAC. The first is `domestic_abuse/policies.py`; a test proves them equal.

Hub staff of the enquiry's area read it, also after closing. A row is added in its author's own name by a social worker or
a practice manager there.
"""

from django.db import migrations

MAKE = """
ALTER TABLE domestic_abuse_maracreferral ENABLE ROW LEVEL SECURITY;
ALTER TABLE domestic_abuse_maracmeeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE domestic_abuse_maracaction ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION openmash_holds_for(wanted bigint, roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM enquiries_enquiry enquiry WHERE enquiry.id = wanted AND openmash_holds(enquiry.area_id, roles)
  )
$$;

CREATE POLICY marac_referral_is_read ON domestic_abuse_maracreferral FOR SELECT USING (
  openmash_holds_for(enquiry_id, ARRAY['coordinator', 'triage_social_worker', 'practice_manager']));
CREATE POLICY marac_referral_is_made ON domestic_abuse_maracreferral FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user())
  AND openmash_holds_for(enquiry_id, ARRAY['triage_social_worker', 'practice_manager'])
  AND EXISTS (SELECT FROM enquiries_enquiry enquiry WHERE enquiry.id = enquiry_id AND enquiry.status <> 'closed'));

CREATE POLICY marac_meeting_is_read ON domestic_abuse_maracmeeting FOR SELECT USING (
  EXISTS (SELECT FROM domestic_abuse_maracreferral referral WHERE referral.id = referral_id));
CREATE POLICY marac_meeting_is_recorded ON domestic_abuse_maracmeeting FOR INSERT WITH CHECK (
  by_id = (SELECT openmash_user()) AND EXISTS (
    SELECT FROM domestic_abuse_maracreferral referral WHERE referral.id = referral_id AND referral.is_referred
      AND openmash_holds_for(referral.enquiry_id, ARRAY['triage_social_worker', 'practice_manager'])));

CREATE POLICY marac_action_is_read ON domestic_abuse_maracaction FOR SELECT USING (
  EXISTS (SELECT FROM domestic_abuse_maracmeeting meeting WHERE meeting.id = meeting_id));
CREATE POLICY marac_action_is_recorded ON domestic_abuse_maracaction FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM domestic_abuse_maracmeeting meeting
    WHERE meeting.id = meeting_id AND meeting.by_id = (SELECT openmash_user())));
"""
UNDO = """
DROP POLICY marac_action_is_recorded ON domestic_abuse_maracaction;
DROP POLICY marac_action_is_read ON domestic_abuse_maracaction;
DROP POLICY marac_meeting_is_recorded ON domestic_abuse_maracmeeting;
DROP POLICY marac_meeting_is_read ON domestic_abuse_maracmeeting;
DROP POLICY marac_referral_is_made ON domestic_abuse_maracreferral;
DROP POLICY marac_referral_is_read ON domestic_abuse_maracreferral;
DROP FUNCTION openmash_holds_for(bigint, text[]);
ALTER TABLE domestic_abuse_maracaction DISABLE ROW LEVEL SECURITY;
ALTER TABLE domestic_abuse_maracmeeting DISABLE ROW LEVEL SECURITY;
ALTER TABLE domestic_abuse_maracreferral DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("domestic_abuse", "0002_marac"), ("enquiries", "0007_who_sees")]
    operations = [migrations.RunSQL(MAKE, UNDO)]
