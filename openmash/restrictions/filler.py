"""Whether a reason says something: "aaaa aaaa aaaa aaaa aaaa" and "needed for work urgent please" do not."""

import re

SHORTEST = 20
_FEWEST_WORDS = 4
_FILLER = frozenset(
    "a access an and as asap because by case do emergency enquiry for go have i if important in is it just look must my"
    " n na need needed no none not of ok on open please reason required said see test testing text that the this to"
    " urgent urgently very view want was we work x xx xxx yes".split()
)


def is_filler(text: str) -> bool:
    """Too short, too few different words, or none that says what happened."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    said = {word for word in words if word not in _FILLER and len(set(word)) > 1}
    return len(text.strip()) < SHORTEST or len(set(words)) < _FEWEST_WORDS or len(said) < 2
