import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_who_deals_with_it'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField()),
                ('role', models.SlugField(blank=True)),
                ('because', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('is_agreed', models.BooleanField(default=False)),
                ('answered_because', models.CharField(blank=True, max_length=300)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_changes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'role'), ('role__gt', '')), models.Q(('kind', 'factor'), ('role', '')), _connector='OR'), name='a_change_gives_a_role_or_none'), models.CheckConstraint(condition=models.Q(('because__gt', '')), name='a_change_of_access_says_why'), models.CheckConstraint(condition=models.Q(('by', models.F('user')), _negated=True), name='nobody_proposes_their_own_access'), models.CheckConstraint(condition=models.Q(('is_agreed', False), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('by')), _negated=True), models.Q(('answered_by', models.F('user')), _negated=True)), _connector='OR'), name='a_second_person_agrees_to_access'), models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('user', 'kind', 'role', 'area'), name='one_open_change_of_access_of_a_kind')],
            },
        ),
        migrations.AlterField(
            model_name='user',
            name='is_system',
            field=models.BooleanField(default=False, help_text="Nobody: a system, or an agency's e-mails. Never signs in"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='two_people_give_a_role', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF coalesce(current_setting('openmash.user', true), '') <> '' AND NOT EXISTS (\n            SELECT FROM agencies_accesschange\n            WHERE user_id = NEW.user_id AND role = NEW.role AND area_id = NEW.area_id AND is_agreed\n        ) AND NOT EXISTS (SELECT FROM agencies_user WHERE id = NEW.user_id AND is_system) THEN\n            RAISE EXCEPTION 'nobody agreed that user % is given the role %', NEW.user_id, NEW.role;\n        END IF;\n        RETURN NEW;\n    ", hash='0d754d5bf47a73a52e250608855074dbd5104730', operation='INSERT', pgid='pgtrigger_two_people_give_a_role_6ba4c', table='agencies_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='settings_and_cases_apart', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (NEW.until IS NULL OR NEW.until >= current_date) AND EXISTS (\n            SELECT FROM agencies_posting\n            WHERE user_id = NEW.user_id AND id <> NEW.id AND (until IS NULL OR until >= current_date)\n            AND (role = 'system_administrator') <> (NEW.role = 'system_administrator')\n        ) THEN\n            RAISE EXCEPTION 'user % cannot look after settings and work on cases', NEW.user_id;\n        END IF;\n        RETURN NEW;\n    ", hash='621ffd814dd608e78ad87720f320fa5acdb42aab', operation='INSERT OR UPDATE', pgid='pgtrigger_settings_and_cases_apart_91843', table='agencies_posting', when='BEFORE')),
        ),
    ]
