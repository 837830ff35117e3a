"""The receipts of the ledger: what every agency's information governance lead is sent each morning (security 4.4).

No agency alone can rewrite a history of which another holds the receipt.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from openmash.agencies.letters import write
from openmash.agencies.models import Agency, User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.standing import standing
from openmash.design.moments import day


@dataclass(frozen=True)
class Witness:
    """An agency, and who of it keeps the receipts: nobody, when it has not named somebody yet."""

    agency: str
    names: tuple[str, ...]


def keepers() -> list[User]:
    """Everybody who is sent the receipt: the hub's own governance leads, and those of its partner agencies."""
    keeping = holders(Permission.KEEP_RECEIPTS, Permission.READ_LEDGER)
    return list(keeping.filter(is_system=False).order_by("name"))


def witnesses() -> tuple[Witness, ...]:
    """Every agency that takes part today, with who keeps its receipts."""
    names: dict[int, list[str]] = {}
    for user in keepers():
        names.setdefault(user.agency_id, []).append(user.name)
    rows = Agency.objects.filter(left_on=None).exclude(mode=Agency.PROPOSED).order_by("name")
    return tuple(Witness(row.name, tuple(names.get(row.pk, ()))) for row in rows)


def send_receipts(now: datetime) -> int:
    """Write to each keeper the last checkpoint, word for word: `mash ledger verify --anchors` reads the e-mails."""
    receipt = standing(now).receipt
    today = timezone.localdate(now)
    if not receipt:
        return 0
    for user in keepers():
        write(
            to=user.email,
            user=user,
            about="Keep this receipt of the ledger",
            subject=f"Receipt of the ledger, {day(today)}",
            line=receipt,
            link="/receipts/",
            key=f"receipt-{today}-{user.pk}",
            now=now,
        )
    return len(keepers())
