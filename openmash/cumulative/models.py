"""The numbers that an area has set for a rule, and each time that a rule found something."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from openmash.agencies.models import Area, User
from openmash.enquiries.models import Enquiry


class Setting(models.Model):
    """How an area uses a rule. Where there is none, the rule is on with its usual numbers."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rule = models.SlugField()
    numbers = models.JSONField(default=dict)
    is_on = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "rule"], name="an_area_sets_a_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} in {self.area_id}"


class Hit(models.Model):
    """A rule found something in an enquiry: the evidence as it stood, and what a person said of it."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="hits")
    rule = models.SlugField()
    says = models.CharField(max_length=200, help_text="The rule's sentence with the area's numbers")
    evidence = models.TextField()
    at = models.DateTimeField()
    agrees = models.BooleanField(null=True, help_text="Whether the person who looked acts on it")
    because = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("evidence", "because")
        plain = ("enquiry", "rule", "says", "at", "agrees", "answered_by", "answered_at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enquiry", "rule"], name="a_rule_hits_an_enquiry_once"),
            models.CheckConstraint(
                condition=Q(agrees=None) | Q(because__gt="", answered_by__isnull=False),
                name="an_answered_hit_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
