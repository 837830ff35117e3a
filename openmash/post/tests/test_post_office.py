"""The post office that a demo may be given: used with the lines of the how-to, as an agency would."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from openmash.post import mailbox
from tests.fakes.post_office import HUB, post_office

HOW_TO = Path(__file__).parents[3] / "docs/how-to/ask-agencies-that-only-have-e-mail.md"
AGENCY = "safeguarding@nwha.example"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_what_the_hub_sends_is_read_by_the_agency_and_its_reply_by_the_hub(tmp_path, settings, monkeypatch):
    came = []
    monkeypatch.setattr(mailbox, "receive", lambda _, raw, **facts: came.append(raw))
    monkeypatch.setattr(mailbox, "_note", lambda now, problem: came.append(problem))
    with post_office(tmp_path) as given:
        monkeypatch.setenv("SSL_CERT_FILE", given["SSL_CERT_FILE"])
        server = {"host": given["OPENMASH_SMTP_HOST"], "port": int(given["OPENMASH_SMTP_PORT"])}
        connection = get_connection("django.core.mail.backends.smtp.EmailBackend", use_tls=True, **server)
        EmailMessage("[code] a request", "What do you know?", HUB, [AGENCY], connection=connection).send()
        read, send = re.findall(r"```\n(curl .*?)```", HOW_TO.read_text(), re.DOTALL)
        assert "What do you know?" in curl(read, given, tmp_path)

        (tmp_path / "reply.eml").write_text(f"From: {AGENCY}\r\nTo: {HUB}\r\nSubject: Re\r\n\r\nRent is behind.\r\n")
        curl(send, given, tmp_path)
        for name in ("HOST", "USER", "PASSWORD"):
            setattr(settings, f"IMAP_{name}", given[f"OPENMASH_IMAP_{name}"])
        settings.IMAP_PORT = int(given["OPENMASH_IMAP_PORT"])
        assert mailbox.read_mailbox(None) == 1
    assert b"Rent is behind." in came[0] and came[1] == ""


def curl(line: str, given: dict[str, str], folder: Path) -> str:
    env = {"PATH": os.environ["PATH"]} | given
    done = subprocess.run(["bash", "-c", line], env=env, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout
