"""What rows about people have in common: since when, until when, who said so; and how what was said is taken back."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from openmash.agencies.models import User

DATED = ("since", "until", "source", "recorded_at")
CHANGED = ("by", "changed_by", "changed_at", "is_mistaken", "version")


class Dated(models.Model):
    """What is known of a person from a day until a day, and where that knowledge came from."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, help_text="Who said so, in words")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Changeable(Dated):
    """It can end, or be found never to have been so: somebody says why, and the row stays.

    `by` entered it on a page; nobody, where it came with an enquiry.
    """

    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    changed_because = models.CharField(max_length=120, blank=True)
    is_mistaken = models.BooleanField(default=False, help_text="It was never so")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(changed_at=None, changed_by=None, is_mistaken=False)
                | Q(changed_at__isnull=False, changed_by__isnull=False, changed_because__gt=""),
                name="who_changes_a_%(class)s_says_why",
            )
        ]
