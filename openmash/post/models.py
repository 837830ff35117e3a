"""What was sent to agencies that only have e-mail, and what came back. What a reply says is sealed."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Area, User
from openmash.gathering.models import Answer, Request
from openmash.post.codes import STATES, WAITING


class Dispatch(models.Model):
    """One e-mail to an agency: written in the transaction of the act that it tells of, sent by the worker."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="dispatches")
    kind = models.SlugField()
    code = models.CharField(max_length=11, help_text="Finds the request when the reply comes; nobody can guess it")
    message_id = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=160)
    body = models.TextField()
    written_at = models.DateTimeField()
    try_at = models.DateTimeField(null=True, help_text="When it is tried next; none once it is sent or given up")
    tries = models.PositiveSmallIntegerField(default=0)
    last_problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="Refused for good, given up, or come back")
    telephone_since = models.DateTimeField(null=True, help_text="Since when somebody is asked to telephone instead")

    class Privacy:
        personal = ("to", "body")
        plain = (
            "request",
            "kind",
            "code",
            "message_id",
            "subject",
            "written_at",
            "try_at",
            "tries",
            "last_problem",
            "sent_at",
            "failed_at",
            "telephone_since",
        )
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "dispatches"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["try_at"], condition=Q(try_at__isnull=False), name="dispatches_to_send"),
            models.Index(fields=["code"], name="dispatches_by_code"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="dispatches_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.request.agency_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.request.enquiry_id


class Reply(models.Model):
    """That something came, from whom, about which request, and what became of it. Never dropped, never deleted."""

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    way = models.SlugField()
    kind = models.SlugField()
    received_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True, help_text="Of its bytes: the same e-mail comes in once")
    sender = models.EmailField(blank=True)
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="replies")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", help_text="Whose address it is")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    problems = ArrayField(models.SlugField(), default=list)
    is_sealed = models.BooleanField(default=False, help_text="It says that it is sealed: for practice managers")
    brought_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.SlugField(default=WAITING)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="replies")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("sender", "because")
        plain = (
            "token",
            "way",
            "kind",
            "received_at",
            "fingerprint",
            "request",
            "agency",
            "area",
            "problems",
            "is_sealed",
            "brought_by",
            "state",
            "answer",
            "by",
            "at",
        )
        keep = "as the enquiry, or 1 year"

    class Meta:
        verbose_name_plural = "replies"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="a_reply_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="aside") | Q(because__gt="", by__isnull=False), name="a_reply_is_put_aside_because"
            ),
            models.CheckConstraint(condition=~Q(state="taken") | Q(answer__isnull=False), name="a_taken_reply_answers"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["received_at"], condition=Q(state=WAITING), name="replies_waiting"),
            models.Index(fields=["request"], name="replies_by_request"),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.request.enquiry_id if self.request else None


class Original(models.Model):
    """What came, byte for byte. What it means is read from it anew whenever it is opened."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="original")
    raw = models.BinaryField()
    content = models.CharField(max_length=64, blank=True, help_text="Fingerprint of the answer, to know a repetition")

    class Privacy:
        sealed = ("raw", "content")
        plain = ("reply",)
        keep = "as the enquiry, or 1 year"
        append_only = True

    def __str__(self) -> str:
        return f"original of {self.reply_id}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.reply.ledger_enquiry


class Enclosure(models.Model):
    """One attachment, in quarantine: nobody gets it before its type, its size and a scanner have passed it."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="enclosures")
    declared_type = models.CharField(max_length=120)
    real_type = models.CharField(max_length=120, blank=True, help_text="By its first bytes; empty when not known")
    size = models.PositiveIntegerField()
    held_because = models.CharField(max_length=200, blank=True, help_text="Empty once it may be opened")
    scanned_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("reply", "declared_type", "real_type", "size", "held_because", "scanned_at")
        keep = "as the enquiry, or 1 year"

    def __str__(self) -> str:
        return f"enclosure {self.pk}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.reply.ledger_enquiry


class Enclosed(models.Model):
    """The attachment itself, under the name that its sender gave it."""

    enclosure = models.OneToOneField(Enclosure, models.PROTECT, related_name="enclosed")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    data = models.BinaryField()

    class Privacy:
        sealed = ("name", "data")
        plain = ("enclosure", "reply")
        keep = "as the enquiry, or 1 year"
        append_only = True

    class Meta:
        verbose_name_plural = "enclosed"

    def __str__(self) -> str:
        return f"of enclosure {self.enclosure_id}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.reply.ledger_enquiry


class MailboxLook(models.Model):
    """The last time that the hub's mailbox was read, and what went wrong since. One row."""

    looked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    problem_since = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "the last one"

    def __str__(self) -> str:
        return "the hub's mailbox"
