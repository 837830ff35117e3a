import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('enquiries', '0001_initial'),
        ('gathering', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Continuation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no_immediate_risk_because', models.TextField()),
                ('next_step', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='continuations', to='enquiries.enquiry')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('is_safeguarding_concern', models.BooleanField(null=True)),
                ('level', models.PositiveSmallIntegerField(null=True)),
                ('facts', models.TextField(blank=True)),
                ('analysis', models.TextField(blank=True)),
                ('contrary', models.TextField(blank=True, help_text='What points the other way')),
                ('rationale', models.TextField(blank=True)),
                ('not_known', models.TextField(blank=True, help_text="What was not known, in the decision-maker's words")),
                ('for_referrer', models.TextField(blank=True)),
                ('for_child', models.TextField(blank=True)),
                ('is_direct', models.BooleanField(default=False, help_text='Without research')),
                ('direct_because', models.SlugField(blank=True)),
                ('early_or_late_because', models.TextField(blank=True)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='enquiries.enquiry')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enquiry', 'number'), name='decisions_are_numbered'), models.UniqueConstraint(condition=models.Q(('signed_at', None)), fields=('enquiry',), name='one_unsigned_decision_an_enquiry'), models.CheckConstraint(condition=models.Q(('signed_at', None), models.Q(('is_safeguarding_concern__isnull', False), ('level__isnull', False), ('not_known__gt', ''), ('rationale__gt', ''), ('signed_by__isnull', False)), _connector='OR'), name='a_decision_is_not_signed_empty')],
            },
        ),
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('says', models.SlugField()),
                ('because', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice', to='decisions.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'agency'), name='an_agency_advises_once'), models.CheckConstraint(condition=models.Q(models.Q(('says', 'disagrees'), _negated=True), ('because__gt', ''), _connector='OR'), name='dissent_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=60)),
                ('point', models.CharField(blank=True, max_length=300)),
                ('is_contrary', models.BooleanField(default=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='decisions.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'line'), name='a_line_is_pinned_once')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.SlugField(help_text='email, telephone, letter or withheld')),
                ('words', models.TextField(blank=True)),
                ('withheld_because', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='enquiries.enquiry')),
            ],
            options={
                'verbose_name_plural': 'feedback',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('how', 'withheld'), ('withheld_because__gt', '')), models.Q(models.Q(('how', 'withheld'), _negated=True), ('words__gt', '')), _connector='OR'), name='feedback_is_given_or_withheld_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LateAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField()),
                ('did', models.SlugField(blank=True, help_text='stands or reopened')),
                ('because', models.TextField(blank=True)),
                ('at', models.DateTimeField(null=True)),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='late_answer', to='gathering.answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_answers', to='decisions.decision')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_answers', to='enquiries.enquiry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('did', ''), models.Q(('because__gt', ''), ('by__isnull', False)), _connector='OR'), name='a_late_answer_is_met_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='NotKnown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('says', models.CharField(max_length=300)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='decisions.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField()),
                ('what', models.TextField(help_text='What is asked of the owner')),
                ('within', models.CharField(blank=True, max_length=60)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='decisions.decision')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='agencies.team')),
            ],
        ),
    ]
