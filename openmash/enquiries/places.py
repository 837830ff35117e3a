"""Which hub an enquiry goes to: by postcode district, or by the place that somebody chose."""

import re
from dataclasses import dataclass

from openmash.agencies.models import Area, Locality

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Place:
    """A locality of a hub's area. `area` is the number of the area."""

    key: str
    name: str
    area: int
    area_name: str
    districts: frozenset[str]


def places() -> tuple[Place, ...]:
    """Every locality of every hub, by area."""
    rows = Locality.objects.select_related("area").order_by("area_id", "pk")
    return tuple(
        Place(f"{row.area.key}.{row.key}", row.name, row.area_id, row.area.name, frozenset(row.postcode_districts))
        for row in rows
    )


def place_of(postcode: str) -> Place | None:
    """The locality of a whole postcode or of its first half; none when it is in no hub's area."""
    district = district_of(postcode)
    return next((place for place in places() if district in place.districts), None)


def district_of(postcode: str) -> str:
    """ "WV1" for "wv1 2ab", and for "WV1"."""
    squeezed = re.sub(r"\s", "", postcode).upper()
    return squeezed[:-3] if re.search(r"\d[A-Z]{2}$", squeezed) and len(squeezed) > 4 else squeezed


def chosen_place(key: str) -> Place | None:
    return next((place for place in places() if place.key == key), None)


def first_area() -> Area:
    """The hub that gets what says no place, or a place of no hub: nothing is ever left without one."""
    return Area.objects.order_by("pk")[0]
