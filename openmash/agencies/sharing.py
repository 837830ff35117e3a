"""Information sharing agreements, version by version: what each covers, who has signed, and what was overridden.

The models are named by `agencies.models`, which is where Django looks for them. Source: M131; seed 003.
"""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

# What an agreement lets agencies share.
SHARES = {
    "who": "Who people are: names, dates of birth, addresses, telephone and service numbers",
    "family": "Who is related to whom, and who lives together",
    "concerns": "What somebody is worried about, and why",
    "history": "Earlier contacts, services and plans",
    "health": "Physical and mental health, substance use and disability",
    "beliefs": "Ethnicity, language and religion",
    "crime": "Allegations, convictions and intelligence about crime",
    "education": "School, attendance and special needs",
    "means": "Housing, money and immigration",
    "decisions": "What was decided, and what came of it",
}
BASES = {
    "public_task": "Public task: UK GDPR Article 6(1)(e)",
    "legal_obligation": "Legal obligation: UK GDPR Article 6(1)(c)",
    "vital_interests": "Vital interests: UK GDPR Article 6(1)(d)",
    "public_interest": "Substantial public interest, safeguarding: UK GDPR Article 9(2)(g)",
    "social_care": "Health or social care: UK GDPR Article 9(2)(h)",
    "law_enforcement": "Law enforcement: Data Protection Act 2018 Part 3",
}


class Agreement(models.Model):
    """One version of an information sharing agreement. The next one `follows` it, and says until when it counts."""

    title = models.CharField(max_length=160)
    version = models.CharField(max_length=20)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    areas = models.ManyToManyField("agencies.Area", related_name="agreements")
    shares = ArrayField(models.SlugField(), default=list, help_text="Keys of `SHARES`")
    lawful_bases = ArrayField(models.SlugField(), default=list, help_text="Keys of `BASES`")
    kept_at = models.CharField(max_length=300, blank=True, help_text="Where the signed document is")
    in_force_from = models.DateField()
    review_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    counts_until = models.DateField(null=True, help_text="The last day on which its signatures count")

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(review_on__gt=F("in_force_from")), name="an_agreement_is_reviewed_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Signature(models.Model):
    """An agency's signature on an agreement. Without a live one it is sent no personal data."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="signatures")
    signed_by = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True, help_text="In which office they signed")
    signed_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="From this day on it does not count")
    ended_because = models.CharField(max_length=300, blank=True)

    class Privacy:
        plain = ("agreement", "agency", "signed_on", "ended_on", "ended_because")
        personal = ("signed_by", "role")
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["agreement", "agency"], condition=Q(ended_on=None), name="an_agency_signs_a_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} signed {self.agreement_id}"


class SharingOverride(models.Model):
    """An agency without a live signature is sent personal data of an area all the same, until a day: on record."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="sharing_overrides")
    area = models.ForeignKey("agencies.Area", models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day")
    because = models.CharField(max_length=300)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="a_sharing_override_says_why"),
        ]

    def __str__(self) -> str:
        return f"override for {self.agency_id} until {self.until}"


def live_signatures(area: int, on: date | None = None) -> QuerySet[Signature]:
    """The signatures that count in an area on a day: on a version in force that was not replaced before it."""
    day = on or timezone.localdate()
    counts = Q(agreement__counts_until=None) | Q(agreement__counts_until__gte=day)
    lasts = Q(ended_on=None) | Q(ended_on__gt=day)
    return Signature.objects.filter(
        counts, lasts, agreement__areas=area, agreement__in_force_from__lte=day, signed_on__lte=day
    )


def live_overrides(area: int, on: date | None = None) -> QuerySet[SharingOverride]:
    return SharingOverride.objects.filter(area=area, ended_at=None, until__gte=on or timezone.localdate())
