import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0005_addresses'),
        ('agencies', '__first__'),
        ('gathering', '0003_drafts_are_their_writers'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailboxLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('looked_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('problem_since', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('way', models.SlugField()),
                ('kind', models.SlugField()),
                ('received_at', models.DateTimeField()),
                ('fingerprint', models.CharField(help_text='Of its bytes: the same e-mail comes in once', max_length=64, unique=True)),
                ('sender', models.EmailField(blank=True, max_length=254)),
                ('problems', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), default=list, size=None)),
                ('is_sealed', models.BooleanField(default=False, help_text='It says that it is sealed: for practice managers')),
                ('state', models.SlugField(default='waiting')),
                ('because', models.TextField(blank=True)),
                ('at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(help_text='Whose address it is', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='gathering.answer')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='gathering.request')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['received_at'], name='replies_waiting'), models.Index(fields=['request'], name='replies_by_request')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'taken', 'aside', 'filed'))), name='a_reply_has_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'aside'), _negated=True), models.Q(('because__gt', ''), ('by__isnull', False)), _connector='OR'), name='a_reply_is_put_aside_because'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), ('answer__isnull', False), _connector='OR'), name='a_taken_reply_answers')],
            },
        ),
        migrations.CreateModel(
            name='Original',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raw', models.BinaryField()),
                ('content', models.CharField(blank=True, help_text='Fingerprint of the answer, to know a repetition', max_length=64)),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='original', to='post.reply')),
            ],
        ),
        migrations.CreateModel(
            name='Enclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared_type', models.CharField(max_length=120)),
                ('real_type', models.CharField(blank=True, help_text='By its first bytes; empty when not known', max_length=120)),
                ('size', models.PositiveIntegerField()),
                ('held_because', models.CharField(blank=True, help_text='Empty once it may be opened', max_length=200)),
                ('scanned_at', models.DateTimeField(null=True)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enclosures', to='post.reply')),
            ],
        ),
        migrations.CreateModel(
            name='Enclosed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('data', models.BinaryField()),
                ('enclosure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='enclosed', to='post.enclosure')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='post.reply')),
            ],
            options={
                'verbose_name_plural': 'enclosed',
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField()),
                ('code', models.CharField(help_text='Finds the request when the reply comes; nobody can guess it', max_length=11)),
                ('message_id', models.CharField(max_length=120, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=160)),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('try_at', models.DateTimeField(help_text='When it is tried next; none once it is sent or given up', null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('last_problem', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(help_text='Refused for good, given up, or come back', null=True)),
                ('telephone_since', models.DateTimeField(help_text='Since when somebody is asked to telephone instead', null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='gathering.request')),
            ],
            options={
                'verbose_name_plural': 'dispatches',
                'indexes': [models.Index(condition=models.Q(('try_at__isnull', False)), fields=['try_at'], name='dispatches_to_send'), models.Index(fields=['code'], name='dispatches_by_code'), models.Index(condition=models.Q(('failed_at__isnull', False)), fields=['failed_at'], name='dispatches_failed')],
            },
        ),
    ]
