import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('enquiries', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='About',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.UUIDField(help_text='The answer that it came with', null=True)),
                ('kind', models.SlugField(default='other')),
                ('words', models.TextField()),
                ('happened_on', models.DateField(null=True)),
                ('happened_until', models.DateField(null=True)),
                ('nature', models.SlugField()),
                ('dependable', models.CharField(max_length=1)),
                ('known_how', models.CharField(max_length=1)),
                ('handling', models.CharField(default='P', max_length=1)),
                ('conditions', models.TextField(blank=True)),
                ('sensitivity', models.CharField(default='G', max_length=1)),
                ('rating', models.SlugField(blank=True)),
                ('own_reference', models.CharField(blank=True, help_text="The agency's own record number", max_length=60)),
                ('named', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='For a locked item: the only users who see it', size=None)),
                ('deposited_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='agencies.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('deposited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='enquiries.enquiry')),
                ('people', models.ManyToManyField(related_name='items', through='intelligence.About', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['enquiry', 'agency'], name='items_by_enquiry'), models.Index(fields=['answer'], name='items_by_answer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words__gt', '')), name='an_item_says_something'), models.CheckConstraint(condition=models.Q(('sensitivity__in', ('G', 'S', 'X', 'L'))), name='an_item_is_graded'), models.CheckConstraint(condition=models.Q(('dependable__in', ('1', '2', '3'))), name='an_items_source_is_evaluated'), models.CheckConstraint(condition=models.Q(('known_how__in', ('A', 'B', 'C', 'D', 'E'))), name='an_items_information_is_assessed'), models.CheckConstraint(condition=models.Q(('handling', 'P'), ('conditions__gt', ''), _connector='OR'), name='conditions_are_said'), models.CheckConstraint(condition=models.Q(models.Q(('sensitivity', 'L'), _negated=True), ('named__len__gt', 0), _connector='OR'), name='a_locked_item_names_who_sees_it')],
            },
        ),
        migrations.AddField(
            model_name='about',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='about', to='intelligence.item'),
        ),
        migrations.AddConstraint(
            model_name='about',
            constraint=models.UniqueConstraint(fields=('item', 'person'), name='an_item_is_about_a_person_once'),
        ),
    ]
