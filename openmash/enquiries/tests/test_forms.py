"""The rule of each field, and the message that says what to do. Whatever is typed, nothing breaks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.design.forms import problems
from openmash.enquiries.eform.professional import PROFESSIONAL
from openmash.enquiries.eform.public import PUBLIC
from openmash.enquiries.forms.adults import AdultDetailForm, AdultForm, NamedAdultForm, WorkerForm
from openmash.enquiries.forms.birth import BirthForm
from openmash.enquiries.forms.consent import AgreeForm, ToldForm
from openmash.enquiries.forms.fields import born_about
from openmash.enquiries.forms.people import ChildDetailForm, ChildForm, ExpectedForm, NamedChildForm, PublicChildForm
from openmash.enquiries.forms.place import AreaForm, HomeForm
from openmash.enquiries.forms.referrer import ContactForm, ProfessionalForm
from openmash.enquiries.forms.telephone import CallerForm, CallForm
from openmash.enquiries.forms.worry import ConcernsForm, DangerForm, DashForm, KindForm, PublicWorryForm, WorryForm

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


def says(form_class, typed) -> list[str]:
    return [
        problem.text
        for problem in problems(
            form_class(MultiValueDict({k: [v] if isinstance(v, str) else v for k, v in typed.items()}))
        )
    ]


def on(name, day) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


WRONG = [
    (DangerForm, {}, "Select yes if somebody is in danger right now"),
    (KindForm, {}, "Select who you are worried about"),
    (KindForm, {"kind": "dog"}, "Your answer to “Who are you worried about?” must be one of the choices shown"),
    (PublicWorryForm, {}, "Tell us what you are worried about. A few words are enough"),
    (PublicWorryForm, {"worry": " \u200b \n"}, "Tell us what you are worried about. A few words are enough"),
    (PublicWorryForm, {"worry": "x" * 20_001}, "must be 20000 characters or less"),
    (WorryForm, {"worry": "Crying\x07 at night"}, "has a character in it that cannot be seen, after “Crying”"),
    (WorryForm, {"worry": "\x00x"}, "has a character in it that cannot be seen, at the start of a line"),
    (ConcernsForm, {}, "Select at least one kind of worry"),
    (ConcernsForm, {"concerns": ["neglect", "ghosts"]}, "must be one of the choices shown"),
    (DashForm, {"domestic_abuse_score": "25"}, "The DASH score must be a number from 0 to 24"),
    (DashForm, {"domestic_abuse_score": "-1"}, "The DASH score must be a number from 0 to 24"),
    (DashForm, {"domestic_abuse_score": "eleven"}, "The DASH score must be a number from 0 to 24"),
    (AreaForm, {"area_postcode": "the flats"}, "Enter a postcode, like WX1 2AB, or its first half, like WX1"),
    (HomeForm, {}, "Tell us at least one way to find them: an address, or where they can be found"),
    (HomeForm, {"postcode": "WX1"}, "Enter a full postcode, like WX1 2AB, or leave it empty"),
    (HomeForm, {"address_lines": "x" * 201}, "Address must be 200 characters or less"),
    (NamedChildForm, {}, "Enter the child’s name, or “not known”"),
    (NamedAdultForm, {}, "Enter the adult’s name, or “not known”"),
    (ChildForm, {"given": "x" * 101}, "First names must be 100 characters or less"),
    (ChildForm, {"given": "Mi\x1ba"}, "First names has a character in it that cannot be seen, after “Mi”"),
    (ChildForm, {"given": "Mia\u202eleB"}, "First names has a character in it that cannot be seen, after “Mia”"),
    (ChildForm, on("born_on", TOMORROW), "Date of birth must be today or in the past"),
    (ChildForm, {"born_on-day": "31", "born_on-month": "2", "born_on-year": "2019"}, "must be a real date"),
    (ChildForm, {"born_on-year": "2019"}, "Date of birth must include a day and month"),
    (ChildForm, {"age": "old enough"}, "Enter an age, like 7 or 18 months"),
    (ChildForm, {"age": "130"}, "Enter an age, like 7 or 18 months"),
    (ChildForm, {"age": "40"}, "A child must be 25 or younger. Check it, or name them with the adults"),
    (PublicChildForm, on("born_on", date(1950, 2, 1)), "A child must be 25 or younger. Check it"),
    (ChildDetailForm, {"nhs": "943 476 5918"}, "Check the NHS number: one of its digits is wrong"),
    (ChildDetailForm, {"nhs": "943"}, "An NHS number has 10 digits"),
    (ChildDetailForm, {"upn": "P207000016048"}, "Check the unique pupil number"),
    (ChildDetailForm, {"upn": "007"}, "A unique pupil number has a letter and 12 digits"),
    (ChildDetailForm, {"own_telephone": "ask mum"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982"),
    (ChildDetailForm, {"ethnicity": "ZZZZ"}, "must be one of the choices shown"),
    (AdultForm, {"telephone": "12"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982"),
    (AdultForm, {"relation": "owner"}, "must be one of the choices shown"),
    (AdultDetailForm, {"email": "dawn at home"}, "Enter an e-mail address, like name@example.com"),
    (AdultDetailForm, {"postcode": "nowhere"}, "Enter a full postcode, like WX1 2AB, or leave it empty"),
    (WorkerForm, {"name": "Mr Green"}, "Enter the agency that they work for"),
    (ExpectedForm, on("due_on", TODAY + timedelta(days=320)), "The due date must be within the next 10 months"),
    (ExpectedForm, on("due_on", TODAY - timedelta(days=40)), "The due date must be within the next 10 months"),
    (ProfessionalForm, {}, "Enter your full name"),
    (ProfessionalForm, {}, "Enter your work e-mail address, so that we can send you the reference"),
    (ProfessionalForm, {"source_code": "9"}, "must be one of the choices shown"),
    (ContactForm, {"referrer_telephone": "0"}, "Enter a telephone number, like 01632 960 001 or 07700 900 982"),
    (ToldForm, {}, "Select yes if you have told the parents or carers"),
    (ToldForm, {"told_family": "no"}, "Select why you have not told them"),
    (AgreeForm, {}, "Select whether the parents or carers agree"),
    (AgreeForm, {"family_agrees": "yes"}, "Enter who agreed, when and how"),
    (CallForm, {"is_fast_track": "true"}, "Enter why it cannot wait, or take the fast track off"),
    (CallForm, {**on("received_on", TODAY), "received_time": "soon"}, "must be a time, like 9:30am or 17:30"),
    (CallForm, {**on("received_on", TOMORROW), "received_time": "9am"}, "must be today or in the past"),
    (CallerForm, {"referrer_kind": "professional"}, "Enter the professional’s name"),
    (BirthForm, on("born_on", TOMORROW), "The date of birth must be today or in the past"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "typed", "message"), WRONG)
def test_what_is_wrong_is_said(form, typed, message):
    assert any(message in line for line in says(form, typed)), says(form, typed)


RIGHT = [
    (ChildForm, {"given": "Ọlá-Olú", "family": "محمد"}),
    (ChildForm, {"given": "Nguyễn Thị Minh Khai", "other_names": "小明, O’Neill"}),
    (ChildForm, {"given": "ن\u200cر"}),  # a joiner that some alphabets need
    (ChildForm, {"born_on-day": "3", "born_on-month": "April", "born_on-year": "2019"}),
    (ChildForm, on("born_on", TODAY)),
    (ChildDetailForm, {"nhs": "943-476-5919", "upn": "p207000016049", "own_telephone": "+44 7700 900 982"}),
    (AdultForm, {"telephone": "01632 960 001 ext 12"}),
    (AreaForm, {"area_postcode": "wx1"}),
    (AreaForm, {"area_postcode": "wx12ab"}),
    (AreaForm, {}),
    (HomeForm, {"where_now": "Behind the station"}),
    (PublicWorryForm, {"worry": "a\r\nb\tc 😟"}),
    (ExpectedForm, {}),
    (ExpectedForm, on("due_on", TODAY + timedelta(days=280))),
    (ExpectedForm, on("due_on", TODAY - timedelta(days=10))),
    (DashForm, {"domestic_abuse_score": "0"}),
    (PublicChildForm, {}),
]


@pytest.mark.parametrize(("form", "typed"), RIGHT)
def test_what_is_right_is_taken(form, typed):
    assert says(form, typed) == []


def test_the_time_received_is_never_in_the_future():
    soon = timezone.localtime() + timedelta(minutes=5)
    assert "The time it was received must not be in the future" in says(
        CallForm, {"channel": "letter", **on("received_on", soon.date()), "received_time": f"{soon:%H:%M}"}
    )


@pytest.mark.parametrize(
    ("words", "days"),
    [("7", 7.5 * 365.25), ("18 months", 18.5 * 30.44), ("about 30", 30.5 * 365.25), ("6 weeks old", 45.5)],
)
def test_an_age_is_a_birth_date_in_the_middle_of_it(words, days):
    assert abs((TODAY - born_about(words, TODAY)).days - days) <= 1


def test_an_age_is_an_estimate_and_a_date_is_not():
    by_age = ChildForm({"age": "7"})
    by_date = ChildForm({"age": "7", **on("born_on", TODAY)})
    assert by_age.is_valid() and by_date.is_valid()
    assert by_age.cleaned_data["is_birth_date_estimated"] is True
    assert (by_date.cleaned_data["is_birth_date_estimated"], by_date.cleaned_data["born_on"]) == (False, TODAY)


def test_a_name_is_kept_exactly_as_typed():
    form = ChildForm({"given": "  Zoë-Mae ", "family": "d'Ýrsa"})
    assert form.is_valid()
    assert (form.cleaned_data["given"], form.cleaned_data["family"]) == ("Zoë-Mae", "d'Ýrsa")


def test_a_reason_typed_before_the_answer_was_changed_is_no_answer():
    form = ToldForm({"told_family": "yes", "why_not_told": "delay", "why_not_told_words": "late"})
    assert form.is_valid()
    assert (form.cleaned_data["why_not_told"], form.cleaned_data["why_not_told_words"]) == ("", "")


EVERY_FORM = sorted(
    {page.form for form in (PUBLIC, PROFESSIONAL) for page in form.pages} | {CallForm, CallerForm, BirthForm},
    key=lambda form: form.__name__,
)
ANYTHING = st.text(max_size=60) | st.text(alphabet=st.characters(), max_size=20) | st.sampled_from(
    ["yes", "no", "-1", "1e9", "31", "0", "९", "\x00", "\u202e", "<script>", "'; --", "WX1 2AB", "01632 960001", "٣"]
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.__name__)
def test_no_answer_breaks_a_form(form, hub):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def typed(data):
        names = [f"{name}{part}" for name in form.base_fields for part in ("", "-day", "-month", "-year")]
        sent = MultiValueDict({name: data.draw(st.lists(ANYTHING, max_size=2)) for name in names or ["x"]})
        filled = form(sent)
        right = filled.is_valid()
        assert right is not bool(problems(filled))

    typed()
