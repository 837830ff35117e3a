"""A real SMTP server in the test's own process: it takes mail over TLS, or refuses, as a test wants."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.fakes.certificates import Certificates
from tests.fakes.ports import free_port


@dataclass
class SmtpServer:
    """What it has taken. Whatever stands in `says` is its answer to the next recipient, instead of yes."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.says:
            return self.says.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 Message accepted for delivery"


@contextmanager
def smtp_server(
    certificates: Certificates | None, server: SmtpServer | None = None, *, port: int = 0
) -> Iterator[SmtpServer]:
    """Listens on localhost; without certificates it knows no TLS."""
    server = server or SmtpServer()
    server.port = port or free_port()
    context = None
    if certificates:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates.certificate, certificates.key)
    options = {"tls_context": context, "require_starttls": True} if context else {}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
