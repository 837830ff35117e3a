"""The outbox to agencies: sent over TLS or not at all, tried again until it is sent, and a telephone task meanwhile.

A mail server that is away for a day loses nothing and blocks nothing. After it is back, what waits is sent within a
quarter of an hour.
"""

import smtplib
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from openmash.agencies.addresses import written_to
from openmash.agencies.roles import Permission
from openmash.audit.actors import CLOCKWORK
from openmash.enquiries.steps import meet_need, raise_need
from openmash.gathering.standing import may_be_sent_about
from openmash.people.reaching import unsafe_to_reach
from openmash.post.codes import CONSENT, REQUEST
from openmash.post.models import Dispatch

# Seconds after each failed try; then every quarter of an hour, for three days.
_WAITS = (60, 120, 300, 600)
_LONGEST_WAIT = 900
_TRIED_FOR = timedelta(days=3)
# How long an agency may go unwritten to before somebody rings it.
_TELEPHONE_AFTER = {"red": timedelta(minutes=15), "amber": timedelta(hours=1)}
_TELEPHONE_AFTER_ELSE = timedelta(hours=4)


class NotSafe(Exception):
    """It may not be sent like this: personal data leave over TLS, and to a domain that is allowed."""


def send_waiting(now: datetime) -> int:
    """Send everything that is due, over one connection. Returns how many went out."""
    sent = 0
    connection = get_connection()
    for number in list(Dispatch.objects.filter(try_at__lte=now).order_by("try_at", "id").values_list("pk", flat=True)):
        sent += _send(number, connection, now)
    with suppress(OSError):
        connection.close()
    ask_to_telephone(now)
    return sent


def _send(number: int, connection: BaseEmailBackend, now: datetime) -> bool:
    """One e-mail. Whoever sends it holds its row, so that it goes out once."""
    with transaction.atomic():
        rows = Dispatch.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=number, try_at__lte=now)
        row = rows.select_related("request__enquiry__area", "request__agency").first()
        if row is None:
            return False
        row.tries += 1
        try:
            _post(row, connection)
        except smtplib.SMTPRecipientsRefused as problem:
            _failed(row, problem, now, is_final=not _is_for_now(problem))
        except (NotSafe, ValueError) as problem:  # a ValueError is a header that holds a line break
            _failed(row, problem, now, is_final=True)
        except OSError as problem:
            _failed(row, problem, now, is_final=False)
            with suppress(OSError):
                connection.close()
        else:
            row.sent_at, row.try_at, row.last_problem = now, None, ""
            if row.telephone_since:
                meet_need(row.request.enquiry, "telephone", by=CLOCKWORK, now=now, about=str(row.request_id))
        row.save()
        return row.sent_at is not None


def _post(row: Dispatch, connection: BaseEmailBackend) -> None:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        raise OSError("The connection to the mail server is not encrypted. Set OPENMASH_SMTP_TLS.")
    if row.kind in (REQUEST, CONSENT) and not (may := may_be_sent_about(row.request.agency, row.request.enquiry)):
        raise NotSafe(may.why)
    address = written_to([row.request.agency_id], row.request.enquiry.area_id).get(row.request.agency_id)
    if not address:
        raise NotSafe("The agency has no address on a domain that is allowed any more.")
    if unsafe := unsafe_to_reach(row.request.enquiry.parties.values_list("person", flat=True), email=address):
        raise NotSafe(f"The agency's address is one of somebody of this family. {unsafe} Telephone the agency.")
    row.to = address
    first = row.request.dispatches.order_by("id")[0]
    headers = {"Message-ID": f"<{row.message_id}>", "Reply-To": settings.POST_FROM}
    if first.pk != row.pk:
        headers |= {"In-Reply-To": f"<{first.message_id}>", "References": f"<{first.message_id}>"}
    connection.open()
    message = EmailMessage(row.subject, row.body, settings.POST_FROM, [row.to], headers=headers, connection=connection)
    message.send()


def _is_for_now(problem: smtplib.SMTPRecipientsRefused) -> bool:
    """A mail server that says "later" (4xx), as grey lists do, rather than "never" (5xx)."""
    return all(code < 500 for code, _ in problem.recipients.values())


def _failed(row: Dispatch, problem: Exception, now: datetime, *, is_final: bool) -> None:
    row.last_problem = str(problem)[:300]
    if is_final or now - row.written_at >= _TRIED_FOR:
        row.failed_at, row.try_at = now, None
        return
    wait = _WAITS[row.tries - 1] if row.tries <= len(_WAITS) else _LONGEST_WAIT
    row.try_at = now + timedelta(seconds=wait)


def ask_to_telephone(now: datetime) -> int:
    """A request that has not gone out becomes a telephone task: red after 15 minutes. Returns how many did."""
    rows = Dispatch.objects.filter(kind=REQUEST, sent_at=None, telephone_since=None)
    rows = rows.filter(request__answered_at=None, request__withdrawn_at=None)
    asked = 0
    for row in rows.select_related("request__enquiry__area", "request__agency"):
        patience = _TELEPHONE_AFTER.get(row.request.enquiry.rating, _TELEPHONE_AFTER_ELSE)
        is_stopped = row.try_at is None and row.failed_at is None
        may_be_told = may_be_sent_about(row.request.agency, row.request.enquiry)
        if not is_stopped and (row.failed_at or now - row.written_at >= patience) and may_be_told:
            telephone_instead(row, now)
            asked += 1
    return asked


@transaction.atomic
def telephone_instead(row: Dispatch, now: datetime) -> None:
    """Whoever chases is asked to ring the agency and take its answer down."""
    row.telephone_since = now
    row.save(update_fields=["telephone_since"])
    enquiry = row.request.enquiry
    raise_need(
        enquiry,
        "telephone",
        "An agency could not be e-mailed: telephone it",
        path=f"/enquiry/{enquiry.reference}/request/{row.request.token}/by-telephone/",
        due_at=now + timedelta(minutes=15 if enquiry.rating == "red" else 60),
        now=now,
        permission=Permission.CHASE,
        about=str(row.request_id),
    )
