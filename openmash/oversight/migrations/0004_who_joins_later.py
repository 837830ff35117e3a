"""Whoever opens an enquiry on the day of an alert of many viewers is one of them from that look on, and not shown it.

The line of the ledger and the alert change together, whatever wrote the line. A closed alert says nothing else than when
it was closed.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


MAKE = """
CREATE FUNCTION openmash_join_the_many() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE oversight_alert alert SET also = alert.also || NEW.actor
  WHERE alert.report = 'surge' AND NOT NEW.actor = ANY (alert.also)
    AND alert.key = NEW.enquiry || '-' || to_char(NEW.at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD');
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION openmash_join_the_many() FROM PUBLIC;

-- The looks that the report counts: `oversight/lines.py`; a test compares.
CREATE TRIGGER who_looks_joins_the_many AFTER INSERT ON audit_ledgerevent FOR EACH ROW
WHEN (NEW.enquiry IS NOT NULL AND NEW.actor IS NOT NULL AND NEW.outcome = 'allowed' AND NEW.event IN (
  'enquiry.opened', 'enquiry.carried-over', 'fast-track.opened', 'intelligence.read', 'matches.looked-at',
  'people.looked-up', 'person.looked-at', 'record.made', 'referrer.revealed', 'release.looked-at', 'release.read',
  'whereabouts.opened'))
EXECUTE FUNCTION openmash_join_the_many();
"""
UNDO = """
DROP TRIGGER who_looks_joins_the_many ON audit_ledgerevent;
DROP FUNCTION openmash_join_the_many();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0003_not_about_themselves'),
        ('audit', '0003_signed'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='alert',
            name='a_closed_alert_stays',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alert',
            trigger=pgtrigger.compiler.Trigger(name='a_closed_alert_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."outcome" > \'\' AND (NOT OLD."also" <@ NEW."also" OR to_jsonb(OLD.*) - \'also\' <> to_jsonb(NEW.*) - \'also\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='833bc56ffd7666b1f50922c5144b2b22b69ee32b', operation='UPDATE', pgid='pgtrigger_a_closed_alert_stays_43574', table='oversight_alert', when='BEFORE')),
        ),
        migrations.RunSQL(MAKE, UNDO),
    ]
