"""Who does not exist for somebody: those whom they know themselves, and those who are known from enquiries alone that
are kept from them. A later room keeps the list of who knows whom, and the enquiries.
"""

from collections.abc import Callable
from typing import cast

from django.utils.module_loading import import_string

from openmash.audit.actors import Actor

KEPT_BY = "openmash.enquiries.kept_from.people_kept_from"
IN_CONFLICT_BY = "openmash.enquiries.kept_from.people_in_conflict"


def kept_from(by: Actor) -> frozenset[int]:
    """Every record of theirs. One query."""
    return _asked(KEPT_BY, by)


def in_conflict(by: Actor) -> frozenset[int]:
    """Every record of those among them whom `by` knows: governance is told when they are met."""
    return _asked(IN_CONFLICT_BY, by)


def _asked(of: str, by: Actor) -> frozenset[int]:
    return cast("Callable[[Actor], frozenset[int]]", import_string(of))(by)
