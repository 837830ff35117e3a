import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0003_domestic_abuse'),
        ('agencies', '__first__'),
        ('enquiries', '0003_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kept_as', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('state', models.SlugField(default='mapping')),
                ('because', models.CharField(blank=True, max_length=300)),
                ('total', models.PositiveIntegerField(default=0)),
                ('cursor', models.PositiveIntegerField(default=0, help_text='Rows read so far')),
                ('loaded', models.PositiveIntegerField(default=0)),
                ('repeated', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(help_text='What the force calls its notices', max_length=40)),
                ('columns', models.JSONField(default=dict, help_text='By field: the heading')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'name'), name='a_source_of_notifications_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60)),
                ('content', models.CharField(help_text='SHA-256 of what it says: the same twice is one', max_length=64)),
                ('is_changed', models.BooleanField(default=False, help_text='Another version of this reference was here before')),
                ('happened_on', models.DateField()),
                ('grade', models.SlugField(blank=True)),
                ('what', models.CharField(blank=True, max_length=120)),
                ('words', models.TextField()),
                ('logs', models.CharField(blank=True, help_text='Connected logs', max_length=300)),
                ('address_lines', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('received_at', models.DateTimeField()),
                ('state', models.SlugField(default='waiting')),
                ('risk', models.SlugField(blank=True, help_text="The evaluator's own grade")),
                ('because', models.TextField(blank=True)),
                ('evaluated_at', models.DateTimeField(null=True)),
                ('worker', models.CharField(blank=True, max_length=120)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('is_sampled', models.BooleanField(default=False)),
                ('second_at', models.DateTimeField(null=True)),
                ('second_outcome', models.SlugField(blank=True)),
                ('second_because', models.TextField(blank=True)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('enquiry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notification', to='enquiries.enquiry')),
                ('evaluated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='notifications.file')),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.team')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='notifications.source')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['area', 'received_at'], name='notifications_waiting'), models.Index(fields=['reference'], name='notifications_by_reference'), models.Index(condition=models.Q(('state', 'forwarded')), fields=['team'], name='notifications_forwarded')],
                'constraints': [models.UniqueConstraint(fields=('source', 'reference', 'content'), name='the_same_notification_is_there_once'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'sent', 'forwarded', 'retained'))), name='a_notification_has_a_known_state'), models.CheckConstraint(condition=models.Q(('grade', ''), ('grade__in', ('red', 'amber', 'green')), _connector='OR'), name='a_police_grade_is_a_grade'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), models.Q(('because__gt', ''), ('evaluated_by__isnull', False), ('state', 'retained')), models.Q(('because__gt', ''), ('enquiry__isnull', False), ('evaluated_by__isnull', False), ('state', 'sent')), models.Q(('because__gt', ''), ('evaluated_by__isnull', False), ('state', 'forwarded'), ('team__isnull', False)), _connector='OR'), name='an_evaluated_notification_says_why_and_where')],
            },
        ),
        migrations.AddField(
            model_name='file',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='notifications.source'),
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.SlugField()),
                ('given', models.CharField(blank=True, max_length=100)),
                ('family', models.CharField(blank=True, max_length=100)),
                ('born_on', models.DateField(null=True)),
                ('sex', models.CharField(default='U', max_length=1)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('who', models.CharField(blank=True, help_text='The same for the same person in another notification', max_length=120)),
                ('lead', models.BigIntegerField(null=True)),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='notifications.notification')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('who__gt', '')), fields=['who'], name='subjects_by_who'), models.Index(condition=models.Q(('lead__isnull', False)), fields=['lead'], name='subjects_by_lead')],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('values', models.JSONField(help_text='By heading, as they came')),
                ('problems', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=200)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='notifications.file')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'row'), name='a_row_is_kept_for_repair_once')],
            },
        ),
    ]
