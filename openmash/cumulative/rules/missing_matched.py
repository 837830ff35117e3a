"""A missing family may have turned up (seed 000, case 1; M51)."""

from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Numbers


def find(story: Story, _: Numbers) -> tuple[str, ...]:
    return story.sightings


RULE = Rule(
    key="missing_matched",
    name="A missing family matched",
    order=70,
    says="Somebody here matches a family that is looked for, in any area.",
    numbers=(),
    find=find,
)
