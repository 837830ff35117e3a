"""More before the last twelve months than within them (seed 000, case 4: 18 incidents since 2009; M55).

What agencies answered is sealed, so the system itself adds up only what came in; the chronology adds up the rest for
whoever may read it.
"""

from openmash.cumulative.evidence import year_before
from openmash.cumulative.shelf import Rule
from openmash.cumulative.story import Story
from openmash.kit.settable import Number, Numbers


def find(story: Story, numbers: Numbers) -> tuple[str, ...]:
    first = year_before(story.today)
    known = [one.on for one in story.contacts if one.on <= story.today]
    before = sum(on < first for on in known)
    since = len(known) - before
    if before < numbers["least"] or before <= since:
        return ()
    return (f"Before the last 12 months: {before}. Since: {since}. The earliest is of {min(known).year}.",)


RULE = Rule(
    key="hidden_history",
    name="More history than the last year shows",
    order=60,
    says="{least} or more enquiries lie before the last 12 months, and more than within them.",
    numbers=(Number("least", "Enquiries before the last 12 months", 3, most=100),),
    find=find,
)
