"""Cells of files that somebody may open in a spreadsheet."""

_CALCULATED = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text; after an apostrophe where a spreadsheet would calculate it (ASVS V1.2.10)."""
    return f"'{text}" if text.startswith(_CALCULATED) else text
