import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('disclosure', '0001_initial'),
        ('enquiries', '0003_drafts'),
        ('intelligence', '0002_row_level_security'),
        ('people', '0002_amendment'),
    ]

    operations = [
        migrations.CreateModel(
            name='Justified',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.TextField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='justified', to='disclosure.release')),
            ],
            options={
                'verbose_name_plural': 'justified',
                'constraints': [models.UniqueConstraint(fields=('release', 'person'), name='a_person_is_justified_once'), models.CheckConstraint(condition=models.Q(('because__gt', '')), name='naming_somebody_else_says_why')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='release',
            name='only_legal_releases',
        ),
        migrations.RemoveConstraint(
            model_name='release',
            name='a_release_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='release',
            name='nobody_approves_their_own_release',
        ),
        migrations.RemoveConstraint(
            model_name='releaseitem',
            name='a_form_of_words_has_words',
        ),
        migrations.AddField(
            model_name='release',
            name='hands',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='Everyone who drafted, changed or worded it', size=None),
        ),
        migrations.AddField(
            model_name='release',
            name='recall_heeded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='contributed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='handling',
            field=models.CharField(default='', max_length=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='known_how',
            field=models.CharField(default='', max_length=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='overridden_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='overridden_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='overridden_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='redacted_because',
            field=models.SlugField(blank=True),
        ),
        migrations.AddField(
            model_name='releaseitem',
            name='sensitivity',
            field=models.CharField(default='', max_length=1),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='release',
            name='body',
            field=models.TextField(blank=True, help_text='The exact text that was proposed, and approved'),
        ),
        migrations.AlterField(
            model_name='release',
            name='ended_because',
            field=models.TextField(blank=True, help_text='Why it was sent back, refused, put aside or recalled'),
        ),
        migrations.AlterField(
            model_name='releaseitem',
            name='redactions',
            field=models.TextField(blank=True, help_text='The words to leave out, one phrase on a line'),
        ),
        migrations.AlterField(
            model_name='releaseitem',
            name='words',
            field=models.TextField(blank=True, help_text="The owner's own, where it leaves in those"),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(condition=models.Q(('status__in', ('disclosed', 'acknowledged'))), fields=['expires_at'], name='releases_out'),
        ),
        migrations.AddIndex(
            model_name='releaseitem',
            index=models.Index(condition=models.Q(('owner_says', '')), fields=['agency'], name='release_items_owner_to_say'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='only_legal_releases', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{acknowledged:expired,acknowledged:recalled,approved:disclosed,disclosed:acknowledged,disclosed:expired,disclosed:recalled,draft:proposed,draft:superseded,proposed:approved,proposed:draft,proposed:refused,proposed:returned,proposed:superseded,returned:draft,returned:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f03ade68b4a67e981dfc89affebdd0abcbbceab0', operation='UPDATE', pgid='pgtrigger_only_legal_releases_9e6bc', table='disclosure_release', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='what_was_proposed_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.status <> 'draft' AND NEW.status <> 'draft' AND ROW(OLD.enquiry_id, OLD.recipient_id, OLD.team_id, OLD.purpose, OLD.purpose_words, OLD.why_them, OLD.lawful_basis, OLD.gateway, OLD.necessity, OLD.told_family, OLD.told_family_words, OLD.conditions, OLD.summary, OLD.expires_at, OLD.body, OLD.body_hash) IS DISTINCT FROM ROW(NEW.enquiry_id, NEW.recipient_id, NEW.team_id, NEW.purpose, NEW.purpose_words, NEW.why_them, NEW.lawful_basis, NEW.gateway, NEW.necessity, NEW.told_family, NEW.told_family_words, NEW.conditions, NEW.summary, NEW.expires_at, NEW.body, NEW.body_hash))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='466c1611125b5d1261ec2a341f6dd074833d484a', operation='UPDATE', pgid='pgtrigger_what_was_proposed_stays_e1bb6', table='disclosure_release', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='nobody_approves_what_they_had_a_hand_in', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.approved_by_id IS NOT NULL)', func="\n        IF NEW.approved_by_id = ANY (NEW.hands) OR NEW.approved_by_id = NEW.recipient_id OR EXISTS (\n            SELECT FROM disclosure_releaseitem item\n            WHERE item.release_id = NEW.id AND item.contributed_by_id = NEW.approved_by_id\n        ) THEN RAISE EXCEPTION 'nobody approves a release that they had a hand in'; END IF;\n        RETURN NEW;\n    ", hash='fa524845913e71278d6b22c0cf4549c5bbe1c2b5', operation='INSERT OR UPDATE', pgid='pgtrigger_nobody_approves_what_they_had_a_hand_in_0c7dc', table='disclosure_release', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='silence_is_not_consent', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status = 'approved')", func="\n        IF EXISTS (\n            SELECT FROM disclosure_releaseitem item\n            WHERE item.release_id = NEW.id AND item.owner_says IN ('', 'refused') AND item.overridden_by_id IS NULL\n        ) THEN RAISE EXCEPTION 'an owner has not consented'; END IF;\n        RETURN NEW;\n    ", hash='879a01f0362114c989b8257f3004fd72ea96e43d', operation='INSERT OR UPDATE', pgid='pgtrigger_silence_is_not_consent_33626', table='disclosure_release', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='releaseitem',
            trigger=pgtrigger.compiler.Trigger(name='only_a_draft_changes_its_items', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM disclosure_release WHERE id IN (NEW.release_id, OLD.release_id) AND status <> 'draft')\n    THEN RAISE EXCEPTION 'only a draft is changed'; END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='e11c8dc0959487c8a64614d5d0cc52900181f31e', operation='INSERT OR DELETE OR UPDATE OF "release_id", "item_id", "form", "words", "redactions", "redacted_because", "contributed_by_id"', pgid='pgtrigger_only_a_draft_changes_its_items_40cf3', table='disclosure_releaseitem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('gateway__gt', ''), ('lawful_basis__gt', ''), ('necessity__gt', ''), ('purpose_words__gt', ''), ('why_them__gt', '')), name='a_release_says_why'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('told_family', True), ('told_family_words__gt', ''), _connector='OR'), name='a_release_says_why_the_family_is_not_told'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('proposed_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True), models.Q(('approved_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='nobody_approves_their_own_release'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ('full', 'words'))), name='an_item_leaves_in_a_known_form'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner_says', 'granted'), _negated=True), ('form', 'full'), ('words__gt', ''), _connector='OR'), name='a_form_of_words_has_words'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('sensitivity__in', ('G', 'S')), models.Q(('form', 'words'), ('sensitivity', 'X')), _connector='OR'), name='locked_stays_and_sealed_leaves_in_its_owners_words'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('known_how', 'E'), _negated=True), name='what_is_suspected_false_stays'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('redactions', ''), ('redacted_because__gt', ''), _connector='OR'), name='words_left_out_have_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner_says', 'not_needed'), _negated=True), models.Q(('form', 'full'), ('handling', 'P'), ('sensitivity', 'G')), _connector='OR'), name='an_owner_is_asked_where_asking_is_needed'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('owner_says__in', ('', 'not_needed')), ('owner_by__isnull', False), _connector='OR'), name='an_owners_answer_has_an_author'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner_says', 'refused'), _negated=True), ('owner_because__gt', ''), _connector='OR'), name='an_owners_refusal_says_why'),
        ),
        migrations.AddConstraint(
            model_name='releaseitem',
            constraint=models.CheckConstraint(condition=models.Q(('overridden_by', None), models.Q(('form', 'full'), ('overridden_because__gt', '')), _connector='OR'), name='overriding_an_owner_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='justified',
            trigger=pgtrigger.compiler.Trigger(name='only_a_draft_names_others', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM disclosure_release WHERE id IN (NEW.release_id, OLD.release_id) AND status <> 'draft')\n    THEN RAISE EXCEPTION 'only a draft is changed'; END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='9ce14d84dc2a28bb3d56567517b9c3e7c11ab456', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_a_draft_names_others_ea054', table='disclosure_justified', when='BEFORE')),
        ),
    ]
