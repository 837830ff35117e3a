"""The spine: the enquiry, the people in it, its steps, and what needs whom."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Agency, Area, Locality, User
from openmash.enquiries.kept import Conflict, Glass, Named, Restriction
from openmash.enquiries.workflow import DESKS, JOURNEY, RECEIVED, STATUSES
from openmash.people.models import Person

__all__ = ["Conflict", "Glass", "Named", "Restriction"]


class Enquiry(models.Model):
    """One concern, keyed once, whoever brings it and however it comes (M12, M24, M94)."""

    reference = models.CharField(max_length=16, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="enquiries")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.SlugField(default="child")
    channel = models.SlugField()
    source_code = models.CharField(max_length=3)
    received_at = models.DateTimeField()
    received_key = models.CharField(max_length=64, unique=True, help_text="Makes one enquiry of a double click")
    keyed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_held = models.BooleanField(default=False, help_text="Looks like spam: kept, and looked at by a person")

    status = models.SlugField(default=RECEIVED)
    rating = models.SlugField(blank=True)
    is_urgent = models.BooleanField(default=False)
    fast_track_at = models.DateTimeField(null=True)
    fast_track_because = models.TextField(blank=True)
    is_restricted = models.BooleanField(default=False)
    desk = models.SlugField(blank=True, default=DESKS[RECEIVED])
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="owned_enquiries")
    clock = models.SlugField(blank=True, default="triage")
    due_at = models.DateTimeField(null=True)
    triage_due_at = models.DateTimeField()
    statutory_due_at = models.DateTimeField()
    research_due_at = models.DateTimeField(null=True)
    research_continues = models.BooleanField(default=False)
    rated_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True, help_text="Its words and its people are gone: see records")
    version = models.PositiveIntegerField(default=1)

    worry = models.TextField()
    happened = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    history = models.TextField(blank=True)
    childs_words = models.TextField(blank=True)
    source_of_words = models.CharField(max_length=20, blank=True, help_text="seen, told or opinion")
    alleged = models.TextField(blank=True)
    injury = models.TextField(blank=True)
    risk_to_staff = models.TextField(blank=True)
    help_tried = models.TextField(blank=True)
    wants = models.TextField(blank=True)
    thinks_level = models.PositiveSmallIntegerField(null=True, blank=True)
    where_now = models.TextField(blank=True)
    concerns = ArrayField(models.SlugField(), default=list)
    is_danger_now = models.BooleanField(default=False)
    early_help_done = models.BooleanField(null=True, blank=True)
    early_help_lead = models.CharField(max_length=120, blank=True)
    domestic_abuse_score = models.PositiveSmallIntegerField(null=True, blank=True)
    abuse_risks = ArrayField(models.SlugField(), default=list, help_text="What makes domestic abuse graver, as told")
    abuse_grade = models.SlugField(blank=True, help_text="How grave the referrer judges domestic abuse to be")
    abuse_because = models.TextField(blank=True)

    told_family = models.BooleanField(null=True, blank=True)
    family_agrees = models.CharField(max_length=10, blank=True, help_text="yes, no or not_asked")
    agreed_by = models.CharField(max_length=200, blank=True)
    why_not_told = models.SlugField(blank=True)
    why_not_told_words = models.TextField(blank=True)
    child_told = models.BooleanField(null=True, blank=True)
    keep_from_family = models.TextField(blank=True)
    parents_words = models.TextField(blank=True)
    earlier_homes = models.TextField(blank=True)
    care_needs = models.TextField(blank=True, help_text="What an adult at risk needs from others (Care Act 2014)")
    capacity_doubt = models.SlugField(blank=True, help_text="Whether the referrer doubts that they can decide")
    adults_wishes = models.TextField(blank=True, help_text="What the adult wants to happen, in their words")
    cannot_protect = models.TextField(blank=True, help_text="Why an adult at risk cannot protect themself")
    spoken_for_by = models.CharField(max_length=200, blank=True, help_text="Who speaks for an adult at risk")
    follows_call = models.CharField(max_length=120, blank=True, help_text="The call or earlier enquiry it follows")

    class Privacy:
        personal = (
            "worry",
            "happened",
            "impact",
            "strengths",
            "history",
            "childs_words",
            "alleged",
            "injury",
            "risk_to_staff",
            "help_tried",
            "wants",
            "where_now",
            "agreed_by",
            "why_not_told_words",
            "keep_from_family",
            "fast_track_because",
            "early_help_lead",
            "parents_words",
            "earlier_homes",
            "follows_call",
            "adults_wishes",
            "spoken_for_by",
        )
        special = (
            "concerns",
            "domestic_abuse_score",
            "abuse_risks",
            "abuse_grade",
            "abuse_because",
            "care_needs",
            "capacity_doubt",
            "cannot_protect",
        )
        plain = (
            "reference",
            "area",
            "locality",
            "kind",
            "channel",
            "source_code",
            "received_at",
            "received_key",
            "keyed_by",
            "is_held",
            "status",
            "rating",
            "is_urgent",
            "fast_track_at",
            "is_restricted",
            "desk",
            "owner",
            "clock",
            "due_at",
            "triage_due_at",
            "statutory_due_at",
            "research_due_at",
            "research_continues",
            "rated_at",
            "decided_at",
            "closed_at",
            "destroyed_at",
            "version",
            "source_of_words",
            "thinks_level",
            "is_danger_now",
            "early_help_done",
            "told_family",
            "family_agrees",
            "why_not_told",
            "child_told",
        )
        keep = "by the outcome: see the retention rules"

    class Meta:
        verbose_name_plural = "enquiries"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="an_enquiry_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(status="closed", desk="", owner=None, due_at=None) | (~Q(status="closed") & Q(desk__gt="")),
                name="an_open_enquiry_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", clock="") | Q(due_at__isnull=False, clock__gt=""),
                name="an_open_enquiry_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("received", "screened", "decided", "closed", "review")) | Q(rating__gt=""),
                name="no_research_before_a_rating",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(F("area"), F("due_at"), F("id"), name="enquiries_open_by_due", condition=~Q(status="closed")),
            models.Index(fields=["area", "-received_at"], name="enquiries_by_receipt"),
            models.Index(fields=["owner", "due_at"], name="enquiries_by_owner", condition=Q(owner__isnull=False)),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(name="only_legal_moves", field="status", transitions=sorted(JOURNEY.pairs()))
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def ledger_enquiry(self) -> int:
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.status != "closed"


class Referrer(models.Model):
    """Who brought the enquiry. A compartment of its own: those who may read an enquiry may not all read this."""

    enquiry = models.OneToOneField(Enquiry, models.PROTECT, related_name="referrer")
    kind = models.SlugField(help_text="professional, public, family, self or anonymous")
    name = models.CharField(max_length=120, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    relationship = models.CharField(max_length=200, blank=True)
    keep_name_from_family = models.BooleanField(default=False)
    manager_told = models.CharField(max_length=120, blank=True)
    wants_feedback_by = models.SlugField(default="email", help_text="email, telephone or none")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="enquiries_made")

    class Privacy:
        personal = ("name", "job_title", "telephone", "email", "relationship", "manager_told", "user")
        plain = ("enquiry", "kind", "organisation", "agency", "keep_name_from_family", "wants_feedback_by")
        keep = "as the enquiry"

    def __str__(self) -> str:
        return self.name or self.kind

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Party(models.Model):
    """A person in an enquiry, as they were given when it came."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="parties")
    role = models.SlugField(help_text="child, unborn, adult or other")
    relation_to_child = models.SlugField(blank=True)
    lives_in_household = models.BooleanField(null=True, blank=True)
    school = models.CharField(max_length=160, blank=True)
    gp = models.CharField(max_length=160, blank=True)
    legal_status = models.CharField(max_length=120, blank=True)
    risk_factors = ArrayField(models.SlugField(), default=list)
    note = models.CharField(max_length=300, blank=True)
    is_matched = models.BooleanField(default=False, help_text="Someone has looked at the possible matches")
    order = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        personal = ("person", "school", "gp", "note", "relation_to_child", "lives_in_household", "legal_status")
        special = ("risk_factors",)
        plain = ("enquiry", "role", "order", "is_matched")
        keep = "as the enquiry"

    class Meta:
        verbose_name_plural = "parties"
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enquiry", "person"], name="a_person_once_an_enquiry")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} in {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,)


class Step(models.Model):
    """One thing that happened to an enquiry, with its author. Never changed and never deleted."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="steps")
    what = models.SlugField()
    says = models.CharField(max_length=200, help_text="In words, with nothing sealed")
    because = models.TextField(blank=True)
    before = models.SlugField(blank=True)
    after = models.SlugField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Privacy:
        personal = ("because", "by_name")
        plain = ("enquiry", "what", "says", "before", "after", "by", "at", "version")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["enquiry", "id"], name="steps_by_enquiry")]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="steps_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.enquiry_id}"


class Pause(models.Model):
    """A clock was paused, for a reason. The unpaused figure is shown beside it always."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Privacy:
        personal = ("because",)
        plain = ("enquiry", "since", "until", "by")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="a_pause_says_why"),
            models.UniqueConstraint(fields=["enquiry"], condition=Q(until=None), name="one_pause_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"pause of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Cover(models.Model):
    """A legitimate relationship taken up by hand: "I am covering this", with a reason and an end."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="covers")
    user = models.ForeignKey(User, models.PROTECT, related_name="covers")
    since = models.DateTimeField()
    until = models.DateTimeField()
    because = models.TextField()

    class Privacy:
        personal = ("because",)
        plain = ("enquiry", "user", "since", "until")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(because__gt=""), name="cover_says_why")]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "enquiry"], name="covers_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} covers {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class Need(models.Model):
    """Something needs somebody: one line of a "needs you" list, with a due time and an end.

    For one user, or for everyone who holds a permission in the area, or for the staff of an agency.
    """

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="needs")
    kind = models.SlugField()
    key = models.CharField(max_length=80, help_text="One live need of a kind for one thing")
    says = models.CharField(max_length=200, help_text="What is needed, naming nobody")
    path = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="needs")
    permission = models.SlugField(blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="needs")
    team = models.ForeignKey("agencies.Team", models.PROTECT, null=True, related_name="needs")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Privacy:
        plain = "*"
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["key"], condition=Q(met_at=None), name="one_live_need_of_a_key"),
            models.CheckConstraint(
                condition=Q(user__isnull=False)
                | Q(permission__gt="", area__isnull=False)
                | Q(agency__isnull=False)
                | Q(team__isnull=False),
                name="a_need_needs_somebody",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["user", "due_at"], condition=Q(met_at=None), name="needs_of_a_user"),
            models.Index(fields=["area", "permission", "due_at"], condition=Q(met_at=None), name="needs_of_a_role"),
            models.Index(fields=["agency", "due_at"], condition=Q(met_at=None), name="needs_of_an_agency"),
        ]

    def __str__(self) -> str:
        return self.says


class Draft(models.Model):
    """A form not sent yet: the public's for 24 hours on the same browser, a coordinator's until it is sent.

    Once sent it holds no answers any more, only which enquiry it became, so that Back and a second click find that.
    """

    token = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="drafts")
    what = models.SlugField(help_text="public, professional or telephone")
    answers = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=32, blank=True, help_text="The open page that saved it last")
    sent_as = models.CharField(max_length=16, blank=True, help_text="The reference of the enquiry that it became")

    class Privacy:
        personal = ("answers", "token")
        plain = ("user", "what", "began_at", "saved_at", "version", "writer", "sent_as")
        keep = "24 hours"
        deletable = True

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["what", "saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return f"draft of {self.what}"
