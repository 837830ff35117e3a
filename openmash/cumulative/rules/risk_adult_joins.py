"""An adult who carries a risk joins a household with a child (seed 000, case 3; M53)."""

from openmash.cumulative.evidence import months_before
from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.design.moments import day
from openmash.kit.settable import Number, Numbers

RISKS = frozenset({"risk_adult", "contact_rules", "mappa"})


def find(story: Story, numbers: Numbers) -> tuple[str, ...]:
    since = months_before(story.today, numbers["months"])
    found = [
        f"{one.name}: {one.says}; lives there since {day(one.joined_on) if one.joined_on else 'a day not known'}"
        for one in story.adults
        if one.kind in RISKS and one.is_live(story.today) and (one.joined_on is None or one.joined_on > since)
    ]
    return tuple(found) if story.has_child or story.is_unborn else ()


RULE = Rule(
    key="risk_adult_joins",
    name="A risk joins the household",
    order=40,
    says="An adult who may be a risk to children came to live with a child within {months} months.",
    numbers=(Number("months", "Within months", 24),),
    find=find,
)
