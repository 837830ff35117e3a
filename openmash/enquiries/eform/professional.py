"""The professional form: the whole field set of the councils' forms. Source: reference formats 5.2 and lists E.16."""

from collections.abc import Mapping
from typing import Any

from openmash.agencies.models import User
from openmash.audit.actors import Actor
from openmash.enquiries.eform.pages import EForm, Page
from openmash.enquiries.eform.public import DANGER, PLACE, postcode_again
from openmash.enquiries.eform.typed import Typed
from openmash.enquiries.eform.when import (
    is_about_adult,
    is_about_children,
    is_about_family,
    is_about_unborn,
    is_domestic_abuse,
)
from openmash.enquiries.forms.adults import (
    AdultDetailForm,
    AdultForm,
    NamedAdultForm,
    OtherAdultForm,
    WorkerForm,
)
from openmash.enquiries.forms.at_risk import AdultAbuseForm, AdultAgreesForm, AdultToldForm, AtRiskForm
from openmash.enquiries.forms.consent import AgreeForm, ToldForm
from openmash.enquiries.forms.people import ChildDetailForm, ChildForm, ExpectedForm, NamedChildForm, UnbornForm
from openmash.enquiries.forms.place import ProfessionalHomeForm
from openmash.enquiries.forms.referrer import ProfessionalForm
from openmash.enquiries.forms.worry import (
    BeforeForm,
    ChildsWordsForm,
    ConcernsForm,
    DashForm,
    EffectForm,
    HarmForm,
    KindForm,
    LevelForm,
    WorryForm,
)

YOU, PEOPLE, HOUSEHOLD = "About you", "Who it is about", "Household and network"
CONCERN, CONSENT = "The concern", "What the family knows"


def who_is_signed_in(_: Typed, by: Actor) -> Mapping[str, Any]:
    """A professional with an account is not asked what the hub knows of them."""
    if not isinstance(by, User):
        return {}
    return {
        "referrer_name": by.name,
        "job_title": by.job_title,
        "source_code": by.agency.source_code,
        "organisation": by.agency.name,
        "referrer_telephone": by.telephone,
        "referrer_email": by.email,
        "wants_feedback_by": "email",
    }


def where_they_work(typed: Typed, _: Actor) -> Mapping[str, Any]:
    """A GP or a teacher is not asked again for the surgery or the school that they write from."""
    field = {"3A": "gp", "2A": "school"}.get(typed.answer("source_code"))
    return {field: typed.answer("organisation")} if field else {}


def not_asked_if_not_told(typed: Typed, _: Actor) -> Mapping[str, Any]:
    """Whoever was not told was, as a rule, not asked either."""
    return {"family_agrees": "not_asked"} if typed.answer("told_family") == "no" else {}


PROFESSIONAL = EForm(
    key="professional",
    path="/professional/",
    name="Make an enquiry as a professional",
    channel="professional_form",
    minutes=20,
    other=("/make-an-enquiry/", "I am not writing because of my work"),
    pages=(
        *DANGER,
        Page("you", "Who are you?", ProfessionalForm, YOU, starts=who_is_signed_in),
        Page("who", "Who are you worried about?", KindForm, PEOPLE),
        *PLACE,
        Page("children", "Which children?", NamedChildForm, PEOPLE, applies=is_about_children, one="child"),
        Page("unborn", "When is the baby due?", ExpectedForm, PEOPLE, applies=is_about_unborn),
        Page(
            "children",
            "Which other children live there?",
            ChildForm,
            PEOPLE,
            applies=is_about_unborn,
            lead=("Leave this empty if there are none.",),
            one="child",
        ),
        Page(
            "more-about-child",
            "More about {about}",
            ChildDetailForm,
            PEOPLE,
            applies=is_about_family,
            lead=("Leave empty what you do not know.",),
            each="children",
            starts=where_they_work,
        ),
        Page("adults", "Which adult?", NamedAdultForm, PEOPLE, applies=is_about_adult, one="adult"),
        Page("unborn", "Is anybody in the family pregnant?", UnbornForm, PEOPLE, applies=is_about_children),
        Page(
            "find",
            "Where do they live?",
            ProfessionalHomeForm,
            HOUSEHOLD,
            lead=("Tell us at least one of these.",),
            starts=postcode_again,
        ),
        Page(
            "adults",
            "Which adults matter to the child?",
            AdultForm,
            HOUSEHOLD,
            applies=is_about_family,
            lead=("Everybody who lives there or visits, and parents who live elsewhere.",),
            one="adult",
        ),
        Page(
            "more-about-adult",
            "More about {about}",
            AdultDetailForm,
            HOUSEHOLD,
            applies=is_about_family,
            lead=("Leave empty what you do not know.",),
            each="adults",
        ),
        Page(
            "others",
            "Who lives with them, or looks after them?",
            OtherAdultForm,
            HOUSEHOLD,
            applies=is_about_adult,
            one="person",
        ),
        Page(
            "workers",
            "Who else works with the family?",
            WorkerForm,
            HOUSEHOLD,
            lead=("Leave this empty if you do not know.",),
            one="professional",
        ),
        Page("worry", "The worry, and what it rests on", WorryForm, CONCERN),
        Page("kinds", "Which kinds of worry are these?", ConcernsForm, CONCERN, applies=is_about_family),
        Page("kinds", "Which kinds of abuse or neglect may this be?", AdultAbuseForm, CONCERN, applies=is_about_adult),
        Page("at-risk", "What they need, and what they want", AtRiskForm, CONCERN, applies=is_about_adult),
        Page("dash", "The domestic abuse", DashForm, CONCERN, applies=is_domestic_abuse),
        Page("harm", "Harm and risk", HarmForm, CONCERN),
        Page("words", "The child’s words", ChildsWordsForm, CONCERN, applies=is_about_family),
        Page("effect", "Effect and strengths", EffectForm, CONCERN),
        Page("before", "What came before", BeforeForm, CONCERN),
        Page("level", "What you want to happen", LevelForm, CONCERN),
        Page("told", "What the family has been told", ToldForm, CONSENT, applies=is_about_family),
        Page("told", "What the adult has been told", AdultToldForm, CONSENT, applies=is_about_adult),
        Page(
            "agree",
            "Whether the family agrees",
            AgreeForm,
            CONSENT,
            applies=is_about_family,
            starts=not_asked_if_not_told,
        ),
        Page(
            "agree",
            "Whether the adult agrees",
            AdultAgreesForm,
            CONSENT,
            applies=is_about_adult,
            starts=not_asked_if_not_told,
        ),
    ),
    lead=(
        "Use this form if you know a child, a family or an adult through your work, and you are worried about them.",
        "If the child has a social worker already, call that social worker.",
    ),
)
