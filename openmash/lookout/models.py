"""Who is looked for, where they may have turned up, and who in an enquiry another hub may know."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Area, User
from openmash.enquiries.models import Enquiry


class MissingFamily(models.Model):
    """People of an enquiry who cannot be found: whoever of them turns up, in any area, raises an alert (M51)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="missing")
    people = ArrayField(models.BigIntegerField(), help_text="Person records")
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Privacy:
        personal = ("people", "because", "ended_because")
        plain = ("enquiry", "by", "since", "ended_by", "ended_at")
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "missing families"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(ended_at=None), name="an_enquiry_looks_for_a_family_once"
            ),
            models.CheckConstraint(condition=Q(because__gt="", people__len__gt=0), name="a_missing_family_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"missing since {self.since:%Y-%m-%d}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return tuple(self.people)


class Sighting(models.Model):
    """Somebody who may be of a missing family: in a later enquiry of any area, or on an agency's list."""

    THEM, OTHERS = "them", "others"

    missing = models.ForeignKey(MissingFamily, models.PROTECT, related_name="sightings")
    key = models.CharField(max_length=60, help_text="One sighting of a family in one place")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", help_text="Where it was")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="sightings")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, help_text="What agrees, in words")
    at = models.DateTimeField()
    answer = models.SlugField(blank=True, help_text="them or others; empty until somebody has looked")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Privacy:
        personal = ("because", "words")
        plain = ("missing", "key", "area", "enquiry", "agency", "at", "answer", "answered_by", "answered_at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["missing", "key"], name="a_place_is_a_sighting_once"),
            models.CheckConstraint(
                condition=Q(enquiry__isnull=False) | Q(agency__isnull=False), name="a_sighting_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"sighting {self.key}"

    @property
    def ledger_enquiry(self) -> int:
        return self.missing.enquiry_id


class Elsewhere(models.Model):
    """Somebody in an enquiry may be known to the hub of another area: ask them. Nothing of what they hold (M125)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="elsewhere")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", help_text="Whose hub may know them")
    people = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Privacy:
        personal = ("people",)
        plain = ("enquiry", "area", "at")
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "elsewhere"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enquiry", "area"], name="another_area_is_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} in {self.area_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
