"""Small numbers are not shown: a figure of fewer than five could be told to be somebody.

Where one figure alone is hidden the total gives it away, so that others are hidden with it: until at least two are, and
together they are at least five. Source: DfE and ONS practice for published tables.
"""

from collections.abc import Mapping

FEW = 5
FEWER, NOT_SHOWN = "Fewer than 5", "Not shown"


def suppressed(counts: Mapping[str, int]) -> dict[str, str]:
    """Each figure as it may be shown, in the same order. Nought is shown: it is nobody."""
    hidden = {name for name, count in counts.items() if 0 < count < FEW}
    open_ones = sorted((count, name) for name, count in counts.items() if count >= FEW)
    while hidden and open_ones and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEW):
        hidden.add(open_ones.pop(0)[1])
    return {name: _shown(count, name in hidden) for name, count in counts.items()}


def total_of(counts: Mapping[str, int]) -> str:
    """The total beside them: hidden where it is small, or where too few figures are hidden to keep them."""
    hidden = [count for count in counts.values() if 0 < count < FEW]
    total = sum(counts.values())
    is_given_away = bool(hidden) and (sum(count > 0 for count in counts.values()) < 2 or total < FEW)
    return FEWER if 0 < total < FEW or is_given_away else str(total)


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent; hidden where the part, the rest or the whole is small."""
    if whole == 0:
        return "None"
    if whole < FEW or 0 < part < FEW or 0 < whole - part < FEW:
        return "Too few to say"
    return f"{round(100 * part / whole)}%"


def _shown(count: int, is_hidden: bool) -> str:
    return str(count) if not is_hidden else FEWER if count < FEW else NOT_SHOWN
