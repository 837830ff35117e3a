"""Where: which hub it goes to, and how to find the child or adult."""

from typing import Any, ClassVar

from openmash.enquiries.forms.asking import Asking
from openmash.enquiries.forms.fields import Choose, Line, Postcode, Words
from openmash.enquiries.places import ELSEWHERE, places

FIND_SAYS = "Tell us at least one way to find them: an address, or where they can be found"


class AreaForm(Asking):
    """The postcode decides which hub gets the enquiry."""

    area_postcode = Postcode(
        label="Do you know the postcode of where they live?",
        or_district=True,
        help_text="For example, WX1 2AB or only WX1. If you do not know it, leave this empty.",
    )
    options: ClassVar[dict[str, Any]] = {"area_postcode": {"width": "10"}}


class LocalityForm(Asking):
    """For those who do not know the postcode, or whose postcode is not in the area."""

    locality = Choose(
        label="Which place do they live in, or near?",
        required=True,
        choices=lambda: [*_every_place(), (ELSEWHERE, "Somewhere else, or I am not sure")],
        error_messages={"required": "Select the place that is nearest to where they live"},
    )


class HomeForm(Asking):
    """The address, and where they are now."""

    address_lines = Line(
        label="Address",
        max_length=200,
        help_text="House number or name, and street. Part of it is better than nothing.",
    )
    postcode = Postcode(label="Postcode")
    where_now = Words(
        label="Where they are now, or can be found",
        help_text="For example, a school or nursery, a relative’s home, or where they often are",
        max_length=1000,
    )
    options: ClassVar[dict[str, Any]] = {"postcode": {"width": "10"}, "where_now": {"rows": 3, "counted": False}}

    def clean(self) -> dict[str, Any]:
        """How to find the child is the one thing that everybody must say, besides the worry."""
        found = super().clean() or {}
        if not self.errors and not any(found.get(name) for name in ("address_lines", "postcode", "where_now")):
            self.need("address_lines", FIND_SAYS)
        return found


class ProfessionalHomeForm(HomeForm):
    """A professional may know the history of the address too."""

    earlier_homes = Words(
        label="How long have they lived there, and where before? (optional)",
        help_text="Earlier addresses, with the years if you know them",
        max_length=1000,
    )
    options: ClassVar[dict[str, Any]] = HomeForm.options | {"earlier_homes": {"rows": 3, "counted": False}}


def _every_place() -> list[tuple[str, str]]:
    known = places()
    is_one_area = len({place.area for place in known}) == 1
    return [(place.key, place.name if is_one_area else f"{place.name}, {place.area_name}") for place in known]
