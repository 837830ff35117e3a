"""Where notifications come from, the files and their rows, and each notification with the people in it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Cast

from openmash.agencies.models import Area, Team, User
from openmash.enquiries.models import Enquiry
from openmash.notifications.codes import DOMESTIC, FORWARDED, GRADES, RETAINED, SENT, STATES, WAITING


def as_content(values: Any) -> Func:
    """In the database: what the values of a row are told apart by."""
    return Func(Cast(values, models.TextField()), function="md5", output_field=models.CharField(max_length=32))


class Source(models.Model):
    """One kind of extract that a force sends, and what its headings mean: asked once, then remembered."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, help_text="What the force calls its notices")
    columns = models.JSONField(default=dict, help_text="By field: the heading")

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "name"], name="a_source_of_notifications_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class File(models.Model):
    """One file of notifications: what came, how far it is read, and what became of its rows."""

    MAPPING, LOADING, DONE, BROKEN, AWAY = "mapping", "loading", "done", "broken", "away"
    NEEDS_SOMEBODY = (MAPPING, BROKEN)

    source = models.ForeignKey(Source, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    kept_as = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.SlugField(default=MAPPING)
    because = models.CharField(max_length=300, blank=True)
    columns = models.JSONField(default=dict, help_text="By field: the heading; those of the source may change later")
    total = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0, help_text="Rows read so far")
    loaded = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "always"

    def __str__(self) -> str:
        return self.name


class Repair(models.Model):
    """A row that could not be read: kept as it came, until somebody puts it right or puts it away."""

    file = models.ForeignKey(File, models.PROTECT, related_name="repairs")
    row = models.PositiveIntegerField()
    values = models.JSONField(help_text="By heading, as they came")
    problems = ArrayField(models.CharField(max_length=200))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=200, blank=True)

    class Privacy:
        personal = ("values",)
        plain = ("file", "row", "problems", "ended_at", "ended_by", "ended_because")
        keep = "as the notification"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["file", "row"], name="a_row_is_kept_for_repair_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(as_content("values"), name="repairs_by_content")]

    def __str__(self) -> str:
        return f"row {self.row}"


class Notification(models.Model):
    """One police notification, with the police's own grade as it was given, and what an evaluator made of it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="notifications")
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="notifications")
    reference = models.CharField(max_length=60)
    content = models.CharField(max_length=64, help_text="SHA-256 of what it says: the same twice is one")
    is_changed = models.BooleanField(default=False, help_text="Another version of this reference was here before")
    happened_on = models.DateField()
    grade = models.SlugField(blank=True)
    what = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    logs = models.CharField(max_length=300, blank=True, help_text="Connected logs")
    address_lines = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    received_at = models.DateTimeField()
    state = models.SlugField(default=WAITING)
    risk = models.SlugField(blank=True, help_text="The evaluator's own grade")
    because = models.TextField(blank=True)
    evaluated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evaluated_at = models.DateTimeField(null=True)
    enquiry = models.OneToOneField(Enquiry, models.PROTECT, null=True, related_name="notification")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    worker = models.CharField(max_length=120, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    is_sampled = models.BooleanField(default=False)
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_outcome = models.SlugField(blank=True)
    second_because = models.TextField(blank=True)

    class Privacy:
        personal = ("reference", "what", "words", "logs", "address_lines", "postcode", "because", "worker",
                    "second_because")  # fmt: skip
        plain = ("area", "source", "file", "content", "is_changed", "happened_on", "grade", "received_at", "state",
                 "risk", "evaluated_by", "evaluated_at", "enquiry", "team", "acknowledged_by", "acknowledged_at",
                 "is_sampled", "second_by", "second_at", "second_outcome")  # fmt: skip
        keep = "as the enquiry that it became, or six years"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["source", "reference", "content"], name="the_same_notification_is_there_once"
            ),
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="a_notification_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(grade="") | Q(grade__in=tuple(GRADES)), name="a_police_grade_is_a_grade"
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING)
                | Q(state=RETAINED, because__gt="", evaluated_by__isnull=False)
                | Q(state=SENT, because__gt="", evaluated_by__isnull=False, enquiry__isnull=False)
                | Q(state=FORWARDED, because__gt="", evaluated_by__isnull=False, team__isnull=False),
                name="an_evaluated_notification_says_why_and_where",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["area", "received_at"], condition=Q(state=WAITING), name="notifications_waiting"),
            models.Index(fields=["reference"], name="notifications_by_reference"),
            models.Index(fields=["team"], condition=Q(state=FORWARDED), name="notifications_forwarded"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_domestic_abuse(self) -> bool:
        return DOMESTIC in self.what.casefold()

    @property
    def ledger_enquiry(self) -> int | None:
        return self.enquiry_id


class Subject(models.Model):
    """A person in a notification, as the police wrote them. `lead` is whom the hub knows that they most likely are."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="subjects")
    role = models.SlugField()
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, default="U")
    telephone = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=120, blank=True, help_text="The same for the same person in another notification")
    lead = models.BigIntegerField(null=True)

    class Privacy:
        personal = ("notification", "role", "given", "family", "born_on", "sex", "telephone", "who", "lead")
        keep = "as the notification"

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["who"], condition=Q(who__gt=""), name="subjects_by_who"),
            models.Index(fields=["lead"], condition=Q(lead__isnull=False), name="subjects_by_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip() or "Name not given"
