"""Every component with invented content, for looking at and for the accessibility tests. No route leads here."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms

from openmash.design.fields import GovDateField, GovTimeField
from openmash.design.page import Chrome, NavItem
from openmash.design.repeated import Repeated
from openmash.design.tables import Sorting

NOW = datetime(2026, 4, 3, 16, 30, tzinfo=UTC)
HOWS = [("phone", "By telephone"), ("post", "By post"), ("visit", "A visit")]
LONG = "The hedge has grown over the path.\n\nTwo people had to step into the road on Monday, one of them with a pram."


class ReportForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Your name", max_length=100, error_messages={"required": "Enter your name"})
    email = forms.EmailField(
        label="Email address",
        help_text="We only use this to send you a reference",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address, like name@example.com",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(label="Telephone number (optional)", required=False, widget=forms.widgets.TelInput)
    gardens = forms.IntegerField(label="How many gardens", error_messages={"required": "Enter how many gardens"})
    what = forms.CharField(
        label="What have you seen?",
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": "Tell us what you have seen"},
    )
    planted = GovDateField(
        label="When was it planted?", subject="The planting date", help_text="For example, 27 3 2007", side="past"
    )
    at = GovTimeField(
        label="Time of the call", help_text="For example, 5:30pm", error_messages={"required": "Enter a time"}
    )
    how = forms.ChoiceField(
        label="How did you find out?",
        choices=HOWS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you found out"},
    )
    number = forms.CharField(label="Number that called", required=False)
    kinds = forms.MultipleChoiceField(
        label="What grows there?",
        help_text="Select all that apply",
        choices=[("tree", "Trees"), ("rose", "Roses"), ("other", "Something else")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what grows there"},
    )
    other = forms.CharField(label="What else grows there?", required=False, widget=forms.Textarea)
    ward = forms.ChoiceField(
        label="Ward", choices=[("", "Select a ward"), ("North", [("1", "Hillside")]), ("South", [("2", "Quay")])]
    )
    sure = forms.BooleanField(
        label="I have checked what I typed", error_messages={"required": "Confirm that you have checked"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class PlantForm(forms.Form):
    """One of several."""

    name = forms.CharField(label="Name of the plant", error_messages={"required": "Enter the name of the plant"})
    since = GovDateField(label="In the garden since", required=False, side="past")


class FilterForm(forms.Form):
    """A filter above a list."""

    ward = forms.ChoiceField(label="Ward", required=False, choices=[("", "All"), ("1", "Hillside"), ("2", "Quay")])
    rating = forms.MultipleChoiceField(
        label="Rating",
        required=False,
        choices=[("red", "Red"), ("amber", "Amber")],
        widget=forms.CheckboxSelectMultiple,
    )


@dataclass(frozen=True)
class Row:
    """One line of the sample list, also used as an event and as a message."""

    reference: str
    title: str
    rating: str
    at: datetime
    by: str
    state: str = "ok"
    text: str = LONG
    mine: bool = False
    url: str = "#row"


@dataclass(frozen=True)
class Answer:
    """Shaped like a verdict: true when there is no reason against."""

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Change:
    """What another person changed meanwhile."""

    what: str
    was: str
    now: str


ROWS = (
    Row("GDN-0412", "Hedge over the path, Quay Street", "red", NOW + timedelta(hours=2), "Robin Example", "soon"),
    Row(
        "GDN-0398",
        "Three gardens without water since Sunday",
        "amber",
        NOW - timedelta(hours=27),
        "Sam Sample",
        "late",
        mine=True,
    ),
    Row("GDN-0377", "Roses in Hillside, second report", "green", NOW + timedelta(days=2), "Nobody yet"),
    Row("GDN-0371", "Not looked at", "", NOW + timedelta(days=1, minutes=40), "Nobody yet", "stopped"),
)
AREAS = (
    NavItem("Overview", "#overview", True, "o"),
    NavItem("People and family", "#people", False, "p"),
    NavItem("Chronology", "#chronology", False, "h"),
    NavItem("Requests and answers", "#requests", False, "r"),
    NavItem("Decision", "#decision", False, "d"),
    NavItem("Releases", "#releases", False, "l"),
)
CHROME = Chrome(
    service_name="openmash",
    hub_name="Garden Desk",
    hub_phone="01632 960 123",
    navigation=(
        NavItem("My work", "#mine", True, "w"),
        NavItem("The queue", "#queue", False, "q"),
        NavItem("Decisions due", "#due", False, "e"),
        NavItem("Exceptions", "#exceptions", False, "x"),
        NavItem("New by telephone", "#new", False, "t"),
    ),
    user_name="Robin Example",
    role_label="Head gardener",
    agency_label="Parks",
    needs_you=7,
    needs_you_url="#needs",
    search_url="#search",
    sign_out_url="#out",
    demo=True,
    footer_links=(NavItem("Accessibility", "#a11y"), NavItem("Privacy", "#privacy")),
)


SORTING = Sorting("due", False, {"ward": "1"})


@dataclass(frozen=True)
class Gallery:
    """What every gallery page is given."""

    form: ReportForm
    plants: Repeated[PlantForm]
    filter: FilterForm = field(default_factory=FilterForm)
    rows: tuple[Row, ...] = ROWS
    areas: tuple[NavItem, ...] = AREAS
    sorting: Sorting = SORTING
    may: Answer = Answer()
    may_not: Answer = Answer(("Two gardens have not answered", "The planting date is not known"))
    now: datetime = NOW
    changes: tuple[Change, ...] = (Change("Ward", "Hillside", "Quay"), Change("Owner", "", "Sam Sample"))
    long: str = LONG


def gallery(data: Any = None) -> Gallery:
    """The sample content; with `data`, the forms are sent and show their mistakes."""
    initial = [{"name": "Hazel", "since": "2019-04-03"}, {"name": "Oak"}]
    return Gallery(ReportForm(data), Repeated(PlantForm, prefix="plants", data=data, initial=initial, one="plant"))
