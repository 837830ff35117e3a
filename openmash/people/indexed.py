"""The index of everybody known to the hub or to an agency, as matching sees them: one row a record.

A row says who somebody is and nothing else of them. An agency's own row, with its status and its worker, stays behind
that agency's wall; here it is a number. Written and searched by `people.matching` alone.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Agency, Area, User


class IndexEntry(models.Model):
    """A record of the hub's own (`person`), or an agency's (`source` and its `record` number).

    `cluster` is the smallest entry of those that were linked as one person; none while it is alone. A restricted entry
    is never linked by the machine, never shown as known, and has no keys. `area` is none for somebody known in the
    whole county.
    """

    source = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    record = models.BigIntegerField(null=True)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="entry")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    facts = models.TextField(help_text="Names, birth dates, homes, numbers: see people.matching.stored")
    keys = ArrayField(models.IntegerField(), default=list)
    keys_version = models.PositiveSmallIntegerField(default=0)
    is_restricted = models.BooleanField(default=False)
    is_pending = models.BooleanField(default=True, help_text="Changed since records were last linked")
    cluster = models.BigIntegerField(null=True)

    class Privacy:
        personal = ("person", "facts", "keys")
        plain = ("source", "record", "area", "keys_version", "is_restricted", "is_pending", "cluster")
        keep = "as the record"

    class Meta:
        verbose_name_plural = "index entries"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record"], name="one_entry_a_record"),
            models.CheckConstraint(
                condition=Q(person=None, source__isnull=False, record__isnull=False)
                | Q(person__isnull=False, source=None, record=None),
                name="an_entry_is_a_persons_or_an_agencys",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["cluster"], condition=~Q(cluster=None), name="entries_by_cluster"),
            models.Index(fields=["id"], condition=Q(is_pending=True), name="entries_to_link"),
            models.Index(fields=["keys_version"], name="entries_by_keys_version"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class IndexKey(models.Model):
    """An entry is found under this key. A narrow table, so that a key that half a town shares costs a bounded look."""

    pk = models.CompositePrimaryKey("key", "entry")
    key = models.IntegerField()
    entry = models.BigIntegerField(help_text="The entry's number")

    class Privacy:
        personal = ("key", "entry")
        keep = "as the record"

    def __str__(self) -> str:
        return f"{self.key} {self.entry}"


class Link(models.Model):
    """Two entries that the machine finds alike enough to be one person, or for a person to decide."""

    first = models.BigIntegerField(help_text="An entry's number")
    second = models.BigIntegerField(help_text="A greater one")
    score = models.FloatField()
    model_version = models.PositiveSmallIntegerField()

    class Privacy:
        personal = ("first", "second")
        plain = ("score", "model_version")
        keep = "as the record"
        deletable = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_link_is_written_smaller_first"),
            models.UniqueConstraint(fields=["first", "second"], name="one_link_a_pair"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["second"], name="links_by_second")]

    def __str__(self) -> str:
        return f"{self.first} like {self.second}"


class RecordJudgement(models.Model):
    """Somebody said: an agency's record is, or is not, of a person of the hub, or of whom another record is of."""

    SAME, DIFFERENT = "same", "different"

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    record = models.BigIntegerField(help_text="The number of an agency's record")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    other = models.BigIntegerField(null=True, help_text="The number of another, greater one")
    says = models.SlugField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("record", "person", "other")
        plain = ("area", "says", "by", "at", "undone_by", "undone_at")
        keep = "as the record"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, other=None) | Q(person=None, other__gt=F("record")),
                name="a_record_is_judged_with_one_other",
            ),
            models.UniqueConstraint(
                fields=["record", "person", "other"], condition=Q(undone_at=None), nulls_distinct=False,
                name="one_live_judgement_a_record_and_other",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(fields=["other"], name="record_judgements_by_other")]

    def __str__(self) -> str:
        return f"record {self.record} {self.says} {self.person_id or self.other}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id,) if self.person_id else ()


class Statistics(models.Model):
    """How common each class of names was when last counted, and the keys too common to link by."""

    counted_at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    classes = ArrayField(models.CharField(max_length=12))
    shares = ArrayField(models.FloatField())
    model_version = models.PositiveSmallIntegerField(default=0, help_text="By which everything was linked since")
    stop_keys = ArrayField(models.IntegerField())

    class Privacy:
        plain = "*"
        keep = "until they are counted again"

    class Meta:
        verbose_name_plural = "statistics"

    def __str__(self) -> str:
        return f"statistics {self.pk}"
