"""Somebody asks what is held about a person: who, by when they are answered, and what is given of each thing."""

from datetime import date
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Area, User
from openmash.enquiries.models import Enquiry
from openmash.people.models import Person
from openmash.records.codes import ASKERS, FULL, GROUNDS, REDACTED, WITHHELD
from openmash.records.rules import months_later

MONTHS, MONTHS_EXTENDED = 1, 3


class SubjectRequest(models.Model):
    """One request under UK GDPR article 15. Its month begins when it came, or when it was known who asks, if later.

    `body_hash` is that of what was proposed, and approved, to be given: anything else is not given.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asker = models.SlugField()
    asker_name = models.CharField(max_length=120)
    asker_right = models.TextField(blank=True, help_text="What shows that they may ask for somebody else")
    received_on = models.DateField()
    identity_how = models.CharField(max_length=200)
    identity_on = models.DateField()
    identity_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    extended_because = models.TextField(blank=True)
    extended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    body_hash = models.CharField(max_length=64, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True, help_text="How it was given, or why nothing was")

    class Privacy:
        personal = ("person", "asker_name", "asker_right", "identity_how", "extended_because", "closed_because")
        plain = ("area", "asker", "received_on", "identity_on", "identity_by", "opened_at", "extended_by",
                 "proposed_by", "proposed_at", "approved_by", "approved_at", "body_hash", "closed_by",
                 "closed_at")  # fmt: skip
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(asker__in=tuple(ASKERS), asker_name__gt="", identity_how__gt="")
                & (Q(asker="self") | Q(asker_right__gt="")),
                name="a_request_says_who_asks_by_what_right",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_at__isnull=False, body_hash__gt="", proposed_by__isnull=False)
                & ~Q(approved_by=F("proposed_by")),
                name="what_is_given_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, closed_because__gt=""),
                name="a_closed_request_says_how_it_ended",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="a_closed_request_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def due_on(self) -> date:
        began = max(self.received_on, self.identity_on)
        return months_later(began, MONTHS_EXTENDED if self.extended_because else MONTHS)

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,)


class SubjectItem(models.Model):
    """What is given of one thing that is held. `digest` is of its text as it was decided: another is undecided."""

    request = models.ForeignKey(SubjectRequest, models.PROTECT, related_name="items")
    key = models.CharField(max_length=80)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    given = models.SlugField()
    ground = models.SlugField(blank=True)
    left_out = models.TextField(blank=True, help_text="The words to leave out, one phrase on a line")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("because",)
        sealed = ("left_out",)
        plain = ("request", "key", "enquiry", "digest", "given", "ground", "by", "at")
        keep = "as the request, and no longer than the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["request", "key"], name="a_thing_held_is_decided_once_a_request"),
            models.CheckConstraint(
                condition=Q(given=FULL, ground="", left_out="")
                | Q(given=REDACTED, ground__in=tuple(GROUNDS), left_out__gt="")
                | Q(given=WITHHELD, ground__in=tuple(GROUNDS), left_out=""),
                name="what_is_not_given_has_a_ground",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="what_was_proposed_is_not_decided_anew",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT FROM records_subjectrequest WHERE id = NEW.request_id
                        AND (proposed_at IS NOT NULL OR closed_at IS NOT NULL)
                    ) THEN RAISE EXCEPTION 'what was proposed is not changed'; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.request_id}"
