"""Cells of files that somebody may open in a spreadsheet."""

_CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four fullwidth


def harmless(text: str) -> str:
    """The text; after an apostrophe where a spreadsheet would calculate it (ASVS V1.2.10)."""
    return f"'{text}" if text.startswith(_CALCULATED) else text
