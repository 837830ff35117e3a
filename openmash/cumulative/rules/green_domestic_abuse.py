"""A green that is domestic abuse counts as amber (Devon's rule: reference lists E.11)."""

from openmash.cumulative.evidence import contact_line
from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Numbers


def find(story: Story, _: Numbers) -> tuple[str, ...]:
    own = [one for one in story.contacts if one.number == story.number]
    return tuple(contact_line(one) for one in own if one.rating == "green" and one.is_domestic_abuse)


RULE = Rule(
    key="green_domestic_abuse",
    name="Domestic abuse rated green",
    order=20,
    says="An enquiry about domestic abuse is rated green: it counts as amber.",
    numbers=(),
    find=find,
)
