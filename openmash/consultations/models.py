"""One call for advice, and the ten-second notes of informal talk."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Area, User
from openmash.consultations.codes import ARRIVED, ENDED, STATES, WAITING
from openmash.enquiries.models import Enquiry


class Consultation(models.Model):
    """What was asked and advised. Nobody need be named: neither the caller, nor the child (M114)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    adviser = models.ForeignKey(User, models.PROTECT, related_name="consultations")
    called_at = models.DateTimeField()
    caller = models.CharField(max_length=120, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    child_age = models.CharField(max_length=30, blank=True)
    others = models.CharField(max_length=200, blank=True, help_text="Brothers, sisters and adults at home")
    outline = models.TextField()
    history = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    is_harm_plain = models.BooleanField(default=False)
    advice = models.TextField()
    level = models.PositiveSmallIntegerField()
    agreed = models.SlugField()
    agreed_words = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True, help_text="By when the promised enquiry comes")
    training = ArrayField(models.SlugField(), default=list)
    draft = models.CharField(max_length=40, blank=True, help_text="The call on the telephone screen that it became")
    state = models.SlugField(default=WAITING)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="consultations")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("caller", "job_title", "telephone", "email", "child_age", "others", "outline", "history", "tried",
                    "advice", "agreed_words", "ended_because")  # fmt: skip
        plain = ("area", "adviser", "called_at", "organisation", "agency", "is_harm_plain", "level", "agreed", "due_at",
                 "training", "draft", "state", "enquiry", "ended_at", "reminded_at")  # fmt: skip
        keep = "as the enquiry, or three years"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="a_consultation_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=WAITING, due_at__isnull=False)
                | Q(state=ARRIVED, enquiry__isnull=False)
                | Q(state=ENDED, ended_because__gt=""),
                name="a_consultation_waits_or_was_matched_or_says_why_not",
            ),
            models.CheckConstraint(condition=Q(outline__gt="", advice__gt=""), name="advice_is_about_something"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["area", "due_at"], condition=Q(state=WAITING), name="consultations_waiting"),
            models.Index(fields=["area", "-called_at"], name="consultations_by_call"),
            models.Index(fields=["draft"], condition=Q(draft__gt=""), name="consultations_by_draft"),
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.enquiry_id


class Note(models.Model):
    """Ten seconds of informal advice, so that it is not lost (M143)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    whom = models.CharField(max_length=120)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="conversations")
    gist = models.CharField(max_length=300)

    class Privacy:
        personal = ("whom", "gist")
        plain = ("area", "by", "at", "enquiry")
        keep = "as the enquiry, or three years"
        append_only = True

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["area", "-at"], name="conversations_by_time")]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.enquiry_id
