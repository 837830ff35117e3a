"""What somebody had typed when their sign-in ended: kept, sealed, until the same person signs in again in this browser.

Whoever comes back is shown it and sends it with a press of their own: nothing is done in anybody's absence.
"""

import json
from dataclasses import dataclass

from django.http import HttpRequest

from openmash.agencies.factors import sealer
from openmash.agencies.models import User
from openmash.design.views import NEVER_SHOWN

KEPT = "kept_form"
MOST = 200_000  # characters; what is longer was not typed


@dataclass(frozen=True)
class Kept:
    """Where it was to go, every field, and of those the words."""

    path: str
    sent: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> tuple[str, ...]:
        return tuple(value for _, value in self.sent if " " in value.strip())


def keep(request: HttpRequest, by: User) -> bool:
    """Whether there was something to keep: after the sign-in is over, in the session that follows it."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_SHOWN]
    said = json.dumps({"of": by.pk, "path": request.get_full_path(), "sent": fields})
    if request.method != "POST" or not fields or len(said) > MOST:
        return False
    request.session[KEPT] = sealer().encrypt(said.encode()).decode()
    return True


def take(request: HttpRequest, by: User) -> Kept | None:
    """What was kept of `by`, once. What was somebody else's is thrown away."""
    sealed = request.session.pop(KEPT, "")
    said = json.loads(sealer().decrypt(sealed.encode())) if sealed else {"of": None}
    if said["of"] != by.pk:
        return None
    return Kept(said["path"], tuple((name, value) for name, value in said["sent"]))
