"""What is seen of releases: by the hub, by owners, by recipients. Lists hold no words of any item."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from openmash.agencies.models import Agency, User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.action import known_to
from openmash.audit.actors import Actor
from openmash.design.moments import day, moment
from openmash.disclosure.codes import MEANS, PURPOSES
from openmash.disclosure.drawing_up import who
from openmash.disclosure.models import Countersignature, Release, ReleaseItem
from openmash.disclosure.policies import (
    has_ended,
    is_recipient,
    may_draft,
    may_know_of_countersignature,
    may_look,
    may_look_for_owner,
)
from openmash.disclosure.workflow import DISCLOSED, OUT, PROPOSED, RECALLED, STATUS_WORDS, UNFINISHED, WAS_OUT
from openmash.enquiries.models import Enquiry
from openmash.kit.verdict import Verdict
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES

_LOOKED_UP = "release.looked-up"
COLOURS = {
    "draft": "grey",
    "proposed": "yellow",
    "approved": "turquoise",
    "disclosed": "blue",
    "acknowledged": "green",
    "expired": "grey",
    "returned": "orange",
    "refused": "red",
    "recalled": "red",
    "superseded": "grey",
}


def load_release(enquiry: Enquiry, token: UUID, *, by: Actor) -> Release:
    """The row, for an act of the hub; 404 when there is none in this enquiry, or `by` may not look at it."""
    return known_to(by, _rows().filter(enquiry=enquiry, token=token).first(), may_look, event=_LOOKED_UP)


def load_for_owner(token: UUID, *, by: Actor) -> Release:
    """The row, for an owner's answer; 404 when nothing in it is of `by`'s agency."""
    return known_to(by, _rows().filter(token=token).first(), may_look_for_owner, event=_LOOKED_UP)


def load_for_recipient(token: UUID, *, by: Actor) -> Release:
    """The row, for its one recipient; for anybody else, and before it is out, there is nothing (404)."""
    return known_to(by, _rows().filter(token=token).first(), is_recipient, event=_LOOKED_UP)


def _rows() -> QuerySet[Release]:
    return Release.objects.select_related("enquiry__area", "recipient__agency", "team")


@dataclass(frozen=True)
class ReleaseLine:
    """One release of an enquiry, in a list. `waits_for` names whose answer or approval is missing."""

    token: UUID
    path: str
    recipient: str
    purpose: str
    status: str
    status_words: str
    colour: str
    at: datetime
    expires_at: datetime
    waits_for: str


@dataclass(frozen=True)
class NotSharedLine:
    to_whom: str
    because: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ReleasesSummary:
    """The releases of an enquiry for its own page. Those who read no pooled items are shown none."""

    may_look: bool
    may_draft: Verdict
    lines: tuple[ReleaseLine, ...]
    not_shared: tuple[NotSharedLine, ...]
    new_path: str
    not_path: str


def summary(enquiry: Enquiry, *, by: Actor, now: datetime) -> ReleasesSummary:
    """What the enquiry's Releases tab shows `by`; draw it with "disclosure/_summary.html"."""
    path = f"/enquiry/{enquiry.reference}/release/"
    is_theirs = isinstance(by, User) and enquiry.area_id in by.areas_where(Permission.READ_POOLED)
    rows = _rows().filter(enquiry=enquiry).prefetch_related("items__agency").order_by("-id") if is_theirs else ()
    not_shared = enquiry.no_releases.select_related("by").order_by("-id") if is_theirs else ()
    return ReleasesSummary(
        may_look=is_theirs,
        may_draft=may_draft(by, enquiry),
        lines=tuple(_line(row, path, now) for row in rows if may_look(by, row)),
        not_shared=tuple(NotSharedLine(row.to_whom, row.because, row.by.name, row.at) for row in not_shared),
        new_path=f"{path}new/",
        not_path=f"{path}not/",
    )


def _line(release: Release, path: str, now: datetime) -> ReleaseLine:
    is_over = release.status in OUT and has_ended(release, now)
    status = "expired" if is_over else release.status
    return ReleaseLine(
        token=release.token,
        path=f"{path}{release.token}/",
        recipient=who(release.recipient, release.team),
        purpose=PURPOSES[release.purpose],
        status=status,
        status_words=STATUS_WORDS[status],
        colour=COLOURS[status],
        at=_latest(release),
        expires_at=release.expires_at,
        waits_for="" if is_over else _waits_for(release),
    )


def _latest(release: Release) -> datetime:
    moments = (release.drafted_at, release.proposed_at, release.disclosed_at, release.acknowledged_at, release.ended_at)
    return max(moment for moment in moments if moment)


def _waits_for(release: Release) -> str:
    if release.status == PROPOSED:
        silent = {row.agency.name for row in release.items.all() if row.owner_says == "" and not row.overridden_by_id}
        return ", ".join(sorted(silent)) or "A practice manager"
    if release.status == DISCLOSED:
        return f"{release.recipient.name} to acknowledge"
    return "Its drafter" if release.status in UNFINISHED else ""


@dataclass(frozen=True)
class AnswerLine:
    """One statement of a release, and what its owner says to that. No words of it."""

    number: int
    place: int
    agency: str
    form: str
    says: str
    colour: str
    because: str
    answered_by: str
    asked: str
    overridden: str
    can_be_overridden: bool
    is_asked_by_post: bool


def answers(release: Release) -> tuple[AnswerLine, ...]:
    """The statements of a release in the order in which they were chosen, with what each owner says."""
    rows = release.items.select_related("agency", "owner_by", "overridden_by").order_by("id")
    return tuple(_answer(row, place, release.enquiry.area_id) for place, row in enumerate(rows, 1))


_SAYS_COLOURS = {"": "yellow", "not_needed": "grey", "granted": "green", "refused": "red"}


def _answer(row: ReleaseItem, place: int, area: int) -> AnswerLine:
    is_silent = row.owner_says == ReleaseItem.WAITING
    return AnswerLine(
        number=row.pk,
        place=place,
        agency=row.agency.name,
        form=ReleaseItem.FORMS[row.form] + (", with words left out" if row.redactions else ""),
        says="Overridden" if row.overridden_by else ReleaseItem.OWNER[row.owner_says],
        colour="orange" if row.overridden_by else _SAYS_COLOURS[row.owner_says],
        because=row.owner_because,
        answered_by=_answered_by(row),
        asked=_who_can_say(row.agency, area) if is_silent else "",
        overridden=f"{row.overridden_by.name}: {row.overridden_because}" if row.overridden_by else "",
        can_be_overridden=row.form == ReleaseItem.FULL and row.owner_says in ("", "refused") and not row.overridden_by,
        is_asked_by_post=is_silent and not row.overridden_by and row.agency.mode == Agency.EMAIL,
    )


def _answered_by(row: ReleaseItem) -> str:
    """Who of the agency answered; of one without accounts who said it, when and how, and who wrote it down."""
    if not row.owner_by:
        return ""
    if not row.said_by or row.said_at is None:
        return row.owner_by.name
    said = f"{row.said_by}, {MEANS[row.said_how].lower()}, {moment(row.said_at)}"
    return f"{said}. Written down by {row.owner_by.name}"


def _who_can_say(agency: Agency, area: int) -> str:
    if agency.mode == Agency.EMAIL:
        return "Nobody there signs in. Ask by e-mail or telephone, and write down what is said"
    leads = holders(Permission.CONSENT_TO_RELEASE, areas=[area]).filter(agency=agency)
    return (
        ", ".join(leads.order_by("name").values_list("name", flat=True))
        or "Nobody: no lead is named there. Leave it out, or have one named"
    )


@dataclass(frozen=True)
class OwnersLine:
    """One release that holds something of an agency's, for its lead."""

    path: str
    reference: str
    to_whom: str
    purpose: str
    is_waiting: bool
    says: str
    proposed_at: datetime


def for_owner(by: User) -> tuple[OwnersLine, ...]:
    """Every release that holds something `by`'s agency has a say in, those that wait first, then the newest."""
    areas = by.areas_where(Permission.CONSENT_TO_RELEASE)
    mine = Q(items__agency=by.agency_id) & ~Q(items__owner_says="not_needed")
    rows = _rows().filter(mine, enquiry__area__in=areas, proposed_at__isnull=False).distinct().prefetch_related("items")
    lines = [_owners_line(row, by) for row in rows.order_by("-proposed_at")[:100]]
    return tuple(sorted(lines, key=lambda line: not line.is_waiting))


def _owners_line(release: Release, by: User) -> OwnersLine:
    mine = [row for row in release.items.all() if row.agency_id == by.agency_id and row.needs_owner]
    is_waiting = release.status == PROPOSED and any(row.owner_says == "" and not row.overridden_by_id for row in mine)
    if any(row.overridden_by_id for row in mine):
        says = "Overridden by a practice manager"
    else:
        says = "Waiting for your answer" if is_waiting else STATUS_WORDS[release.status]
    return OwnersLine(
        path=f"/consents/{release.token}/",
        reference=release.enquiry.reference,
        to_whom=who(release.recipient, release.team),
        purpose=PURPOSES[release.purpose],
        is_waiting=is_waiting,
        says=says,
        proposed_at=release.proposed_at or release.drafted_at,
    )


def facts_for_owner(release: Release) -> tuple[tuple[str, str], ...]:
    """To whom, for what and on what conditions: all that an owner needs besides the words of their own items."""
    return (
        ("To", who(release.recipient, release.team)),
        ("Why them", release.why_them),
        ("Purpose", f"{PURPOSES[release.purpose]}. {release.purpose_words}"),
        ("Lawful basis", LAWFUL_BASES[release.lawful_basis]),
        ("Legal gateway", GATEWAYS[release.gateway]),
        ("Conditions", release.conditions),
        ("May be read until", day(release.expires_at)),
    )


@dataclass(frozen=True)
class ReleasedLine:
    """One product in its recipient's list: never what it says."""

    token: UUID
    path: str
    reference: str
    hub: str
    purpose: str
    released_at: datetime
    until: datetime
    state: str
    state_words: str
    colour: str


_STATES = {
    "new": ("New", "blue"),
    "opened": ("Opened, not acknowledged", "yellow"),
    "acknowledged": ("Acknowledged", "green"),
    "recalled": ("Recalled: stop using it", "red"),
    "stopped": ("Recalled", "grey"),
    "expired": ("Expired", "grey"),
}


def released_to(by: User, *, now: datetime) -> tuple[ReleasedLine, ...]:
    """What was released to `by`, newest first; what ended is listed, and cannot be opened any more."""
    rows = _rows().filter(recipient=by, status__in=WAS_OUT).order_by("-disclosed_at", "-id")[:200]
    return tuple(_released_line(row, now) for row in rows)


def _released_line(release: Release, now: datetime) -> ReleasedLine:
    state = _state(release, now)
    words, colour = _STATES[state]
    return ReleasedLine(
        token=release.token,
        path=f"/released/{release.token}/",
        reference=release.enquiry.reference,
        hub=release.enquiry.area.hub_name,
        purpose=PURPOSES[release.purpose],
        released_at=release.disclosed_at or release.drafted_at,
        until=release.expires_at,
        state=state,
        state_words=words,
        colour=colour,
    )


def _state(release: Release, now: datetime) -> str:
    if release.status == RECALLED:
        return "stopped" if release.recall_heeded_at else "recalled"
    if has_ended(release, now):
        return "expired"
    if release.acknowledged_at:
        return "acknowledged"
    return "opened" if release.first_read_at else "new"


@dataclass(frozen=True)
class CountersignatureLine:
    """What the governance lead sees of an override: who, whose say, why, for whom. Nothing of what was said."""

    number: int
    reference: str
    agency: str
    overridden_by: str
    overridden_because: str
    wanted_at: datetime
    due_at: datetime
    purpose: str
    recipient: str
    did: str
    because: str


def load_countersignature(number: int, *, by: User) -> Countersignature:
    """The row, for the governance lead of the area; 404 for everybody else."""
    rows = Countersignature.objects.select_related(
        "release__enquiry__area", "release__recipient__agency", "release__team", "agency", "overridden_by"
    )
    return known_to(
        by, rows.filter(pk=number).first(), may_know_of_countersignature, event="countersignature.looked-up"
    )


def countersignature_line(row: Countersignature) -> CountersignatureLine:
    return CountersignatureLine(
        number=row.pk,
        reference=row.release.enquiry.reference,
        agency=row.agency.name,
        overridden_by=row.overridden_by.name,
        overridden_because=row.overridden_because,
        wanted_at=row.wanted_at,
        due_at=row.due_at,
        purpose=PURPOSES.get(row.release.purpose, row.release.purpose),
        recipient=who(row.release.recipient, row.release.team),
        did=row.did,
        because=row.because,
    )
