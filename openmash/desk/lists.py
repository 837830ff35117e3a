"""Lists of enquiries: the hub's queue and my work. Sorted by what is due, paged by key, the same few queries always."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from openmash.agencies.models import Area, User
from openmash.agencies.queries import areas
from openmash.agencies.roles import Permission
from openmash.enquiries.clocks import state_of
from openmash.enquiries.codes import RATINGS
from openmash.enquiries.models import Enquiry
from openmash.enquiries.queries import counts_by_status, whom
from openmash.enquiries.workflow import CLOSED, DESK_WORDS, OPEN, STATUS_WORDS
from openmash.gathering.queries import outstanding

PAGE = 50
_CLOCK_STATES = {"ok": "ok", "half": "soon", "close": "late", "over": "late"}
_COLUMNS = (
    "id",
    "reference",
    "status",
    "rating",
    "desk",
    "owner__name",
    "owner_id",
    "clock",
    "due_at",
    "statutory_due_at",
    "research_due_at",
    "triage_due_at",
    "received_at",
    "decided_at",
    "is_urgent",
    "fast_track_at",
    "is_restricted",
    "is_held",
    "area_id",
    "locality__name",
)


@dataclass(frozen=True)
class Row:
    """One enquiry in a list. `research` is the research clock; before it triage's, after it telling."""

    reference: str
    children: str
    status: str
    rating: str
    locality: str
    due_at: datetime
    state: str
    research_label: str
    research_due_at: datetime
    research_state: str
    statutory_due_at: datetime | None
    statutory_state: str
    next_mover: str
    waits_at: str
    waiting_for: str
    is_mine: bool
    is_urgent: bool
    is_fast_track: bool
    is_restricted: bool
    is_held: bool


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, with its link and whether it is chosen."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    next_url: str
    first_url: str


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. Empty means everything that is open."""

    area: str = ""
    status: str = ""
    rating: str = ""
    mine: str = ""
    after: str = ""

    @classmethod
    def asked(cls, asked: Mapping[str, str]) -> "Filter":
        """Read from the address of the page; what makes no sense is left out."""
        return cls(
            area=asked.get("area", ""),
            status=asked.get("status", "") if asked.get("status") in OPEN else "",
            rating=asked.get("rating", "") if asked.get("rating") in (*RATINGS, "none") else "",
            mine="1" if asked.get("mine") else "",
            after=asked.get("after", ""),
        )

    def url(self, **changed: str) -> str:
        values = {key: value for key, value in vars(replace(self, after="", **changed)).items() if value}
        return "?" + urlencode(values)


def choices(chosen: Filter, areas: Sequence[Area]) -> dict[str, tuple[Choice, ...]]:
    """The filters as links, with how many stand at each stage: they need no JavaScript and no button."""
    counts = counts_by_status([area.pk for area in areas])

    def offer(name: str, options: Mapping[str, str]) -> tuple[Choice, ...]:
        now = getattr(chosen, name)
        return tuple(
            Choice(label, chosen.url(**{name: key}), key == now) for key, label in {"": "All", **options}.items()
        )

    offered = {
        "Stage": offer("status", {key: f"{STATUS_WORDS[key]} ({counts.get(key, 0)})" for key in OPEN}),
        "Rating": offer("rating", {**RATINGS, "none": "Not rated"}),
        "Owner": offer("mine", {"1": "Mine"}),
    }
    if len(areas) > 1:
        offered["Area"] = offer("area", {area.key: area.name for area in areas})
    return offered


def queue(by: User, chosen: Filter, *, now: datetime) -> Page:
    """Open enquiries of the user's areas: those in need of protection first (M31), then first due first."""
    rows = Enquiry.objects.filter(area__in=by.areas_where(Permission.SEE_ENQUIRIES)).exclude(status=CLOSED)
    if chosen.area:
        rows = rows.filter(area__key=chosen.area)
    if chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.rating:
        rows = rows.filter(rating="" if chosen.rating == "none" else chosen.rating)
    if chosen.mine:
        rows = rows.filter(owner=by)
    return _page(rows, by, chosen, now)


def _page(rows: QuerySet[Enquiry], by: User, chosen: Filter, now: datetime) -> Page:
    rest = rows.filter(fast_track_at=None).order_by("due_at", "pk").values(*_COLUMNS)
    first: list[dict[str, object]] = []
    if chosen.after:
        due, _, number = chosen.after.rpartition("_")
        try:
            moment = datetime.fromisoformat(due)
            rest = rest.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=int(number)))
        except ValueError:
            pass  # an address that somebody cut short: the first page
    else:
        first = list(rows.exclude(fast_track_at=None).order_by("due_at", "pk").values(*_COLUMNS)[:PAGE])
    found = list(rest[: PAGE + 1])
    shown = found[:PAGE]
    next_url = ""
    if len(found) > PAGE:
        last = shown[-1]
        mark = urlencode({"after": f"{last['due_at'].isoformat()}_{last['id']}"})
        next_url = f"{chosen.url()}&{mark}"
    return Page(_rows([*first, *shown], by, now), next_url, chosen.url() if chosen.after else "")


def _rows(found: list[dict[str, object]], by: User, now: datetime) -> tuple[Row, ...]:
    numbers = [int(str(row["id"])) for row in found]
    children, waiting = whom(numbers), outstanding(numbers)
    known = areas()
    return tuple(_row(row, by, now, known[row["area_id"]], children, waiting) for row in found)  # type: ignore[index]


def _row(
    row: dict, by: User, now: datetime, area: Area, children: dict[int, str], waiting: dict[int, tuple[str, ...]]
) -> Row:
    number, started = row["id"], row["received_at"]
    research = row["research_due_at"] or row["triage_due_at"]
    is_decided = row["status"] == "decided"
    if is_decided:  # telling is timed from the decision: the research clock is over, in time or not
        started, research = row["decided_at"] or started, row["due_at"]

    def state(due: datetime, *, runs_on: bool = False) -> str:
        return _CLOCK_STATES[state_of(started, due, now, area, runs_on=runs_on)]

    runs_on = row["rating"] == "red" and not is_decided
    return Row(
        reference=row["reference"],
        children=children.get(number, "Nobody named"),
        status=STATUS_WORDS[row["status"]],
        rating=row["rating"],
        locality=row["locality__name"] or "",
        due_at=row["due_at"],
        state=state(row["due_at"], runs_on=runs_on and row["clock"] == "research"),
        research_label="Tell" if is_decided else "Research" if row["research_due_at"] else "Rate",
        research_due_at=research,
        research_state=state(research, runs_on=runs_on),
        statutory_due_at=None if is_decided else row["statutory_due_at"],
        statutory_state=state(row["statutory_due_at"]),
        next_mover=row["owner__name"] or DESK_WORDS.get(row["desk"], ""),
        waits_at=DESK_WORDS.get(row["desk"], ""),
        waiting_for=", ".join(waiting.get(number, ())),
        is_mine=row["owner_id"] == by.pk,
        is_urgent=row["is_urgent"],
        is_fast_track=row["fast_track_at"] is not None,
        is_restricted=row["is_restricted"],
        is_held=row["is_held"],
    )
