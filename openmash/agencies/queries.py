"""The areas as every page needs them: few, and seldom changed."""

from collections.abc import Iterable
from time import monotonic

from openmash.agencies.models import Area

_FRESH_FOR = 30.0  # seconds: a change of an area's hours or telephone number is seen within half a minute
_kept: tuple[float, dict[int, Area]] = (-_FRESH_FOR, {})


def areas() -> dict[int, Area]:
    """Every area by number, with its working time worked out once. For reading: an act takes its own row."""
    global _kept  # noqa: PLW0603 - a memory of the process, and nothing else
    read_at, found = _kept
    if not found or monotonic() - read_at > _FRESH_FOR:
        found = Area.objects.in_bulk()
        _kept = (monotonic(), found)
    return found


def areas_of(numbers: Iterable[int]) -> list[Area]:
    """These areas, in order of their numbers."""
    known = areas()
    return [known[number] for number in sorted(numbers) if number in known]


def forget_areas() -> None:
    """After a change to an area, in the process that made it."""
    global _kept  # noqa: PLW0603
    _kept = (-_FRESH_FOR, {})
