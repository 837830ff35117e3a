import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lines', models.CharField(max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('key', models.CharField(help_text='The same for spellings of one address', max_length=60)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
            ],
            options={
                'verbose_name_plural': 'addresses',
                'indexes': [models.Index(fields=['key'], name='addresses_by_key'), models.Index(fields=['postcode'], name='addresses_by_postcode')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sex', models.CharField(default='U', max_length=1)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('is_birth_date_estimated', models.BooleanField(default=False)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('died_on', models.DateField(blank=True, null=True)),
                ('ethnicity', models.CharField(blank=True, max_length=4)),
                ('language', models.CharField(blank=True, max_length=60)),
                ('needs_interpreter', models.BooleanField(blank=True, null=True)),
                ('religion', models.CharField(blank=True, max_length=60)),
                ('disability', models.CharField(blank=True, max_length=200)),
                ('communication', models.CharField(blank=True, max_length=200)),
                ('nationality', models.CharField(blank=True, max_length=80)),
                ('self_description', models.CharField(blank=True, max_length=80)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('keys_version', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='agencies.area')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'people',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['keys'], name='people_by_key')],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('given', models.CharField(blank=True, max_length=100)),
                ('family', models.CharField(blank=True, max_length=100)),
                ('is_usual', models.BooleanField(default=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Marker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.SlugField()),
                ('team', models.CharField(blank=True, max_length=120)),
                ('worker', models.CharField(blank=True, max_length=120)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='markers', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('says', models.SlugField()),
                ('at', models.DateTimeField()),
                ('why', models.CharField(blank=True, max_length=200)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='a_pair_is_written_smaller_first'), models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('first', 'second'), name='one_live_judgement_a_pair')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.SlugField()),
                ('value', models.CharField(max_length=40)),
                ('verified', models.CharField(default='given by the referrer', max_length=60)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['value', 'kind'], name='identifiers_by_value')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.SlugField(help_text='telephone or email')),
                ('value', models.CharField(max_length=120)),
                ('is_safe', models.BooleanField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['value'], name='contacts_by_value')],
            },
        ),
        migrations.CreateModel(
            name='Professional',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.CharField(max_length=120)),
                ('role', models.CharField(blank=True, max_length=120)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('last_seen', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='professionals', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.SlugField()),
                ('has_parental_responsibility', models.BooleanField(blank=True, null=True)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_from_others', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='nobody_is_their_own_relation')],
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='Who said so, in words', max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='people.address')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
