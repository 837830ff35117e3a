"""THE AIRLOCK: what is let out of the sealed room, to whom, in what words, on what basis, and what became of it."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Agency, Team, User
from openmash.disclosure import walls
from openmash.disclosure.codes import MEANS
from openmash.disclosure.workflow import ACKNOWLEDGED, APPROVED, DISCLOSED, RELEASE
from openmash.enquiries.models import Enquiry
from openmash.intelligence.models import Item
from openmash.people.models import Person


class Release(models.Model):
    """One product for one recipient. Only somebody who had no hand in it approves it."""

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
    referrer_because = models.TextField(blank=True, help_text="Why the recipient has to know who brought the enquiry")
    summary = models.TextField(blank=True, help_text="The hub's own words around the items")
    expires_at = models.DateTimeField()
    body = models.TextField(blank=True, help_text="The exact text that was proposed, and approved")
    body_hash = models.CharField(max_length=64, blank=True)
    hands = ArrayField(models.BigIntegerField(), default=list, help_text="Everyone who drafted, changed or worded it")
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
    ended_because = models.TextField(blank=True, help_text="Why it was sent back, refused, put aside or recalled")
    recall_heeded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        personal = (
            "purpose_words",
            "why_them",
            "necessity",
            "told_family",
            "told_family_words",
            "conditions",
            "referrer_because",
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
            "hands",
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
            "recall_heeded_at",
            "version",
        )
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(
                    purpose_words__gt="", necessity__gt="", lawful_basis__gt="", gateway__gt="", why_them__gt=""
                ),
                name="a_release_says_why",
            ),
            models.CheckConstraint(
                condition=Q(told_family=True) | Q(told_family_words__gt=""),
                name="a_release_says_why_the_family_is_not_told",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | Q(proposed_by__isnull=False) & ~Q(approved_by=F("proposed_by")) & ~Q(approved_by=F("drafted_by")),
                name="nobody_approves_their_own_release",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(APPROVED, DISCLOSED, ACKNOWLEDGED))
                | Q(approved_by__isnull=False, body_hash__gt=""),
                name="nothing_leaves_unapproved",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["recipient", "-disclosed_at"], name="releases_by_recipient"),
            models.Index(fields=["enquiry"], name="releases_by_enquiry"),
            models.Index(fields=["expires_at"], condition=Q(status__in=(DISCLOSED, ACKNOWLEDGED)), name="releases_out"),
        ]
        triggers: ClassVar[list[Any]] = [
            walls.only_legal_releases,
            walls.what_was_proposed_stays,
            walls.nobody_approves_what_they_had_a_hand_in,
            walls.silence_is_not_consent,
        ]

    def __str__(self) -> str:
        return f"release {self.token}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class ReleaseItem(models.Model):
    """One item in a release: in full, or in words that its owner writes; and what its owner says to that.

    The grades are those with which it left: the database refuses a locked item, an item suspected to be false, and a
    sealed item in any words but its owner's (I8, I9).
    """

    FULL, WORDS = "full", "words"
    FORMS = {FULL: "In full", WORDS: "In words that its owner writes"}
    GRANTED, REFUSED, NOT_NEEDED, WAITING = "granted", "refused", "not_needed", ""
    OWNER = {WAITING: "Not answered yet", NOT_NEEDED: "Not needed", GRANTED: "Granted", REFUSED: "Refused"}

    release = models.ForeignKey(Release, models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    contributed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sensitivity = models.CharField(max_length=1)
    known_how = models.CharField(max_length=1)
    handling = models.CharField(max_length=1)
    form = models.SlugField()
    words = models.TextField(blank=True, help_text="The owner's own, where it leaves in those")
    redactions = models.TextField(blank=True, help_text="The words to leave out, one phrase on a line")
    redacted_because = models.SlugField(blank=True)
    owner_says = models.SlugField(blank=True, default=WAITING)
    owner_because = models.TextField(blank=True)
    owner_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner_at = models.DateTimeField(null=True)
    said_by = models.CharField(max_length=160, blank=True, help_text="Who at an agency without accounts said it")
    said_how = models.SlugField(blank=True)
    said_at = models.DateTimeField(null=True)
    overridden_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    overridden_because = models.TextField(blank=True)
    overridden_at = models.DateTimeField(null=True)

    class Privacy:
        sealed = ("words", "redactions", "owner_because", "sensitivity", "known_how", "handling")
        personal = ("overridden_because", "contributed_by", "said_by")
        plain = (
            "release",
            "item",
            "agency",
            "form",
            "redacted_because",
            "owner_says",
            "owner_by",
            "owner_at",
            "said_how",
            "said_at",
            "overridden_by",
            "overridden_at",
        )
        keep = "as the enquiry"
        deletable = True  # only while the release is a draft: the database holds that too

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["release", "item"], name="an_item_once_a_release"),
            models.CheckConstraint(condition=Q(form__in=("full", "words")), name="an_item_leaves_in_a_known_form"),
            models.CheckConstraint(
                condition=~Q(owner_says="granted") | Q(form="full") | Q(words__gt=""), name="a_form_of_words_has_words"
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=("G", "S")) | Q(sensitivity="X", form="words"),
                name="locked_stays_and_sealed_leaves_in_its_owners_words",
            ),
            models.CheckConstraint(condition=~Q(known_how="E"), name="what_is_suspected_false_stays"),
            models.CheckConstraint(
                condition=Q(redactions="") | Q(redacted_because__gt=""), name="words_left_out_have_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(owner_says="not_needed") | Q(sensitivity="G", handling="P", form="full"),
                name="an_owner_is_asked_where_asking_is_needed",
            ),
            models.CheckConstraint(
                condition=Q(owner_says__in=("", "not_needed")) | Q(owner_by__isnull=False),
                name="an_owners_answer_has_an_author",
            ),
            models.CheckConstraint(
                condition=~Q(owner_says="refused") | Q(owner_because__gt=""), name="an_owners_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(said_by="", said_how="", said_at=None)
                | Q(said_by__gt="", said_how__in=tuple(MEANS), said_at__isnull=False, owner_by__isnull=False),
                name="what_an_owner_said_has_who_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(overridden_by=None) | Q(overridden_because__gt="", form="full"),
                name="overriding_an_owner_says_why",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["agency"], condition=Q(owner_says=""), name="release_items_owner_to_say")
        ]
        triggers: ClassVar[list[Any]] = [walls.only_a_draft_changes_its_items, walls.an_answer_is_its_owners]

    def __str__(self) -> str:
        return f"item {self.item_id} in {self.release_id}"

    @property
    def needs_owner(self) -> bool:
        return self.owner_says != self.NOT_NEEDED


class Countersignature(models.Model):
    """The governance lead looks at an owner who was overridden, within one working day (I2). Not at what was said."""

    AGREES, DISAGREES = "agrees", "disagrees"

    release = models.ForeignKey(Release, models.PROTECT, related_name="countersignatures")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    overridden_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    overridden_because = models.TextField()
    wanted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    did = models.SlugField(blank=True, help_text="agrees or disagrees; empty until it has been looked at")
    because = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("overridden_because", "because")
        plain = ("release", "agency", "overridden_by", "wanted_at", "due_at", "did", "by", "at")
        keep = "as the enquiry"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(did="") | Q(did__in=("agrees", "disagrees"), because__gt="", by__isnull=False),
                name="a_countersignature_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"countersignature {self.pk}"

    @property
    def ledger_enquiry(self) -> int:
        return self.release.enquiry_id


class Justified(models.Model):
    """Why somebody who is not one of the enquiry's people is named in a release all the same (I7)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="justified")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    because = models.TextField()

    class Privacy:
        sealed = ("person", "because")
        plain = ("release",)
        keep = "as the enquiry"
        deletable = True  # only while the release is a draft

    class Meta:
        verbose_name_plural = "justified"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["release", "person"], name="a_person_is_justified_once"),
            models.CheckConstraint(condition=Q(because__gt=""), name="naming_somebody_else_says_why"),
        ]
        triggers: ClassVar[list[Any]] = [walls.only_a_draft_names_others]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.release_id}"


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
