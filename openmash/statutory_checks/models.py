"""One check of one person, asked by somebody outside the hub, and what they were told."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Area, User
from openmash.statutory_checks.codes import ANSWERED, OPEN, PROPOSED, REFUSED, STATES, WAITING


class StatutoryCheck(models.Model):
    """Who asked about whom, on what basis, by when; the words that left the hub, who wrote and who approved them."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    requester = models.SlugField()
    organisation = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    their_reference = models.CharField(max_length=60, blank=True)
    basis = models.SlugField()
    basis_words = models.CharField(max_length=300, blank=True)
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    address_lines = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    others = models.CharField(max_length=300, blank=True, help_text="Others of the household who are asked about")
    asks = models.TextField(blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    logged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.SlugField(default=OPEN)
    finding = models.SlugField(blank=True)
    answer = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=300, blank=True, help_text="Why the last answer was sent back")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        personal = ("contact", "email", "given", "family", "born_on", "address_lines", "postcode", "others", "asks",
                    "basis_words", "answer", "sent_back", "ended_because")  # fmt: skip
        plain = ("area", "requester", "organisation", "their_reference", "basis", "received_at", "due_at", "logged_by",
                 "state", "finding", "proposed_by", "proposed_at", "ended_by", "ended_at", "version")  # fmt: skip
        keep = "three years from the answer"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="a_check_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=OPEN)
                | Q(state__in=(PROPOSED, ANSWERED), answer__gt="", finding__gt="", proposed_by__isnull=False)
                | Q(state=REFUSED, ended_because__gt="", ended_by__isnull=False),
                name="a_check_says_what_was_answered_or_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(state=ANSWERED) | Q(ended_by__isnull=False) & ~Q(ended_by=F("proposed_by")),
                name="a_check_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(basis="other") | Q(basis_words__gt=""), name="a_check_has_a_basis"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["area", "due_at"], condition=Q(state__in=WAITING), name="checks_waiting"),
            models.Index(fields=["area", "-received_at"], name="checks_by_receipt"),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"
