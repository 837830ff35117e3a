"""Each grade that was given, kept beside the ones before it (M56); what went to MARAC, and what it decided (M91)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, User
from openmash.domestic_abuse.codes import AGREES, GRADES, MOST_YES, VICTIM_KNOWS
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


class MaracReferral(models.Model):
    """Somebody looked at the four criteria and referred it to MARAC, or did not, with the reason (M91)."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="marac_referrals")
    is_referred = models.BooleanField()
    criteria = ArrayField(models.SlugField(), default=list, help_text="Those on which it was referred")
    because = models.TextField()
    victim_knows = models.SlugField(blank=True)
    without_agreement_because = models.TextField(blank=True)
    safe_contact = models.CharField(max_length=300, blank=True, help_text="How to reach the person who is harmed")
    referred_on = models.DateField(null=True)
    meets_on = models.DateField(null=True, help_text="When it is to be heard")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("because", "victim_knows", "without_agreement_because", "safe_contact")
        special = ("is_referred", "criteria")
        plain = ("enquiry", "referred_on", "meets_on", "agency", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(because__gt=""), name="referring_to_marac_or_not_says_why"),
            models.CheckConstraint(
                condition=Q(is_referred=False, referred_on=None, criteria=[])
                | Q(
                    is_referred=True,
                    referred_on__isnull=False,
                    criteria__len__gt=0,
                    victim_knows__in=tuple(VICTIM_KNOWS),
                ),
                name="a_marac_referral_has_its_day_and_criteria",
            ),
            models.CheckConstraint(
                condition=Q(victim_knows__in=("", AGREES)) | Q(without_agreement_because__gt=""),
                name="marac_without_the_victims_agreement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"marac referral of {self.enquiry_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.enquiry_id


class MaracMeeting(models.Model):
    """What MARAC decided on a referral, whom it was about, and who was told."""

    referral = models.ForeignKey(MaracReferral, models.PROTECT, related_name="meetings")
    met_on = models.DateField()
    decided = models.TextField()
    told = models.TextField(help_text="Who was told what was decided, and by whom")
    people = ArrayField(models.BigIntegerField(), default=list, help_text="Whom it was about, by their records")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        personal = ("told", "people")
        special = ("decided",)
        plain = ("referral", "met_on", "by", "at")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(decided__gt="", told__gt="", people__len__gt=0),
                name="a_marac_meeting_says_what_and_of_whom",
            )
        ]

    def __str__(self) -> str:
        return f"marac meeting on {self.referral_id}"

    @property
    def ledger_enquiry(self) -> int:
        return self.referral.enquiry_id


class MaracAction(models.Model):
    """One thing that MARAC asked somebody to do."""

    meeting = models.ForeignKey(MaracMeeting, models.PROTECT, related_name="actions")
    what = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", help_text="Whose it is to do")
    owner = models.CharField(max_length=160, blank=True, help_text="Who there, as it was said")
    due_on = models.DateField(null=True)

    class Privacy:
        personal = ("owner",)
        special = ("what",)
        plain = ("meeting", "agency", "due_on")
        keep = "as the enquiry"
        append_only = True

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(what__gt=""), name="a_marac_action_says_what")
        ]

    def __str__(self) -> str:
        return f"marac action of {self.meeting_id}"
