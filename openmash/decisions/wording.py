"""Plain words made from a decision, for the referrer and for the child to read later. A start: a person finishes them.

Put together from the outcomes' own sentences; nothing is guessed, and nothing an agency said can get in (D6).
"""

from openmash.decisions.codes import OUTCOMES
from openmash.decisions.given import GivenDecision
from openmash.design.moments import day
from openmash.enquiries.models import Enquiry


def for_referrer(enquiry: Enquiry, given: GivenDecision) -> str:
    """Two or three sentences: thanks, what happens now, and whom to ring when there is more to say."""
    parts = [f"Thank you for telling us on {day(enquiry.received_at)}."]
    if given.is_safeguarding_concern is not None:
        parts.append(
            "We looked at it together and think that it is a safeguarding concern."
            if given.is_safeguarding_concern
            else "We looked at it and do not think that it is a safeguarding concern."
        )
    parts += _sentences(given, "for_referrer")
    parts.append(f"If you learn more, ring {enquiry.area.hub_name} on {enquiry.area.telephone}.")
    return " ".join(parts)


def for_child(enquiry: Enquiry, given: GivenDecision) -> str:
    """What the child may read one day: that somebody spoke up, that people thought about it, and what they did."""
    if enquiry.kind == "adult":
        return " ".join([f"In {enquiry.received_at:%B %Y} somebody was worried about you and told us.",
                         "People from different services thought about it, and about what you said that you want.",
                         *_sentences(given, "for_referrer")])  # fmt: skip
    parts = [
        f"In {enquiry.received_at:%B %Y} somebody was worried about you and told us.",
        "People from different services thought carefully about what you needed.",
    ]
    parts += _sentences(given, "for_child")
    if given.is_safeguarding_concern:
        parts.append("None of it was your fault.")
    return " ".join(parts)


def _sentences(given: GivenDecision, field: str) -> list[str]:
    kinds = dict.fromkeys(one.kind for one in given.outcomes if one.kind in OUTCOMES)
    return [words for words in (getattr(OUTCOMES[kind], field) for kind in kinds) if words]
