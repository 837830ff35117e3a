"""Which agencies are usually asked, by concern and rating, why that is proportionate, and how much each is told.

A suggestion: the worker ticks, unticks and rewords. Sources: M28 and M36 of the requirements (proportionate to the
level of need), M98 (the minimum each agency needs), the agencies of seed 003 and what each can really know.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openmash.enquiries.codes import ADULT_ABUSE

_VIOLENCE = frozenset({"physical_adult", "physical_child", "sexual_adult", "sexual_child", "hba", "fgm", "death"})
_DOMESTIC = frozenset({"da_child", "da_parent", "da_other"})
_EXPLOITED = frozenset({"cse", "cce", "gangs", "trafficking", "missing", "radical", "online"})
_SUBSTANCES = frozenset({"alcohol_parent", "alcohol_other", "drugs_parent", "drugs_other"})
_CHILDS_SUBSTANCES = frozenset({"alcohol_child", "drugs_child"})
_ADULT_MIND = frozenset({"mh_parent", "mh_other"})
_CHILD_MIND = frozenset({"mh_child", "self_harm"})
_CARE = frozenset({"neglect", "emotional", "faith"})
_DISABILITY = frozenset({"ld_child", "pd_child"})
_ADULT_DISABILITY = frozenset({"ld_parent", "pd_parent", "young_carer"})
_ADULTS = frozenset(ADULT_ABUSE)
_ANY_AGE = (-1, 130)
_URGENT = frozenset({"red", "amber"})


@dataclass(frozen=True)
class Usual:
    """When the agency with this return is usually asked, and what it is told.

    It is suggested at `ratings` whatever the concern, and for `concerns` at any rating, when a child is of an age
    (in years, -1 for unborn) from `ages[0]` to `ages[1]`. Of the concerns it is told only those in `concerns`.
    `needs_address` and `identifiers` are what it needs beside names and birth dates to find the right person.
    """

    return_key: str
    because: str
    concerns: frozenset[str]
    ratings: frozenset[str] = frozenset()
    ages: tuple[int, int] = _ANY_AGE
    needs_address: bool = False
    identifiers: tuple[str, ...] = ()

    def is_suggested(self, rating: str, concerns: Iterable[str], ages: Sequence[int]) -> bool:
        """Whether the agency is ticked to begin with. A child whose age is not known counts as any age."""
        youngest, oldest = self.ages
        is_of_age = not ages or any(youngest <= age <= oldest for age in ages)
        return is_of_age and (rating in self.ratings or bool(self.concerns & set(concerns)))

    def told(self, concerns: Iterable[str]) -> tuple[str, ...]:
        """The concerns that this agency is told of, in the order given."""
        return tuple(concern for concern in concerns if concern in self.concerns)


_USUALLY = (
    Usual(
        "childrens_social_care",
        "Its records show whether the children are known, on a plan or were ever removed, and nobody else holds that.",
        _VIOLENCE | _DOMESTIC | _EXPLOITED | _CARE | {"private_foster", "uasc", "transfer_in", "unborn", "young_carer"},
        ratings=frozenset({"red", "amber", "green"}),
        needs_address=True,
        identifiers=("la_child_id",),
    ),
    Usual(
        "police",
        "Its records show incidents at the address and violence by anyone in the household, which bears on immediate "
        "safety.",
        _VIOLENCE | _DOMESTIC | _EXPLOITED | _ADULTS | {"behaviour", "neglect"},
        ratings=_URGENT,
        needs_address=True,
        identifiers=("pnc", "cro"),
    ),
    Usual(
        "health",
        "Health visitors, midwives and hospitals see the child or the pregnancy and would notice harm or missed care.",
        _VIOLENCE | _DOMESTIC | _CARE | _CHILD_MIND | _DISABILITY | _ADULTS | {"unborn", "cse"},
        ratings=_URGENT,
        identifiers=("nhs",),
    ),
    Usual(
        "education",
        "School sees the child most days and knows of absence, changes in behaviour and what the child has said.",
        _EXPLOITED | _CARE | _CHILD_MIND | _DISABILITY | {"education", "behaviour", "young_carer", "da_child"},
        ratings=_URGENT,
        ages=(3, 19),
        identifiers=("upn", "former_upn", "uln"),
    ),
    Usual(
        "probation",
        "An adult named may be under supervision for violence, and conditions may forbid contact.",
        _DOMESTIC | _VIOLENCE | {"gangs"},
        ratings=frozenset({"red"}),
        identifiers=("crn", "pnc", "noms"),
    ),
    Usual(
        "youth_offending",
        "It works with young people at risk of offending or exploitation and knows the signs in this case.",
        _EXPLOITED | {"behaviour", "physical_child", "sexual_child"} | _CHILDS_SUBSTANCES,
        ages=(10, 18),
        identifiers=("pnc",),
    ),
    Usual(
        "camhs",
        "The concern is about the child’s mental health or safety from self-harm, which this service treats.",
        _CHILD_MIND | {"sexual_adult", "sexual_child", "cse"},
        ages=(4, 18),
        identifiers=("nhs",),
    ),
    Usual(
        "early_years_and_families",
        "Its staff see young children each week and know what support the family takes up.",
        _CARE | _DISABILITY | {"unborn", "money"},
        ages=(-1, 5),
    ),
    Usual(
        "adult_mental_health",
        "The concern is about the mental health of an adult in the household, whom this service may be treating.",
        _ADULT_MIND,
        identifiers=("nhs",),
    ),
    Usual(
        "cafcass",
        "The family courts may have made findings or orders about the child that bear on safety.",
        frozenset({"contact_dispute"}),
    ),
    Usual(
        "housing",
        "Its officers visit the home and know who lives at the address.",
        frozenset({"housing", "money", "neglect"}),
        needs_address=True,
        identifiers=("uprn",),
    ),
    Usual(
        "adult_social_care",
        "An adult named may have care needs or be at risk, which bears on how the children are looked after.",
        _ADULT_DISABILITY | _SUBSTANCES | _ADULTS,
        identifiers=("nhs",),
    ),
    Usual(
        "idva",
        "The concern is domestic abuse, and its advisers may be supporting the adult who is harmed.",
        _DOMESTIC | {"hba"},
    ),
)

USUALLY: dict[str, Usual] = {usual.return_key: usual for usual in _USUALLY}
"""By return key. A house test holds that every return on the shelf has its line here."""


def proportion(rating: str, asked: int, could_be_asked: int) -> tuple[str, ...]:
    """Warnings, never blocks: a green enquiry that asks everybody, a red one that asks nobody (M36)."""
    found = []
    if rating == "green" and asked and asked >= could_be_asked:
        found.append("This enquiry is green and every agency is to be asked. Ask only those who are needed.")
    if rating == "red" and not asked:
        found.append("This enquiry is red and no agency is asked.")
    return tuple(found)
