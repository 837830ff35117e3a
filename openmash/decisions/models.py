"""The decision: level of need, outcomes, reasons, evidence, dissent, what was not known; what the referrer is told."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Team, User
from openmash.enquiries.models import Enquiry
from openmash.gathering.models import Answer

# What a decision rests on is written before it is signed, and stays as it was signed (D1, D6).
_STAYS_AS_SIGNED = pgtrigger.Trigger(
    name="stays_as_signed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("row_decision", "bigint")],
    func="""
        IF TG_OP = 'DELETE' THEN row_decision := OLD.decision_id; ELSE row_decision := NEW.decision_id; END IF;
        IF EXISTS (SELECT FROM decisions_decision WHERE id = row_decision AND signed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'decision % is signed: what it rests on stays as it was', row_decision;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class Decision(models.Model):
    """Proposed by a triage social worker or begun by the manager; a decision once it is signed (M75, M79, M103)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    is_safeguarding_concern = models.BooleanField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    domains = ArrayField(models.SlugField(), default=list, help_text="Where the level is met (D6)")
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    contrary = models.TextField(blank=True, help_text="What points the other way")
    rationale = models.TextField(blank=True)
    not_known = models.TextField(blank=True, help_text="What was not known, in the decision-maker's words")
    for_referrer = models.TextField(blank=True)
    for_child = models.TextField(blank=True)
    is_direct = models.BooleanField(default=False, help_text="Without research")
    direct_because = models.SlugField(blank=True)
    early_or_late_because = models.TextField(blank=True)
    weak_because = models.TextField(blank=True, help_text="Why it rests on what may not be so")
    differs_because = models.TextField(blank=True, help_text="Why it is not what was proposed")
    proposal = models.JSONField(null=True, help_text="What was proposed, as it was proposed (M14)")
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    pen = models.CharField(max_length=36, blank=True, help_text="The open page that wrote the draft last")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        personal = (
            "facts",
            "analysis",
            "contrary",
            "rationale",
            "not_known",
            "for_referrer",
            "for_child",
            "early_or_late_because",
            "differs_because",
            "weak_because",
            "proposal",
        )
        plain = (
            "enquiry",
            "number",
            "drafted_by",
            "drafted_at",
            "pen",
            "is_safeguarding_concern",
            "level",
            "domains",
            "is_direct",
            "direct_because",
            "proposed_by",
            "proposed_at",
            "signed_by",
            "signed_at",
            "version",
        )
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="decisions_are_numbered"),
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(signed_at=None), name="one_unsigned_decision_an_enquiry"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None)
                | Q(
                    signed_by__isnull=False,
                    is_safeguarding_concern__isnull=False,
                    rationale__gt="",
                    not_known__gt="",
                ),
                name="a_decision_is_not_signed_empty",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(level__isnull=False) | Q(is_direct=True, direct_because__gt=""),
                name="a_decision_says_the_level_of_need",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="a_signed_decision_is_never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.number} of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Outcome(models.Model):
    """One of a decision's outcomes, owned by an agency or a team that acknowledges it (M57)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outcomes")
    kind = models.SlugField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="outcomes")
    what = models.TextField(help_text="What is asked of the owner")
    within = models.CharField(max_length=60, blank=True)

    class Privacy:
        personal = ("what",)
        plain = ("decision", "kind", "agency", "team", "within")
        keep = "as the enquiry"
        deletable = True  # only while the decision is a proposal

    class Meta:
        triggers: ClassVar[list[Any]] = [_STAYS_AS_SIGNED]

    def __str__(self) -> str:
        return f"{self.kind} of {self.decision_id}"

    @property
    def owner_name(self) -> str:
        """The team or the agency that owns it; what neither owns, the hub does itself."""
        return self.team.name if self.team else self.agency.name if self.agency else "The hub"


class Evidence(models.Model):
    """A line of the chronology that a point rests on. `line` is the line's key; nothing sealed is copied here (D6)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evidence")
    line = models.CharField(max_length=60)
    point = models.CharField(max_length=300, blank=True)
    is_contrary = models.BooleanField(default=False)

    class Privacy:
        personal = ("point",)
        plain = ("decision", "line", "is_contrary")
        keep = "as the enquiry"
        deletable = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "line"], name="a_line_is_pinned_once")
        ]
        triggers: ClassVar[list[Any]] = [_STAYS_AS_SIGNED]

    def __str__(self) -> str:
        return self.line


class Advice(models.Model):
    """What an agency advised. Dissent is shown, never averaged away (M15)."""

    SAYS = {
        "not_asked": "Was not asked for its view",
        "agrees": "Agrees",
        "disagrees": "Disagrees",
        "abstains": "Takes no view",
    }

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="advice")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    says = models.SlugField()
    because = models.TextField(blank=True)

    class Privacy:
        personal = ("because",)
        plain = ("decision", "agency", "says")
        keep = "as the enquiry"
        deletable = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "agency"], name="an_agency_advises_once"),
            models.CheckConstraint(condition=~Q(says="disagrees") | Q(because__gt=""), name="dissent_says_why"),
        ]
        triggers: ClassVar[list[Any]] = [_STAYS_AS_SIGNED]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.says}"


class NotKnown(models.Model):
    """One thing that was not known when the decision was signed, frozen (D1)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="gaps")
    says = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    class Privacy:
        personal = ("says",)
        plain = ("decision", "agency")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        verbose_name_plural = "not known"
        triggers: ClassVar[list[Any]] = [_STAYS_AS_SIGNED]

    def __str__(self) -> str:
        return self.says


class LateAnswer(models.Model):
    """An answer came after the decision: it stands, because ...; or the enquiry is reopened (D1)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="late_answers")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="late_answers")
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="late_answer")
    raised_at = models.DateTimeField()
    did = models.SlugField(blank=True, help_text="stands or reopened")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("because",)
        plain = ("decision", "enquiry", "answer", "raised_at", "did", "by", "at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(did="") | Q(because__gt="", by__isnull=False), name="a_late_answer_is_met_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"late answer on {self.decision_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Continuation(models.Model):
    """The statutory clock came due while research was open: research continues, no immediate risk, next step."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="continuations")
    no_immediate_risk_because = models.TextField()
    next_step = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("no_immediate_risk_because", "next_step")
        plain = ("enquiry", "by", "at")
        keep = "as the enquiry"
        append_only = True

    def __str__(self) -> str:
        return f"continuation of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Feedback(models.Model):
    """What the referrer was told, or why not. No enquiry closes without it (Working Together 2023)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="feedback")
    how = models.SlugField(help_text="email, telephone, letter or withheld")
    words = models.TextField(blank=True)
    withheld_because = models.TextField(blank=True)
    said_to = models.CharField(max_length=120, blank=True, help_text="Who it was said to, by telephone")
    despite = models.TextField(blank=True, help_text="Why in this way, though it was not safe")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("words", "withheld_because", "said_to", "despite")
        plain = ("enquiry", "how", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        verbose_name_plural = "feedback"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(how="withheld", withheld_because__gt="") | (~Q(how="withheld") & Q(words__gt="")),
                name="feedback_is_given_or_withheld_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"feedback on {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
