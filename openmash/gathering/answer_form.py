"""The form on which an agency answers: its own systems, its own prompts, and every item with its grading."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from openmash.design.fields import GovDateField
from openmash.design.repeated import Repeated, kept
from openmash.enquiries.codes import RATINGS
from openmash.gathering.checks import Asked
from openmash.gathering.given import GivenAnswer
from openmash.gathering.models import SystemCheck
from openmash.gathering.shelf import Return
from openmash.intelligence.actions import GivenItem
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES

WORDS = 8000
MOST_ITEMS = 40
RATING_HINTS = {
    "red": "A child or an adult may be harmed today",
    "amber": "It makes the decision more urgent",
    "green": "It does not make the decision more urgent",
}


class SystemsForm(forms.Form):
    """Each of the agency's systems, and the agency's own rating (M4, M99)."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, form: Return, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for system in form.systems:
            self.fields[f"system_{system.key}"] = forms.ChoiceField(
                label=system.name,
                choices=list(SystemCheck.RESULTS.items()),
                initial="not_checked",  # nobody is taken to have looked who does not say so
                widget=forms.RadioSelect,
                error_messages={"required": f"Select what you found in {system.name}"},
            )
        self.fields["rating"] = forms.ChoiceField(
            label="How urgent does what you know make it?",
            choices=list(RATINGS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": "Select how urgent what you know makes it"},
        )

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of the fields, one a system."""
        return tuple(name for name in self.fields if name.startswith("system_"))


class ItemForm(forms.Form):
    """One thing that the agency knows. `prompt`, `people` and `named` get their choices from the request."""

    words = forms.CharField(
        label="What do you know?",
        help_text="In your own words, one thing at a time",
        max_length=WORDS,
        widget=forms.Textarea,
        error_messages={"required": "Enter what you know"},
    )
    prompt = forms.ChoiceField(label="What is it?", error_messages={"required": "Select what it is"})
    happened_on = GovDateField(
        label="When was it, or when did it begin?",
        help_text="Leave it empty when the date is not known",
        required=False,
        side="past",
        subject="The date",
    )
    happened_until = GovDateField(
        label="When did it end? (only for a period)", required=False, subject="The end of the period"
    )
    people = forms.TypedMultipleChoiceField(
        label="Who is it about?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who it is about"},
    )
    nature = forms.ChoiceField(
        label="Is it a fact?",
        choices=list(NATURES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is a fact"},
    )
    dependable = forms.ChoiceField(
        label="How dependable is this source?",
        choices=list(DEPENDABLE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select how dependable this source is"},
    )
    known_how = forms.ChoiceField(
        label="How do you know this?",
        choices=list(KNOWN_HOW.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you know this"},
    )
    handling = forms.ChoiceField(
        label="May it be shared?",
        choices=list(HANDLING.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it may be shared"},
    )
    conditions = forms.CharField(label="On what conditions?", required=False, max_length=1000, widget=forms.Textarea)
    sensitivity = forms.ChoiceField(
        label="Who in the hub may read it?",
        choices=list(SENSITIVITIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select who in the hub may read it"},
    )
    named = forms.TypedMultipleChoiceField(
        label="Which people?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    own_reference = forms.CharField(label="Your own record number (optional)", required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Conditions are said, a locked item names its readers, and a period does not end before it begins."""
        said = super().clean() or {}
        if said.get("handling") == "C" and not said.get("conditions"):
            self.add_error("conditions", "Enter the conditions on which it may be shared")
        if said.get("sensitivity") == "L" and not said.get("named"):
            self.add_error("named", "Select the people who may read it")
        begins, ends = said.get("happened_on"), said.get("happened_until")
        if ends and not begins:
            self.add_error("happened_on", "Enter when it began, since you say when it ended")
        if begins and ends and ends < begins:
            self.add_error("happened_until", "The end of the period must be after its beginning")
        return said


def item_form(request: Asked) -> type[ItemForm]:
    """`ItemForm` with this agency's prompts, this request's people, and the colleagues who may be named."""
    only = [request.people[0][0]] if len(request.people) == 1 else None
    prompts = [(prompt.key, prompt.label) for prompt in request.form.prompts]
    return type(
        "ItemFormOfAgency",
        (ItemForm,),
        {
            "prompt": _chosen_from(ItemForm, "prompt", [("", "Select what it is"), *prompts]),
            "people": _chosen_from(ItemForm, "people", request.people, initial=only),
            "named": _chosen_from(ItemForm, "named", request.colleagues),
        },
    )


def _chosen_from(form: type[forms.Form], name: str, choices: Any, initial: Any = None) -> forms.Field:
    known = form.base_fields[name]
    options: dict[str, Any] = {"label": known.label, "choices": list(choices), "initial": initial}
    options |= {"required": known.required, "error_messages": known.error_messages}
    if isinstance(known, forms.TypedMultipleChoiceField):
        options |= {"coerce": int, "widget": forms.CheckboxSelectMultiple}
    return type(known)(**options)


class AnswerForms:
    """The systems and the items together: from what is sent, from a draft, or new."""

    def __init__(self, request: Asked, sent: QueryDict | None, draft: Mapping[str, list[str]]) -> None:
        self.request, self.is_sent = request, sent is not None and sent.get("send") == "answer"
        data = _again(draft) if sent is None and draft else sent
        self.items = Repeated(item_form(request), prefix="items", data=data, least=1, most=MOST_ITEMS, one="item")
        if self.is_sent:
            self.systems = SystemsForm(sent, form=request.form)
        else:
            self.systems = kept(SystemsForm, data or {}, form=request.form)

    def is_valid(self) -> bool:
        """Whether the whole answer is right; nothing is checked until it is sent."""
        return self.is_sent and bool(self.systems.is_valid() & self.items.is_valid())

    def given(self) -> GivenAnswer:
        """The answer that was typed. Ask only once it is valid."""
        said = self.systems.cleaned_data
        kinds = {prompt.key: prompt.kind for prompt in self.request.form.prompts}
        return GivenAnswer(
            is_nothing_known=False,
            rating=said["rating"],
            checks={system.key: said[f"system_{system.key}"] for system in self.request.form.systems},
            items=tuple(_item(typed, kinds) for typed in self.items.cleaned_data),
        )


def _again(draft: Mapping[str, list[str]]) -> QueryDict:
    """A draft as if it were sent to add an item: it shows what was typed, and complains of nothing."""
    data = QueryDict(mutable=True)
    for name, values in draft.items():
        data.setlist(name, values)
    data["add"] = ""
    return data


def _item(typed: Mapping[str, Any], kinds: Mapping[str, str]) -> GivenItem:
    facts = {name: value for name, value in typed.items() if name not in ("prompt", "people", "named", "conditions")}
    return GivenItem(
        **facts,
        kind=kinds[typed["prompt"]],
        conditions=typed["conditions"] if typed["handling"] == "C" else "",
        people=tuple(typed["people"]),
        named=tuple(typed["named"]) if typed["sensitivity"] == "L" else (),
    )


def nothing_known(form: Return) -> GivenAnswer:
    """Nothing is known: every system was looked at, and none had anything."""
    checks = {system.key: "not_known" for system in form.systems}
    return GivenAnswer(is_nothing_known=True, rating="", checks=checks, items=())
