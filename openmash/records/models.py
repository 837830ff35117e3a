"""How long an area keeps what, what is held, what two people said of a record that was due, and what was destroyed."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Area, User
from openmash.enquiries.models import Enquiry
from openmash.people.models import Person
from openmash.records.asked import SubjectItem, SubjectRequest
from openmash.records.codes import BY_BIRTH, DESTROY, FIND, FINDINGS, HOLDS, KEEP

__all__ = ["SubjectItem", "SubjectRequest"]


class Setting(models.Model):
    """For how many years an area keeps a class of records. Where there is none, the usual number holds."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rule = models.SlugField()
    years = models.PositiveSmallIntegerField()
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "rule"], name="an_area_sets_a_retention_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} in {self.area_id}"


class Hold(models.Model):
    """A legal hold on an enquiry, or on a person and so on every enquiry about them: nothing of it is destroyed."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="holds")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind = models.SlugField()
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Privacy:
        personal = ("person", "because", "lifted_because")
        plain = ("area", "enquiry", "kind", "by", "at", "lifted_by", "lifted_at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(enquiry=None, person__isnull=False) | Q(enquiry__isnull=False, person=None),
                name="a_hold_is_on_an_enquiry_or_a_person",
            ),
            models.CheckConstraint(condition=Q(kind__in=tuple(HOLDS), because__gt=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False, lifted_because__gt="") & ~Q(lifted_by=F("by")),
                name="a_hold_is_lifted_by_somebody_else",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="a_lifted_hold_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="a_hold_is_only_lifted", fields=["area", "enquiry", "person", "kind", "because", "by", "at"]
            ),
            pgtrigger.Trigger(
                name="a_hold_waits_for_what_is_being_destroyed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="PERFORM pg_advisory_xact_lock(20264, 5); RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def ledger_enquiry(self) -> int | None:
        return self.enquiry_id

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,) if self.person_id else ()


class Review(models.Model):
    """Somebody proposed to keep a record that was due, or to destroy it; somebody else said yes or no."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="reviews")
    rule = models.SlugField()
    was_due_on = models.DateField()
    wants = models.SlugField()
    keep_until = models.DateField(null=True)
    finding = models.SlugField(blank=True)
    born_on = models.DateField(null=True, help_text="The birth of whom it is about, where it is kept from that")
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    answered_because = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("because", "answered_because", "finding", "born_on")
        plain = ("enquiry", "rule", "was_due_on", "wants", "keep_until", "by", "at", "is_agreed", "answered_by",
                 "answered_at")  # fmt: skip
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(because__gt="")
                & (
                    Q(wants=DESTROY, keep_until=None, finding="")
                    | Q(wants=KEEP, keep_until__isnull=False, finding="")
                    | Q(wants=FIND, keep_until=None, finding__in=tuple(FINDINGS))
                )
                & (Q(born_on=None) | Q(finding__in=BY_BIRTH))
                & (Q(born_on__isnull=False) | ~Q(finding__in=BY_BIRTH)),
                name="a_review_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None, answered_by=None, answered_at=None)
                | Q(is_agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by=F("by")),
                name="a_review_is_answered_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(is_agreed=False) | Q(answered_because__gt=""), name="a_no_to_a_review_says_why"
            ),
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(is_agreed=None), name="an_enquiry_is_reviewed_once_at_a_time"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="an_answered_review_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_agreed__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="a_review_is_only_answered",
                fields=[
                    "enquiry",
                    "rule",
                    "was_due_on",
                    "wants",
                    "keep_until",
                    "finding",
                    "born_on",
                    "because",
                    "by",
                    "at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Destruction(models.Model):
    """What was destroyed, by which rule and by whom: numbers and codes, and nothing of what it said.

    `counts` is how many rows of each table; `hash` the SHA-256 of their names and numbers; `outcomes` what had been
    decided, by code, so that counts over the years stay true.
    """

    enquiry = models.OneToOneField(Enquiry, models.PROTECT, related_name="destruction")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rule = models.SlugField()
    was_due_on = models.DateField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(null=True)
    outcomes = ArrayField(models.SlugField(), default=list)
    counts = models.JSONField()
    hash = models.CharField(max_length=64)

    class Privacy:
        plain = "*"
        keep = "always"
        append_only = True
        written_by_database = True

    class Meta:
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="what_was_destroyed_stays_said", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"destruction of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
