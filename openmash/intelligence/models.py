"""What each agency holds: theirs, inside the hub. Reached through the three doors, and by disclosure."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Area, User
from openmash.enquiries.models import Enquiry
from openmash.people.models import Person


class Item(models.Model):
    """One thing that an agency says, in its own words, with everything that must travel with the words."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="items")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items")
    answer = models.UUIDField(null=True, help_text="The answer that it came with")
    kind = models.SlugField(default="other")
    words = models.TextField()
    happened_on = models.DateField(null=True)
    happened_until = models.DateField(null=True)
    nature = models.SlugField()
    dependable = models.CharField(max_length=1)
    known_how = models.CharField(max_length=1)
    handling = models.CharField(max_length=1, default="P")
    conditions = models.TextField(blank=True)
    sensitivity = models.CharField(max_length=1, default="G")
    rating = models.SlugField(blank=True)
    own_reference = models.CharField(max_length=60, blank=True, help_text="The agency's own record number")
    named = ArrayField(models.BigIntegerField(), default=list, help_text="For a locked item: the only users who see it")
    people = models.ManyToManyField(Person, related_name="items", through="About")
    deposited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    deposited_at = models.DateTimeField()

    class Privacy:
        sealed = (
            "words",
            "kind",
            "happened_on",
            "happened_until",
            "nature",
            "dependable",
            "known_how",
            "handling",
            "conditions",
            "sensitivity",
            "rating",
            "own_reference",
            "named",
        )
        personal = ("deposited_by",)
        plain = ("enquiry", "area", "agency", "answer", "deposited_at")
        keep = "owned by the agency; as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(words__gt=""), name="an_item_says_something"),
            models.CheckConstraint(condition=Q(sensitivity__in=("G", "S", "X", "L")), name="an_item_is_graded"),
            models.CheckConstraint(condition=Q(dependable__in=("1", "2", "3")), name="an_items_source_is_evaluated"),
            models.CheckConstraint(
                condition=Q(known_how__in=("A", "B", "C", "D", "E")), name="an_items_information_is_assessed"
            ),
            models.CheckConstraint(condition=Q(handling="P") | Q(conditions__gt=""), name="conditions_are_said"),
            models.CheckConstraint(
                condition=~Q(sensitivity="L") | Q(named__len__gt=0), name="a_locked_item_names_who_sees_it"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["enquiry", "agency"], name="items_by_enquiry"),
            models.Index(fields=["answer"], name="items_by_answer"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class About(models.Model):
    """Which people an item is about."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="about")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Privacy:
        sealed = ("item", "person")
        keep = "as the item"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["item", "person"], name="an_item_is_about_a_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} is about {self.person_id}"
