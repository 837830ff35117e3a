"""A basis for asking, as the person who answers for it says it."""

from typing import TypedDict


class SaidBasis(TypedDict):
    """Everything that the gate asks. Agreement to a *service* and the lawful basis for *sharing* are two things.

    `why_not_told` is a code of `enquiries.codes.WHY_NOT_TOLD`, empty when the family was told; `agrees_to_service`,
    `lawful_basis` and `gateway` are codes of `triage.codes`; `thought_level` is 1 to 4.
    """

    suspects_significant_harm: bool
    harm_because: str
    thought_level: int
    told_family: bool
    why_not_told: str
    why_not_told_words: str
    agrees_to_service: str
    lawful_basis: str
    gateway: str
