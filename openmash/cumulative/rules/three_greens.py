"""Three greens in three months (Devon's rule: reference lists E.11)."""

from openmash.cumulative.evidence import contact_line, within
from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Number, Numbers


def find(story: Story, numbers: Numbers) -> tuple[str, ...]:
    greens = [one for one in within(story.contacts, story.today, numbers["months"]) if one.rating == "green"]
    return tuple(contact_line(one) for one in greens) if len(greens) >= numbers["greens"] else ()


RULE = Rule(
    key="three_greens",
    name="Several greens in a short time",
    order=10,
    says="{greens} enquiries rated green about the same people within {months} months.",
    numbers=(Number("greens", "Enquiries rated green", 3, least=2, most=20), Number("months", "Within months", 3)),
    find=find,
)
