import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_letters_given_up'),
        ('agencies', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sends_events', models.BooleanField(default=False)),
                ('agreed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='agencies.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='agencies.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'area'), name='one_feed_an_agency_and_area')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.SlugField(db_index=False)),
                ('number', models.CharField(help_text="The agency's own number for the person", max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('happened_on', models.DateField()),
                ('happened_until', models.DateField(null=True)),
                ('kind', models.SlugField(db_index=False)),
                ('words', models.TextField()),
                ('sensitivity', models.CharField(default='G', max_length=1)),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='happenings', to='feeds.feed')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('feed', 'number', 'format', 'key'), name='one_event_a_key'), models.CheckConstraint(condition=models.Q(('words__gt', '')), name='an_event_says_something'), models.CheckConstraint(condition=models.Q(('sensitivity__in', ('G', 'S', 'X'))), name='an_event_is_graded')],
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('kept_as', models.CharField(help_text="The file's name in the folder of files that are being read", max_length=80)),
                ('sha256', models.CharField(max_length=64)),
                ('format', models.SlugField()),
                ('is_full', models.BooleanField(default=False)),
                ('may_withdraw_many', models.BooleanField(default=False)),
                ('state', models.SlugField(default='waiting')),
                ('because', models.CharField(blank=True, help_text='Why the file is not loaded', max_length=400)),
                ('total', models.PositiveIntegerField(default=0)),
                ('cursor', models.PositiveIntegerField(default=0)),
                ('read', models.PositiveIntegerField(default=0)),
                ('added', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('withdrawn', models.PositiveIntegerField(default=0)),
                ('events', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('received_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loads', to='feeds.feed')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['feed', '-id'], name='loads_by_feed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'loading', 'done', 'broken'))), name='a_load_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'broken'), _negated=True), ('because__gt', ''), _connector='OR'), name='a_broken_file_says_why'), models.UniqueConstraint(condition=models.Q(('state', 'loading')), fields=('feed',), name='one_file_of_a_feed_is_read_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.SlugField(db_index=False)),
                ('number', models.CharField(help_text="The agency's own number", max_length=60)),
                ('given', models.CharField(blank=True, max_length=100)),
                ('family', models.CharField(blank=True, max_length=100)),
                ('other_names', models.CharField(blank=True, max_length=200)),
                ('sex', models.CharField(default='U', max_length=1)),
                ('born_on', models.DateField(null=True)),
                ('died_on', models.DateField(null=True)),
                ('is_deceased', models.BooleanField(default=False)),
                ('address_lines', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=120)),
                ('identifiers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='As nhs:9434765919', size=None)),
                ('is_open', models.BooleanField(null=True)),
                ('status', models.CharField(blank=True, max_length=60)),
                ('team', models.CharField(blank=True, max_length=120)),
                ('worker', models.CharField(blank=True, max_length=120)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('is_sensitive', models.BooleanField(default=False, help_text='Nobody may learn where they are')),
                ('superseded', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='Earlier numbers', size=None)),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='feeds.feed')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('feed', 'number', 'format'), name='one_record_a_number_and_format'), models.CheckConstraint(condition=models.Q(('number__gt', '')), name='a_record_has_its_number'), models.CheckConstraint(condition=models.Q(('is_sensitive', False), models.Q(('address_lines', ''), ('email', ''), ('postcode', ''), ('team', ''), ('telephone', ''), ('worker', '')), _connector='OR'), name='a_sensitive_record_says_nothing_of_where')],
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('is_whole_row', models.BooleanField()),
                ('because', models.CharField(max_length=400)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='feeds.load')),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'row'], name='refusals_by_row')],
            },
        ),
    ]
