"""What each agency has agreed to send, each file that came, and the records and events in them: theirs, in the hub."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmash.agencies.models import Agency, Area, User
from openmash.feeds.codes import SENSITIVITIES


class Feed(models.Model):
    """An agency has agreed to send whom it knows in an area; and dated events too, if `sends_events`."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="feeds")
    area = models.ForeignKey(Area, models.PROTECT, related_name="feeds")
    sends_events = models.BooleanField(default=False)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["agency", "area"], name="one_feed_an_agency_and_area")
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class Load(models.Model):
    """One file that an agency sent, and how far it has been read. `cursor` is the last row that is kept for good."""

    WAITING, LOADING, DONE, BROKEN = "waiting", "loading", "done", "broken"
    STATES: ClassVar[dict[str, str]] = {
        WAITING: "Waiting",
        LOADING: "Loading",
        DONE: "Done",
        BROKEN: "Not loaded",
    }

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="loads")
    file_name = models.CharField(max_length=200)
    kept_as = models.CharField(max_length=80, help_text="The file's name in the folder of files that are being read")
    sha256 = models.CharField(max_length=64)
    format = models.SlugField()
    is_full = models.BooleanField(default=False)
    may_withdraw_many = models.BooleanField(default=False)
    state = models.SlugField(default=WAITING)
    because = models.CharField(max_length=400, blank=True, help_text="Why the file is not loaded")
    total = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "feed",
            "file_name",
            "kept_as",
            "sha256",
            "format",
            "is_full",
            "may_withdraw_many",
            "state",
            "because",
            "total",
            "cursor",
            "read",
            "added",
            "changed",
            "withdrawn",
            "events",
            "refused",
            "received_at",
            "started_at",
            "finished_at",
        )
        personal = ("sent_by",)
        keep = "as the feed"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "loading", "done", "broken")), name="a_load_is_in_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(state="broken") | Q(because__gt=""), name="a_broken_file_says_why"),
            models.UniqueConstraint(
                fields=["feed"], condition=Q(state="loading"), name="one_file_of_a_feed_is_read_at_a_time"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["feed", "-id"], name="loads_by_feed")]

    def __str__(self) -> str:
        return f"load {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.DONE, self.BROKEN)


class Refusal(models.Model):
    """Something of one row that could not be used, and why: the whole row, or a value that was left out of it."""

    load = models.ForeignKey(Load, models.PROTECT, related_name="refusals")
    row = models.PositiveIntegerField()
    is_whole_row = models.BooleanField()
    because = models.CharField(max_length=400)

    class Privacy:
        plain = ("load", "row", "is_whole_row", "because")
        keep = "as the load"
        append_only = True

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["load", "row"], name="refusals_by_row")]

    def __str__(self) -> str:
        return f"row {self.row} of load {self.load_id}"


class Record(models.Model):
    """Somebody whom an agency knows, as one of its formats sends them, under the agency's own number."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="records", db_index=False)
    format = models.SlugField(db_index=False)
    number = models.CharField(max_length=60, help_text="The agency's own number")
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)
    other_names = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=1, default="U")
    born_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    is_deceased = models.BooleanField(default=False)
    address_lines = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    identifiers = ArrayField(models.CharField(max_length=60), default=list, help_text="As nhs:9434765919")
    is_open = models.BooleanField(null=True)
    status = models.CharField(max_length=60, blank=True)
    team = models.CharField(max_length=120, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    is_sensitive = models.BooleanField(default=False, help_text="Nobody may learn where they are")
    superseded = ArrayField(models.CharField(max_length=60), default=list, help_text="Earlier numbers")
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        personal = (
            "number",
            "given",
            "family",
            "other_names",
            "sex",
            "born_on",
            "died_on",
            "is_deceased",
            "address_lines",
            "postcode",
            "telephone",
            "email",
            "identifiers",
            "is_open",
            "status",
            "team",
            "worker",
            "since",
            "until",
            "superseded",
        )
        special = ("is_sensitive",)
        plain = ("feed", "format", "changed_at", "withdrawn_at")
        keep = "owned by the agency; until it withdraws the record"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["feed", "number", "format"], name="one_record_a_number_and_format"),
            models.CheckConstraint(condition=Q(number__gt=""), name="a_record_has_its_number"),
            models.CheckConstraint(
                condition=Q(is_sensitive=False)
                | Q(address_lines="", postcode="", telephone="", email="", team="", worker=""),
                name="a_sensitive_record_says_nothing_of_where",
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"


class Event(models.Model):
    """A dated fact about somebody, in the agency's words, for the chronology: read from an enquiry, by its rules."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="happenings", db_index=False)
    format = models.SlugField(db_index=False)
    number = models.CharField(max_length=60, help_text="The agency's own number for the person")
    key = models.CharField(max_length=60)
    happened_on = models.DateField()
    happened_until = models.DateField(null=True)
    kind = models.SlugField(db_index=False)
    words = models.TextField()
    sensitivity = models.CharField(max_length=1, default="G")
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        sealed = ("number", "key", "happened_on", "happened_until", "kind", "words", "sensitivity")
        plain = ("feed", "format", "changed_at", "withdrawn_at")
        keep = "owned by the agency; until it withdraws the record"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["feed", "number", "format", "key"], name="one_event_a_key"),
            models.CheckConstraint(condition=Q(words__gt=""), name="an_event_says_something"),
            models.CheckConstraint(condition=Q(sensitivity__in=SENSITIVITIES), name="an_event_is_graded"),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"
