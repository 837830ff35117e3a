import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import openmash.agencies.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('return_key', models.SlugField(blank=True, help_text="The agency's form on the shelf of returns")),
                ('mode', models.SlugField(default='virtual')),
                ('source_code', models.CharField(blank=True, help_text='Department for Education source of a contact', max_length=3)),
                ('opens', models.TimeField(default=datetime.time(9, 0))),
                ('closes', models.TimeField(default=datetime.time(17, 0))),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=openmash.agencies.models._weekdays, size=None)),
                ('joined_on', models.DateField(null=True)),
                ('left_on', models.DateField(null=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('letters', models.CharField(help_text='The first letters of a reference', max_length=4, unique=True)),
                ('authority_code', models.CharField(max_length=10)),
                ('hub_name', models.CharField(max_length=80)),
                ('word_for_enquiry', models.CharField(default='enquiry', max_length=40)),
                ('telephone', models.CharField(max_length=30)),
                ('out_of_hours', models.CharField(max_length=30)),
                ('opens', models.TimeField(default=datetime.time(9, 0))),
                ('closes', models.TimeField(default=datetime.time(17, 0))),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=openmash.agencies.models._weekdays, size=None)),
                ('urgent_triage_hours', models.DecimalField(decimal_places=1, default=1, max_digits=4)),
                ('triage_hours', models.DecimalField(decimal_places=1, default=4, max_digits=4)),
                ('red_hours', models.DecimalField(decimal_places=1, default=4, max_digits=4)),
                ('amber_days', models.PositiveSmallIntegerField(default=1)),
                ('green_days', models.PositiveSmallIntegerField(default=3)),
                ('live_since', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=30)),
                ('is_qualified_social_worker', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('wants_digest', models.BooleanField(default=False, help_text='One e-mail a day instead of one for each thing')),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='users', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_user_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('version', models.CharField(max_length=20)),
                ('in_force_from', models.DateField()),
                ('review_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='agencies.area')),
            ],
        ),
        migrations.AddField(
            model_name='agency',
            name='areas',
            field=models.ManyToManyField(related_name='agencies', to='agencies.area'),
        ),
        migrations.CreateModel(
            name='ClosureDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('why', models.CharField(max_length=120)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closure_days', to='agencies.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'day'), name='one_closure_a_day_and_area')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254)),
                ('about', models.CharField(help_text='The reference', max_length=60)),
                ('subject', models.CharField(max_length=160)),
                ('line', models.CharField(max_length=300)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(help_text='Makes one letter of one reason, however often asked', max_length=120, unique=True)),
                ('waits_for_digest', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('last_problem', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['written_at'], name='letters_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Locality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('name', models.CharField(max_length=80)),
                ('postcode_districts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='localities', to='agencies.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'key'), name='one_locality_key_an_area')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_by', models.CharField(max_length=120)),
                ('signed_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agencies.agency')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agencies.agreement')),
            ],
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('takes', models.CharField(help_text='What the team takes on', max_length=200)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='agencies.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='agencies.area')),
                ('locality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='agencies.locality')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.SlugField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='agencies.area')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='agencies.team')),
            ],
        ),
    ]
