"""Who a call is from: a token that is in force, for what the operation needs. Anybody else finds nothing here."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from openmash.agencies.scopes import SCOPES
from openmash.agencies.systems import Caller, caller_of
from openmash.api.problems import TooMany
from openmash.audit.action import turned_away

_MINUTE = timedelta(minutes=1)


class Token(HttpBearer):
    """A token with this scope (any, when none is named). What the operation `takes` in waits when there were too many
    calls, and is held back when it cannot be taken.
    """

    def __init__(self, scope: str = "", *, takes: str = "") -> None:
        super().__init__()
        self.scope, self.takes = scope, takes

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        now = timezone.now()
        caller = caller_of(token, now)
        if caller is None:
            return None
        if (wait := must_wait(caller, now)) and not self.takes:
            raise TooMany(wait)
        if self.scope and not self._opens(caller):
            raise turned_away(caller.user, f"{request.path} is for a token with the scope {self.scope}.")
        request.takes = self.takes  # type: ignore[attr-defined]
        return caller

    def _opens(self, caller: Caller) -> bool:
        """The token has the scope, and its system is still posted in the scope's role."""
        return self.scope in caller.token.scopes and caller.user.is_posted_as(SCOPES[self.scope].role)


def must_wait(caller: Caller, now: datetime) -> int:
    """For how many seconds; 0 while the token has calls left in this minute."""
    if caller.token.calls <= settings.API_CALLS_A_MINUTE or caller.token.counted_from is None:
        return 0
    return max(1, round((caller.token.counted_from + _MINUTE - now).total_seconds()))
