"""What a council's own system is handed, in the codes of the Department for Education's children in need census.

A concern becomes the factors that an assessment would record and the primary need that it usually is: a suggestion,
which the social worker who takes the case on may change there.
"""

from collections.abc import Iterable

FACTORS: dict[str, str] = {
    "alcohol_child": "1A", "alcohol_parent": "1B", "alcohol_other": "1C", "drugs_child": "2A", "drugs_parent": "2B",
    "drugs_other": "2C", "da_child": "3A", "da_parent": "3B", "da_other": "3C", "mh_child": "4A", "mh_parent": "4B",
    "mh_other": "4C", "ld_child": "5A", "ld_parent": "5B", "pd_child": "6A", "pd_parent": "6B", "young_carer": "7A",
    "private_foster": "8F", "uasc": "9A", "missing": "10A", "cse": "11A", "trafficking": "12A", "gangs": "13A",
    "behaviour": "14A", "self_harm": "15A", "neglect": "16A", "emotional": "17A", "physical_child": "18B",
    "physical_adult": "18C", "sexual_child": "19B", "sexual_adult": "19C", "fgm": "22A", "faith": "23A", "cce": "24A",
    "radical": "20", "hba": "20", "online": "20", "housing": "20", "money": "20", "education": "20",
    "contact_dispute": "20", "unborn": "20", "transfer_in": "20", "lado": "20", "death": "20", "none": "21",
}  # fmt: skip

_NEEDS: dict[str, str] = {
    "N1": "neglect emotional physical_adult physical_child sexual_adult sexual_child cse cce gangs trafficking missing "
    "radical fgm faith hba online da_child da_parent da_other self_harm unborn",
    "N2": "ld_child pd_child",
    "N3": "alcohol_parent drugs_parent mh_parent ld_parent pd_parent young_carer",
    "N4": "mh_child housing",
    "N5": "alcohol_other drugs_other mh_other contact_dispute",
    "N6": "alcohol_child drugs_child behaviour education",
    "N7": "money",
    "N8": "private_foster uasc",
    "N9": "lado",
}
NEEDS = {concern: need for need, concerns in _NEEDS.items() for concern in concerns.split()}
NOT_STATED = "N0"
NO_ETHNICITY = "NOBT"


def factors_of(concerns: Iterable[str]) -> tuple[str, ...]:
    """Each code once, in the census's order. "No factor" stands alone or not at all."""
    found = {FACTORS[one] for one in concerns if one in FACTORS}
    if len(found) > 1:
        found.discard("21")
    return tuple(sorted(found, key=lambda code: (int(code.rstrip("ABCDEF")), code)))


def primary_need_of(concerns: Iterable[str]) -> str:
    """The most serious of the needs that the concerns usually are: the census's own order."""
    return min((NEEDS[one] for one in concerns if one in NEEDS), default=NOT_STATED)
