"""A whole number out of what a browser sent."""

MOST_DIGITS = 18  # as many as the database's numbers hold whatever the digits


def number_in(text: str) -> int:
    """The number, or 0 for everything else: other digits, other signs, and more digits than the database holds."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
