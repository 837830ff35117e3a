"""Requests to agencies and the answers that come back. What an answer says lies in the sealed room."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, User
from openmash.enquiries.models import Enquiry
from openmash.triage.models import Basis


class Request(models.Model):
    """One agency is asked about one enquiry, on a basis, for a reason, by a time (M28, M97, M98)."""

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="requests")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="requests")
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="requests")
    proportionate_because = models.TextField()
    wording = models.TextField(help_text="What was sent, as it was sent")
    people = ArrayField(models.BigIntegerField(), help_text="The people whom the agency is asked about")
    overridden_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    overridden_because = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("wording", "people", "proportionate_because")
        plain = (
            "token",
            "enquiry",
            "agency",
            "basis",
            "overridden_by",
            "overridden_because",
            "asked_by",
            "asked_at",
            "due_at",
            "answered_at",
            "withdrawn_at",
            "withdrawn_because",
            "chased",
            "chased_at",
        )
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enquiry", "agency"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="one_open_request_an_agency",
            ),
            models.CheckConstraint(condition=Q(proportionate_because__gt=""), name="a_request_is_proportionate"),
            models.CheckConstraint(condition=Q(wording__gt=""), name="a_request_says_what_is_asked"),
            models.CheckConstraint(
                condition=Q(overridden_by=None) | Q(overridden_because__gt=""), name="an_override_says_why"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["agency", "due_at"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="requests_open_by_agency",
            ),
            models.Index(fields=["enquiry"], name="requests_by_enquiry"),
        ]

    def __str__(self) -> str:
        return f"request to {self.agency_id} about {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


class Override(models.Model):
    """An agency without a live signature is to be sent this enquiry: the governance lead says yes or no, on record."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="overrides")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    wanted_because = models.TextField()
    wanted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField()
    did = models.SlugField(blank=True, help_text="granted or refused")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("wanted_because", "because")
        plain = ("enquiry", "agency", "wanted_by", "wanted_at", "did", "by", "at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enquiry", "agency"], condition=Q(did=""), name="one_override_is_asked_for_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(did="") | Q(because__gt="", by__isnull=False), name="an_override_is_answered_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"override for {self.agency_id} about {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Answer(models.Model):
    """That an agency answered, when, and how urgent it thinks things are. Never what it said: that is sealed (M99)."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, help_text="The items of this answer carry it")
    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="answers")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="answers")
    is_nothing_known = models.BooleanField(default=False)
    rating = models.SlugField(blank=True, help_text="The agency's own")
    is_late = models.BooleanField(default=False, help_text="It came after the decision")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("is_nothing_known",)
        plain = ("token", "request", "enquiry", "agency", "rating", "is_late", "by", "at")
        keep = "as the enquiry"
        append_only = True

    def __str__(self) -> str:
        return f"answer of {self.agency_id} about {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class SystemCheck(models.Model):
    """One of the agency's own systems was, or was not, looked at, and with what result (M4)."""

    RESULTS = {"known": "Known", "not_known": "Not known", "not_checked": "Not checked"}

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="checks")
    system = models.SlugField()
    name = models.CharField(max_length=120)
    result = models.SlugField()

    class Privacy:
        personal = ("result",)
        plain = ("answer", "system", "name")
        keep = "as the enquiry"
        append_only = True

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class RatingAlert(models.Model):
    """An agency rated higher than the enquiry: the practice manager confirms or declines to re-rate (M99)."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="rating_alert")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="rating_alerts")
    agency_rating = models.SlugField()
    enquiry_rating = models.SlugField()
    raised_at = models.DateTimeField()
    did = models.SlugField(blank=True, help_text="rerated or declined")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("because",)
        plain = ("answer", "enquiry", "agency_rating", "enquiry_rating", "raised_at", "did", "by", "at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(did="") | Q(because__gt=""), name="an_alert_is_met_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"alert on {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class AnswerDraft(models.Model):
    """An answer that is not sent yet. It may hold what will be sealed: the database shows it to its writer alone."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="drafts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Privacy:
        sealed = ("typed",)
        plain = ("request", "user", "saved_at")
        keep = "until it is sent, or 7 days"
        deletable = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["request", "user"], name="one_draft_a_request_and_user")
        ]

    def __str__(self) -> str:
        return f"draft for {self.request_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.request.enquiry_id
