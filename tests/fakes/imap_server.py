"""A real IMAP server: Debian's dovecot, on its own port, with its files in a folder that is gone afterwards."""

import grp
import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.certificates import Certificates
from tests.fakes.ports import free_port

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MISSING = "There is no dovecot here. Install it with: apt-get install dovecot-imapd"
USER, PASSWORD = "hub", "only-for-the-tests"
PATIENCE = 30.0

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{folder}/mail/%u
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class ImapServer:
    port: int
    authority: Path
    folder: Path

    @contextmanager
    def client(self, user: str = USER) -> Iterator[imaplib.IMAP4_SSL]:
        context = ssl.create_default_context(cafile=str(self.authority))
        box = imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context, timeout=PATIENCE)
        box.login(user, PASSWORD)
        yield box
        box.logout()

    def delivers(self, *messages: bytes, folder: str = "INBOX", user: str = USER) -> None:
        """As if these had come in just now. Whatever name signs in has a mailbox."""
        with self.client(user) as box:
            for message in messages:
                assert box.append(folder, None, None, message)[0] == "OK"

    def holds(self, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder now."""
        with self.client() as box:
            if box.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            _, (numbers,) = box.search(None, "UNDELETED")
            return [box.fetch(number.decode(), "(RFC822)")[1][0][1] for number in numbers.split()]


@contextmanager
def imap_server(certificates: Certificates) -> Iterator[ImapServer]:
    """Runs until the end of the block. Without dovecot the test is skipped; in CI it fails."""
    if DOVECOT is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="openmash-dovecot-"))
    folder.chmod(0o755)
    whoever = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    for name in ("mail", "home", "run", "state"):
        (folder / name).mkdir()
        os.chown(folder / name, whoever.pw_uid, whoever.pw_gid)
    port = free_port()
    facts = {"folder": folder, "certificate": certificates.certificate, "key": certificates.key, "port": port}
    facts |= {"user": whoever.pw_name, "group": grp.getgrgid(whoever.pw_gid).gr_name, "password": PASSWORD}
    facts |= {"uid": whoever.pw_uid, "gid": whoever.pw_gid}
    (folder / "dovecot.conf").write_text(CONFIGURATION.format(**facts))
    child = subprocess.Popen([str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")])
    server = ImapServer(port, certificates.authority, folder)
    try:
        _wait_for(server, child)
        yield server
    finally:
        child.terminate()
        child.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: ImapServer, child: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, imaplib.IMAP4.error), server.client():
            return
        log = server.folder / "dovecot.log"
        said = log.read_text()[-2000:] if log.exists() else ""
        assert child.poll() is None and time.monotonic() < until, f"dovecot does not answer:\n{said}"
        time.sleep(0.1)
