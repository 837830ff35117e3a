"""The lines of the ledger are chained when they are committed (security 4.3). Those that there are already are chained here.

The trigger is deferred to the commit for two reasons. The lock of the chain is then the last that a transaction takes
and is held for the commit alone: an act that calls another act would else hold it while it waits for a row, and a
refusal, which is written on a second connection, would wait for ever for the first. And a savepoint that is rolled
back leaves nothing in the chain.
"""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

MAKE = """
-- In UTC and to the microsecond, whatever the session's settings.
CREATE FUNCTION openmash_moment(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The next link. The lock makes the next in line see this one: two transactions never take one number. Not for the
-- application's role: it could chain a line that is not there.
CREATE FUNCTION openmash_chain(line audit_ledgerevent) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  before audit_ledgerlink;
  link audit_ledgerlink;
BEGIN
  PERFORM pg_advisory_xact_lock(20264, 3);
  SELECT * INTO before FROM audit_ledgerlink ORDER BY number DESC LIMIT 1;
  link.number := coalesce(before.number, 0) + 1;
  link.event := line.id;
  link.epoch := coalesce(before.epoch, 1) + (line.event = 'ledger.epoch-began' AND line.outcome = 'allowed')::integer;
  link.previous := coalesce(before.hash, decode(repeat('00', 32), 'hex'));
  link.canonical := jsonb_build_object(
    'number', link.number, 'epoch', link.epoch, 'written', openmash_moment(clock_timestamp()), 'id', line.id,
    'at', openmash_moment(line.at), 'event', line.event, 'outcome', line.outcome, 'actor', line.actor,
    'actor_name', line.actor_name, 'agency', line.agency, 'thing', line.thing, 'thing_number', line.thing_number,
    'enquiry', line.enquiry, 'people', line.people, 'reasons', line.reasons, 'kept', line.kept)::text;
  link.hash := sha256(link.previous || convert_to(link.canonical, 'UTF8'));
  INSERT INTO audit_ledgerlink SELECT link.*;
END $$;
REVOKE ALL ON FUNCTION openmash_chain(audit_ledgerevent) FROM PUBLIC;

CREATE FUNCTION openmash_line_is_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM openmash_chain(NEW);
  RETURN NULL;
END $$;

LOCK TABLE audit_ledgerevent IN SHARE ROW EXCLUSIVE MODE;
SELECT openmash_chain(line) FROM (SELECT line FROM audit_ledgerevent line ORDER BY line.id) AS lines (line);

CREATE CONSTRAINT TRIGGER a_line_is_chained AFTER INSERT ON audit_ledgerevent
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION openmash_line_is_chained();
"""
TAKE_AWAY = """
DROP TRIGGER a_line_is_chained ON audit_ledgerevent;
DROP FUNCTION openmash_line_is_chained();
DROP FUNCTION openmash_chain(audit_ledgerevent);
DROP FUNCTION openmash_moment(timestamptz);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerLink',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event', models.BigIntegerField(help_text='The number of the line, which may have gaps')),
                ('epoch', models.PositiveIntegerField(help_text='A new one begins after the database was set back to an earlier time')),
                ('canonical', models.TextField()),
                ('previous', models.BinaryField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='ledgerevent',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='ledger_by_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerevent',
            trigger=pgtrigger.compiler.Trigger(name='ledger_is_never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the ledger is append-only: % is never emptied', TG_TABLE_NAME;", hash='97e891f95575bda7e99116d0cd4b2a3429ecbc22', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_is_never_emptied_82fd7', table='audit_ledgerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerlink',
            trigger=pgtrigger.compiler.Trigger(name='chain_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8a8adf14af31ab018a1a9cbcdf1016eaa08e968', operation='UPDATE OR DELETE', pgid='pgtrigger_chain_is_append_only_a65a3', table='audit_ledgerlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerlink',
            trigger=pgtrigger.compiler.Trigger(name='chain_is_never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the ledger is append-only: % is never emptied', TG_TABLE_NAME;", hash='9c4f51fafb073330b71bba720202b80e78655b67', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_chain_is_never_emptied_91345', table='audit_ledgerlink', when='BEFORE')),
        ),
        migrations.RunSQL(MAKE, TAKE_AWAY),
    ]
