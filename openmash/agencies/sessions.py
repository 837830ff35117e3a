"""Sign-ins in the database, as Django keeps them, but each under the digest of what the browser holds.

Whoever reads the table, or a backup of it, cannot show what opens a session. Source: ASVS 5.0 V7.2.2, V13.3.1.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

_KEPT = 40  # hexadecimal digits: as many as the column holds, and more than anybody guesses


def kept_as(key: str) -> str:
    """What the database holds of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()[:_KEPT]


class SessionStore(InDatabase):
    def _get_session_from_db(self) -> Session | None:
        live = Session.objects.filter(session_key=kept_as(self.session_key or ""), expire_date__gt=timezone.now())
        found = live.first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(kept_as(key))
