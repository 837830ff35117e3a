"""Handing on: each outcome goes to a team or an agency that acknowledges it, and may step it back up."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Team, User
from openmash.decisions.models import Outcome
from openmash.enquiries.models import Enquiry


class Handover(models.Model):
    """One outcome handed to its owner, until it is acknowledged (M22, M102, M109); and what became of it (M13)."""

    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="handover")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="handovers")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="handovers")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="handovers")
    handed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True, help_text="Who took it on")
    stepped_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stepped_up_at = models.DateTimeField(null=True)
    stepped_up_because = models.TextField(blank=True)
    became = models.SlugField(blank=True, help_text="What came of it: assessment finished, no further action, plan")
    became_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("worker", "stepped_up_because")
        plain = (
            "outcome",
            "enquiry",
            "team",
            "agency",
            "handed_at",
            "due_at",
            "acknowledged_by",
            "acknowledged_at",
            "stepped_up_by",
            "stepped_up_at",
            "became",
            "became_at",
        )
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(agency__isnull=False), name="a_handover_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(stepped_up_at=None) | Q(stepped_up_because__gt=""), name="stepping_up_says_why"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["team", "due_at"], condition=Q(acknowledged_at=None), name="handovers_waiting")
        ]

    def __str__(self) -> str:
        return f"handover of {self.outcome_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
