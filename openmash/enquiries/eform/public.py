"""The public form: plain words, and nothing compulsory but the worry and how to find the child."""

from collections.abc import Mapping
from typing import Any

from openmash.audit.actors import Actor
from openmash.enquiries.eform.pages import EForm, Page
from openmash.enquiries.eform.typed import Typed
from openmash.enquiries.eform.when import (
    is_about_adult,
    is_about_children,
    is_about_family,
    is_about_unborn,
    is_anonymous,
    is_danger,
    is_domestic_abuse,
    is_named,
    is_place_unknown,
)
from openmash.enquiries.forms.adults import AdultOfConcernForm, OtherAdultForm, PublicAdultForm
from openmash.enquiries.forms.at_risk import AdultKnowsForm, AtRiskForm
from openmash.enquiries.forms.consent import PublicToldForm
from openmash.enquiries.forms.people import ExpectedForm, PublicChildForm, UnbornForm
from openmash.enquiries.forms.place import AreaForm, HomeForm, LocalityForm
from openmash.enquiries.forms.referrer import AnonymousForm, ContactForm, IdentityForm
from openmash.enquiries.forms.worry import (
    AbuseAtHomeForm,
    AbuseOfAdultForm,
    AbuseRisksForm,
    CalledForm,
    DangerForm,
    KindForm,
    PublicWorryForm,
)
from openmash.people.addresses import is_postcode

WORRY, PEOPLE, FAMILY, YOU = "Your worry", "Who it is about", "The family", "About you"


def postcode_again(typed: Typed, _: Actor) -> Mapping[str, Any]:
    """A whole postcode that was given to find the hub is not asked for a second time."""
    postcode = typed.answer("area_postcode")
    return {"postcode": postcode.upper()} if is_postcode(postcode) else {}


DANGER = (
    Page("danger", "Is somebody in danger right now?", DangerForm, WORRY),
    Page(
        "call-999",
        "Call 999 now",
        CalledForm,
        WORRY,
        applies=is_danger,
        template="enquiries/call_999.html",
        go_on="Continue with the form",
    ),
)
PLACE = (
    Page("postcode", "Do you know the postcode of where they live?", AreaForm, PEOPLE),
    Page("place", "Which place do they live in, or near?", LocalityForm, PEOPLE, applies=is_place_unknown),
)

PUBLIC = EForm(
    key="public",
    path="/make-an-enquiry/",
    name="Tell us about a child or an adult you are worried about",
    channel="public_form",
    minutes=10,
    other=("/professional/", "I am worried about somebody whom I know through my work"),
    pages=(
        *DANGER,
        Page("who", "Who are you worried about?", KindForm, WORRY),
        Page("worry", "What are you worried about?", PublicWorryForm, WORRY),
        Page("at-home", "Abuse in the family", AbuseAtHomeForm, WORRY, applies=is_about_family),
        Page("at-home", "Abuse in the family", AbuseOfAdultForm, WORRY, applies=is_about_adult),
        Page("abuse", "What you know of the abuse", AbuseRisksForm, WORRY, applies=is_domestic_abuse),
        *PLACE,
        Page(
            "find",
            "How can we find them?",
            HomeForm,
            PEOPLE,
            lead=("Tell us at least one of these. If you do not know an address, tell us where they can be found.",),
            starts=postcode_again,
        ),
        Page(
            "children",
            "Which children are you worried about?",
            PublicChildForm,
            PEOPLE,
            applies=is_about_children,
            lead=("Tell us what you know. Leave empty what you do not know.",),
            one="child",
        ),
        Page(
            "unborn",
            "When is the baby due?",
            ExpectedForm,
            PEOPLE,
            applies=is_about_unborn,
            lead=("Leave empty what you do not know.",),
        ),
        Page("unborn", "Is anybody in the family pregnant?", UnbornForm, PEOPLE, applies=is_about_children),
        Page(
            "adults",
            "Which adults live with the child, or look after them?",
            PublicAdultForm,
            FAMILY,
            applies=is_about_family,
            lead=("Tell us what you know. Leave empty what you do not know.",),
            one="adult",
        ),
        Page(
            "adults",
            "Which adult are you worried about?",
            AdultOfConcernForm,
            PEOPLE,
            applies=is_about_adult,
            lead=("Tell us what you know. Leave empty what you do not know.",),
            one="adult",
        ),
        Page(
            "others",
            "Who lives with them, or looks after them?",
            OtherAdultForm,
            FAMILY,
            applies=is_about_adult,
            lead=("Tell us what you know. Leave empty what you do not know.",),
            one="person",
        ),
        Page(
            "at-risk",
            "What they need, and what they want",
            AtRiskForm,
            PEOPLE,
            applies=is_about_adult,
            lead=("Leave empty what you do not know.",),
        ),
        Page("told", "What the family knows", PublicToldForm, FAMILY, applies=is_about_family),
        Page("told", "What they know", AdultKnowsForm, FAMILY, applies=is_about_adult),
        Page("you", "Do you want to tell us who you are?", IdentityForm, YOU),
        Page(
            "contact",
            "How can we reach you?",
            ContactForm,
            YOU,
            applies=is_named,
            lead=("We may call you to understand more. You do not have to fill in anything here.",),
        ),
        Page("knowing", "How do you know them?", AnonymousForm, YOU, applies=is_anonymous),
    ),
    lead=(
        "Use this form if you are worried about a child, a baby not born yet, or an adult who cannot protect themself.",
        "You do not need to be sure, and you can stay anonymous.",
    ),
)
