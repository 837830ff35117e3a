"""The table of who is at risk from whom. It is behind a wall of its own: see the migration `risk_from_wall`."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from openmash.people.dated import CHANGED, DATED, Changeable


class RiskFrom(Changeable):
    """`person` is at risk from `whom`: said of the first, and never shown on the side of the second (security 3.6)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="risks_from")
    whom = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    class Privacy:
        personal = ("person", "whom", "because", "changed_because")
        plain = (*DATED, *CHANGED)
        keep = "as the person"

    class Meta:
        verbose_name = "risk from somebody"
        verbose_name_plural = "risks from somebody"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(person=F("whom")), name="nobody_is_at_risk_from_themselves"),
            models.CheckConstraint(
                condition=Q(because__gt="", by__isnull=False), name="a_risk_says_why_and_who_entered_it"
            ),
            *Changeable.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at risk from {self.whom_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        """Of the one at risk alone: what is on record about the other does not lead here."""
        return (self.person_id,)
