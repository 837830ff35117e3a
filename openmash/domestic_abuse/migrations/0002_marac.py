import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_adult_days'),
        ('agencies', '__first__'),
        ('domestic_abuse', '0001_initial'),
        ('enquiries', '0007_who_sees'),
    ]

    operations = [
        migrations.CreateModel(
            name='MaracReferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_referred', models.BooleanField()),
                ('criteria', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), default=list, help_text='Those on which it was referred', size=None)),
                ('because', models.TextField()),
                ('victim_knows', models.SlugField(blank=True)),
                ('without_agreement_because', models.TextField(blank=True)),
                ('safe_contact', models.CharField(blank=True, help_text='How to reach the person who is harmed', max_length=300)),
                ('referred_on', models.DateField(null=True)),
                ('meets_on', models.DateField(help_text='When it is to be heard', null=True)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marac_referrals', to='enquiries.enquiry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('because__gt', '')), name='referring_to_marac_or_not_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('criteria', []), ('is_referred', False), ('referred_on', None)), models.Q(('criteria__len__gt', 0), ('is_referred', True), ('referred_on__isnull', False), ('victim_knows__in', ('agrees', 'objects', 'not_told'))), _connector='OR'), name='a_marac_referral_has_its_day_and_criteria')],
            },
        ),
        migrations.CreateModel(
            name='MaracMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('met_on', models.DateField()),
                ('decided', models.TextField()),
                ('told', models.TextField(help_text='Who was told what was decided, and by whom')),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='Whom it was about, by their records', size=None)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='domestic_abuse.maracreferral')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decided__gt', ''), ('people__len__gt', 0), ('told__gt', '')), name='a_marac_meeting_says_what_and_of_whom')],
            },
        ),
        migrations.CreateModel(
            name='MaracAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=500)),
                ('owner', models.CharField(blank=True, help_text='Who there, as it was said', max_length=160)),
                ('due_on', models.DateField(null=True)),
                ('agency', models.ForeignKey(help_text='Whose it is to do', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='domestic_abuse.maracmeeting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('what__gt', '')), name='a_marac_action_says_what')],
            },
        ),
        migrations.AddConstraint(
            model_name='maracreferral',
            constraint=models.CheckConstraint(condition=models.Q(('victim_knows__in', ('', 'agrees')), ('without_agreement_because__gt', ''), _connector='OR'), name='marac_without_the_victims_agreement_says_why'),
        ),
    ]
