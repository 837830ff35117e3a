"""What an agency's return is made of, and the shelf on which the returns stand."""

from dataclasses import dataclass

from openmash.kit.registry import Shelf

KINDS = {
    "incident": "Incidents and concerns",
    "attendance": "Attendance and appointments",
    "contact": "Contacts and visits",
    "order": "Convictions, orders and conditions",
    "assessment": "Assessments and plans",
    "treatment": "Treatment and care",
    "tenancy": "Housing and tenancy",
    "other": "Other",
}
"""The kinds by which a chronology is filtered, in the order of the filter, with their labels."""


@dataclass(frozen=True, slots=True)
class System:
    """One of the agency's own records, to be ticked off as known, not known or not checked (M4)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A heading under which a researcher files dated items; the kind is what such an item is."""

    key: str
    label: str
    hint: str
    kind: str


@dataclass(frozen=True, slots=True)
class Return:
    """One agency's form: what it is asked to look for, where it looks, and what it may find.

    `asks` is one sentence that stands in the request as it is sent. A retired return is kept, so
    that answers given on it can still be read.
    """

    key: str
    name: str
    order: int
    asks: str
    systems: tuple[System, ...]
    prompts: tuple[Prompt, ...]
    retired: bool = False


RETURNS = Shelf[Return]("openmash.gathering.returns", "RETURN")
