"""How good an enquiry is, from facts alone: what a hub needs in order to act, and whether it was told (M111).

Nobody judges: each fact is there or is not. What is missing is what the referrer is told, and what training is for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from openmash.enquiries.models import Enquiry, Party


@dataclass(frozen=True)
class Fact:
    """One thing that an enquiry should say. `training` is a key of the training needs (consultations.codes)."""

    key: str
    says: str
    training: str
    is_there: Callable[[Enquiry, list[Party]], bool]


@dataclass(frozen=True)
class Quality:
    """What an enquiry says of what it should, and what it leaves out, in words."""

    there: int
    of: int
    missing: tuple[str, ...]
    training: tuple[str, ...]

    @property
    def says(self) -> str:
        return f"{self.there} of {self.of}"


FACTS = (
    Fact("happened", "What happened, when and where", "recording", lambda one, _: bool(one.happened)),
    Fact("impact", "What it does to them", "recording", lambda one, _: bool(one.impact)),
    Fact("words", "What the child says, or the adult wishes", "recording", lambda one, _: bool(
        one.adults_wishes if one.kind == "adult" else one.childs_words)),
    Fact("strengths", "What works well", "recording", lambda one, _: bool(one.strengths)),
    Fact("history", "Earlier concerns", "thresholds", lambda one, _: bool(one.history)),
    Fact("tried", "What help was tried", "thresholds", lambda one, _: bool(
        one.help_tried or one.early_help_done is not None)),
    Fact("told", "Whether the family was told, or why not", "consent", lambda one, _: bool(
        one.told_family or one.why_not_told)),
    Fact("agrees", "Whether the family agrees", "consent", lambda one, _: bool(one.family_agrees)),
    Fact("born", "A date of birth for each child", "recording", lambda _, children: all(
        child.person.born_on or child.person.due_on for child in children)),
    Fact("address", "Where each child lives", "recording", lambda _, children: all(
        child.person.residences.all() for child in children)),
)  # fmt: skip


def quality(enquiry: Enquiry, parties: Iterable[Party]) -> Quality:
    """Give the parties with their people and residences read: nothing is read here."""
    children = [party for party in parties if party.role in ("child", "unborn")]
    missing = [fact for fact in FACTS if not fact.is_there(enquiry, children)]
    return Quality(
        len(FACTS) - len(missing),
        len(FACTS),
        tuple(fact.says for fact in missing),
        tuple(dict.fromkeys(fact.training for fact in missing)),
    )


def of_one(enquiry: Enquiry) -> Quality:
    return quality(enquiry, _parties([enquiry.pk])[enquiry.pk])


def of_many(enquiries: Iterable[Enquiry]) -> dict[int, Quality]:
    """By number. Three queries, however many they are."""
    rows = list(enquiries)
    theirs = _parties([one.pk for one in rows])
    return {one.pk: quality(one, theirs[one.pk]) for one in rows}


def _parties(enquiries: list[int]) -> dict[int, list[Party]]:
    rows: dict[int, list[Party]] = {number: [] for number in enquiries}
    parties = Party.objects.filter(enquiry__in=enquiries).select_related("person")
    for party in parties.prefetch_related("person__residences"):
        rows[party.enquiry_id].append(party)
    return rows
