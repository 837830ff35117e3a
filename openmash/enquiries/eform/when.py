"""When a page of a form applies."""

from collections.abc import Callable

from openmash.enquiries.eform.typed import Typed
from openmash.enquiries.forms.worry import ADULT, CHILD, FAMILY, UNBORN

When = Callable[[Typed], bool]


def is_about(*kinds: str) -> When:
    return lambda typed: typed.answer("kind") in kinds


is_about_children = is_about(CHILD, FAMILY)
is_about_unborn = is_about(UNBORN)
is_about_adult = is_about(ADULT)


def is_about_family(typed: Typed) -> bool:
    """Everything but an adult on their own; before anything is said, a child."""
    return not is_about_adult(typed)


def is_danger(typed: Typed) -> bool:
    return typed.answer("danger") == "yes"


def is_place_unknown(typed: Typed) -> bool:
    return typed.is_place_unknown


def is_anonymous(typed: Typed) -> bool:
    return typed.answer("identity") == "anonymous"


def is_named(typed: Typed) -> bool:
    return typed.answer("identity") in ("named", "confidential")


def is_domestic_abuse(typed: Typed) -> bool:
    return any(concern.startswith("da_") for concern in typed.answers("concerns"))
