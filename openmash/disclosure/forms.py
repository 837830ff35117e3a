"""What the airlock asks of a drafter, of an owner, and of whoever gives a reason: shape and wording, no rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from openmash.design.fields import GovDateField, GovTimeField
from openmash.design.moments import LONDON
from openmash.disclosure.checks import holds_phrase
from openmash.disclosure.choosing import Choosable, Grouped, Named
from openmash.disclosure.codes import DEFAULT_CONDITIONS, LASTS_DAYS, MEANS, PURPOSES, REDACTED_BECAUSE
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.plan import Chosen, Plan, Told
from openmash.enquiries.whereabouts import LeavesTheHub
from openmash.triage.codes import GATEWAYS, LAWFUL_BASES
from openmash.triage.models import Basis

_FORMS = (
    (ReleaseItem.FULL, "In full"),
    (ReleaseItem.WORDS, "Only in words that its owner writes"),
    ("no", "Not released"),
)
_YES_NO = {"yes": "Yes", "no": "No"}
# Taken over into the plan as they are.
_SAME = ("purpose", "purpose_words", "why_them", "lawful_basis", "gateway", "necessity", "conditions", "summary",
         "referrer_because")  # fmt: skip
_FIRST = ("version", "recipient", "why_them", "purpose", "purpose_words")
_LAST = (
    "summary",
    "referrer_because",
    "necessity",
    "lawful_basis",
    "gateway",
    "told_family",
    "told_family_words",
    "conditions",
    "expires_on",
)


def _words(label: str, missing: str, *, most: int = 2000, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        widget=forms.Textarea,
        error_messages={"required": missing},
    )


def _choice(label: str, codes: Mapping[str, str], missing: str, *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(codes.items()),
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


class ReleaseForm(LeavesTheHub):
    """One product for one recipient: everything that has to be said before it is proposed. No item is preselected."""

    leaves = ("why_them", "purpose_words", "told_family_words", "summary", "conditions")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    recipient = forms.ChoiceField(
        label="Who is to receive it", error_messages={"required": "Select who is to receive it"}
    )
    why_them = _words("Why this recipient", "Enter why this recipient needs it", most=500)
    purpose = _choice("What it is for", PURPOSES, "Select what it is for")
    purpose_words = _words("The purpose in a sentence", "Enter the purpose in a sentence", most=500)
    necessity = _words(
        "Why it is necessary",
        "Enter why it is necessary",
        hint="What would fail without it, why this much, and why now",
    )
    lawful_basis = _choice("Lawful basis for sharing", LAWFUL_BASES, "Select a lawful basis")
    gateway = _choice("Legal gateway", GATEWAYS, "Select a legal gateway")
    told_family = _choice("Has the family been told that this is shared?", _YES_NO, "Select yes if they were told")
    told_family_words = _words("Why the family is not told", "", most=500, required=False)
    summary = _words(
        "From the hub (optional)",
        "",
        most=3000,
        required=False,
        hint="Your own words around what the agencies supplied. Quote no item that is not released.",
    )
    referrer_because = _words(
        "Why must the recipient know who brought the enquiry? (optional)",
        "",
        most=500,
        required=False,
        hint="Only if the text says who it was. Otherwise leave this empty, and leave them out.",
    )
    conditions = _words("Conditions for the recipient", "Enter the conditions", most=1000)
    expires_on = GovDateField(label="Last day on which it may be read", side="future", subject="The last day")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[Choosable],
        named: Sequence[Named],
        recipients: Grouped,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.choosable = [item for item in items if item.may]
        self.named = tuple(named)
        self.fields["recipient"].choices = [("", "Choose a person"), *recipients]  # type: ignore[attr-defined]
        for item in self.choosable:
            self._add_item(item)
        for person in self.named:
            self.fields[f"named_{person.lead}"] = _words(
                f"Why {person.name} must be named (optional)", "", most=500, required=False
            )
        between = [name for name in self.fields if name not in (*_FIRST, *_LAST)]
        self.order_fields([*_FIRST, *between, *_LAST])

    def _add_item(self, item: Choosable) -> None:
        forms_of_it = [choice for choice in _FORMS if choice[0] != ReleaseItem.FULL or not item.is_sealed]
        self.fields[f"item_{item.number}"] = forms.ChoiceField(
            label="Release this item", choices=forms_of_it, widget=forms.RadioSelect, required=False
        )
        if not item.is_sealed:
            self.fields[f"leave_out_{item.number}"] = _words(
                "Words to leave out (optional)",
                "",
                required=False,
                hint="Copy them exactly from the item, each on a line of its own",
            )
            self.fields[f"leave_out_because_{item.number}"] = forms.ChoiceField(
                label="Why they are left out",
                choices=[("", "Choose a reason"), *REDACTED_BECAUSE.items()],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("told_family") == "no" and not data.get("told_family_words"):
            self.add_error("told_family_words", "Enter why the family is not told")
        for item in self.choosable:
            self._clean_left_out(item, data)
        if self.choosable and not any(self._form_of(item, data) for item in self.choosable):
            self.add_error(f"item_{self.choosable[0].number}", "Choose at least one item to release")
        return data

    def _clean_left_out(self, item: Choosable, data: dict[str, Any]) -> None:
        for phrase in self._left_out(item, data):
            if not holds_phrase(item.words, phrase):
                self.add_error(f"leave_out_{item.number}", f"“{phrase}” is not in the item. Copy the words exactly")
        if self._left_out(item, data) and not data.get(f"leave_out_because_{item.number}"):
            self.add_error(f"leave_out_because_{item.number}", "Select why these words are left out")

    def _form_of(self, item: Choosable, data: dict[str, Any]) -> str:
        form = data.get(f"item_{item.number}", "")
        return form if form in ReleaseItem.FORMS else ""

    def _left_out(self, item: Choosable, data: dict[str, Any]) -> tuple[str, ...]:
        if self._form_of(item, data) != ReleaseItem.FULL:
            return ()
        lines = data.get(f"leave_out_{item.number}", "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    def plan(self) -> Plan:
        """What was asked for, once the form is valid."""
        data = self.cleaned_data
        recipient, team = data["recipient"].split("-")
        return Plan(
            recipient=int(recipient),
            team=int(team) or None,
            told_family=data["told_family"] == "yes",
            told_family_words=data["told_family_words"] if data["told_family"] == "no" else "",
            expires_at=datetime.combine(data["expires_on"], time(23, 59), LONDON),
            items=tuple(self._chosen(item) for item in self.choosable if self._form_of(item, data)),
            named=tuple(
                (person.lead, data[f"named_{person.lead}"]) for person in self.named if data[f"named_{person.lead}"]
            ),
            **{name: data[name] for name in _SAME},
        )

    def _chosen(self, item: Choosable) -> Chosen:
        data = self.cleaned_data
        left_out = self._left_out(item, data)
        because = data.get(f"leave_out_because_{item.number}", "") if left_out else ""
        return Chosen(item.number, self._form_of(item, data), left_out, because)


def at_first(basis: Basis | None) -> dict[str, Any]:
    """What a new form begins with: the basis recorded already, the usual conditions and the usual 28 days; no item."""
    last_day = timezone.localdate() + timedelta(days=LASTS_DAYS)
    known = {"lawful_basis": basis.lawful_basis, "gateway": basis.gateway} if basis else {}
    return {"conditions": DEFAULT_CONDITIONS, "expires_on": last_day, **known}


def as_it_stands(release: Release) -> dict[str, Any]:
    """What the form of an existing release begins with."""
    start: dict[str, Any] = {name: getattr(release, name) for name in (*_SAME, "told_family_words", "version")}
    start |= {"recipient": f"{release.recipient_id}-{release.team_id or 0}"}
    start |= {"told_family": "yes" if release.told_family else "no"}
    start |= {"expires_on": timezone.localtime(release.expires_at).date()}
    for row in release.items.all():
        start[f"item_{row.item_id}"] = row.form
        start[f"leave_out_{row.item_id}"] = row.redactions
        start[f"leave_out_because_{row.item_id}"] = row.redacted_because
    return start | {f"named_{row.person_id}": row.because for row in release.justified.all()}


class OwnerForm(forms.Form):
    """An owner's answer about one item: as it stands, in their own words only, or not."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label="May it be released?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it may be released"},
    )
    words = _words("The words in which it may leave", "", required=False)
    because = _words("Why your agency refuses", "", most=1000, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, has_words: bool, **options: Any) -> None:
        super().__init__(data, **options)
        as_shown = [("granted", "Yes, as it is shown here")] if has_words else []
        self.fields["says"].choices = [  # type: ignore[attr-defined]
            *as_shown,
            ("words", "Only in these words"),
            ("refused", "No"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("says") == "words" and not data.get("words"):
            self.add_error("words", "Enter the words in which it may leave")
        if data.get("says") == "refused" and not data.get("because"):
            self.add_error("because", "Enter why your agency refuses")
        return data

    def answer(self) -> dict[str, str]:
        """For `actions.owner_answers`, once the form is valid."""
        data = self.cleaned_data
        if data["says"] == "refused":
            return {"says": ReleaseItem.REFUSED, "because": data["because"]}
        return {"says": ReleaseItem.GRANTED, "words": data["words"] if data["says"] == "words" else ""}


class ByPostForm(OwnerForm):
    """What an agency without accounts said, and who said it, how and when."""

    who = forms.CharField(
        label="Who said it?", help_text="Name and job", max_length=160, error_messages={"required": "Enter who said it"}
    )
    how = forms.ChoiceField(
        label="How?", choices=list(MEANS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Select how they said it"},
    )  # fmt: skip
    on = GovDateField(label="On which day?", subject="The day they said it", side="past")
    at = GovTimeField(label="At what time?", subject="The time they said it",
                      error_messages={"required": "Enter the time they said it, like 9:30am"})  # fmt: skip

    def told(self) -> Told:
        """For `actions.owner_answers_by_post`, once the form is valid."""
        data = self.cleaned_data
        return Told(data["who"], data["how"], datetime.combine(data["on"], data["at"], tzinfo=LONDON))


class BecauseForm(forms.Form):
    """A reason, for whatever needs one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = _words("Why", "Enter why", most=1000)

    def __init__(self, data: Mapping[str, Any] | None = None, *, label: str = "Why", **options: Any) -> None:
        super().__init__(data, **options)
        asked = self.fields["because"]
        asked.label = label
        asked.error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"


class NotShareForm(forms.Form):
    """A decision not to share: with whom not, and why."""

    to_whom = forms.CharField(
        label="With whom it is not shared",
        max_length=200,
        error_messages={"required": "Enter with whom it is not shared"},
    )
    because = _words("Why it is not shared", "Enter why it is not shared", most=2000)


class CountersignForm(forms.Form):
    """Whether overriding an owner was right."""

    did = forms.ChoiceField(
        label="Was it right to override the owner?",
        choices=[("agrees", "Yes, I countersign"), ("disagrees", "No, I do not agree")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if it was right"},
    )
    because = _words("Why?", "Enter why it was, or was not, right", most=1000)
