import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='is_system',
            field=models.BooleanField(default=False, help_text='A system of the agency: never signs in, gets no e-mail'),
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), size=None)),
                ('digest', models.CharField(help_text='SHA-256 of the token', max_length=64, unique=True)),
                ('begins', models.CharField(help_text='Its first letters, to tell one from another', max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('counted_from', models.DateTimeField(help_text='Since when the calls of this minute are counted', null=True)),
                ('calls', models.PositiveIntegerField(default=0, help_text='In the minute that is counted')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.area')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('scopes', []), _negated=True), name='a_token_is_for_something'), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('revoked_by__isnull', False), _connector='OR'), name='somebody_revokes_a_token')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('what', models.SlugField()),
                ('hash', models.CharField(help_text='SHA-256 of what was sent', max_length=64)),
                ('body', models.JSONField(null=True)),
                ('received_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('answer', models.JSONField(null=True)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='agencies.token')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['received_at'], name='deliveries_waiting')],
                'constraints': [models.UniqueConstraint(fields=('token', 'key'), name='a_key_is_used_once_a_token'), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', False), ('done_at', None)), models.Q(('body', None), ('done_at__isnull', False)), _connector='OR'), name='what_waits_is_kept_and_what_is_done_is_not')],
            },
        ),
    ]
