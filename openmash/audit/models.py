"""The ledger: one line for every act, every look at sealed material, and every refusal; and the chain over them."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models


def _never_emptied(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the ledger is append-only: % is never emptied', TG_TABLE_NAME;",
    )


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
            BrinIndex(fields=["at"], name="ledger_by_time", autosummarize=True),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="ledger_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _never_emptied("ledger_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.outcome} {self.at:%Y-%m-%d %H:%M}"


class LedgerLink(models.Model):
    """One line's place in the chain. Written by the database alone, when the transaction of the line commits.

    `canonical` is the exact text that was hashed, and `hash` is SHA-256 of the previous hash and that text (security
    4.3). The numbers have no gaps, since a transaction that rolls back takes no number.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(help_text="The number of the line, which may have gaps")
    epoch = models.PositiveIntegerField(help_text="A new one begins after the database was set back to an earlier time")
    canonical = models.TextField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Privacy:
        plain = ("event", "epoch", "previous", "hash")
        personal = ("canonical",)
        keep = "as the line"
        append_only = True
        written_by_database = True

    class Meta:
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="chain_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _never_emptied("chain_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {bytes(self.hash).hex()}"
