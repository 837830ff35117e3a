"""What is asked to log a check and to answer it."""

from datetime import datetime, time
from typing import Any

from django import forms

from openmash.design.fields import GovDateField
from openmash.design.moments import LONDON
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Email, Line, Postcode, Words
from openmash.enquiries.whereabouts import LeavesTheHub
from openmash.statutory_checks.codes import BASES, FINDINGS, REQUESTERS


class LogForm(Asking):
    """One check of one person: who asks, on what basis, about whom."""

    requester = Choose(
        label="Who asks",
        choices=[(key, says) for key, (says, _) in REQUESTERS.items()],
        required=True,
        error_messages={"required": "Select who asks"},
    )
    organisation = Line(
        label="Organisation", required=True, error_messages={"required": "Enter the organisation that asks"}
    )
    contact = Line(label="Name of who asks")
    email = Email(
        label="Secure e-mail address that the answer goes to",
        required=True,
        error_messages={"required": "Enter the address that the answer goes to"},
    )
    their_reference = Line(label="Their reference", max_length=60)
    basis = Choose(
        label="On what basis",
        choices=list(BASES.items()),
        required=True,
        error_messages={"required": "Select the basis. Without one nothing can be told"},
    )
    basis_words = Line(label="The basis, in words", max_length=300)
    given = Line(label="First names")
    family = Line(label="Last name", required=True, error_messages={"required": "Enter the last name of the person"})
    born_on = GovDateField(label="Date of birth", subject="The date of birth", required=False, side="past")
    address_lines = Line(label="Address", max_length=200)
    postcode = Postcode(label="Postcode")
    others = Line(label="Others of the household who are asked about", max_length=300)
    asks = Words(label="What they ask")
    due_on = GovDateField(
        label="Answer due on", subject="The day the answer is due", required=False, side="future",
        help_text="Leave it empty for the usual working days",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("basis") == "other" and not found.get("basis_words"):
            self.add_error("basis_words", "Enter the basis in words")
        on = found.pop("due_on", None)
        return found | {"due_at": datetime.combine(on, time(17), tzinfo=LONDON) if on else None}


class AnswerForm(LeavesTheHub):
    leaves = ("answer",)
    finding = Choose(
        label="What is found",
        choices=list(FINDINGS.items()),
        required=True,
        error_messages={"required": "Select what is found"},
    )
    answer = Words(
        label="The words that leave the hub",
        help_text="Children's social care's own involvement and dates. Nothing that another agency answered",
        required=True,
        error_messages={"required": "Enter the words that leave the hub"},
    )


class ReasonForm(forms.Form):
    """Why an answer goes back, or why nothing is told."""

    because = Line(
        label="Why it goes back", max_length=300, required=True, error_messages={"required": "Enter a reason"}
    )


class RefusalForm(ReasonForm):
    because = Line(
        label="Why it is refused", max_length=300, required=True, error_messages={"required": "Enter a reason"}
    )
