"""What somebody gives to this room: which agencies to ask, and what an agency answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from openmash.agencies.models import Agency
from openmash.intelligence.actions import GivenItem


@dataclass(frozen=True)
class Asked:
    """One agency to ask, and why asking it is proportionate."""

    agency: Agency
    because: str


class GivenAnswer(TypedDict):
    """One answer. Nothing known has no items; any other answer has at least one, and the agency's own rating.

    `checks` says of each system of the agency's return: known, not_known or not_checked (`SystemCheck.RESULTS`).
    """

    is_nothing_known: bool
    rating: str
    checks: dict[str, str]
    items: Sequence[GivenItem]
