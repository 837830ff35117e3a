"""Letters: a reference and a link, one for each reason, tried again, never in the way of the journey. A real SMTP."""

import socket
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from openmash.agencies import letters
from openmash.agencies.models import Letter

pytestmark = pytest.mark.django_db


class Mailbox:
    """What arrived; while `is_full`, it refuses."""

    def __init__(self) -> None:
        self.arrived: list = []
        self.is_full = False

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - the library's own name
        if self.is_full:
            return "451 Try again later"
        self.arrived.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def write(**changed) -> Letter:
    facts = {
        "to": "mary.quill@wendmark.example",
        "about": "WV-2222-3333",
        "subject": "WV-2222-3333 needs you",
        "line": "A request waits for your answer",
        "link": "/request/1/",
        "key": "k1",
        "now": timezone.now(),
    }
    letters.write(**{**facts, **changed})
    return Letter.objects.get(key=changed.get("key", "k1"))


def test_a_letter_arrives_with_the_reference_and_the_link(mailbox, settings):
    letter = write()
    letters.send(letter.pk)
    [message] = mailbox.arrived
    assert message["Subject"] == "WV-2222-3333 needs you"
    assert settings.ADDRESS + "/request/1/" in message.get_payload(decode=True).decode()
    letter.refresh_from_db()
    assert letter.sent_at


def test_the_same_reason_twice_is_one_letter(mailbox):
    write()
    write()
    assert Letter.objects.filter(key="k1").count() == 1
    assert ProcrastinateJob.objects.filter(args__letter=Letter.objects.get().pk).count() == 1


def test_a_letter_already_sent_is_not_sent_again(mailbox):
    letter = write()
    letters.send(letter.pk)
    letters.send(letter.pk)
    assert len(mailbox.arrived) == 1


def test_a_mailbox_that_refuses_is_tried_again_and_then_listed(mailbox):
    mailbox.is_full = True
    letter = write()
    for _ in range(8):
        letters.send(letter.pk)
    letter.refresh_from_db()
    assert (letter.tries, letter.sent_at) == (8, None)
    assert letter.given_up_at and "451" in letter.last_problem
    assert ProcrastinateJob.objects.filter(args__letter=letter.pk, scheduled_at__isnull=False).count() == 7


def test_it_arrives_once_the_mailbox_is_back(mailbox):
    mailbox.is_full = True
    letter = write()
    letters.send(letter.pk)
    mailbox.is_full = False
    letters.send(letter.pk)
    assert len(mailbox.arrived) == 1


def test_nobody_is_listening_at_all(mailbox, settings):
    settings.EMAIL_PORT = 1
    letter = write()
    letters.send(letter.pk)
    letter.refresh_from_db()
    assert letter.is_waiting and letter.last_problem


def test_who_chose_a_digest_gets_one_letter_of_everything_that_waits(hub, mailbox):
    marcus = hub.staff["marcus"]
    for number in range(3):
        write(to=marcus.email, user=marcus, key=f"d{number}", about=f"WV-{number}")
    assert mailbox.arrived == []
    letters.send_digests(0)
    assert ProcrastinateJob.objects.filter(task_name__endswith="send_digest", args={"user": marcus.pk}).count() == 1
    letters.send_digest(marcus.pk)
    [message] = mailbox.arrived
    assert "3 things need you" in message["Subject"]
    assert all(f"WV-{number}" in message.get_payload(decode=True).decode() for number in range(3))
    letters.send_digest(marcus.pk)
    assert len(mailbox.arrived) == 1


def test_a_digest_that_fails_goes_out_as_letters_that_are_tried_again_and_then_listed(hub, mailbox):
    marcus = hub.staff["marcus"]
    rows = [write(to=marcus.email, user=marcus, key=f"d{number}", about=f"WV-{number}") for number in range(2)]
    mailbox.is_full = True
    letters.send_digest(marcus.pk)
    for row in rows:
        row.refresh_from_db()
        assert row.is_waiting and "451" in row.last_problem
        assert ProcrastinateJob.objects.filter(args__letter=row.pk, scheduled_at__isnull=False).count() == 1
    for _ in range(7):
        letters.send(rows[0].pk)
    mailbox.is_full = False
    letters.send(rows[1].pk)
    for row in rows:
        row.refresh_from_db()
    assert rows[0].given_up_at and rows[1].sent_at
    assert len(mailbox.arrived) == 1


def test_a_line_break_in_a_name_makes_no_second_header(mailbox):
    letter = write(subject="WV-1\nBcc: thief@x.example")
    letters.send(letter.pk)
    [message] = mailbox.arrived
    assert message["Bcc"] is None and message["Subject"] == "WV-1 Bcc: thief@x.example"


def test_history_that_is_brought_in_is_filed_and_not_sent(mailbox):
    letter = write(now=timezone.now() - timedelta(days=30))
    assert letter.sent_at and not ProcrastinateJob.objects.exists()


def test_nothing_is_written_to_nobody(mailbox):
    letters.write(to="", about="x", subject="x", line="x", key="x", now=timezone.now())
    assert not Letter.objects.exists()
