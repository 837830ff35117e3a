"""The hub's mailbox on a real IMAP server: everything is taken in, once, and only then put away."""

import pytest
from django.utils import timezone

from openmash.post import mailbox
from openmash.post.codes import TAKEN, WAITING
from openmash.post.models import MailboxLook, Reply
from openmash.post.tests.letters import answer_of, reply_to
from tests.fakes.certificates import certificates
from tests.fakes.imap_server import PASSWORD, USER, imap_server

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WORDS = "The door was kicked in on Friday"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with imap_server(certificates(tmp_path_factory.mktemp("certificates"))) as server:
        yield server


@pytest.fixture
def box(running, settings, monkeypatch):
    """The hub reads this server; it is empty to begin with."""
    with running.client() as client:
        for folder in ("INBOX", settings.IMAP_READ_FOLDER):
            if client.select(f'"{folder}"')[0] == "OK" and client.untagged_responses["EXISTS"] != [b"0"]:
                client.store("1:*", "+FLAGS", r"(\Deleted)")
                client.expunge()
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    settings.IMAP_HOST, settings.IMAP_PORT = "localhost", running.port
    settings.IMAP_USER, settings.IMAP_PASSWORD = USER, PASSWORD
    return running


def test_a_reply_comes_in_and_is_put_away(box, request_out, settings):
    raw = reply_to(request_out, answer_of(request_out, words=WORDS))
    box.delivers(raw, b"Subject: no idea\r\n\r\nWho are you?")
    assert mailbox.read_mailbox(NOW) == 2
    assert sorted(Reply.objects.values_list("state", flat=True)) == sorted([TAKEN, WAITING])
    assert box.holds() == []
    assert raw in box.holds(settings.IMAP_READ_FOLDER)
    assert mailbox.read_mailbox(NOW) == 0
    assert (MailboxLook.objects.get().looked_at, MailboxLook.objects.get().problem) == (NOW, "")


def test_stopped_between_keeping_and_putting_away_it_comes_in_once(box, request_out, monkeypatch):
    box.delivers(reply_to(request_out, answer_of(request_out, words=WORDS)))

    def stops(*_):
        raise OSError("the line went dead")

    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "_put_away", stops)
        assert mailbox.read_mailbox(NOW) == 0
    assert Reply.objects.count() == 1 and len(box.holds()) == 1
    assert mailbox.read_mailbox(NOW) == 1
    assert Reply.objects.count() == 1 and box.holds() == []


def test_what_fails_to_be_kept_stays_in_the_mailbox(box, request_out, monkeypatch):
    box.delivers(b"Subject: x\r\n\r\nx")

    def breaks(*_, **__):
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "receive", breaks)
        mailbox.read_mailbox(NOW)
    assert len(box.holds()) == 1 and "the database is away" in MailboxLook.objects.get().problem


def test_what_is_too_large_is_known_and_left(box, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_BYTES", 500)
    box.delivers(b"From: a@nwha.example\r\nSubject: photographs\r\n\r\n" + b"x" * 2000)
    assert mailbox.read_mailbox(NOW) == 1
    assert Reply.objects.get().problems == ["too_large"]
    assert len(box.holds()) == 1
    assert mailbox.read_mailbox(NOW) == 0


def test_a_mailbox_that_is_away_is_said_and_tried_again(box, settings, hub, client):
    settings.IMAP_PASSWORD = "wrong"
    mailbox.read_mailbox(NOW)
    client.force_login(hub.staff["joanna"])
    assert "mailbox cannot be read since" in client.get("/post/").content.decode()
    settings.IMAP_PASSWORD = PASSWORD
    mailbox.read_mailbox(NOW)
    assert MailboxLook.objects.get().problem == ""


def test_a_server_that_nobody_vouches_for_is_told_no_password(box, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates(tmp_path).authority))
    mailbox.read_mailbox(NOW)
    assert "certificate" in MailboxLook.objects.get().problem.lower()


def test_without_a_mailbox_nothing_is_read(settings):
    settings.IMAP_HOST = ""
    assert mailbox.read_mailbox(NOW) == 0
    assert not MailboxLook.objects.exists()
