"""How the chain stands: its end, what of it is signed, and since when not. For the page of the chain and the alert."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from openmash.audit import anchors
from openmash.audit.models import LedgerEvent, LedgerLink


@dataclass(frozen=True)
class EpochLine:
    number: int
    first: int
    began_at: datetime
    because: str


@dataclass(frozen=True)
class Standing:
    """`end` is the last link, `signed` the last that a checkpoint names, `receipt` that checkpoint word for word."""

    end: int
    signed: int
    signed_at: datetime | None
    minutes_unsigned: int
    is_contradicted: bool
    problem: str
    receipt: str
    epochs: tuple[EpochLine, ...]

    @property
    def unsigned(self) -> int:
        return max(0, self.end - self.signed)


def standing(now: datetime | None = None) -> Standing:
    """A few queries, however long the chain: the whole of it is looked through by `mash ledger verify`."""
    now = now or timezone.now()
    end, epoch = LedgerLink.objects.order_by("-number").values_list("number", "epoch").first() or (0, 1)
    last, problem = _newest()
    row = LedgerLink.objects.filter(number=last.number).first() if last else None
    epochs = _epochs() if epoch > 1 else ()
    is_there = bool(last and row and (row.epoch, bytes(row.hash).hex()) == (last.epoch, last.hash))
    is_lost = bool(last and any(epoch.number > last.epoch for epoch in epochs))
    signed_at = datetime.fromisoformat(last.at) if last else None
    return Standing(
        end=end,
        signed=last.number if last else 0,
        signed_at=signed_at,
        minutes_unsigned=_minutes_unsigned(last.number if last and not is_lost else 0, now),
        is_contradicted=bool(last) and not is_there and not is_lost,
        problem=problem,
        receipt=last.line if last else "",
        epochs=epochs,
    )


def _newest() -> tuple[anchors.Anchor | None, str]:
    try:
        return anchors.newest(Path(settings.LEDGER_ANCHORS)), ""
    except OSError as problem:
        return None, f"The checkpoints cannot be read: {problem}"


def _minutes_unsigned(signed: int, now: datetime) -> int:
    """Since the first line that no checkpoint covers was written."""
    first = LedgerLink.objects.filter(number__gt=signed).order_by("number").values_list("canonical", flat=True).first()
    if first is None:
        return 0
    written = datetime.fromisoformat(json.loads(first)["written"])
    return max(0, int((now - written).total_seconds() // 60))


def _epochs() -> tuple[EpochLine, ...]:
    began = LedgerEvent.objects.filter(event="ledger.epoch-began", outcome=LedgerEvent.ALLOWED).order_by("pk")
    links = {link.event: link for link in LedgerLink.objects.filter(event__in=[row.pk for row in began])}
    return tuple(
        EpochLine(links[row.pk].epoch, links[row.pk].number, row.at, str(row.kept.get("because", "")))
        for row in began
        if row.pk in links
    )
