"""What looks like spam is held for a person to look at, never refused: the sender sees no difference."""

import re
from datetime import datetime, timedelta

from openmash.enquiries.models import Enquiry

TOO_FAST = timedelta(seconds=3)
FLOOD = timedelta(minutes=10)
FLOOD_OF = 60
SAME_AGAIN = 3
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b\S+\.(?:com|net|ru|xyz|top|info|click)\b\S*", re.IGNORECASE)


def looks_like_spam(worry: str, *, trap: str, began_at: datetime, now: datetime, channel: str, is_danger: bool) -> bool:
    """Whether a form was filled in by a machine: the hidden field, the speed, only links, or the same over and over.

    A flood alone never holds back what says that somebody is in danger.
    """
    if trap or now - began_at < TOO_FAST or is_only_links(worry):
        return True
    return not is_danger and _is_flood(worry, channel, now)


def is_only_links(words: str) -> bool:
    rest = _LINK.sub("", words)
    return rest != words and not re.search(r"\w{2,}.*\w{2,}", rest, re.DOTALL)


def _is_flood(worry: str, channel: str, now: datetime) -> bool:
    recent = Enquiry.objects.filter(channel=channel, received_at__gt=now - FLOOD)
    worries = list(recent.order_by("-received_at").values_list("worry", flat=True)[:FLOOD_OF])
    return len(worries) >= FLOOD_OF or worries.count(worry) >= SAME_AGAIN
