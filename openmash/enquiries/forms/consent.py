"""What the family knows, whether they agree, and why not: two separate questions (journey of an enquiry, the gate)."""

from typing import Any, ClassVar

from openmash.enquiries.codes import AGREEMENT, WHY_NOT_TOLD
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Line, Words, YesNo

_QUIET: dict[str, Any] = {"counted": False, "rows": 3}


class PublicToldForm(Asking):
    """In plain words, and nothing compulsory."""

    told_family = YesNo(label="Does the family know that you are telling us?")
    why_not_told_words = Words(
        label="Would it be dangerous if they knew? (optional)",
        help_text="Tell us anything that we should be careful about",
        max_length=2000,
    )
    options: ClassVar[dict[str, Any]] = {
        "told_family": {"hint": "We think carefully before we tell them anything. You can leave this out."},
        "why_not_told_words": _QUIET,
    }


class ToldForm(Asking):
    """Whether the family was told, and which reason there is when they were not."""

    told_family = YesNo(
        label="Have you told the parents or carers that you are making this enquiry?",
        unknown=False,
        required=True,
        error_messages={"required": "Select yes if you have told the parents or carers"},
    )
    why_not_told = Choose(label="Why not?", choices=tuple(WHY_NOT_TOLD.items()))
    why_not_told_words = Words(label="Say more (optional)", max_length=2000)
    parents_words = Words(label="What do the parents or carers say about it? (optional)", max_length=2000)
    child_told = YesNo(label="Does the child or young person know?")
    reveals: ClassVar[dict[str, Any]] = {
        "told_family": {"yes": ("parents_words",), "no": ("why_not_told", "why_not_told_words")}
    }
    options: ClassVar[dict[str, Any]] = {
        "why_not_told_words": _QUIET,
        "parents_words": _QUIET,
        "child_told": {"inline": True},
    }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("told_family") is False:
            self.need("why_not_told", "Select why you have not told them")
        return without_stale_reason(found)


class AgreeForm(Asking):
    """Whether they agree, who said so, and what must not reach them."""

    family_agrees = Choose(
        label="Do they agree to it?",
        required=True,
        choices=tuple(AGREEMENT.items()),
        error_messages={"required": "Select whether the parents or carers agree"},
    )
    agreed_by = Line(
        label="Who agreed, when and how?", help_text="For example, mother, by telephone on 3 April", max_length=200
    )
    keep_from_family = Words(
        label="Is there anything here that must not reach the family? (optional)",
        help_text="What it is, and who must not know",
        max_length=2000,
    )
    reveals: ClassVar[dict[str, Any]] = {"family_agrees": {"yes": ("agreed_by",)}}
    options: ClassVar[dict[str, Any]] = {"keep_from_family": _QUIET}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("family_agrees") == "yes":
            self.need("agreed_by", "Enter who agreed, when and how")
        else:
            found["agreed_by"] = ""
        return found


def without_stale_reason(found: dict[str, Any]) -> dict[str, Any]:
    """What was typed before the answer was changed to yes, or to no, is no answer any more."""
    if found.get("told_family"):
        found |= {"why_not_told": "", "why_not_told_words": ""}
    elif "parents_words" in found:
        found["parents_words"] = ""
    return found
