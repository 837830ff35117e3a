"""What is kept from whom: restrictions and who is named on them, conflicts, and emergencies in which one was opened.

The models are named by `enquiries.models`, which is where Django looks for them. `kept_from` says what they mean.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from openmash.enquiries.codes import GLASS_OUTCOMES, GLASS_REASONS, RESTRICTED_AS

REVIEW_EVERY = timedelta(days=90)
GLASS_LASTS = timedelta(minutes=60)


class Restriction(models.Model):
    """An enquiry that only those who are named on it see. It stays so until somebody lifts it, reviewed or not."""

    enquiry = models.ForeignKey("enquiries.Enquiry", models.PROTECT, related_name="restrictions")
    category = models.SlugField()
    because = models.TextField()
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_because = models.TextField(blank=True)
    lifted_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Privacy:
        personal = ("because", "reviewed_because", "lifted_because")
        special = ("category",)
        plain = ("enquiry", "by", "at", "review_due_at", "reviewed_by", "reviewed_at", "lifted_by", "lifted_at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(category__in=tuple(RESTRICTED_AS), because__gt=""), name="a_restriction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_by__isnull=False, lifted_because__gt=""),
                name="whoever_lifts_a_restriction_says_why",
            ),
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(lifted_at=None), name="one_restriction_of_an_enquiry"
            ),
        ]

    def __str__(self) -> str:
        return f"restriction of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Named(models.Model):
    """Somebody who keeps seeing a restricted enquiry."""

    enquiry = models.ForeignKey("enquiries.Enquiry", models.PROTECT, related_name="named")
    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="named_on")
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "named"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "enquiry"], condition=Q(until=None), name="named_once_an_enquiry")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Conflict(models.Model):
    """Somebody on the staff who knows a person, or is that person: nothing about them exists for that user."""

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="conflicts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", help_text="Themself, or who entered it")
    at = models.DateTimeField()
    removal_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    removal_at = models.DateTimeField(null=True)
    removal_because = models.CharField(max_length=300, blank=True)
    removed_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("user", "person", "because", "removal_because")
        plain = ("by", "at", "removal_by", "removal_at", "removed_by", "removed_at")
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="a_conflict_says_why"),
            models.CheckConstraint(
                condition=Q(removal_by=None) | (~Q(removal_by=F("user")) & Q(removal_because__gt="")),
                name="nobody_asks_to_remove_their_own_conflict",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | (
                    Q(removed_at__isnull=False, removed_by__isnull=False, removal_by__isnull=False)
                    & ~Q(removed_by=F("user"))
                    & ~Q(removed_by=F("removal_by"))
                ),
                name="two_people_remove_a_conflict",
            ),
            models.UniqueConstraint(
                fields=["user", "person"], condition=Q(removed_at=None), name="one_conflict_of_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} knows {self.person_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,)


class Glass(models.Model):
    """A restricted enquiry was opened in an emergency by somebody who is not named on it, for an hour."""

    enquiry = models.ForeignKey("enquiries.Enquiry", models.PROTECT, related_name="glass")
    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="glass")
    reason = models.SlugField()
    because = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    review_due_at = models.DateTimeField()
    outcome = models.SlugField(blank=True)
    reviewed_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_because = models.TextField(blank=True)

    class Privacy:
        personal = ("because", "reviewed_because")
        plain = (
            "enquiry",
            "user",
            "reason",
            "at",
            "until",
            "review_due_at",
            "outcome",
            "reviewed_by",
            "reviewed_at",
        )
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "glass"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(reason__in=tuple(GLASS_REASONS), because__gt=""), name="an_emergency_says_why"
            ),
            models.CheckConstraint(
                condition=Q(until__lte=F("at") + GLASS_LASTS), name="an_emergency_lasts_an_hour_at_most"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_by=None, reviewed_at=None)
                | (
                    Q(outcome__in=tuple(GLASS_OUTCOMES), reviewed_because__gt="", reviewed_at__isnull=False)
                    & ~Q(reviewed_by=F("user"))
                ),
                name="somebody_else_reviews_an_emergency",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "enquiry", "until"], name="glass_by_user"),
            models.Index(fields=["review_due_at"], condition=Q(outcome=""), name="glass_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} opened {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id

    def is_overdue(self, now: datetime) -> bool:
        return not self.outcome and self.review_due_at <= now
