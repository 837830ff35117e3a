"""Several contacts from several sources, each without action: nobody adds them up (M76, M128)."""

from openmash.cumulative.evidence import contact_line, within
from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Number, Numbers


def find(story: Story, numbers: Numbers) -> tuple[str, ...]:
    recent = within(story.contacts, story.today, numbers["months"])
    idle = [one for one in recent if not one.was_acted_on and (one.is_decided or one.number == story.number)]
    sources = {one.source for one in idle}
    is_hit = len(idle) >= numbers["contacts"] and len(sources) >= numbers["sources"]
    return tuple(contact_line(one) for one in idle) if is_hit else ()


RULE = Rule(
    key="several_sources",
    name="Several sources, no action",
    order=30,
    says="{contacts} enquiries from {sources} different sources within {months} months, each without action.",
    numbers=(
        Number("contacts", "Enquiries without action", 3, least=2, most=20),
        Number("sources", "Different sources", 2, most=10),
        Number("months", "Within months", 12),
    ),
    find=find,
)
