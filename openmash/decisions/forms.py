"""What is asked when it is decided. A draft may leave everything open; `complete.py` says what signing wants."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from openmash.agencies.models import Agency, Team
from openmash.decisions.answers import AskedLine
from openmash.decisions.codes import DIRECT, DOMAINS, FEEDBACK_BY, LEVELS, WITHIN, grouped_outcomes
from openmash.decisions.given import GivenAdvice, GivenDecision, GivenOutcome, GivenPin
from openmash.decisions.models import Advice
from openmash.design.repeated import Repeated
from openmash.enquiries.models import Enquiry
from openmash.enquiries.whereabouts import LeavesTheHub
from openmash.gathering.standing import may_be_sent_in
from openmash.people.reaching import DANGER_THERE
from openmash.triage.attempts import VersionedForm

WORDS = 8000
YES_OR_NO = [("yes", "Yes"), ("no", "No")]


def box(label: str, hint: str = "", *, most: int = WORDS, enter: str = "") -> forms.CharField:
    """A box for words; compulsory when `enter` says what to do."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(enter),
        widget=forms.Textarea,
        error_messages={"required": enter, "max_length": f"{label} must be {most:,} characters or fewer"},
    )


def _yes_or_no(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=YES_OR_NO,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def _level() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Level of need",
        choices=[(str(level.number), level.label) for level in LEVELS.values()],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class DecisionForm(VersionedForm):
    """The decision, in sections. `keys` are the lines of the chronology that can be pinned."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    pen = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    is_safeguarding_concern = _yes_or_no("Is it a safeguarding concern?", "Apart from what happens next")
    level = _level()
    facts = box("Facts", "What is known, and from whom. Not what you think of it")
    analysis = box("What they mean for the child", "Risk, strengths, the child's own view, the history as a whole")
    contrary = box("What points the other way", "And why it does not change the decision")
    rationale = box("Why you decide this", "The threshold, and why this outcome rather than another")
    not_known = box("What is not known", "And why it can be decided all the same")
    for_referrer = box("What the referrer is told", "Two plain sentences. Nothing that an agency said", most=1500)
    for_child = box("What the child may read later", "Plain, kind and true", most=1500)
    early_or_late_because = box("Why you decide now", most=1500)
    weak_because = box("Why you decide on information that may not be so", most=1500)
    differs_because = box("Why it differs from what was proposed", most=1500)
    pins = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    contrary_pins = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, keys: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, key) for key in keys]
        for name in ("pins", "contrary_pins"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = "A line that you pinned is no longer there"
        for level in LEVELS.values():
            self.fields[f"domains_{level.number}"] = forms.MultipleChoiceField(
                label="Where it is met",
                choices=[(key, f"{DOMAINS[key]}: {words}") for key, words in level.descriptors],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def speak_of_an_adult(self) -> None:
        """The same questions, in an enquiry that is about an adult."""
        self.fields["analysis"].label = "What they mean for the adult"
        self.fields["analysis"].help_text = "Risk, strengths, what the adult wants, the history as a whole"
        self.fields["for_child"].label = "What the adult may read later"


class OutcomeForm(forms.Form):
    """One outcome and its owner. The owners are given by `outcome_form`."""

    kind = forms.ChoiceField(label="Outcome", choices=[("", "Select an outcome"), *grouped_outcomes()], required=False)
    owner = forms.ChoiceField(label="Who owns it", required=False)
    what = forms.CharField(label="What they are asked to do", max_length=2000, required=False, widget=forms.Textarea)
    within = forms.ChoiceField(label="By when", choices=list(WITHIN.items()), required=False)


def outcome_form(enquiry: Enquiry) -> type[OutcomeForm]:
    """`OutcomeForm` with the teams and agencies of an enquiry's area: those that may be sent what it is about."""
    area, agencies = enquiry.area_id, may_be_sent_in(enquiry)
    teams = Team.objects.filter(area=area, agency__in=agencies).order_by("name").values_list("pk", "name")
    others = Agency.objects.filter(pk__in=agencies, areas=area, left_on=None).order_by("name").values_list("pk", "name")
    field = forms.ChoiceField(
        label="Who owns it",
        required=False,
        choices=[
            ("", "The hub itself"),
            ("Teams", [(f"team:{number}", name) for number, name in teams]),
            ("Agencies", [(f"agency:{number}", name) for number, name in others]),
        ],
    )
    return type("OutcomeForm", (OutcomeForm,), {"owner": field})


def advice_form(asked: Iterable[AskedLine]) -> type[forms.Form]:
    """A form with what each agency that was asked advises, and why."""
    fields: dict[str, forms.Field] = {}
    for line in asked:
        fields[f"says_{line.number}"] = forms.ChoiceField(
            label=line.agency, choices=list(Advice.SAYS.items()), required=False, initial="not_asked"
        )
        fields[f"because_{line.number}"] = forms.CharField(
            label=f"Why, in the words of {line.agency}", max_length=1500, required=False
        )
    return type("AdviceForm", (forms.Form,), fields)


def given_from(
    form: DecisionForm, outcomes: Repeated[OutcomeForm], advice: forms.Form, data: Mapping[str, Any]
) -> GivenDecision:
    """The decision that three valid forms hold. `data` has what each pinned line shows, under `point-` and its key."""
    said = form.cleaned_data
    level = said["level"]
    plain = {name: said[name] for name in GivenDecision().words()}
    return GivenDecision(
        is_safeguarding_concern=said["is_safeguarding_concern"],
        level=level,
        domains=tuple(said.get(f"domains_{level}", ())),
        outcomes=outcomes_from(outcomes),
        pins=tuple(
            GivenPin(key, str(data.get(f"point-{key}", ""))[:300], key in said["contrary_pins"]) for key in said["pins"]
        ),
        advice=tuple(
            GivenAdvice(int(name.removeprefix("says_")), says, advice.cleaned_data[name.replace("says", "because")])
            for name, says in advice.cleaned_data.items()
            if name.startswith("says_") and says
        ),
        **plain,
    )


def outcomes_from(outcomes: Repeated[OutcomeForm]) -> tuple[GivenOutcome, ...]:
    """The outcomes that were filled in."""
    return tuple(_outcome(one) for one in outcomes.cleaned_data if any(one.values()))


def _outcome(said: Mapping[str, str]) -> GivenOutcome:
    kind, _, number = said["owner"].partition(":")
    return GivenOutcome(
        said["kind"],
        said["what"],
        team=int(number) if kind == "team" else None,
        agency=int(number) if kind == "agency" else None,
        within=said["within"],
    )


class DirectForm(VersionedForm):
    """A decision without research (M2)."""

    reason = forms.ChoiceField(
        label="Why is no research needed?",
        choices=[(reason.key, reason.label) for reason in DIRECT.values()],
        required=False,
        widget=forms.RadioSelect,
    )
    is_safeguarding_concern = _yes_or_no("Is it a safeguarding concern?")
    level = _level()
    rationale = box("Why you decide this")
    not_known = box("What is not known")
    for_referrer = box("What the referrer is told", "Two plain sentences", most=1500)


class ContinueForm(VersionedForm):
    no_immediate_risk_because = box(
        "Why is there no immediate risk?", "For each child", enter="Enter why there is no immediate risk"
    )
    next_step = box("What is the next step?", "Who does what, and by when", enter="Enter the next step")


class LateForm(VersionedForm):
    """The decision stands, because; or it is looked at again."""

    did = forms.ChoiceField(
        label="What does the new answer change?",
        choices=[("stands", "Nothing: the decision stands"), ("reopened", "Reopen the enquiry and decide again")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the decision stands"},
    )
    because = box(
        "Why?",
        "If you reopen, everyone in the hub can read this. Do not repeat what the agency said",
        most=2000,
        enter="Enter why",
    )


class FeedbackForm(LeavesTheHub, VersionedForm):
    """How the referrer is told, or why not."""

    leaves = ("words",)
    how = forms.ChoiceField(
        label="How is the referrer told?",
        choices=list(FEEDBACK_BY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the referrer is told"},
    )
    said_to = forms.CharField(label="Who you spoke to (optional)", max_length=120, required=False)
    despite = box("Why does it have to be this way, though it is not safe?", most=500)
    words = box("What they are told", most=1500)
    withheld_because = box("Why are they not told?", most=1500)
    unsafe: Mapping[str, str] | None = None  # by way, from `telling.unsafe_ways`: the view sets it

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") == "withheld" and not said.get("withheld_because"):
            self.add_error("withheld_because", "Enter why the referrer is not told")
        if (why := (self.unsafe or {}).get(str(said.get("how")))) == DANGER_THERE:
            self.add_error("how", why)
        elif why and not said.get("despite"):
            self.add_error("despite", f"{why} Choose another way, or enter why it has to be this one")
        return said


class BecauseForm(VersionedForm):
    """A reason that everyone in the hub reads."""

    because = box(
        "Why?", "Everyone in the hub can read this. Do not repeat what an agency said", most=2000, enter="Enter why"
    )


class VersionForm(VersionedForm):
    """Only the version: for a page with a button and nothing to fill in."""
