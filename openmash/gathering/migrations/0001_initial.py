import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('enquiries', '0001_initial'),
        ('triage', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('proportionate_because', models.TextField()),
                ('wording', models.TextField(help_text='What was sent, as it was sent')),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='The people whom the agency is asked about', size=None)),
                ('overridden_because', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('chased', models.PositiveSmallIntegerField(default=0)),
                ('chased_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='agencies.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('basis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='triage.basis')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='enquiries.enquiry')),
                ('overridden_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=['agency', 'due_at'], name='requests_open_by_agency'), models.Index(fields=['enquiry'], name='requests_by_enquiry')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=('enquiry', 'agency'), name='one_open_request_an_agency'), models.CheckConstraint(condition=models.Q(('proportionate_because__gt', '')), name='a_request_is_proportionate'), models.CheckConstraint(condition=models.Q(('wording__gt', '')), name='a_request_says_what_is_asked'), models.CheckConstraint(condition=models.Q(('overridden_by', None), ('overridden_because__gt', ''), _connector='OR'), name='an_override_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, help_text='The items of this answer carry it', unique=True)),
                ('is_nothing_known', models.BooleanField(default=False)),
                ('rating', models.SlugField(blank=True, help_text="The agency's own")),
                ('is_late', models.BooleanField(default=False, help_text='It came after the decision')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='enquiries.enquiry')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='gathering.request')),
            ],
        ),
        migrations.CreateModel(
            name='SystemCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.SlugField()),
                ('name', models.CharField(max_length=120)),
                ('result', models.SlugField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='gathering.answer')),
            ],
        ),
        migrations.CreateModel(
            name='RatingAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_rating', models.SlugField()),
                ('enquiry_rating', models.SlugField()),
                ('raised_at', models.DateTimeField()),
                ('did', models.SlugField(blank=True, help_text='rerated or declined')),
                ('because', models.TextField(blank=True)),
                ('at', models.DateTimeField(null=True)),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_alert', to='gathering.answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rating_alerts', to='enquiries.enquiry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('did', ''), ('because__gt', ''), _connector='OR'), name='an_alert_is_met_with_a_reason')],
            },
        ),
    ]
