"""Who may tend the chain itself: nobody who signs in."""

from openmash.audit.actors import Actor, System
from openmash.kit.verdict import Verdict, need


def may_begin_epoch(by: Actor, _: object) -> Verdict:
    """Whoever recovers the database says so with the program, on the server."""
    return need(isinstance(by, System) and "set_up" in by.permissions, "Only the program on the server does this.")
