import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0008_adult_days'),
        ('agencies', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.SlugField()),
                ('numbers', models.JSONField(default=dict)),
                ('is_on', models.BooleanField(default=True)),
                ('at', models.DateTimeField()),
                ('because', models.TextField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'report'), name='an_area_sets_a_report_once')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.SlugField()),
                ('key', models.CharField(help_text='One alert of one thing on one day', max_length=120)),
                ('says', models.CharField(max_length=300)),
                ('person', models.BigIntegerField(help_text='Whose ledger shows more', null=True)),
                ('enquiry', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('outcome', models.SlugField(blank=True)),
                ('because', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(help_text='Whom it is about', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['area', '-at'], name='alerts_open')],
                'constraints': [models.UniqueConstraint(fields=('area', 'report', 'key'), name='an_alert_is_raised_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('outcome', '')), models.Q(('because__gt', ''), ('closed_at__isnull', False), ('closed_by__isnull', False), ('outcome__in', ('work', 'spoken_to', 'taken_further', 'mended', 'numbers'))), _connector='OR'), name='a_closed_alert_says_what_it_was'), models.CheckConstraint(condition=models.Q(('closed_by', None), ('user', None), models.Q(('closed_by', models.F('user')), _negated=True), _connector='OR'), name='nobody_closes_an_alert_about_themselves')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alert',
            trigger=pgtrigger.compiler.Trigger(name='a_closed_alert_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."outcome" > \'\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='248eaca3cd0d2cf4bd1b0cb8266a3f98dea89781', operation='UPDATE', pgid='pgtrigger_a_closed_alert_stays_43574', table='oversight_alert', when='BEFORE')),
        ),
    ]
