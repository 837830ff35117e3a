"""Who brings the enquiry: a professional who says who they are, or anybody, who need not."""

from typing import Any, ClassVar

from openmash.enquiries.codes import SOURCES
from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Email, Line, Pick, Telephone

_NOT_PROFESSIONAL = {"1A", "1B", "1C", "1D", "9", "10"}
SERVICES = tuple((code, name) for code, name in SOURCES.items() if code not in _NOT_PROFESSIONAL)
FEEDBACK = (("email", "By e-mail"), ("telephone", "By telephone"), ("none", "Not needed"))

# What the public is asked, and the Department for Education's source of contact that it stands for.
KNOWN_AS = {
    "family": ("I am a relative or carer", "1A"),
    "self": ("It is about me", "1C"),
    "neighbour": ("I am a friend, neighbour or childminder", "1B"),
    "other": ("Something else", "1D"),
}
NAMED, CONFIDENTIAL, ANONYMOUS = "named", "confidential", "anonymous"


class ProfessionalForm(Asking):
    """A professional cannot stay anonymous: the hub must be able to call back."""

    referrer_name = Line(label="Your full name", required=True, error_messages={"required": "Enter your full name"})
    job_title = Line(
        label="Job title",
        required=True,
        help_text="For example, health visitor or class teacher",
        error_messages={"required": "Enter your job title"},
    )
    source_code = Pick(
        label="Service that you work for",
        choices=SERVICES,
        first="Select a service",
        required=True,
        error_messages={"required": "Select the service that you work for"},
    )
    organisation = Line(
        label="Organisation",
        required=True,
        help_text="The school, surgery, team or company",
        error_messages={"required": "Enter the organisation that you work for"},
    )
    referrer_telephone = Telephone(
        label="Direct telephone number",
        required=True,
        error_messages={"required": "Enter a telephone number that reaches you, so that the hub can call back"},
    )
    referrer_email = Email(
        label="Work e-mail address",
        required=True,
        help_text="We send your reference here, and nothing about the family",
        error_messages={"required": "Enter your work e-mail address, so that we can send you the reference"},
    )
    relationship = Line(label="How you know the family, and for how long (optional)", max_length=200)
    manager_told = Line(label="Manager or safeguarding lead who knows of this (optional)", help_text="Their name")
    follows_call = Line(
        label="Reference or time of your call, if you have telephoned the hub about this (optional)", max_length=120
    )
    wants_feedback_by = Choose(
        label="How should we tell you the outcome?",
        choices=FEEDBACK,
        required=True,
        error_messages={"required": "Select how we should tell you the outcome"},
    )
    options: ClassVar[dict[str, Any]] = {
        "referrer_telephone": {"width": "20"},
        "wants_feedback_by": {"inline": True},
    }


class IdentityForm(Asking):
    """Anybody may stay anonymous."""

    identity = Choose(
        label="Do you want to tell us who you are?",
        required=True,
        choices=(
            (NAMED, "Yes"),
            (CONFIDENTIAL, "Yes, but keep my name from the family"),
            (ANONYMOUS, "No, I want to stay anonymous"),
        ),
        error_messages={"required": "Select whether you want to tell us who you are"},
    )
    options: ClassVar[dict[str, Any]] = {
        "identity": {
            "hint": "We look at every worry in the same way. If we can call you back, we can often help sooner.",
            "hints": {
                CONFIDENTIAL: "We do not give it to the family. A court could order us to, which is very rare.",
                ANONYMOUS: "We cannot call you back or send you the reference. You see it at the end.",
            },
        }
    }


class ContactForm(Asking):
    """How to reach a member of the public who said that they may be reached."""

    known_as = Choose(
        label="How do you know them?",
        choices=[(key, words) for key, (words, _) in KNOWN_AS.items()],
    )
    referrer_name = Line(label="Your name (optional)")
    referrer_telephone = Telephone(label="Telephone number (optional)")
    referrer_email = Email(
        label="E-mail address (optional)", help_text="We send only the reference, nothing about your worry"
    )
    options: ClassVar[dict[str, Any]] = {"referrer_telephone": {"width": "20"}}


class AnonymousForm(Asking):
    """Of somebody anonymous, only how they come to know."""

    known_as = Choose(
        label="How do you know them? (optional)",
        choices=[(key, words) for key, (words, _) in KNOWN_AS.items() if key != "self"],
    )
    options: ClassVar[dict[str, Any]] = {"known_as": {"hint": "It helps us to understand. You can leave this out."}}
