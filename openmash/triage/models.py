"""The rating of an enquiry with its history, and the basis on which agencies may be asked (the gate)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, User
from openmash.enquiries.models import Enquiry


class Screening(models.Model):
    """What was considered when an enquiry was screened, by whom (M2, M27)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="screenings")
    outcome = models.SlugField(help_text="research, direct, already_open, information_only, duplicate or advice")
    considered = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("considered",)
        plain = ("enquiry", "outcome", "by", "at")
        keep = "as the enquiry"
        append_only = True

    def __str__(self) -> str:
        return f"{self.outcome} {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Rating(models.Model):
    """One rating, with its reason. A change adds a row and keeps the earlier ones (M96)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="ratings")
    rating = models.SlugField()
    before = models.SlugField(blank=True)
    because = models.TextField()
    raised_by_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("because",)
        plain = ("enquiry", "rating", "before", "raised_by_agency", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="a_rating_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.rating} {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Basis(models.Model):
    """Why agencies may be asked. No request exists without one.

    Whether the family agrees to a *service* and the lawful basis for *sharing* are two separate things (journey of an
    enquiry, the gate; DfE information sharing advice 2024).
    """

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="bases")
    number = models.PositiveSmallIntegerField()
    suspects_significant_harm = models.BooleanField()
    harm_because = models.TextField()
    thought_level = models.PositiveSmallIntegerField()
    told_family = models.BooleanField()
    why_not_told = models.SlugField(blank=True)
    why_not_told_words = models.TextField(blank=True)
    agrees_to_service = models.CharField(max_length=10, help_text="yes, no or not_asked")
    lawful_basis = models.SlugField()
    gateway = models.SlugField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("harm_because", "why_not_told_words", "agrees_to_service", "told_family", "why_not_told")
        plain = (
            "enquiry",
            "number",
            "suspects_significant_harm",
            "thought_level",
            "lawful_basis",
            "gateway",
            "by",
            "at",
        )
        keep = "as the enquiry"
        append_only = True

    class Meta:
        verbose_name_plural = "bases"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="bases_are_numbered"),
            models.CheckConstraint(
                condition=Q(told_family=True) | Q(why_not_told__gt=""), name="not_telling_the_family_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(harm_because__gt=""), name="a_basis_says_why"),
            models.CheckConstraint(
                condition=Q(suspects_significant_harm=True) | Q(agrees_to_service="yes"),
                name="no_checks_without_harm_or_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"basis {self.number} of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
