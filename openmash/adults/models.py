"""What is recorded of an adult at risk: the three-part test, capacity, wishes; and that a child was considered."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.adults.codes import CAPACITY, CONSENT, CONSIDERED, ENQUIRY, LACKS
from openmash.agencies.models import User
from openmash.enquiries.models import Enquiry


class CareActRecord(models.Model):
    """The adult as they were understood at one moment. A change adds a record and keeps those before (M19, M139)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="care_act_records")
    categories = ArrayField(models.SlugField())
    has_needs = models.BooleanField()
    needs_because = models.TextField()
    is_at_risk = models.BooleanField()
    risk_because = models.TextField()
    cannot_protect = models.BooleanField()
    protect_because = models.TextField()
    capacity = models.SlugField()
    decision_about = models.CharField(max_length=300, blank=True, help_text="The decision that it is about")
    assessed_by = models.CharField(max_length=160, blank=True)
    assessed_on = models.DateField(null=True)
    best_interests = models.TextField(blank=True)
    consent = models.CharField(max_length=10)
    without_consent_because = models.TextField(blank=True)
    wishes = models.TextField(blank=True, help_text="What the adult wants to come of it: Making Safeguarding Personal")
    why_no_wishes = models.TextField(blank=True)
    spoken_for_by = models.CharField(max_length=200, blank=True, help_text="Representative or advocate")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = (
            "decision_about",
            "assessed_by",
            "wishes",
            "why_no_wishes",
            "spoken_for_by",
            "without_consent_because",
        )
        special = (
            "categories",
            "has_needs",
            "needs_because",
            "is_at_risk",
            "risk_because",
            "cannot_protect",
            "protect_because",
            "capacity",
            "best_interests",
            "consent",
        )
        plain = ("enquiry", "assessed_on", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(needs_because__gt="", risk_because__gt="", protect_because__gt=""),
                name="each_part_of_the_care_act_test_says_why",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=tuple(CAPACITY)) & (~Q(capacity=LACKS) | Q(best_interests__gt="")),
                name="who_cannot_decide_has_best_interests",
            ),
            models.CheckConstraint(
                condition=Q(capacity="not_assessed") | Q(assessed_by__gt="", assessed_on__isnull=False),
                name="capacity_says_who_assessed_it_and_when",
            ),
            models.CheckConstraint(
                condition=Q(consent__in=tuple(CONSENT)) & (Q(consent="yes") | Q(without_consent_because__gt="")),
                name="acting_without_an_adults_consent_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(wishes__gt="") | Q(why_no_wishes__gt=""), name="an_adults_wishes_or_why_they_are_not_known"
            ),
        ]

    def __str__(self) -> str:
        return f"care act record of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id

    @property
    def is_duty(self) -> bool:
        """All three parts: the local authority has to enquire (s.42(2))."""
        return self.has_needs and self.is_at_risk and self.cannot_protect


class ChildConsidered(models.Model):
    """Somebody looked at the children around an adult and answered, with a reason (M58)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="children_considered")
    answer = models.SlugField()
    because = models.TextField()
    children = ArrayField(models.BigIntegerField(), default=list, help_text="Whom they were shown, by lead record")
    childs_enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("because", "children")
        plain = ("enquiry", "answer", "childs_enquiry", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        verbose_name_plural = "children considered"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(answer__in=tuple(CONSIDERED), because__gt=""), name="child_considered_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(answer=ENQUIRY) | Q(childs_enquiry__isnull=False),
                name="a_childs_enquiry_that_is_needed_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
