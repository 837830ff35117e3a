import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_letters_given_up'),
        ('agencies', '__first__'),
        ('enquiries', '0003_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='MissingFamily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='Person records', size=None)),
                ('because', models.TextField()),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missing', to='enquiries.enquiry')),
            ],
            options={
                'verbose_name_plural': 'missing families',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('enquiry',), name='an_enquiry_looks_for_a_family_once'), models.CheckConstraint(condition=models.Q(('because__gt', ''), ('people__len__gt', 0)), name='a_missing_family_is_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='One sighting of a family in one place', max_length=60)),
                ('because', models.CharField(help_text='What agrees, in words', max_length=300)),
                ('at', models.DateTimeField()),
                ('answer', models.SlugField(blank=True, help_text='them or others; empty until somebody has looked')),
                ('answered_at', models.DateTimeField(null=True)),
                ('words', models.TextField(blank=True)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(help_text='Where it was', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('enquiry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='enquiries.enquiry')),
                ('missing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='lookout.missingfamily')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('missing', 'key'), name='a_place_is_a_sighting_once'), models.CheckConstraint(condition=models.Q(('enquiry__isnull', False), ('agency__isnull', False), _connector='OR'), name='a_sighting_is_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='Elsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(help_text='Whose hub may know them', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere', to='enquiries.enquiry')),
            ],
            options={
                'verbose_name_plural': 'elsewhere',
                'constraints': [models.UniqueConstraint(fields=('enquiry', 'area'), name='another_area_is_named_once')],
            },
        ),
    ]
