"""The ledger: one line for every act, every look at sealed material, and every refusal."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class LedgerEvent(models.Model):
    """What was done, by whom, to what, and whether it was allowed.

    Holds numbers and never foreign keys, so that the ledger never stands in the way of the live record, and never
    the words of a case: only which fields an act kept. Read by the audit pages alone.
    """

    ALLOWED, REFUSED = "allowed", "refused"

    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8)
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    agency = models.CharField(max_length=60, blank=True)
    thing = models.CharField(max_length=60, blank=True)
    thing_number = models.BigIntegerField(null=True)
    enquiry = models.BigIntegerField(null=True)
    people = ArrayField(models.BigIntegerField(), default=list)
    reasons = models.TextField(blank=True)
    kept = models.JSONField(default=dict)

    class Privacy:
        plain = ("at", "event", "outcome", "agency", "thing", "thing_number", "enquiry", "people", "kept")
        personal = ("actor", "actor_name", "reasons")
        keep = "as long as the record that it is about"
        append_only = True

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(outcome="allowed") | models.Q(outcome="refused", reasons__gt=""),
                name="a_refusal_on_the_ledger_says_why",
            ),
            models.CheckConstraint(condition=models.Q(actor_name__gt=""), name="nothing_acts_anonymously"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["enquiry", "-id"], name="ledger_by_enquiry"),
            models.Index(fields=["actor", "-id"], name="ledger_by_actor"),
            GinIndex(fields=["people"], name="ledger_by_person"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="ledger_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.outcome} {self.at:%Y-%m-%d %H:%M}"
