"""What must be empty at the end of the day: nothing inbound, and nothing handed on, can vanish (M12)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openmash.agencies.held_back import held_lines
from openmash.agencies.models import Area, Letter, User
from openmash.agencies.roles import Permission
from openmash.allocation.models import Handover
from openmash.consultations.codes import WAITING as PROMISE_WAITS
from openmash.consultations.models import Consultation
from openmash.decisions.codes import OUTCOMES
from openmash.design.moments import day
from openmash.disclosure.models import Release
from openmash.disclosure.workflow import DISCLOSED
from openmash.enquiries.codes import REFERENCE
from openmash.enquiries.models import Enquiry, Need, Party
from openmash.enquiries.workflow import CLOSED, DESK_WORDS, RECEIVED, STATUS_WORDS
from openmash.feeds.models import Load
from openmash.gathering.clocks import due_now
from openmash.gathering.models import Request
from openmash.notifications.codes import FORWARDED
from openmash.notifications.models import File, Notification
from openmash.post import queries as post
from openmash.statutory_checks.codes import OPEN, WAITING
from openmash.statutory_checks.models import StatutoryCheck

SHOWN = 50
# Whose work it is at each desk: only they are offered to take it.
_WORKS_AT = {
    "screening": Permission.SCREEN,
    "triage": Permission.RATE,
    "gathering": Permission.ASK,
    "decision": Permission.DECIDE,
    "closing": Permission.GIVE_FEEDBACK,
}
_PRACTICE_MANAGER = "Practice managers"
_COORDINATOR = "Coordinators"


@dataclass(frozen=True)
class Act:
    """What puts it right: one press that posts to `url` with these fields, or a page to go to."""

    label: str
    url: str
    posts: bool = True
    version: int | None = None


@dataclass(frozen=True)
class Leftover:
    """One thing left over: what it is, since when, and who has to act."""

    what: str
    since: datetime
    who: str
    reference: str
    url: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Kind:
    """Everything left over of one kind, what has waited longest first; `is_more` when not all of it is shown."""

    key: str
    title: str
    means: str
    lines: tuple[Leftover, ...]
    is_more: bool

    @property
    def count(self) -> str:
        return f"{len(self.lines)}+" if self.is_more else str(len(self.lines))


@dataclass(frozen=True)
class Look:
    """Who looks, at which areas, and when."""

    by: User
    areas: frozenset[int]
    now: datetime


def left_over(by: User, *, now: datetime) -> tuple[Kind, ...]:
    """Every kind, in the areas where `by` chases. The same few queries, however much is left over."""
    look = Look(by, by.areas_where(Permission.CHASE), now)
    return tuple(_kind(key, title, means, find(look)) for key, title, means, find in _KINDS)


def _kind(key: str, title: str, means: str, lines: Iterable[Leftover]) -> Kind:
    found = tuple(islice(lines, SHOWN + 1))
    return Kind(key, title, means, found[:SHOWN], len(found) > SHOWN)


def _open(areas: Iterable[int]) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(area__in=areas).exclude(status=CLOSED)


def _held(look: Look) -> Iterable[Leftover]:
    rows = _open(look.areas).filter(is_held=True, status=RECEIVED).order_by("received_at", "id")
    for row in rows[: SHOWN + 1]:
        path = f"/enquiry/{row.reference}/"
        acts = (
            Act("Let in", f"/exceptions/let-in/{row.reference}/", version=row.version),
            Act("Put away", f"{path}put-away/", posts=False),
        )
        yield Leftover("Held as possible spam", row.received_at, _COORDINATOR, row.reference, path, acts)


def _unassigned(look: Look) -> Iterable[Leftover]:
    rows = _open(look.areas).filter(owner=None, is_held=False, due_at__lte=look.now).order_by("due_at", "id")
    for row in rows[: SHOWN + 1]:
        is_theirs = row.area_id in look.by.areas_where(_WORKS_AT[row.desk])
        take = (Act("Take it", f"/exceptions/take/{row.reference}/", version=row.version),) if is_theirs else ()
        what = f"{STATUS_WORDS[row.status]}, past its time and nobody has it"
        who = DESK_WORDS.get(row.desk, _COORDINATOR)
        yield Leftover(what, row.due_at, who, row.reference, f"/enquiry/{row.reference}/", take)


def _unmatched(look: Look) -> Iterable[Leftover]:
    waiting = Party.objects.filter(enquiry=OuterRef("pk"), is_matched=False)
    rows = _open(look.areas).exclude(status=RECEIVED).filter(Exists(waiting)).order_by("received_at", "id")
    found = rows.annotate(people=Count("parties", filter=Q(parties__is_matched=False)))
    for row in found[: SHOWN + 1]:
        many = "1 person" if row.people == 1 else f"{row.people} people"
        path = f"/enquiry/{row.reference}/match/"
        act = Act("Look at the matches", path, posts=False)
        what = f"{many} not looked at for matches"
        yield Leftover(what, row.received_at, _COORDINATOR, row.reference, path, (act,))


def _unanswered(look: Look) -> Iterable[Leftover]:
    """Every check whose time is over, of every open enquiry (M59)."""
    rows = Request.objects.filter(answered_at=None, withdrawn_at=None, enquiry__area__in=look.areas)
    rows = rows.exclude(enquiry__status=CLOSED).annotate(due=due_now()).filter(due__lte=look.now)
    for row in rows.select_related("agency", "enquiry").order_by("due", "id")[: SHOWN + 1]:
        path = f"/enquiry/{row.enquiry.reference}/requests/"
        act = Act("Remind or withdraw", path, posts=False)
        yield Leftover("Asked, and not answered", row.due, row.agency.name, row.enquiry.reference, path, (act,))


def _handed_on(look: Look) -> Iterable[Leftover]:
    rows = Handover.objects.filter(
        enquiry__area__in=look.areas, acknowledged_at=None, superseded_at=None, due_at__lte=look.now
    )
    rows = rows.filter(passed_to=None).select_related("enquiry", "outcome", "team", "agency").order_by("due_at", "id")
    for row in rows[: SHOWN + 1]:
        is_back = row.stepped_up_at is not None and not row.step_up_did
        owner = row.team or row.agency
        outcome = OUTCOMES[row.outcome.kind].label
        what = f"{outcome}: stepped back up, not answered" if is_back else f"{outcome}: not acknowledged"
        who = _PRACTICE_MANAGER if is_back or owner is None else owner.name
        path = f"/enquiry/{row.enquiry.reference}/decision/"
        yield Leftover(what, row.due_at, who, row.enquiry.reference, path)


def _released(look: Look) -> Iterable[Leftover]:
    """Released for more than one working day, and not acknowledged."""
    hours = {area.pk: area.working_time for area in Area.objects.filter(pk__in=look.areas)}
    rows = Release.objects.filter(status=DISCLOSED, acknowledged_at=None, enquiry__area__in=look.areas)
    rows = rows.filter(disclosed_at__lte=look.now - timedelta(days=1), expires_at__gt=look.now)
    rows = rows.select_related("enquiry", "recipient", "team")
    for row in rows.order_by("disclosed_at", "id")[: SHOWN + 1]:
        if row.disclosed_at and hours[row.enquiry.area_id].add_days(row.disclosed_at, 1) <= look.now:
            what = "Released: opened, not acknowledged" if row.first_read_at else "Released: not opened"
            path = f"/enquiry/{row.enquiry.reference}/releases/"
            yield Leftover(what, row.disclosed_at, row.recipient.name, row.enquiry.reference, path)


def _forwarded(look: Look) -> Iterable[Leftover]:
    """Forwarded by the police for more than one working day, and not acknowledged."""
    hours = {area.pk: area.working_time for area in Area.objects.filter(pk__in=look.areas)}
    reads = look.areas & look.by.areas_where(Permission.DECIDE)
    rows = Notification.objects.filter(area__in=look.areas, state=FORWARDED, acknowledged_at=None)
    rows = rows.filter(evaluated_at__lte=look.now - timedelta(days=1)).select_related("team")
    for row in rows.order_by("evaluated_at", "id")[: SHOWN + 1]:
        if row.evaluated_at and row.team and hours[row.area_id].add_days(row.evaluated_at, 1) <= look.now:
            path = f"/notifications/{row.pk}/" if row.area_id in reads else ""
            yield Leftover("Police notification: not acknowledged", row.evaluated_at, row.team.name, f"N{row.pk}", path)


def _unacknowledged(look: Look) -> Iterable[Leftover]:
    found = [*_handed_on(look), *_released(look), *_forwarded(look)]
    return sorted(found, key=lambda line: line.since)


def given_up(areas: Iterable[int]) -> QuerySet[Letter]:
    """The e-mails that were given up, about an enquiry of these areas, or about none to somebody who works in them.

    An enquiry that is kept from the reader is none of these areas: neither does a colleague's letter tell of it.
    """
    about = Enquiry.objects.filter(area__in=areas).values("reference")
    staff = User.objects.filter(postings__area__in=areas).values("pk")
    of_none = ~Q(about__regex=f"^{REFERENCE}$") & Q(user__in=staff)
    return Letter.objects.filter(given_up_at__isnull=False, sent_at=None).filter(Q(about__in=about) | of_none)


def _away(look: Look) -> Iterable[Leftover]:
    """What waits for one person alone, who is away today, or has left."""
    gone = Q(user__away_until__gte=timezone.localdate(look.now)) | Q(user__is_active=False)
    rows = Need.objects.filter(gone, met_at=None, enquiry__area__in=look.areas)
    for row in rows.select_related("user", "enquiry").order_by("due_at", "id")[: SHOWN + 1]:
        if row.user:
            until = row.user.away_until
            where = f"is away until {day(until)}" if row.user.is_active and until else "has left"
            what = f"{row.says}: {row.user.name} {where}"
            path = f"/enquiry/{row.enquiry.reference}/"
            yield Leftover(what, row.made_at, _PRACTICE_MANAGER, row.enquiry.reference, path)


def _undeliverable(look: Look) -> Iterable[Leftover]:
    """The address is not shown: a referrer's is a compartment of its own."""
    for row in given_up(look.areas).select_related("user").order_by("given_up_at", "id")[: SHOWN + 1]:
        whom = row.user.name if row.user else "the referrer"
        what = f"E-mail to {whom} could not be delivered"
        act = Act("Try again", f"/exceptions/try-again/{row.pk}/")
        yield Leftover(what, row.given_up_at, _COORDINATOR, row.about, f"/enquiry/{row.about}/", (act,))


def _by_post(look: Look) -> Iterable[Leftover]:
    """E-mails of agencies that a person must complete, and those to agencies that could not be sent."""
    for line in post.waiting(look.areas):
        path = f"/post/{line.token}/"
        what = f"{line.agency or line.sender or 'Nobody we know'}: {line.why}"
        acts = () if line.is_sealed else (Act("Complete it", path, posts=False),)
        who = _PRACTICE_MANAGER if line.is_sealed else _COORDINATOR
        yield Leftover(what, line.received_at, who, line.reference or "None named", path, acts)
    for sent in post.unsent(look.areas):
        path = f"/enquiry/{sent.reference}/request/{sent.request}/by-telephone/"
        act = Act("Take it by telephone", path, posts=False)
        yield Leftover(f"{sent.agency} could not be e-mailed", sent.since, _COORDINATOR, sent.reference, path, (act,))


def _from_systems(look: Look) -> Iterable[Leftover]:
    """What other systems sent and what was not taken in: an enquiry beside its form, anything else by whose it is."""
    for line in held_lines(look.areas, by=look.by, now=look.now):
        path = f"/from-systems/{line.call}/" if line.call else ""
        acts = [Act("Complete it", f"/telephone/{line.call}/", posts=False)] if line.is_enquiry else []
        acts += [Act("Put away", path, posts=False)] if path else []
        what = f"{line.what} of {line.agency}: {line.because}"
        yield Leftover(what, line.since, line.who or _COORDINATOR, line.system, path, tuple(acts))


def _unread(look: Look) -> Iterable[Leftover]:
    """Rows of police files that nobody could read: by file, since what is in them is the evaluators' to see."""
    waiting = Count("repairs", filter=Q(repairs__ended_at=None))
    rows = File.objects.filter(source__area__in=look.areas).annotate(rows=waiting)
    rows = rows.filter(Q(rows__gt=0) | Q(state__in=File.NEEDS_SOMEBODY)).order_by("at", "id")
    opens = look.areas & look.by.areas_where(Permission.EVALUATE_NOTIFICATIONS)
    for row in rows.select_related("source")[: SHOWN + 1]:
        what, do, path = _unread_of(row)
        path = path if row.source.area_id in opens else ""
        acts = (Act(do, path, posts=False),) if path else ()
        yield Leftover(what, row.at, "Police evaluators", row.name, path, acts)
    later = Load.objects.filter(feed=OuterRef("feed"), pk__gt=OuterRef("pk"), state=Load.DONE)
    lists = Load.objects.filter(~Exists(later), feed__area__in=look.areas, feed__ended_at=None, state=Load.BROKEN)
    for load in lists.select_related("feed__agency").order_by("received_at", "id")[: SHOWN + 1]:
        agency = load.feed.agency.name
        what = f"Whom {agency} knows could not be loaded: {load.because}"
        yield Leftover(what, load.received_at, agency, load.file_name, "")


def _unread_of(file: File) -> tuple[str, str, str]:
    """What of a police file is not read, what to do about it, and where."""
    whose, path = file.source.name, f"/notifications/files/{file.pk}/"
    if file.state == File.MAPPING:
        return f"A file of {whose} waits until somebody says what its headings mean", "Say it", path
    if file.state == File.BROKEN:
        return f"A file of {whose} could not be read: {file.because}", "Look at it", path
    many = "1 row" if file.rows == 1 else f"{file.rows} rows"  # type: ignore[attr-defined]
    return f"{many} of {whose} could not be read", "Put them right", "/notifications/repairs/"


def _promised(look: Look) -> Iterable[Leftover]:
    """Enquiries that were promised on the advice line and did not come. The call is read by who advises or decides."""
    reads = look.areas & (look.by.areas_where(Permission.DECIDE) | look.by.areas_where(Permission.ADVISE_CALLERS))
    rows = Consultation.objects.filter(area__in=look.areas, state=PROMISE_WAITS, due_at__lte=look.now)
    for row in rows.select_related("adviser").order_by("due_at", "id")[: SHOWN + 1]:
        if row.due_at:
            path = f"/consultations/{row.pk}/" if row.area_id in reads else ""
            yield Leftover("A promised enquiry did not come", row.due_at, row.adviser.name, f"C{row.pk}", path)


def _checks(look: Look) -> Iterable[Leftover]:
    """Statutory checks whose time is over."""
    rows = StatutoryCheck.objects.filter(area__in=look.areas, state__in=WAITING, due_at__lte=look.now)
    for row in rows.order_by("due_at", "id")[: SHOWN + 1]:
        path = f"/statutory-checks/{row.pk}/"
        is_open = row.state == OPEN
        act = Act("Answer it" if is_open else "Approve it", path, posts=False)
        who = _COORDINATOR if is_open else _PRACTICE_MANAGER
        yield Leftover(f"{row.organisation} has no answer", row.due_at, who, f"S{row.pk}", path, (act,))


_KINDS: tuple[tuple[str, str, str, Callable[[Look], Iterable[Leftover]]], ...] = (
    ("held", "Possible spam", "Kept, and waiting for somebody to look. A child may be behind it.", _held),
    ("unassigned", "Unassigned", "Open, past its time, and nobody has taken it.", _unassigned),
    ("unmatched", "Unmatched", "Screened, but nobody has looked at who its people may be.", _unmatched),
    ("unanswered", "Unanswered", "Asked, and the time to answer is over.", _unanswered),
    ("by_post", "By e-mail", "Replies that a person must complete, and requests that could not be e-mailed.", _by_post),
    ("from_systems", "From systems", "Sent by another system, and not taken in.", _from_systems),
    ("unread", "Unread rows", "Rows of police notifications, and whole files, that nobody could read.", _unread),
    ("promised", "Promised", "Promised to the advice line, and not come in time.", _promised),
    ("checks", "Statutory checks", "Asked by a court, a council or another, and not answered in time.", _checks),
    ("unacknowledged", "Unacknowledged", "Handed on, released or forwarded, and not acknowledged.", _unacknowledged),
    ("away", "Away", "Waits for somebody who is away.", _away),
    ("undeliverable", "Undeliverable", "E-mails given up after a day of trying. Telephone instead.", _undeliverable),
)
