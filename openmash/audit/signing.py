"""Row-level security believes what a connection says of who asks only when the application has signed it.

Whoever can send SQL over the application's connection can set a setting, but not sign one. A signature holds for one
setting with one value on one connection. The key comes from the SECRET_KEY; `migrate` lays it where only the owner of
the database can read it, and `openmash_signed()` compares (security 3.7, layer B).
"""

import hashlib
import hmac
from typing import Any

from django.utils.crypto import salted_hmac

_BLOCK = 64  # bytes that SHA-256 works on at once (RFC 2104)


def signed(setting: str, value: str, connection: Any) -> str:
    """`value` as `openmash_signed(setting)` believes it on this connection of psycopg's; nothing stays nothing."""
    if not value:
        return ""
    said = f"{setting}={value}@{connection.info.backend_pid}"
    return f"{value}:{hmac.new(_key(), said.encode(), hashlib.sha256).hexdigest()}"


def set_signed(setting: str, value: str, connection: Any) -> None:
    """Set it, signed, for this transaction of Django's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, signed(setting, value, cursor.connection)])


def pads() -> tuple[bytes, bytes]:
    """The key as the database holds it: PostgreSQL has SHA-256 and no HMAC of its own."""
    key = _key().ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)


def _key() -> bytes:
    return salted_hmac("openmash.audit.signing", "who asks", algorithm="sha256").digest()
