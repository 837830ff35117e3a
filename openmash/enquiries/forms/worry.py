"""The worry itself: danger, what it is about, what happened, and how the referrer sees it."""

from typing import Any, ClassVar

from django import forms

from openmash.enquiries.codes import ABUSE_GRADES, ABUSE_RISKS, CONCERN_GROUPS, LEVELS
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import LONGEST, Choose, Line, Several, Words, YesNo

CHILD, UNBORN, ADULT, FAMILY = "child", "unborn", "adult", "family"
WORDS_FROM = (
    ("seen", "I saw or heard it myself"),
    ("told", "Somebody told me"),
    ("opinion", "It is my opinion"),
)
HIGHEST_DASH = 24
_QUIET: dict[str, Any] = {"counted": False}


class DangerForm(Asking):
    """Asked first, before anything else."""

    danger = Choose(
        label="Is somebody in danger right now?",
        help_text="For example, somebody is being hurt, is about to be hurt, or a young child is alone",
        required=True,
        choices=(("yes", "Yes"), ("no", "No")),
        error_messages={"required": "Select yes if somebody is in danger right now"},
    )
    options: ClassVar[dict[str, Any]] = {"danger": {"inline": True}}


class CalledForm(Asking):
    """The shutter to 999 asks nothing: whoever has called, or cannot, goes on."""


class KindForm(Asking):
    kind = Choose(
        label="Who are you worried about?",
        required=True,
        choices=(
            (CHILD, "A child or children"),
            (UNBORN, "A baby who is not born yet"),
            (FAMILY, "A whole family"),
            (ADULT, "An adult"),
        ),
        error_messages={"required": "Select who you are worried about"},
    )
    options: ClassVar[dict[str, Any]] = {
        "kind": {"hints": {ADULT: "For example, somebody who needs care and is being hurt"}}
    }


class PublicWorryForm(Asking):
    worry = Words(
        label="What are you worried about?",
        help_text="Tell us in your own words what you have seen or heard, and when. You do not need to be sure.",
        required=True,
        max_length=LONGEST,
        error_messages={"required": "Tell us what you are worried about. A few words are enough"},
    )
    options: ClassVar[dict[str, Any]] = {"worry": _QUIET | {"rows": 12}}


class WorryForm(Asking):
    """A professional keeps the worry apart from the facts that it rests on."""

    worry = Words(
        label="What are you worried about?",
        help_text="Say it in a few sentences, as you would to a colleague",
        required=True,
        max_length=LONGEST,
        error_messages={"required": "Enter what you are worried about"},
    )
    happened = Words(
        label="What happened, when and where, and who saw or heard it? (optional)",
        help_text="With dates. Keep what you saw apart from what you think.",
        max_length=LONGEST,
    )
    options: ClassVar[dict[str, Any]] = {"worry": _QUIET | {"rows": 6}, "happened": _QUIET | {"rows": 8}}


class ConcernsForm(Asking):
    concerns = Several(
        label="Which kinds of worry are these?",
        help_text="Select all that apply",
        required=True,
        choices=CONCERN_GROUPS,
        error_messages={"required": "Select at least one kind of worry"},
    )
    options: ClassVar[dict[str, Any]] = {"concerns": {"small": True}}


class AbuseRisksForm(Asking):
    """What makes domestic abuse graver, in plain words for everybody."""

    abuse_risks = Several(
        label="Which of these are so?",
        help_text="Select all that you know of. Leave it empty if you do not know",
        choices=tuple(ABUSE_RISKS.items()),
    )
    options: ClassVar[dict[str, Any]] = {"abuse_risks": {"small": True}}


class DashForm(AbuseRisksForm):
    """How grave it is. Of a checklist only the number: the checklist itself stays with the agency that did it."""

    domestic_abuse_score = forms.IntegerField(
        label="How many questions of the DASH risk checklist were answered “yes”?",
        required=False,
        min_value=0,
        max_value=HIGHEST_DASH,
        help_text=f"A number from 0 to {HIGHEST_DASH}. If no checklist was done, leave this empty.",
        error_messages={
            "invalid": f"The DASH score must be a number from 0 to {HIGHEST_DASH}",
            "min_value": f"The DASH score must be a number from 0 to {HIGHEST_DASH}",
            "max_value": f"The DASH score must be a number from 0 to {HIGHEST_DASH}",
        },
    )
    abuse_grade = Choose(
        label="How grave do you judge it to be?",
        help_text="Your judgement counts, whatever the number. Leave it empty if you cannot say",
        choices=tuple(ABUSE_GRADES.items()),
    )
    abuse_because = Words(label="Why do you judge it so? (optional)", max_length=2000)
    options: ClassVar[dict[str, Any]] = AbuseRisksForm.options | {
        "domestic_abuse_score": {"width": "2"},
        "abuse_grade": {"small": True},
        "abuse_because": _QUIET | {"rows": 3},
    }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("abuse_grade"):
            self.need("abuse_because", "Enter why you judge it so")
        return found


class AbuseAtHomeForm(Asking):
    """The public is not asked for kinds of worry: only whether somebody in the family is hurt or controlled."""

    concerns = Several(
        label="Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?",
        help_text="Select who. Leave it empty if nobody is, or if you do not know",
        choices=(
            ("da_child", "A child"),
            ("da_parent", "A parent, or somebody who looks after the child"),
            ("da_other", "Somebody else at home"),
        ),
    )
    options: ClassVar[dict[str, Any]] = {"concerns": {"small": True}}


class AbuseOfAdultForm(Asking):
    """The same of an adult at risk."""

    concerns = Several(
        label="Is somebody hurt, threatened or controlled by a partner, a former partner or a relative?",
        help_text="Select who. Leave it empty if nobody is, or if you do not know",
        choices=(("da_adult", "The adult I am worried about"), ("da_other", "Somebody else at home")),
    )
    options: ClassVar[dict[str, Any]] = {"concerns": {"small": True}}


class ChildsWordsForm(Asking):
    childs_words = Words(label="What does the child say and want, in their own words? (optional)")
    source_of_words = Choose(label="How do you know what you have told us?", choices=WORDS_FROM)
    options: ClassVar[dict[str, Any]] = {"childs_words": _QUIET}


class EffectForm(Asking):
    impact = Words(
        label="What is the effect on the child? (optional)",
        help_text="For example, on their health, at school, in how they behave",
    )
    strengths = Words(label="What is working well? (optional)", help_text="Who and what keeps the child safe")
    options: ClassVar[dict[str, Any]] = {"impact": _QUIET, "strengths": _QUIET}


class BeforeForm(Asking):
    history = Words(
        label="What has worried you before? (optional)",
        help_text="With dates, and the result of any tool you used, such as GCP2 or an exploitation screening",
    )
    help_tried = Words(label="What help has been tried, and how did it go? (optional)")
    early_help_done = YesNo(label="Has an early help assessment been done?")
    early_help_lead = Line(label="Who leads it, and when was it done? (optional)")
    reveals: ClassVar[dict[str, Any]] = {"early_help_done": {"yes": ("early_help_lead",)}}
    options: ClassVar[dict[str, Any]] = {"history": _QUIET, "help_tried": _QUIET}


class HarmForm(Asking):
    alleged = Words(
        label="Who may have caused harm, and can they reach the child? (optional)",
        help_text="Their name, where they are, and when they see the child",
        max_length=2000,
    )
    injury = Words(
        label="Is there an injury, or has a doctor been needed? (optional)",
        help_text="What it looks like, where on the body, and who has looked at it",
        max_length=2000,
    )
    risk_to_staff = Words(
        label="Is there a risk to somebody who visits? (optional)",
        help_text="For example, a dog, weapons, or somebody who has threatened staff",
        max_length=2000,
    )
    options: ClassVar[dict[str, Any]] = dict.fromkeys(("alleged", "injury", "risk_to_staff"), _QUIET | {"rows": 3})


class LevelForm(Asking):
    wants = Words(label="What do you want to happen? (optional)", max_length=2000)
    thinks_level = forms.TypedChoiceField(
        label="Which level of need do you think this is? (optional)",
        choices=[*LEVELS.items()],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    options: ClassVar[dict[str, Any]] = {"wants": _QUIET | {"rows": 3}}
