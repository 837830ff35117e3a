import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('enquiries', '0001_initial'),
        ('intelligence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('status', models.SlugField(default='draft')),
                ('purpose', models.SlugField()),
                ('purpose_words', models.TextField()),
                ('why_them', models.TextField()),
                ('lawful_basis', models.SlugField()),
                ('gateway', models.SlugField()),
                ('necessity', models.TextField(help_text='What would fail without it; why this much; why now')),
                ('told_family', models.BooleanField(null=True)),
                ('told_family_words', models.TextField(blank=True)),
                ('conditions', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True, help_text="The hub's own words around the items")),
                ('expires_at', models.DateTimeField()),
                ('body', models.TextField(blank=True, help_text='The exact text that was approved')),
                ('body_hash', models.CharField(blank=True, max_length=64)),
                ('drafted_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('disclosed_at', models.DateTimeField(null=True)),
                ('first_read_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='enquiries.enquiry')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='agencies.team')),
            ],
            options={
                'indexes': [models.Index(fields=['recipient', '-disclosed_at'], name='releases_by_recipient'), models.Index(fields=['enquiry'], name='releases_by_enquiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lawful_basis__gt', ''), ('necessity__gt', ''), ('purpose_words__gt', ''), ('why_them__gt', '')), name='a_release_says_why'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('proposed_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='nobody_approves_their_own_release'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('approved', 'disclosed', 'acknowledged')), _negated=True), models.Q(('approved_by__isnull', False), ('body_hash__gt', '')), _connector='OR'), name='nothing_leaves_unapproved')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.SlugField()),
                ('words', models.TextField(blank=True)),
                ('redactions', models.TextField(blank=True)),
                ('owner_says', models.SlugField(blank=True, default='')),
                ('owner_because', models.TextField(blank=True)),
                ('owner_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intelligence.item')),
                ('owner_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='disclosure.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'item'), name='an_item_once_a_release'), models.CheckConstraint(condition=models.Q(('form', 'full'), ('words__gt', ''), _connector='OR'), name='a_form_of_words_has_words')],
            },
        ),
        migrations.CreateModel(
            name='NoRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_whom', models.CharField(max_length=200)),
                ('because', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='no_releases', to='enquiries.enquiry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('because__gt', '')), name='not_sharing_says_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='only_legal_releases', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{acknowledged:expired,acknowledged:recalled,approved:disclosed,approved:draft,approved:recalled,disclosed:acknowledged,disclosed:expired,disclosed:recalled,draft:proposed,draft:superseded,proposed:approved,proposed:draft,proposed:refused,proposed:returned,proposed:superseded,returned:draft,returned:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a285c174dd9830775b46f7d0034cfdabaf9c89c2', operation='UPDATE', pgid='pgtrigger_only_legal_releases_9e6bc', table='disclosure_release', when='BEFORE')),
        ),
    ]
