"""An unborn child, and an earlier child who was looked after (M76)."""

from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Numbers


def find(story: Story, _: Numbers) -> tuple[str, ...]:
    return story.removed if story.is_unborn else ()


RULE = Rule(
    key="unborn_after_removal",
    name="Unborn, after an earlier removal",
    order=50,
    says="A baby is due, and an earlier child of a parent was looked after.",
    numbers=(),
    find=find,
)
