"""Each grade that was given, kept beside the ones before it (M56)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, User
from openmash.domestic_abuse.codes import GRADES, MOST_YES
from openmash.enquiries.models import Enquiry


class Grade(models.Model):
    """How grave the domestic abuse in an enquiry is: who graded it, why, and what information changed it."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="abuse_grades")
    grade = models.SlugField()
    before = models.SlugField(blank=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="How many DASH questions were answered yes")
    aggravating = ArrayField(models.SlugField(), default=list)
    because = models.TextField()
    caused_by = models.TextField(blank=True, help_text="What information changed an earlier grade")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", help_text="Whose grade it is")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("because", "caused_by")
        special = ("grade", "before", "score", "aggravating")
        plain = ("enquiry", "agency", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(grade__in=tuple(GRADES)), name="domestic_abuse_is_graded"),
            models.CheckConstraint(condition=Q(because__gt=""), name="a_domestic_abuse_grade_says_why"),
            models.CheckConstraint(
                condition=Q(before="") | Q(before=models.F("grade")) | Q(caused_by__gt=""),
                name="a_changed_domestic_abuse_grade_says_what_changed_it",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=MOST_YES), name="a_dash_score_counts_24_questions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id
