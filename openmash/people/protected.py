"""The tables of protected whereabouts, beside the marker that protects them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import User


class Unprotecting(models.Model):
    """Somebody thinks that whereabouts need no protection any more. A second person has to agree (security 3.6)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    because = models.TextField()
    their_view = models.TextField(help_text="What the protected person says, or why nobody could ask them")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(default=False)
    answer = models.TextField(blank=True)

    class Privacy:
        personal = ("person", "because", "their_view", "answer")
        plain = ("by", "at", "answered_by", "answered_at", "is_agreed")
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at=None), name="one_open_unprotecting_a_person"
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=False) | Q(answered_by__isnull=False) & ~Q(answered_by=F("by")),
                name="nobody_ends_a_protection_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"unprotecting of {self.person_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,)
