"""The adults: those around a child, an adult whom the enquiry is about, and those who work with the family."""

from typing import Any, ClassVar

from openmash.enquiries.codes import RISK_FACTORS
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Email, Line, Number, Pick, Postcode, Several, Telephone, YesNo
from openmash.enquiries.forms.people import NamedForm, RoughForm
from openmash.people.ethnicities import CHOICES as ETHNICITIES
from openmash.people.relations import CHOICES as RELATIONS


class AdultForm(NamedForm):
    """An adult, and what they are to the children."""

    relation = Pick(label="What they are to the child", choices=RELATIONS, first="Not known")
    has_parental_responsibility = YesNo(label="Do they have parental responsibility?")
    lives_in_household = YesNo(label="Do they live with the child?")
    telephone = Telephone(label="Telephone number")
    options: ClassVar[dict[str, Any]] = NamedForm.options | {
        "has_parental_responsibility": {"inline": True, "small": True},
        "lives_in_household": {"inline": True, "small": True},
        "telephone": {"width": "20"},
    }


class PublicAdultForm(RoughForm):
    """An adult in plain words."""

    relation = Pick(label="What they are to the child", choices=RELATIONS, first="I do not know")
    lives_in_household = YesNo(label="Do they live with the child?")
    note = Line(label="Anything else about them", max_length=300)
    options: ClassVar[dict[str, Any]] = RoughForm.options | {"lives_in_household": {"inline": True}}


class AdultDetailForm(Asking):
    """Where else an adult lives, how to reach them safely, and what they carry."""

    address_lines = Line(label="Address, if not with the child", max_length=200)
    postcode = Postcode(label="Postcode")
    email = Email(label="E-mail address")
    is_safe_to_contact = YesNo(label="Is it safe to call or write to them?")
    ethnicity = Pick(label="Ethnicity", choices=ETHNICITIES, first="Not known")
    language = Line(label="First language", max_length=60)
    needs_interpreter = YesNo(label="Do they need an interpreter?")
    risk_factors = Several(
        label="Needs and risks", help_text="Select all that you know of", choices=tuple(RISK_FACTORS.items())
    )
    note = Line(label="Anything else about them", max_length=300)
    options: ClassVar[dict[str, Any]] = {
        "postcode": {"width": "10"},
        "is_safe_to_contact": {"inline": True, "small": True},
        "needs_interpreter": {"inline": True, "small": True},
        "risk_factors": {"small": True},
    }


class AdultOfConcernForm(NamedForm):
    """The adult whom the enquiry is about."""

    telephone = Telephone(label="Telephone number")
    gp = Line(label="GP surgery", max_length=160)
    disability = Line(label="Disability, illness or care needs", max_length=200)
    communication = Line(label="Communication needs, or an interpreter", max_length=200)
    note = Line(label="Anything else that helps us to find them", max_length=300)
    options: ClassVar[dict[str, Any]] = NamedForm.options | {"telephone": {"width": "20"}}


class NamedAdultForm(AdultOfConcernForm):
    """A professional names the adult, or says that they cannot."""

    nhs = Number("nhs", label="NHS number", help_text="10 digits, like 943 476 5919")
    risk_factors = Several(
        label="Needs and risks", help_text="Select all that you know of", choices=tuple(RISK_FACTORS.items())
    )
    options: ClassVar[dict[str, Any]] = AdultOfConcernForm.options | {
        "nhs": {"width": "20"},
        "risk_factors": {"small": True},
    }

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("given") and not found.get("family"):
            self.need("given", "Enter the adult’s name, or “not known”")
        return found


class OtherAdultForm(RoughForm):
    """Somebody around the adult whom the enquiry is about."""

    lives_in_household = YesNo(label="Do they live with the adult?")
    telephone = Telephone(label="Telephone number")
    note = Line(label="Who they are", help_text="For example, their daughter, or a paid carer", max_length=300)
    options: ClassVar[dict[str, Any]] = RoughForm.options | {
        "telephone": {"width": "20"},
        "lives_in_household": {"inline": True, "small": True},
    }


class WorkerForm(Asking):
    """Someone who works with the family (M72)."""

    agency = Line(label="Agency", help_text="For example, a school, a surgery or a charity")
    role = Line(label="Role")
    name = Line(label="Name")
    contact = Line(label="Telephone or e-mail")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if any(found.get(name) for name in ("role", "name", "contact")):
            self.need("agency", "Enter the agency that they work for")
        return found
