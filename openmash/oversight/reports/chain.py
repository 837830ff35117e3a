"""The chain of the ledger contradicts what was signed, or nothing has been signed for a while."""

from collections.abc import Iterator

from openmash.audit.standing import standing
from openmash.kit.settable import Number, Numbers
from openmash.oversight.shelf import Found, Look, Report


def find(look: Look, numbers: Numbers) -> Iterator[Found]:
    now = standing(look.now)
    if now.is_contradicted:
        yield Found(f"contradicted-{look.day}", f"Link {now.signed} of the ledger is not what was signed. {ACT}")
    elif now.minutes_unsigned > numbers["minutes"]:
        says = f"Nothing of the ledger has been signed for {now.minutes_unsigned} minutes. {now.problem}".strip()
        yield Found(f"unsigned-{look.day}", says[:300])


ACT = "Have the chain looked through: mash ledger verify"
REPORT = Report(
    key="chain",
    name="The ledger’s own chain",
    order=80,
    says="The ledger contradicts what was signed, or has lines that nobody has signed for more than {minutes} minutes.",
    numbers=(Number("minutes", "Minutes without a signature", 10, least=2, most=1440),),
    find=find,
    is_urgent=True,
)
