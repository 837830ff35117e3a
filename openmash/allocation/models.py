"""Handing on: each outcome goes to a team or an agency that acknowledges it, and may step it back up."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Team, User
from openmash.decisions.models import Outcome
from openmash.enquiries.models import Enquiry


class Handover(models.Model):
    """One outcome handed to its owner, until it is acknowledged (M22, M102, M109); and what became of it (M13)."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="handovers")
    passed_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="passed_to", help_text="Who had it before (M77)"
    )
    passed_because = models.TextField(blank=True)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="handovers")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="handovers")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="handovers")
    handed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True, help_text="Who took it on; the lead professional")
    first_meeting_on = models.DateField(null=True, help_text="Of a team around the family (M22)")
    superseded_at = models.DateTimeField(null=True, help_text="A later decision took its place")
    stepped_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stepped_up_at = models.DateTimeField(null=True)
    stepped_up_because = models.TextField(blank=True)
    step_up_did = models.SlugField(blank=True, help_text="reopened or declined")
    step_up_did_because = models.TextField(blank=True)
    step_up_did_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    step_up_did_at = models.DateTimeField(null=True)
    became = models.SlugField(blank=True, help_text="What came of it: assessment finished, no further action, plan")
    became_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("worker", "stepped_up_because", "passed_because", "step_up_did_because")
        plain = (
            "outcome",
            "passed_from",
            "enquiry",
            "team",
            "agency",
            "handed_at",
            "due_at",
            "acknowledged_by",
            "acknowledged_at",
            "stepped_up_by",
            "stepped_up_at",
            "step_up_did",
            "step_up_did_by",
            "step_up_did_at",
            "first_meeting_on",
            "superseded_at",
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
            models.CheckConstraint(
                condition=Q(passed_from=None) | Q(passed_because__gt=""), name="passing_on_says_why"
            ),
            models.CheckConstraint(
                condition=Q(step_up_did="") | Q(step_up_did_by__isnull=False, step_up_did_because__gt=""),
                name="a_step_up_is_met_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["outcome"], condition=Q(passed_from=None), name="an_outcome_is_handed_on_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["team", "due_at"], condition=Q(acknowledged_at=None), name="handovers_waiting"),
            models.Index(fields=["team", "-handed_at"], name="handovers_by_team"),
            models.Index(fields=["agency", "-handed_at"], name="handovers_by_agency"),
        ]

    def __str__(self) -> str:
        return f"handover of {self.outcome_id}"

    @property
    def owner_name(self) -> str:
        return self.team.name if self.team else self.agency.name if self.agency else ""

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
