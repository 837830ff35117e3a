"""Who acts: a signed-in user, or a named part of the system. Nothing acts anonymously."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Whoever does something: the ledger needs a number (none for a part of the system) and a name."""

    @property
    def ledger_id(self) -> int | None: ...

    @property
    def ledger_name(self) -> str: ...

    @property
    def ledger_agency(self) -> str: ...


@dataclass(frozen=True)
class System:
    """A named part of the system, with the few things that it may do."""

    ledger_name: str
    permissions: frozenset[str] = frozenset()
    ledger_id: int | None = None
    ledger_agency: str = ""


PUBLIC = System("A member of the public or a professional, on the form", frozenset({"make_enquiry"}))
CLOCKWORK = System("The system's own clock", frozenset({"remind"}))
SETTING_UP = System("Setting up the hub", frozenset({"set_up"}))
