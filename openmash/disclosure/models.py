"""THE AIRLOCK: what is let out of the sealed room, to whom, in what words, on what basis, and what became of it."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Agency, Team, User
from openmash.disclosure.workflow import RELEASE
from openmash.enquiries.models import Enquiry
from openmash.intelligence.models import Item


class Release(models.Model):
    """One product for one recipient. Only another person than the proposer approves it."""

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="releases")
    status = models.SlugField(default=RELEASE.initial)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="releases")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="releases")
    purpose = models.SlugField()
    purpose_words = models.TextField()
    why_them = models.TextField()
    lawful_basis = models.SlugField()
    gateway = models.SlugField()
    necessity = models.TextField(help_text="What would fail without it; why this much; why now")
    told_family = models.BooleanField(null=True)
    told_family_words = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    summary = models.TextField(blank=True, help_text="The hub's own words around the items")
    expires_at = models.DateTimeField()
    body = models.TextField(blank=True, help_text="The exact text that was approved")
    body_hash = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    disclosed_at = models.DateTimeField(null=True)
    first_read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        personal = (
            "purpose_words",
            "why_them",
            "necessity",
            "told_family",
            "told_family_words",
            "conditions",
            "ended_because",
        )
        sealed = ("summary", "body")
        plain = (
            "token",
            "enquiry",
            "status",
            "recipient",
            "team",
            "purpose",
            "lawful_basis",
            "gateway",
            "expires_at",
            "body_hash",
            "drafted_by",
            "drafted_at",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "approved_at",
            "disclosed_at",
            "first_read_at",
            "acknowledged_at",
            "ended_at",
            "version",
        )
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(purpose_words__gt="", necessity__gt="", lawful_basis__gt="", why_them__gt=""),
                name="a_release_says_why",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(proposed_by__isnull=False) & ~Q(approved_by=F("proposed_by")),
                name="nobody_approves_their_own_release",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("approved", "disclosed", "acknowledged"))
                | Q(approved_by__isnull=False, body_hash__gt=""),
                name="nothing_leaves_unapproved",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["recipient", "-disclosed_at"], name="releases_by_recipient"),
            models.Index(fields=["enquiry"], name="releases_by_enquiry"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(name="only_legal_releases", field="status", transitions=sorted(RELEASE.pairs()))
        ]

    def __str__(self) -> str:
        return f"release {self.token}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class ReleaseItem(models.Model):
    """One item in a release: in full, or in a form of words; and what its owner says to that."""

    FORMS = {"full": "In full", "words": "In a form of words", "gist": "A gist written by the owner"}
    OWNER = {"": "Not asked yet", "not_needed": "Not needed", "granted": "Granted", "refused": "Refused"}

    release = models.ForeignKey(Release, models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    form = models.SlugField()
    words = models.TextField(blank=True)
    redactions = models.TextField(blank=True)
    owner_says = models.SlugField(blank=True, default="")
    owner_because = models.TextField(blank=True)
    owner_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner_at = models.DateTimeField(null=True)

    class Privacy:
        sealed = ("words", "redactions", "owner_because")
        plain = ("release", "item", "agency", "form", "owner_says", "owner_by", "owner_at")
        keep = "as the enquiry"
        deletable = True  # only while the release is a draft

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["release", "item"], name="an_item_once_a_release"),
            models.CheckConstraint(condition=Q(form="full") | Q(words__gt=""), name="a_form_of_words_has_words"),
        ]

    def __str__(self) -> str:
        return f"item {self.item_id} in {self.release_id}"


class NoRelease(models.Model):
    """A decision not to share is a record too (DfE information sharing advice 2024, rule 7)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="no_releases")
    to_whom = models.CharField(max_length=200)
    because = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("to_whom", "because")
        plain = ("enquiry", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="not_sharing_says_why")
        ]

    def __str__(self) -> str:
        return f"not shared of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
