"""The people: how anybody is named, children, and an unborn child."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from openmash.design.fields import BOXES, GovDateField
from openmash.enquiries.codes import LEGAL_STATUSES
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Age, Line, Number, Pick, Postcode, Telephone, YesNo
from openmash.people.ethnicities import CHOICES as ETHNICITIES
from openmash.people.models import SEXES

LATEST_DUE = timedelta(days=305)
LONGEST_OVERDUE = timedelta(days=28)
OLDEST_CHILD = timedelta(days=round(26 * 365.25))


class NamedForm(Asking):
    """A name, a birth date or an age, and a sex: what finds somebody. Nothing is compulsory."""

    given = Line(label="First names", max_length=100)
    family = Line(label="Last name", max_length=100)
    other_names = Line(label="Other names used", help_text="With a comma between them", max_length=200)
    born_on = GovDateField(label="Date of birth", help_text="For example, 27 3 2017", side="past", required=False)
    age = Age(label="Age, if you do not know the date of birth", help_text="For example, 7 or 18 months")
    sex = Pick(label="Sex", choices=[(key, words) for key, words in SEXES.items() if key != "U"], first="Not known")
    options: ClassVar[dict[str, Any]] = {"age": {"width": "5"}}

    def clean(self) -> dict[str, Any]:
        """An age stands for a birth date where there is none."""
        found = super().clean() or {}
        about = found.pop("age", None)
        found["is_birth_date_estimated"] = bool(about and not found.get("born_on"))
        found["born_on"] = found.get("born_on") or about
        return found


class RoughForm(Asking):
    """Somebody of whom little is known: a name and about how old they are."""

    given = Line(label="First names", max_length=100)
    family = Line(label="Last name", max_length=100)
    age = Age(label="About how old are they?", help_text="For example, 30")
    options: ClassVar[dict[str, Any]] = {"age": {"width": "5"}}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["born_on"] = found.pop("age", None)
        found["is_birth_date_estimated"] = bool(found["born_on"])
        return found


class ChildForm(NamedForm):
    """A child, as far as somebody knows. Whoever left care is one up to 25; an older one is a slip of the year."""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        born = found["born_on"]
        if born and born < timezone.localdate() - OLDEST_CHILD:
            which = "age" if found["is_birth_date_estimated"] else "born_on"
            self.add_error(which, "A child must be 25 or younger. Check it, or name them with the adults")
        return found


class NamedChildForm(ChildForm):
    """A professional names the child, or says that they cannot."""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("given") and not found.get("family"):
            self.need("given", "Enter the child’s name, or “not known”")
        return found


class PublicChildForm(ChildForm):
    """A child in plain words."""

    school = Line(label="School, nursery or college", max_length=160)
    note = Line(label="Anything else that helps us to find or recognise them", max_length=300)


class ChildDetailForm(Asking):
    """The rest of what is asked of a child: identity, needs, numbers, school, surgery, legal status."""

    ethnicity = Pick(label="Ethnicity", choices=ETHNICITIES, first="Not known")
    language = Line(label="First language", max_length=60)
    needs_interpreter = YesNo(label="Do they need an interpreter?")
    religion = Line(label="Religion", max_length=60)
    nationality = Line(label="Nationality and immigration status", max_length=80)
    self_description = Line(
        label="How they describe themself", help_text="For example, their gender, in their own words", max_length=80
    )
    disability = Line(label="Disability, illness or special educational needs", max_length=200)
    communication = Line(label="Communication needs", max_length=200)
    nhs = Number("nhs", label="NHS number", help_text="10 digits, like 943 476 5919")
    upn = Number("upn", label="Unique pupil number (UPN)", help_text="A letter and 12 digits")
    la_child_id = Number("la_child_id", label="Council’s number for the child")
    school = Line(
        label="School, nursery or college", help_text="With the year, and attendance if it matters", max_length=160
    )
    gp = Line(label="GP surgery", max_length=160)
    legal_status = Pick(label="Legal status", choices=[(words, words) for words in LEGAL_STATUSES], first="Not known")
    own_telephone = Telephone(label="Young person’s own number")
    is_safe_to_contact = YesNo(label="Is it safe to call or text that number?")
    address_lines = Line(label="Address, if they live somewhere else than the family", max_length=200)
    postcode = Postcode(label="Postcode there")
    note = Line(label="Anything else about them", max_length=300)
    options: ClassVar[dict[str, Any]] = {
        "needs_interpreter": {"inline": True, "small": True},
        "nhs": {"width": "20"},
        "upn": {"width": "20"},
        "la_child_id": {"width": "20"},
        "own_telephone": {"width": "20"},
        "is_safe_to_contact": {"inline": True, "small": True},
        "postcode": {"width": "10"},
    }


class UnbornForm(Asking):
    """An unborn child is a person of the enquiry, with a due date in place of a birth date (M54)."""

    is_pregnant = YesNo(label="Is anybody in the family pregnant?")
    due_on = GovDateField(
        label="When is the baby due?",
        subject="The due date",
        help_text="For example, 27 3 2027",
        required=False,
    )
    unborn_family = Line(label="Last name that the baby will have", max_length=100)
    reveals: ClassVar[dict[str, Any]] = {"is_pregnant": {"yes": ("due_on", "unborn_family")}}

    def clean_due_on(self) -> date | None:
        return check_due(self.cleaned_data.get("due_on"))


class ExpectedForm(UnbornForm):
    """The enquiry is about the unborn child: there is one."""

    is_pregnant = None
    reveals: ClassVar[dict[str, Any]] = {}


def check_due(due_on: date | None) -> date | None:
    """A due date is within the next ten months, or at most four weeks ago."""
    today = timezone.localdate()
    if due_on and not today - LONGEST_OVERDUE <= due_on <= today + LATEST_DUE:
        raise ValidationError("The due date must be within the next 10 months", code="due", params={"boxes": BOXES})
    return due_on
