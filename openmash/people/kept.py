"""Who does not exist for somebody: those whom they know themselves. A later room keeps the list of who knows whom."""

from collections.abc import Callable
from typing import cast

from django.utils.module_loading import import_string

from openmash.audit.actors import Actor

KEPT_BY = "openmash.enquiries.kept_from.people_kept_from"


def kept_from(by: Actor) -> frozenset[int]:
    """Every record of theirs. One query."""
    return cast("Callable[[Actor], frozenset[int]]", import_string(KEPT_BY))(by)
