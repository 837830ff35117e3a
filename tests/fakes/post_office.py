"""A post office for trying the e-mail door of a demo: `python -m tests.fakes.post_office`, until Ctrl-C.

What the hub sends lies in the mailbox that is named like its recipient; what is sent to the hub's address lies in the
hub's. Both are reached by any mail client, over TLS.
"""

import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.certificates import certificates
from tests.fakes.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.fakes.smtp_server import SmtpServer, smtp_server

HUB = "hub@openmash.example"


@dataclass
class Deliverer(SmtpServer):
    """Takes mail, and puts it into the mailboxes of its recipients."""

    boxes: ImapServer | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        for address in envelope.rcpt_tos:
            self.boxes.delivers(envelope.content, user=USER if address == HUB else address)
        return "250 Message accepted for delivery"


@contextmanager
def post_office(folder: Path) -> Iterator[dict[str, str]]:
    """Open until the end of the block. Yields the settings with which a hub uses it."""
    trusted = certificates(folder)
    with imap_server(trusted) as boxes, smtp_server(trusted, Deliverer(boxes=boxes)) as mail:
        yield {
            "SSL_CERT_FILE": str(trusted.authority),
            "OPENMASH_POST_FROM": HUB,
            "OPENMASH_SMTP_HOST": "localhost",
            "OPENMASH_SMTP_PORT": str(mail.port),
            "OPENMASH_SMTP_TLS": "1",
            "OPENMASH_IMAP_HOST": "localhost",
            "OPENMASH_IMAP_PORT": str(boxes.port),
            "OPENMASH_IMAP_USER": USER,
            "OPENMASH_IMAP_PASSWORD": PASSWORD,
        }


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that `kill` closes it as Ctrl-C does
    with tempfile.TemporaryDirectory(prefix="openmash-post-") as place, post_office(Path(place)) as settings:
        for name, value in settings.items():
            print(f"export {name}={value}")
        print("# until Ctrl-C", flush=True)
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
