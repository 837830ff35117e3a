"""What nobody has told the hub about a person, in plain words (M5): a gap is a fact too."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from openmash.people.identifiers import KINDS
from openmash.people.models import Person

NO_GP = "Nobody has told us their GP"
NO_SCHOOL = "Nobody has told us their school, nursery or college"
NURSERY_AGE = 2
_SURGERY = (" gp ", "doctor", "surgery", "medical", "health centre", "general practi")
_SCHOOL = ("school", "nursery", "college", "academy", "preschool", "pre-school", "childminder", "playgroup", "teacher")


class Works(Protocol):
    @property
    def agency(self) -> str: ...
    @property
    def role(self) -> str: ...


def gaps(
    lead: Person, homes: Collection[object], numbers: Collection[str], colleagues: Iterable[Works],
    parents: Collection[object], today: date, *, is_child: bool,
) -> tuple[str, ...]:  # fmt: skip
    """Sentences without a full stop, the ones that matter most first."""
    network = [f"{one.agency} {one.role}".lower() for one in colleagues]
    found = [
        (not homes, "Nobody has told us where they live"),
        (lead.born_on is None and not lead.is_unborn, "Nobody has told us their date of birth"),
        (lead.is_birth_date_estimated, "Their date of birth is a guess"),
        (is_child and not parents, "Nobody has told us who their parents are"),
        (lead.sex == "U" and not lead.is_unborn, "Nobody has told us their sex"),
        (is_child and _is_of_nursery_age(lead, today) and not _has(network, _SCHOOL), NO_SCHOOL),
        (not lead.is_unborn and not _has(network, _SURGERY), NO_GP),
        (not lead.is_unborn and KINDS["nhs"].name not in numbers, "Nobody has told us their NHS number"),
        (not lead.ethnicity and not lead.is_unborn, "Nobody has told us their ethnicity"),
        (not lead.language and not lead.is_unborn, "Nobody has told us their first language"),
    ]
    return tuple(says for is_missing, says in found if is_missing)


def _has(network: Iterable[str], words: tuple[str, ...]) -> bool:
    return any(word in f" {one} " for one in network for word in words)


def _is_of_nursery_age(lead: Person, today: date) -> bool:
    return lead.born_on is not None and today.year - lead.born_on.year >= NURSERY_AGE
