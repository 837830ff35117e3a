"""Where to go after something was said: a page of this house, or nowhere."""

from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def onward(given: QueryDict) -> str:
    """The page named by `next`, when it is one of this house."""
    place = given.get("next", "")
    return place if place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None) else ""
