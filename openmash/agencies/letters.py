"""Letters: e-mails with a reference and a link, written by other rooms' acts inside their own transaction.

A failed e-mail never blocks the journey: it is tried again for a day, then listed under exceptions.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from openmash.agencies.models import Letter, User
from openmash.audit.tasks import AGAIN

# After each failed try; then the letter is given up and becomes an exception.
WAITS = (60, 300, 900, 3600, 4 * 3600, 8 * 3600, 12 * 3600)
_HISTORY = timedelta(days=1)
# What a later room says of a letter that waits: what it tells of is kept from whoever it is to by now.
KEPT: list[Callable[[Letter], bool]] = []


def write(
    *,
    to: str,
    about: str,
    subject: str,
    line: str,
    key: str,
    now: datetime,
    link: str = "",
    user: User | None = None,
) -> None:
    """Leave a letter in the outbox. `about` is the reference, `line` one sentence that names nobody, `link` a path.

    The same `key` twice is one letter; a system gets none, since it asks by itself. What is told of the past, when
    history is brought in, is filed and not sent.
    """
    if not to or (user and user.is_system):
        return
    is_history = now < timezone.now() - _HISTORY
    waits = bool(user and user.wants_digest) and not is_history
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "user": user,
            "about": about,
            "subject": " ".join(subject.split()),  # a line break would be a second header
            "line": line,
            "link": link,
            "written_at": now,
            "waits_for_digest": waits,
            "sent_at": now if is_history else None,
        },
    )
    if is_new and not is_history and not waits:
        send.defer(letter=letter.pk)


@app.task(queue="letters", retry=AGAIN)
def send(letter: int) -> None:
    """Send one letter; on a failure note the problem and try again later."""
    with transaction.atomic():
        row = Letter.objects.select_for_update().get(pk=letter)
        if not row.is_waiting or not _to_send([row]):
            return
        row.tries += 1
        try:
            _post(row.to, row.subject, _body([row]), message_key=row.key)
        except OSError as problem:
            row.last_problem = str(problem)[:300]
            _try_again(row)
        else:
            row.sent_at = timezone.now()
        row.save()


@app.periodic(cron="0 7 * * *")
@app.task(queue="letters")
def send_digests(timestamp: int) -> None:
    """One e-mail each morning for those who asked for it: everything that has waited since the last."""
    for user in User.objects.filter(letters__in=_waiting()).distinct():
        send_digest.defer(user=user.pk)


@app.task(queue="letters", retry=AGAIN)
def send_digest(user: int) -> None:
    """Send somebody's digest. One that fails goes out as single letters: tried again for a day, and then listed."""
    with transaction.atomic():
        rows = _to_send(list(_waiting().select_for_update().filter(user=user).order_by("pk")))
        if not rows:
            return
        things = "1 thing needs you" if len(rows) == 1 else f"{len(rows)} things need you"
        try:
            _post(rows[0].to, things, _body(rows), message_key=f"digest-{rows[-1].pk}")
        except OSError as problem:
            for row in rows:
                row.tries, row.last_problem, row.waits_for_digest = 1, str(problem)[:300], False
                _try_again(row)
        else:
            for row in rows:
                row.sent_at = timezone.now()
        Letter.objects.bulk_update(rows, ["tries", "last_problem", "waits_for_digest", "sent_at"])


def _to_send(rows: list[Letter]) -> list[Letter]:
    """Those of these letters that still tell of nothing that is kept. The others are filed, and not sent."""
    kept = [row for row in rows if any(is_kept(row) for is_kept in KEPT)]
    for row in kept:
        row.sent_at, row.last_problem = timezone.now(), "Not sent: what it tells of is kept from them."
        row.save(update_fields=["sent_at", "last_problem"])
    return [row for row in rows if row not in kept]


def _waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(waits_for_digest=True, sent_at=None)


def _try_again(row: Letter) -> None:
    if row.tries > len(WAITS):
        row.given_up_at = timezone.now()
        return
    send.configure(schedule_in={"seconds": WAITS[row.tries - 1]}).defer(letter=row.pk)


def _body(rows: list[Letter]) -> str:
    lines = [
        "\n".join(filter(None, [f"{row.about}: {row.line}", row.link and settings.ADDRESS + row.link])) for row in rows
    ]
    return "\n\n".join([*lines, "This e-mail holds no details. Sign in to read more."])


def _post(to: str, subject: str, body: str, *, message_key: str) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    EmailMessage(subject, body, to=[to], headers={"Message-ID": f"<{message_key}@{host}>"}).send()
