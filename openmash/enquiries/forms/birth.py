"""A birth: what turns the record of an unborn child into a child's (M54)."""

from openmash.design.fields import GovDateField
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Line


class BirthForm(Asking):
    born_on = GovDateField(
        label="When was the baby born?", subject="The date of birth", help_text="For example, 27 3 2026", side="past"
    )
    sex = Choose(
        label="Sex",
        choices=(("F", "Female"), ("M", "Male"), ("U", "Not known")),
        required=True,
        error_messages={"required": "Select the baby’s sex, or “Not known”"},
    )
    given = Line(label="First names (optional)", max_length=100)
    source = Line(
        label="Who told you?",
        required=True,
        help_text="For example, the midwife",
        error_messages={"required": "Enter who told you of the birth"},
    )
