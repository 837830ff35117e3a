"""Areas, agencies, teams, users and their postings, and letters waiting to be sent."""

from datetime import time
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from openmash.agencies.access import SETTINGS_AND_CASES_APART, TWO_PEOPLE_GIVE_A_ROLE, AccessChange
from openmash.agencies.connected import Delivery, HeldBack, Token
from openmash.agencies.practices import Acknowledgement
from openmash.agencies.roles import ROLES, Permission
from openmash.agencies.sharing import Agreement, SharingOverride, Signature
from openmash.kit.clock import WorkingTime, england_closed_days

__all__ = [
    "AccessChange",
    "Acknowledgement",
    "Agreement",
    "Delivery",
    "HeldBack",
    "SharingOverride",
    "Signature",
    "Token",
]


def _weekdays() -> list[int]:
    return [0, 1, 2, 3, 4]


class Area(models.Model):
    """One local authority area, with its own hub, words, hours and clocks (M38, M122)."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    letters = models.CharField(max_length=4, unique=True, help_text="The first letters of a reference")
    authority_code = models.CharField(max_length=10)
    hub_name = models.CharField(max_length=80)
    word_for_enquiry = models.CharField(max_length=40, default="enquiry")
    telephone = models.CharField(max_length=30)
    out_of_hours = models.CharField(max_length=30)
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(17))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_weekdays)
    urgent_triage_hours = models.DecimalField(max_digits=4, decimal_places=1, default=1)
    triage_hours = models.DecimalField(max_digits=4, decimal_places=1, default=4)
    red_hours = models.DecimalField(max_digits=4, decimal_places=1, default=4)
    amber_days = models.PositiveSmallIntegerField(default=1)
    green_days = models.PositiveSmallIntegerField(default=3)
    adult_days = models.PositiveSmallIntegerField(
        default=1, help_text="Working days until an adult's enquiry is decided: set by each area"
    )
    abuse_medium_from = models.PositiveSmallIntegerField(default=10, help_text="DASH answers of yes")
    abuse_high_from = models.PositiveSmallIntegerField(default=14, help_text="DASH answers of yes")
    abuse_incidents = models.PositiveSmallIntegerField(default=3, help_text="In 12 months: an escalation")
    live_since = models.DateField()

    class Privacy:
        plain = "*"
        keep = "always"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def working_time(self) -> WorkingTime:
        """The hub's hours: England's bank holidays and the area's own closure days are not worked."""
        closed = england_closed_days() | frozenset(self.closure_days.values_list("day", flat=True))
        return WorkingTime(self.opens, self.closes, frozenset(self.weekdays), closed)


class ClosureDay(models.Model):
    area = models.ForeignKey(Area, models.PROTECT, related_name="closure_days")
    day = models.DateField()
    why = models.CharField(max_length=120)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "day"], name="one_closure_a_day_and_area")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.why}"


class Locality(models.Model):
    """A part of an area that has its own teams."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="localities")
    key = models.SlugField()
    name = models.CharField(max_length=80)
    postcode_districts = ArrayField(models.CharField(max_length=8), default=list)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["area", "key"], name="one_locality_key_an_area")
        ]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An agency that is asked, that makes enquiries, or both. It may serve several areas (M124)."""

    CO_LOCATED, VIRTUAL, EMAIL, PROPOSED = "co_located", "virtual", "email", "proposed"
    MODES = {
        CO_LOCATED: "Co-located in the hub",
        VIRTUAL: "Virtual: answers on a page of its own",
        EMAIL: "Secure e-mail: is written to, and answers by e-mail",
        PROPOSED: "Proposed: has not joined yet",
    }

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    return_key = models.SlugField(blank=True, help_text="The agency's form on the shelf of returns")
    mode = models.SlugField(default=VIRTUAL)
    areas = models.ManyToManyField(Area, related_name="agencies")
    source_code = models.CharField(max_length=3, blank=True, help_text="Department for Education source of a contact")
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(17))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_weekdays)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def working_time(self) -> WorkingTime:
        """The agency's own working pattern: its clock runs only in these hours (M119)."""
        return WorkingTime(self.opens, self.closes, frozenset(self.weekdays), england_closed_days())


class Team(models.Model):
    """A team that receives work: a locality team, a duty team, an early-response hub (M102)."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    area = models.ForeignKey(Area, models.PROTECT, related_name="teams")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, related_name="teams")
    takes = models.CharField(max_length=200, help_text="What the team takes on")

    class Privacy:
        plain = "*"
        keep = "always"

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Users come with their agency, which every page and every ledger line names."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().select_related("agency")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who signs in. Everyone is employed by one agency (M3)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users")
    is_qualified_social_worker = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False, help_text="Nobody: a system, or an agency's e-mails. Never signs in")
    wants_digest = models.BooleanField(default=False, help_text="One e-mail a day instead of one for each thing")
    away_until = models.DateField(null=True, help_text="The last day of an absence")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Users()

    class Privacy:
        personal = ("email", "name", "job_title", "telephone", "password", "last_login")
        plain = (
            "agency",
            "is_qualified_social_worker",
            "is_active",
            "is_system",
            "wants_digest",
            "away_until",
            "joined_on",
            "left_on",
        )
        keep = "as long as anything that they did"

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_id(self) -> int:
        return self.pk

    @property
    def ledger_name(self) -> str:
        return self.name

    @property
    def ledger_agency(self) -> str:
        return self.agency.key

    @cached_property
    def postings_now(self) -> tuple[tuple[str, int, int | None], ...]:
        """(role, area, team) of every posting that is live today. Read once a request."""
        today = timezone.localdate()
        live = self.postings.filter(since__lte=today).exclude(until__lt=today)
        return tuple(live.order_by("id").values_list("role", "area_id", "team_id"))

    def areas_where(self, permission: Permission) -> frozenset[int]:
        """The areas in which a live posting of this user holds the permission."""
        return frozenset(area for role, area, _ in self.postings_now if permission in ROLES[role].may)

    def works_in(self, area: int) -> bool:
        """Whether they have not left, and have any role in the area today."""
        return self.is_active and any(place == area for _, place, _ in self.postings_now)

    def is_posted_as(self, role: str, area: int | None = None) -> bool:
        return any(role == held and area in (None, place) for held, place, _ in self.postings_now)

    @property
    def team_ids(self) -> frozenset[int]:
        return frozenset(team for _, _, team in self.postings_now if team)


class Posting(models.Model):
    """A user's role in an area, from a day until a day. History stays when somebody leaves (M33)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    role = models.SlugField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="postings")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="postings")
    since = models.DateField()
    until = models.DateField(null=True)

    class Privacy:
        plain = ("role", "area", "team", "since", "until")
        personal = ("user",)
        keep = "as long as anything that they did"

    class Meta:
        triggers: ClassVar[list[Any]] = [TWO_PEOPLE_GIVE_A_ROLE, SETTINGS_AND_CASES_APART]

    def __str__(self) -> str:
        return f"{self.role} in {self.area_id} since {self.since}"


class Domain(models.Model):
    """A domain to which personal data of an area may be e-mailed. The governance lead keeps the list (M80)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="domains")
    name = models.CharField(max_length=120)
    because = models.TextField(help_text="How it is known to be secure")
    allowed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    allowed_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        plain = "*"
        keep = "always"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=models.Q(withdrawn_at=None), name="one_live_domain_of_a_name"
            ),
            models.CheckConstraint(condition=models.Q(because__gt=""), name="a_domain_is_allowed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """An e-mail address of an agency without accounts: one is written to; what comes from any of them is theirs."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="addresses")
    email = models.EmailField()
    is_written_to = models.BooleanField(default=False)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("email",)
        plain = ("agency", "is_written_to", "kept_by", "kept_at", "withdrawn_by", "withdrawn_at")
        keep = "always"

    class Meta:
        verbose_name_plural = "addresses"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                Lower("email"), condition=models.Q(withdrawn_at=None), name="an_address_is_of_one_agency"
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(withdrawn_at=None, is_written_to=True),
                name="one_address_of_an_agency_is_written_to",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Letter(models.Model):
    """An e-mail waiting to be sent: a reference and a link, never content.

    Written in the same transaction as what it tells of, so that neither can exist without the other.
    """

    to = models.EmailField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="letters")
    about = models.CharField(max_length=60, help_text="The reference")
    subject = models.CharField(max_length=160)
    line = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, unique=True, help_text="Makes one letter of one reason, however often asked")
    waits_for_digest = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("to", "user")
        plain = (
            "about",
            "subject",
            "line",
            "link",
            "key",
            "waits_for_digest",
            "written_at",
            "tries",
            "last_problem",
            "sent_at",
            "given_up_at",
        )
        keep = "1 year"

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["written_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="letters_waiting",
            ),
            models.Index(
                fields=["given_up_at"], condition=models.Q(given_up_at__isnull=False), name="letters_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def is_waiting(self) -> bool:
        return self.sent_at is None and self.given_up_at is None
