"""Which hub an enquiry goes to: by postcode district, or by the place that somebody chose."""

import re
from dataclasses import dataclass

from openmash.agencies.models import Area, Locality

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Place:
    """A locality of a hub's area. `key` is the only one in the county; `area` is the number of the area."""

    key: str
    locality: str
    name: str
    area: int
    area_name: str
    districts: frozenset[str]


@dataclass(frozen=True)
class Hub:
    """How to reach a hub by telephone."""

    name: str
    telephone: str
    out_of_hours: str


def hubs() -> tuple[Hub, ...]:
    return tuple(Hub(area.hub_name, area.telephone, area.out_of_hours) for area in Area.objects.order_by("pk"))


def places() -> tuple[Place, ...]:
    """Every locality of every hub, by area."""
    rows = Locality.objects.select_related("area").order_by("area_id", "pk")
    return tuple(
        Place(
            key=f"{row.area.key}.{row.key}",
            locality=row.key,
            name=row.name,
            area=row.area_id,
            area_name=row.area.name,
            districts=frozenset(row.postcode_districts),
        )
        for row in rows
    )


def place_of(postcode: str) -> Place | None:
    """The locality of a whole postcode or of its first half; none when it is in no hub's area."""
    district = district_of(postcode)
    return next((place for place in places() if district in place.districts), None)


def district_of(postcode: str) -> str:
    """ "WX1" for "wv1 2ab", and for "WX1"."""
    squeezed = re.sub(r"\s", "", postcode).upper()
    return squeezed[:-3] if re.search(r"\d[A-Z]{2}$", squeezed) and len(squeezed) > 4 else squeezed


def chosen_place(key: str) -> Place | None:
    return next((place for place in places() if place.key == key), None)


def area_of(place: Place | None) -> Area:
    """The hub's area. What says no place, or a place of no hub, goes to the first: nothing is left without one."""
    return Area.objects.get(pk=place.area) if place else Area.objects.order_by("pk")[0]
