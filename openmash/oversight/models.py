"""What the ledger showed that somebody has to look at, and the numbers from which on it shows it."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Area, User
from openmash.oversight.codes import OUTCOMES


class Setting(models.Model):
    """How an area uses a report. Where there is none, the report is on with its usual numbers."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    report = models.SlugField()
    numbers = models.JSONField(default=dict)
    is_on = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField()

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "report"], name="an_area_sets_a_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} in {self.area_id}"


class Alert(models.Model):
    """A report found something. It stays open until a lead says what it was; nobody sees one about themselves."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    report = models.SlugField()
    key = models.CharField(max_length=120, help_text="One alert of one thing on one day")
    says = models.CharField(max_length=300)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Whom it is about")
    also = ArrayField(models.BigIntegerField(), default=list, help_text="Others whom it is about")
    person = models.BigIntegerField(null=True, help_text="Whose ledger shows more")
    enquiry = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    outcome = models.SlugField(blank=True)
    because = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("says", "user", "also", "person", "because")
        plain = ("area", "report", "key", "enquiry", "at", "outcome", "closed_by", "closed_at")
        keep = "as long as the lines that it is about"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "report", "key"], name="an_alert_is_raised_once"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_by=None, closed_at=None)
                | Q(outcome__in=tuple(OUTCOMES), because__gt="", closed_by__isnull=False, closed_at__isnull=False),
                name="a_closed_alert_says_what_it_was",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(user=None) | ~Q(closed_by=models.F("user")),
                name="nobody_closes_an_alert_about_themselves",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["area", "-at"], condition=Q(outcome=""), name="alerts_open"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="a_closed_alert_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(  # but that whom it is about can become more
                    """OLD."outcome" > '' AND (NOT OLD."also" <@ NEW."also" """
                    """OR to_jsonb(OLD.*) - 'also' <> to_jsonb(NEW.*) - 'also')"""
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.key}"

    @property
    def about(self) -> frozenset[int]:
        """The users whom it is about."""
        return frozenset(self.also) | ({self.user_id} if self.user_id else set())

    @property
    def ledger_enquiry(self) -> int | None:
        return self.enquiry

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person,) if self.person else ()
