"""Attachments: nobody gets one before its type, its size and a virus scanner have passed it.

The scanner is ClamAV's daemon, over its socket. Without one, or while it is away, everything is held.
"""

import socket
import struct
from contextlib import closing

from django.conf import settings

MOST_BYTES = 10 * 1024 * 1024
NOT_SCANNED = "It has not been scanned for viruses yet."
NO_SCANNER = "This hub has no virus scanner. Ask the agency to write it into the lines."
_PATIENCE = 30
_CHUNK = 64 * 1024
# By their first bytes, and the endings that go with them. Anything that can run, or hold what runs, is not here.
_TYPES: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
)
_TEXT = "text/plain"


def real_type(name: str, data: bytes) -> str:
    """What the bytes are, when the name says so too; otherwise nothing."""
    ending = name.lower()
    for first, kind, endings in _TYPES:
        if data.startswith(first):
            return kind if ending.endswith(endings) else ""
    return _TEXT if ending.endswith(".txt") and _is_text(data) else ""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def held_because(name: str, data: bytes) -> str:
    """Why it is held back, before anything has scanned it; it always is until then."""
    if len(data) > MOST_BYTES:
        return f"It is larger than {MOST_BYTES // 1024 // 1024} MB."
    if not real_type(name, data):
        return "Only PDF, PNG, JPEG and plain text are let in, under their own endings."
    return NOT_SCANNED if settings.CLAMD else NO_SCANNER


def scanned(data: bytes) -> str:
    """Why it stays held after a scan; nothing when it is clean. Raises OSError while the scanner is away."""
    with closing(_scanner()) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            scanner.sendall(struct.pack("!L", len(piece)) + piece)
        scanner.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and (more := scanner.recv(4096)):
            said += more
    answer = said.rstrip(b"\0").decode("utf-8", "replace")
    if answer == "stream: OK":
        return ""
    if answer.endswith("FOUND"):
        return f"The virus scanner found {answer.removeprefix('stream: ').removesuffix(' FOUND')[:100]}."
    raise OSError(f"The virus scanner said: {answer[:100]}")


def _scanner() -> socket.socket:
    where = settings.CLAMD
    if where.startswith("/"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(_PATIENCE)
        found.connect(where)
        return found
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_PATIENCE)
