"""An adult at risk: what they need, what may be done to them, what they want, and whether they know (Care Act 2014)."""

from typing import Any, ClassVar

from openmash.enquiries.codes import ADULT_ABUSE, ADULT_CONCERN_GROUP, CAPACITY_DOUBT, CONCERN_GROUPS
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.consent import AgreeForm, ToldForm
from openmash.enquiries.forms.fields import Choose, Line, Several, Words, YesNo

_QUIET: dict[str, Any] = {"counted": False, "rows": 4}


class AtRiskForm(Asking):
    """What makes somebody an adult at risk, and what they themselves want."""

    care_needs = Words(
        label="What help do they need from other people? (optional)",
        help_text="For example, to wash, eat, take medicine, or because of an illness, a disability or their age",
        max_length=2000,
    )
    adults_wishes = Words(
        label="What do they want to happen, in their own words? (optional)",
        help_text="If nobody could ask them, say why",
        max_length=2000,
    )
    cannot_protect = Words(
        label="Why can they not protect themself? (optional)",
        help_text="For example, because they cannot leave the house, or do not understand what is happening",
        max_length=2000,
    )
    capacity_doubt = Choose(
        label="Do you doubt that they can decide about this for themself?", choices=tuple(CAPACITY_DOUBT.items())
    )
    spoken_for_by = Line(
        label="Does anybody speak for them? (optional)",
        help_text="For example, a relative or an advocate, and how to reach them",
        max_length=200,
    )
    options: ClassVar[dict[str, Any]] = {"care_needs": _QUIET, "adults_wishes": _QUIET, "cannot_protect": _QUIET}


class AdultAbuseForm(Asking):
    """The ten categories, and what else is the matter in the household."""

    concerns = Several(
        label="Which kinds of abuse or neglect may this be?",
        help_text="Select all that apply",
        required=True,
        choices=tuple(ADULT_ABUSE.items()),
        error_messages={"required": "Select at least one kind of abuse or neglect"},
    )
    options: ClassVar[dict[str, Any]] = {"concerns": {"small": True}}


class AnyConcernsForm(Asking):
    """Those of children and the ten of adults in one list, for a screen that does not know yet whom it is about."""

    concerns = Several(label="Which kinds of worry are these?", choices=(*CONCERN_GROUPS, ADULT_CONCERN_GROUP))
    options: ClassVar[dict[str, Any]] = {"concerns": {"small": True}}


class AdultKnowsForm(Asking):
    """In plain words, for the public."""

    told_family = YesNo(label="Do they know that you are telling us?")
    why_not_told_words = Words(
        label="Would it be dangerous if they, or somebody near them, knew? (optional)",
        help_text="Tell us anything that we should be careful about",
        max_length=2000,
    )
    options: ClassVar[dict[str, Any]] = {"why_not_told_words": _QUIET}


class AdultToldForm(ToldForm):
    """Whether the adult was told, and which reason there is when they were not."""

    child_told = None
    parents_words = None
    reveals: ClassVar[dict[str, Any]] = {"told_family": {"no": ("why_not_told", "why_not_told_words")}}
    options: ClassVar[dict[str, Any]] = {"why_not_told_words": _QUIET}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_family"].label = "Have you told the adult that you are making this enquiry?"
        self.fields["told_family"].error_messages["required"] = "Select yes if you have told the adult"


class AdultAgreesForm(AgreeForm):
    """Whether the adult consents, who said so, and what must not reach them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family_agrees"].label = "Does the adult agree to it?"
        self.fields["family_agrees"].error_messages["required"] = "Select whether the adult agrees"
        self.fields["agreed_by"].help_text = "For example, she herself, at home on 3 April; or who speaks for her"
