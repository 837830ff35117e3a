import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """An agreement covers several areas, has versions, and says what may be shared; a signature says in which office."""

    dependencies = [
        ("agencies", "0012_nobody_signs_in"),
    ]

    operations = [
        migrations.AddField("agreement", "areas", models.ManyToManyField("agencies.area", related_name="+")),
        migrations.RunSQL(
            "INSERT INTO agencies_agreement_areas (agreement_id, area_id) SELECT id, area_id FROM agencies_agreement;"
            "SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("agreement", "area"),
        migrations.AlterField("agreement", "areas", models.ManyToManyField("agencies.area", related_name="agreements")),
        migrations.RenameField("agreement", "ended_on", "counts_until"),
        migrations.AlterField(
            "agreement",
            "counts_until",
            models.DateField(help_text="The last day on which its signatures count", null=True),
        ),
        migrations.AddField(
            "agreement",
            "follows",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="agencies.agreement",
            ),
        ),
        migrations.AddField(
            "agreement",
            "shares",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(), default=list, help_text="Keys of `SHARES`", size=None
            ),
        ),
        migrations.AddField(
            "agreement",
            "lawful_bases",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(), default=list, help_text="Keys of `BASES`", size=None
            ),
        ),
        migrations.AddField(
            "agreement",
            "kept_at",
            models.CharField(blank=True, default="", help_text="Where the signed document is", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField("agreement", "reviewed_on", models.DateField(null=True)),
        migrations.RenameField("signature", "withdrawn_on", "ended_on"),
        migrations.AlterField(
            "signature",
            "ended_on",
            models.DateField(help_text="From this day on it does not count", null=True),
        ),
        migrations.AddField(
            "signature",
            "role",
            models.CharField(blank=True, default="", help_text="In which office they signed", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            "signature",
            "ended_because",
            models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "SharingOverride",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(help_text="The last day")),
                ("because", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sharing_overrides", to="agencies.agency"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.area"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                condition=Q(review_on__gt=F("in_force_from")), name="an_agreement_is_reviewed_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=["agreement", "agency"], condition=Q(ended_on=None), name="an_agency_signs_a_version_once"
            ),
        ),
        migrations.AddConstraint(
            "sharingoverride",
            models.CheckConstraint(condition=Q(because__gt=""), name="a_sharing_override_says_why"),
        ),
    ]
