"""Persons and what is known of who they are: names, identifiers, addresses, households and relations, all over time.

Nothing of a person is overwritten. Two records of one person are joined by pointing both at one *lead* record
(`Person.lead`); undoing that is exact, since nothing else is moved.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from openmash.agencies.models import Agency, Area, User
from openmash.people.at_risk import RiskFrom
from openmash.people.dated import CHANGED, DATED, Changeable, Dated
from openmash.people.indexed import IndexEntry, IndexKey, Link, RecordJudgement, Statistics
from openmash.people.protected import Unprotecting

__all__ = ["IndexEntry", "IndexKey", "Link", "RecordJudgement", "RiskFrom", "Statistics", "Unprotecting"]
SEXES = {"F": "Female", "M": "Male", "U": "Not known"}


class Person(models.Model):
    """One record of somebody: a child, an adult, or an unborn child with a due date (M54)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="people")
    lead = models.ForeignKey("self", models.PROTECT, null=True, related_name="records")
    sex = models.CharField(max_length=1, default="U")
    born_on = models.DateField(null=True, blank=True)
    is_birth_date_estimated = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(null=True, blank=True)
    religion = models.CharField(max_length=60, blank=True)
    disability = models.CharField(max_length=200, blank=True)
    communication = models.CharField(max_length=200, blank=True)
    nationality = models.CharField(max_length=80, blank=True)
    self_description = models.CharField(max_length=80, blank=True)
    keys = ArrayField(models.CharField(max_length=60), default=list)
    keys_version = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("sex", "born_on", "is_birth_date_estimated", "due_on", "died_on", "language", "needs_interpreter",
                    "communication", "nationality", "self_description", "keys")  # fmt: skip
        special = ("ethnicity", "religion", "disability")
        plain = ("area", "lead", "keys_version", "version", "recorded_at")
        keep = "the longest of the enquiries about them"

    class Meta:
        verbose_name_plural = "people"
        indexes: ClassVar[list[Any]] = [GinIndex(fields=["keys"], name="people_by_key", fastupdate=False)]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def lead_id_or_own(self) -> int:
        return self.lead_id or self.pk

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.pk,)

    @property
    def is_unborn(self) -> bool:
        return self.born_on is None and self.due_on is not None


class Name(Dated):
    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)
    is_usual = models.BooleanField(default=True)

    class Privacy:
        personal = ("person", "given", "family")
        plain = ("is_usual", *DATED)
        keep = "as the person"

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip() or "Name not known"


class Identifier(Dated):
    """An identifier is a row: its kind, its value, whose it is and how it was verified. Never a column a scheme."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.SlugField()
    value = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    verified = models.CharField(max_length=60, default="given by the referrer")

    class Privacy:
        personal = ("person", "value")
        plain = ("kind", "agency", "verified", *DATED)
        keep = "as the person"

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["value", "kind"], name="identifiers_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Address(models.Model):
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    lines = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8, blank=True)
    key = models.CharField(max_length=60, help_text="The same for spellings of one address")

    class Privacy:
        personal = ("lines", "postcode", "key")
        plain = ("area",)
        keep = "as the people who lived there"

    class Meta:
        verbose_name_plural = "addresses"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key"], name="addresses_by_key"),
            models.Index(fields=["postcode"], name="addresses_by_postcode"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.lines, self.postcode]))


class Residence(Dated):
    """A person lived, or stayed, at an address. Those who live at one address at one time are a household."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, models.PROTECT, related_name="residences")

    class Privacy:
        personal = ("person", "address")
        plain = DATED
        keep = "as the person"

    def __str__(self) -> str:
        return f"{self.person_id} at {self.address_id}"


class Contact(Dated):
    """A telephone number or an e-mail address of a person, and whether it is safe to use."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.SlugField(help_text="telephone or email")
    value = models.CharField(max_length=120)
    is_safe = models.BooleanField(null=True, blank=True)
    hours = models.CharField(max_length=120, blank=True, help_text="When and how it may be used")

    class Privacy:
        personal = ("person", "value", "is_safe", "hours")
        plain = ("kind", *DATED)
        keep = "as the person"

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["value"], name="contacts_by_value")]

    def __str__(self) -> str:
        return self.value


class Relationship(Changeable):
    """`person` is the `kind` of `other`: "mother of", "partner of". The words are in `relations.py`.

    One that `is_mistaken` is no tie: whoever reads ties leaves it out.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, related_name="relations_from_others")
    kind = models.SlugField()
    has_parental_responsibility = models.BooleanField(null=True, blank=True)

    class Privacy:
        personal = ("person", "other", "kind", "has_parental_responsibility", "changed_because")
        plain = (*DATED, *CHANGED)
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_their_own_relation"),
            *Changeable.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.person_id, self.other_id)


class Marker(Dated):
    """A status or a risk that somebody carries: on a protection plan, in care, a risk to children (M11, M53)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="markers")
    kind = models.SlugField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    team = models.CharField(max_length=120, blank=True)
    worker = models.CharField(max_length=120, blank=True)

    class Privacy:
        personal = ("person", "kind", "worker")
        plain = ("agency", "team", *DATED)
        keep = "as the person"

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Professional(Dated):
    """Someone who works with a person: the network around them (M72)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="professionals")
    agency = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    last_seen = models.DateField(null=True, blank=True)

    class Privacy:
        personal = ("person", "name", "contact", "last_seen")
        plain = ("agency", "role", *DATED)
        keep = "as the person"

    def __str__(self) -> str:
        return f"{self.agency} with {self.person_id}"


class Judgement(models.Model):
    """A person said: these two records are the same person, or are not. Remembered, and reversible."""

    SAME, DIFFERENT = "same", "different"

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    says = models.SlugField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("first", "second", "why")
        plain = ("says", "by", "at", "undone_by", "undone_at")
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_is_written_smaller_first"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at=None), name="one_live_judgement_a_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.says} {self.second_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.first_id, self.second_id)


class Proposal(models.Model):
    """Somebody thinks that two records are one person, and one of the two is guarded: a second person has to agree."""

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(default=False)
    because = models.CharField(max_length=200, blank=True)

    class Privacy:
        personal = ("first", "second", "because")
        plain = ("by", "at", "answered_by", "answered_at", "is_agreed")
        keep = "as the person"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_proposal_is_written_smaller_first"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(answered_at=None), name="one_open_proposal_a_pair"
            ),
            models.CheckConstraint(condition=~Q(answered_by=F("by"), is_agreed=True), name="a_second_person_agrees"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} proposed as {self.second_id}"

    @property
    def ledger_people(self) -> tuple[int, ...]:
        return (self.first_id, self.second_id)


class Amendment(models.Model):
    """A reviewed change to what a record says now: what it said, what it says, on whose word. Never undone silently."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="amendments")
    what = models.SlugField()
    before = models.CharField(max_length=240, blank=True)
    after = models.CharField(max_length=240, blank=True)
    source = models.CharField(max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("person", "before", "after")
        plain = ("what", "source", "by", "at")
        keep = "as the person"
        append_only = True

    def __str__(self) -> str:
        return f"{self.what} of {self.person_id}"
