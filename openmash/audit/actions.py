"""What is done to the chain beside adding to it: signing where it stands, and beginning anew after a recovery."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openmash.audit import anchors
from openmash.audit.action import action
from openmash.audit.actors import Actor, System
from openmash.audit.anchors import Anchor
from openmash.audit.chain import EPOCH_BEGAN
from openmash.audit.models import LedgerLink
from openmash.audit.policies import may_begin_epoch

EVERY = 1000  # lines: no checkpoint covers more
RECOVERING = System("Whoever recovered the database", frozenset({"set_up"}))


class Contradicted(Exception):
    """The chain no longer says what the last checkpoint was signed over. Nothing more is signed."""


def checkpoint(now: datetime | None = None) -> list[Anchor]:
    """Sign where the chain stands: its last link, and every thousandth since the last checkpoint. The new ones, if any.

    Raises `Contradicted` when the chain does not hold what was signed last, `anchors.NoKey`, and OSError when the
    file cannot be written: then nothing is signed, and the page of the chain says since when.
    """
    key, path = anchors.private_key(), Path(settings.LEDGER_ANCHORS)
    last = anchors.newest(path)
    done = _still_there(last) if last else 0
    end = LedgerLink.objects.order_by("-number").values_list("number", flat=True).first() or 0
    numbers = sorted({*range(done + EVERY, end, EVERY), end}) if end > done else []
    at = (now or timezone.now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    new = []
    for row in LedgerLink.objects.filter(number__in=numbers).order_by("number"):
        facts: dict[str, Any] = {"epoch": row.epoch, "hash": bytes(row.hash).hex(), "number": row.number}
        new.append(anchors.signed(key, at=at, count=row.number - done, **facts))
        done = row.number
    if new:
        anchors.add(path, new)
    return new


def _still_there(last: Anchor) -> int:
    """The number up to which the chain is signed: after a recovery, where the new epoch begins."""
    row = LedgerLink.objects.filter(number=last.number).first()
    if row and (row.epoch, bytes(row.hash).hex()) == (last.epoch, last.hash):
        return last.number
    began = LedgerLink.objects.filter(epoch__gt=last.epoch).order_by("number").first()
    if began is None:
        raise Contradicted(
            f"Link {last.number} is not what was signed at {last.at}. Run: mash ledger verify. After a recovery of the "
            "database to an earlier time, run: mash ledger new-epoch."
        )
    return began.number - 1


@transaction.atomic
def begin_epoch(because: str) -> int:
    """After a point-in-time recovery: a new epoch, whose first line holds the last checkpoint. Returns its number."""
    last = anchors.newest(Path(settings.LEDGER_ANCHORS))
    begin(None, by=RECOVERING, because=because, anchor=asdict(last) if last else None)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return LedgerLink.objects.order_by("-number").values_list("epoch", flat=True)[0]


@action(may=may_begin_epoch, event=EPOCH_BEGAN, keeps=("because", "anchor"), lock=False)
def begin(_: None, *, by: Actor, now: datetime, because: str, anchor: dict[str, Any] | None) -> None:
    """The chain goes on in a new epoch: what was signed after this point was lost in a recovery, because."""
