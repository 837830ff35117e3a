"""A token opens nothing until a second person has agreed to it; those of before are agreed by nobody named."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

AGREED_BEFORE = "UPDATE agencies_token SET agreed_at = issued_at"
MAKE = """
CREATE OR REPLACE FUNCTION openmash_use_token(shown text, at timestamptz) RETURNS SETOF agencies_token LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE agencies_token SET
    last_used_at = at,
    calls = CASE WHEN counted_from > at - interval '1 minute' THEN calls + 1 ELSE 1 END,
    counted_from = CASE WHEN counted_from > at - interval '1 minute' THEN counted_from ELSE at END
  WHERE digest = shown AND agreed_at IS NOT NULL AND revoked_at IS NULL AND expires_at > at
  RETURNING *
$$;
"""
UNDO = MAKE.replace(" AND agreed_at IS NOT NULL", "")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0016_who_left_keeps_nothing'),
    ]

    operations = [
        migrations.AddField(
            model_name='token',
            name='agreed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='token',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='token',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team'),
        ),
        migrations.RunSQL(AGREED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE, UNDO),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='whoever_agrees_to_a_token_asks', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."agreed_at" IS NOT NULL)', func="\n        IF OLD.agreed_at IS NULL AND NEW.agreed_by_id IS DISTINCT FROM openmash_user() THEN\n            RAISE EXCEPTION 'nobody agrees to a token in the name of another';\n        END IF;\n        RETURN NEW;\n    ", hash='c5f6478e66c910ea97e3216f08fcdc09fd40110a', operation='INSERT OR UPDATE', pgid='pgtrigger_whoever_agrees_to_a_token_asks_478ac', table='agencies_token', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='a_token_stays_as_issued', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0c42a3b3129fc0e392914f90292dfcad225096b0', operation='UPDATE', pgid='pgtrigger_a_token_stays_as_issued_ce767', table='agencies_token', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(models.Q(('agreed_by', models.F('issued_by')), _negated=True), models.Q(('agreed_by', models.F('user')), _negated=True)), _connector='OR'), name='a_second_person_agrees_to_a_token'),
        ),
    ]
