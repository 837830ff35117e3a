"""Other systems that act for their agency: the tokens that they show, what each sent, and what could not be taken.

The models are named by `agencies.models`, which is where Django looks for them.
"""

import secrets
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

# What was issued before two people had to let a system in is agreed by nobody named.
WHOEVER_AGREES_ASKS = pgtrigger.Trigger(
    name="whoever_agrees_to_a_token_asks",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__agreed_at__isnull=False),
    func="""
        IF OLD.agreed_at IS NULL AND NEW.agreed_by_id IS DISTINCT FROM openmash_user() THEN
            RAISE EXCEPTION 'nobody agrees to a token in the name of another';
        END IF;
        RETURN NEW;
    """,
)


class Token(models.Model):
    """What a system shows to act for its agency in one area. Only its digest is kept; `user` is whom it acts as.

    It opens nothing until a second person has agreed to it.
    """

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="tokens")
    area = models.ForeignKey("agencies.Area", models.PROTECT, related_name="+")
    scopes = ArrayField(models.SlugField())
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token")
    team = models.ForeignKey("agencies.Team", models.PROTECT, null=True, related_name="+")
    begins = models.CharField(max_length=12, help_text="Its first letters, to tell one from another")
    issued_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    agreed_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    counted_from = models.DateTimeField(null=True, help_text="Since when the calls of this minute are counted")
    calls = models.PositiveIntegerField(default=0, help_text="In the minute that is counted")

    class Privacy:
        plain = ("user", "area", "scopes", "team", "begins", "issued_by", "issued_at", "expires_at", "agreed_by",
                 "agreed_at", "revoked_by", "revoked_at", "last_used_at", "counted_from", "calls")  # fmt: skip
        personal = ("digest",)
        keep = "as long as anything that they did"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="a_token_is_for_something"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_by__isnull=False), name="somebody_revokes_a_token"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | (~Q(agreed_by=F("issued_by")) & ~Q(agreed_by=F("user"))),
                name="a_second_person_agrees_to_a_token",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            WHOEVER_AGREES_ASKS,
            pgtrigger.ReadOnly(
                name="a_token_stays_as_issued",
                fields=["user", "area", "scopes", "team", "digest", "issued_by", "expires_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.begins


class Delivery(models.Model):
    """One thing that a system sent under its own key: done at once, or waiting for its turn. The key makes it once.

    `body` is kept only while it waits. `answer` is what the system was told, and is told again.
    """

    token = models.ForeignKey(Token, models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=64)
    what = models.SlugField()
    hash = models.CharField(max_length=64, help_text="SHA-256 of what was sent")
    body = models.JSONField(null=True)
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)

    class Privacy:
        personal = ("body",)
        plain = ("token", "key", "what", "hash", "received_at", "done_at", "answer")
        keep = "as the enquiry that came of it"

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["token", "key"], name="a_key_is_used_once_a_token"),
            models.CheckConstraint(
                condition=Q(done_at=None, body__isnull=False) | Q(done_at__isnull=False, body=None),
                name="what_waits_is_kept_and_what_is_done_is_not",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["received_at"], condition=Q(done_at=None), name="deliveries_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


def new_call() -> str:
    return secrets.token_urlsafe(24)


class HeldBack(models.Model):
    """What a system sent and what could not be taken, until it is: by itself, by a person, or never, with a reason.

    `body` is an enquiry's, byte for byte. Anything else is its agency's alone, and stays with its delivery.
    """

    token = models.ForeignKey(Token, models.PROTECT, related_name="held_back")
    system = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    area = models.ForeignKey("agencies.Area", models.PROTECT, related_name="+")
    delivery = models.OneToOneField(Delivery, models.PROTECT, null=True, related_name="held")
    what = models.SlugField()
    key = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, help_text="SHA-256 of what was sent")
    body = models.BinaryField(null=True)
    because = models.TextField()
    call = models.CharField(max_length=32, unique=True, default=new_call, help_text="Where somebody completes it")
    received_at = models.DateTimeField()
    tried_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    came_to = models.CharField(max_length=16, blank=True, help_text="The reference of the enquiry that came of it")

    class Privacy:
        personal = ("body",)
        plain = ("token", "system", "area", "delivery", "what", "key", "hash", "because", "call", "received_at",
                 "tried_at", "ended_at", "ended_by", "ended_because", "came_to")  # fmt: skip
        keep = "as the enquiry that came of it, or 1 year"

    class Meta:
        verbose_name_plural = "held back"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["token", "key", "hash"], name="the_same_is_held_back_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | Q(ended_at__isnull=False, ended_because__gt=""),
                name="what_was_held_back_ends_because",
            ),
            models.CheckConstraint(
                condition=Q(what="enquiry") | Q(body=None), name="only_an_enquiry_is_held_back_with_its_body"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["area", "received_at"], condition=Q(ended_at=None), name="held_back_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.what} held back {self.pk}"
