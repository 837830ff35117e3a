"""What is done on the evaluators' desk: a file is offered, mapped and read; a notification is evaluated."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import JSONField, Q, Value

from openmash.agencies import letters
from openmash.agencies.models import Area, Team, User
from openmash.agencies.policies import may_be_sent
from openmash.agencies.queries import on_team
from openmash.audit.action import Refused, action, reading
from openmash.audit.actors import Actor, System
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.feeds.folder import Kept
from openmash.kit.verdict import no
from openmash.notifications.codes import ABUSE_GRADE, FORWARDED, RETAINED, ROLES, SAMPLED_IN_A_HUNDRED, SENT
from openmash.notifications.models import File, Notification, Repair, Source, Subject, as_content
from openmash.notifications.policies import (
    may_acknowledge,
    may_evaluate,
    may_load,
    may_map,
    may_open_forwarded,
    may_put_file_away,
    may_read_on,
    may_repair,
    may_second,
    may_see,
)
from openmash.notifications.rows import Said, read
from openmash.notifications.whom import likely_leads, who
from openmash.people.given import GivenPerson

LOADER = System("The notifications loader", frozenset({"load_notifications"}))
Row = tuple[int, Mapping[str, str]]


@action(may=may_load, event="notifications.offered", lock=False)
def offer(area: Area, *, by: Actor, now: datetime, source: str, kind: str, kept: Kept, total: int) -> File:
    """A file has come. What its headings mean is remembered from the last one of this source."""
    place, _ = Source.objects.get_or_create(area=area, name=source, defaults={"kind": kind})
    user = by if isinstance(by, User) else None
    return File.objects.create(source=place, name=kept.file_name, kept_as=kept.kept_as, by=user, at=now, total=total)


@action(may=may_map, event="notifications.mapped")
def begin(file: File, *, by: Actor, now: datetime, columns: Mapping[str, str]) -> File:
    """What the headings mean is said, and remembered. The worker reads the file from here on."""
    file.columns = file.source.columns = dict(columns)
    file.source.save(update_fields=["columns"])
    file.state = File.LOADING
    file.save(update_fields=["state", "columns"])
    return file


@action(may=may_read_on, event="notifications.taken")
def take(file: File, groups: Sequence[Sequence[Row]], *, by: Actor, now: datetime, after: int) -> File:
    """One batch of references, each with its rows, in one transaction with the place where it ends.

    What is good of a reference is loaded; what is not is kept for repair. The same twice is one.
    """
    if file.cursor != after:
        return file
    good = [right for rows in groups if (right := _good(file, rows))]
    written = _write(file, good, now)
    _put_people([(row, one) for row, right in written for one in right if one.has_person], file.source.area_id)
    file.cursor += sum(len(rows) for rows in groups)
    file.loaded += len(written)
    file.repeated += len(good) - len(written)
    file.save(update_fields=["cursor", "loaded", "repeated"])
    return file


def _good(file: File, rows: Sequence[Row]) -> list[Said]:
    right: list[Said] = []
    for number, values in rows:
        said, problems = read(values, file.columns)
        if said:
            right.append(said)
        else:
            _keep_for_repair(file, number, values, problems)
    return right


def _keep_for_repair(file: File, number: int, values: Mapping[str, str], problems: Sequence[str]) -> None:
    """Also one that was put right or put away stays so, while the same is wrong with it."""
    said, wrong = as_content(Value(dict(values), JSONField())), [one[:200] for one in problems]
    before = Repair.objects.filter(file__source=file.source).annotate(content=as_content("values"))
    if not before.filter(Q(ended_at=None) | Q(problems=wrong), content=said).exists():
        Repair.objects.create(file=file, row=number, values=dict(values), problems=wrong)


def _write(file: File, good: Sequence[Sequence[Said]], now: datetime) -> list[tuple[Notification, Sequence[Said]]]:
    """Those that are not there already, without their people yet; of each all that was said of one reference."""
    here: dict[str, set[str]] = {said[0].reference: set() for said in good}
    for reference, content in Notification.objects.filter(source=file.source, reference__in=here).values_list(
        "reference", "content"
    ):
        here[reference].add(content)
    new: list[tuple[Notification, Sequence[Said]]] = []
    for said in good:
        first, there = said[0], here[said[0].reference]
        content = hashlib.sha256(json.dumps([vars(one) for one in said], default=str).encode()).hexdigest()
        if content in there:
            continue
        row = Notification(
            area=file.source.area, source=file.source, file=file, reference=first.reference, content=content,
            is_changed=bool(there), happened_on=first.happened_on, grade=first.grade, what=first.what,
            words=first.words, logs=first.logs, address_lines=first.address_lines, postcode=first.postcode,
            received_at=now,
        )  # fmt: skip
        there.add(content)
        new.append((row, said))
    Notification.objects.bulk_create(row for row, _ in new)
    return new


def _put_people(found: Sequence[tuple[Notification, Said]], area: int) -> None:
    """The people of many notifications at once, each with whom they may be."""
    leads = likely_leads([said for _, said in found], area)
    Subject.objects.bulk_create(
        Subject(notification=row, role=said.role, given=said.given, family=said.family, born_on=said.born_on,
                sex=said.sex, telephone=said.telephone, who=who(said.given, said.family, said.born_on), lead=lead)
        for (row, said), lead in zip(found, leads, strict=True)
    )  # fmt: skip


@action(may=may_read_on, event="notifications.loaded")
def finish(file: File, *, by: Actor, now: datetime) -> File:
    file.state, file.finished_at = File.DONE, now
    file.save(update_fields=["state", "finished_at"])
    return file


@action(may=may_load, event="notifications.broken", lock=False)
def break_off(area: Area, *, by: Actor, now: datetime, file: File, because: str) -> File:
    """The file cannot be read: nothing more of it is loaded, and it says why."""
    file.state, file.because, file.finished_at = File.BROKEN, because[:300], now
    file.save(update_fields=["state", "because", "finished_at"])
    return file


@action(may=may_put_file_away, event="notifications.file-put-away")
def put_file_away(file: File, *, by: User, now: datetime) -> File:
    """Nobody needs the file, as it is: it was the wrong one, or was sent again. What became of it stays on record."""
    file.state, file.finished_at = File.AWAY, now
    file.save(update_fields=["state", "finished_at"])
    return file


@action(may=may_repair, event="notification.repaired")
def repair(row: Repair, *, by: User, now: datetime, said: Said) -> Repair:
    """Put right by hand: a new notification, or one more person in the one that is there."""
    there = Notification.objects.filter(source=row.file.source, reference=said.reference).order_by("-id").first()
    if there is None:
        [(there, _)] = _write(row.file, [[said]], now)
    if said.has_person:
        _put_people([(there, said)], there.area_id)
    return _end_repair(row, by, now, "Put right")


@action(may=may_repair, event="notification.put-away")
def put_away(row: Repair, *, by: User, now: datetime, because: str) -> Repair:
    """The row is not needed, because. It stays on record as it came."""
    return _end_repair(row, by, now, because)


@action(may=may_load, event="notifications.put-away", lock=False)
def put_all_away(area: Area, *, by: User, now: datetime, file: File, because: str) -> int:
    """None of the rows of this file that wait is needed, because: its headings were read wrongly, say. How many."""
    return file.repairs.filter(ended_at=None).update(ended_at=now, ended_by=by, ended_because=because[:200])


def _end_repair(row: Repair, by: User, now: datetime, because: str) -> Repair:
    row.ended_at, row.ended_by, row.ended_because = now, by, because[:200]
    row.save()
    return row


@reading(may=may_see, event="notification.opened")
def opened(notification: Notification, *, by: Actor, now: datetime) -> None:
    """Opening one, and with it the check whether its people are open, is on the ledger before the page is."""


@action(may=may_evaluate, event="notification.sent", keeps=("risk",))
def send_to_hub(notification: Notification, *, by: User, now: datetime, risk: str, because: str) -> Notification:
    """It needs a response: it becomes an enquiry, and nothing of it is keyed again (M90)."""
    enquiry = receive(notification.area, by=by, now=now, given=_as_enquiry(notification, by, because),
                      key=f"notification-{notification.pk}")  # fmt: skip
    notification.enquiry = enquiry
    return _evaluated(notification, SENT, by, now, risk, because)


def _as_enquiry(row: Notification, by: User, because: str) -> GivenEnquiry:
    home = {"address_lines": row.address_lines, "postcode": row.postcode}
    parties = tuple(
        GivenParty(
            GivenPerson(one.given, one.family, born_on=one.born_on, sex=one.sex, telephone=one.telephone, **home),
            role="child" if one.role == "child" else "adult",
            note=f"{ROLES.get(one.role, one.role)} in police notification {row.reference}",
        )
        for one in row.subjects.order_by("id")
    )
    grade = f"Police grade: {row.grade}. " if row.grade else ""
    return GivenEnquiry(
        worry=row.words,
        channel="police_notification",
        source_code="6",
        referrer=GivenReferrer("professional", name=by.name, job_title="Police evaluator", organisation=by.agency.name,
                               agency_key=by.agency.key, email=by.email),
        parties=parties or (GivenParty(GivenPerson(**home), "child"),),
        is_urgent=row.grade == "red",
        fields={"happened": f"{grade}{row.what}".strip(), "history": f"Connected logs: {row.logs}" if row.logs else "",
                "impact": because} | _abuse(row),
    )  # fmt: skip


def _abuse(row: Notification) -> dict[str, object]:
    """Domestic abuse is said to be that, with the grade that the police gave it: nobody keys either again."""
    if not row.is_domestic_abuse:
        return {}
    grade = ABUSE_GRADE.get(row.grade, "")
    because = f"Graded {grade} by the police in notification {row.reference}" if grade else ""
    return {"concerns": ["da_parent"], "abuse_grade": grade, "abuse_because": because}


@action(may=may_evaluate, event="notification.forwarded", keeps=("risk",))
def forward(
    notification: Notification, *, by: User, now: datetime, risk: str, because: str, team: Team, worker: str
) -> Notification:
    """Straight to the allocated worker's team, who acknowledge it (M90); an agency that may be sent it."""
    if not (may := may_be_sent(team.agency, notification.area_id)):
        raise Refused("notification.forwarded", may)
    notification.team, notification.worker = team, worker
    _evaluated(notification, FORWARDED, by, now, risk, because)
    for person in on_team(team):
        letters.write(
            to=person.email,
            user=person,
            about=f"N{notification.pk}",
            subject=f"N{notification.pk} needs you: a police notification",
            line="The police have forwarded a notification to your team.",
            link=f"/notifications/forwarded/{notification.pk}/",
            key=f"notification-{notification.pk}-{person.pk}",
            now=now,
        )
    return notification


@action(may=may_evaluate, event="notification.retained", keeps=("risk",))
def retain(notification: Notification, *, by: User, now: datetime, risk: str, because: str) -> Notification:
    """Nothing is shared. It still counts when small concerns are added up, and some are looked at by a second."""
    draw = int(hashlib.sha256(f"sample {notification.reference}".encode()).hexdigest(), 16) % 100
    notification.is_sampled = draw < SAMPLED_IN_A_HUNDRED
    return _evaluated(notification, RETAINED, by, now, risk, because)


def _evaluated(row: Notification, state: str, by: User, now: datetime, risk: str, because: str) -> Notification:
    row.state, row.risk, row.because, row.evaluated_by, row.evaluated_at = state, risk, because, by, now
    row.save()
    return row


@action(may=may_second, event="notification.looked-at-by-second", keeps=("outcome",))
def second(notification: Notification, *, by: User, now: datetime, outcome: str, because: str) -> Notification:
    """A second evaluator says what they would have done, without having seen what the first did."""
    if outcome not in (SENT, FORWARDED, RETAINED):
        raise Refused("notification.looked-at-by-second", no("Choose what you would have done."))
    notification.second_by, notification.second_at = by, now
    notification.second_outcome, notification.second_because = outcome, because
    notification.save()
    return notification


@reading(may=may_open_forwarded, event="notification.read-by-worker")
def read_forwarded(notification: Notification, *, by: User, now: datetime) -> Notification:
    """The team reads it: on the ledger before it is shown."""
    return notification


@action(may=may_acknowledge, event="notification.acknowledged")
def acknowledge(notification: Notification, *, by: User, now: datetime) -> Notification:
    notification.acknowledged_by, notification.acknowledged_at = by, now
    notification.save(update_fields=["acknowledged_by", "acknowledged_at"])
    return notification
