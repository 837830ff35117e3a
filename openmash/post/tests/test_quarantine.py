"""Attachments: type, size and a scanner's word, asked over a real socket in ClamAV's own way."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest

from openmash.post import actions, quarantine
from openmash.post.models import Enclosure
from openmash.post.policies import POSTMAN
from openmash.post.tests.letters import answer_of, reply_to

PDF = b"%PDF-1.7 made up"


@contextmanager
def scanner(path, answer: bytes):
    """What clamd does with INSTREAM: pieces with their lengths, an empty one, an answer."""
    took: list[bytes] = []
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()

    def serve():
        client, _ = server.accept()
        with client, client.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!L", stream.read(4))[0]:
                took.append(stream.read(length))
            client.sendall(answer + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield took
    thread.join(10)
    server.close()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", PDF, ""),
        ("a.pdf.exe", PDF, ""),
        ("a.exe", b"MZ", ""),
        ("a.txt", "né".encode(), "text/plain"),
        ("a.txt", b"\0\1", ""),
        ("a.html", b"<script>", ""),
        ("a.docx", b"PK\3\4", ""),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)
def test_the_name_and_the_first_bytes_agree(name, data, kind):
    assert quarantine.real_type(name, data) == kind


def test_everything_is_held_to_begin_with(settings):
    settings.CLAMD = ""
    assert quarantine.held_because("a.pdf", PDF) == quarantine.NO_SCANNER
    settings.CLAMD = "/run/clamd"
    assert quarantine.held_because("a.pdf", PDF) == quarantine.NOT_SCANNED
    assert "larger than 10 MB" in quarantine.held_because("a.pdf", PDF + b" " * quarantine.MOST_BYTES)
    assert "Only PDF" in quarantine.held_because("a.exe", b"MZ")


@pytest.mark.parametrize(
    ("answer", "held"),
    [(b"stream: OK", ""), (b"stream: Eicar-Signature FOUND", "The virus scanner found Eicar-Signature.")],
)
def test_the_scanners_word_counts(settings, tmp_path, answer, held):
    settings.CLAMD = str(tmp_path / "clamd")
    data = PDF * 10_000
    with scanner(settings.CLAMD, answer) as took:
        assert quarantine.scanned(data) == held
    assert b"".join(took) == data


@pytest.mark.django_db
def test_it_is_let_in_once_it_is_clean_and_waits_while_the_scanner_is_away(settings, tmp_path, request_out, comes):
    settings.CLAMD = str(tmp_path / "clamd")
    comes(reply_to(request_out, answer_of(request_out), files=[("letter.pdf", PDF)]))
    row = Enclosure.objects.get()
    with pytest.raises(OSError, match="No such file"):
        actions.scan(row, by=POSTMAN)
    row.refresh_from_db()
    assert row.held_because == quarantine.NOT_SCANNED
    with scanner(settings.CLAMD, b"stream: OK"):
        actions.scan(row, by=POSTMAN)
    row.refresh_from_db()
    assert row.held_because == "" and row.scanned_at
