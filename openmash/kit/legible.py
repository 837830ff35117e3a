"""What anybody sees of a text, and what it says however it is spelt: a text from elsewhere hides marks in its words."""

import unicodedata

_SHOW_NOTHING = ("Cf", "Cc", "Cs")
_BREAKS = frozenset("\t\n\v\f\r\x85")
# Fillers, joiners and variation selectors, which Unicode counts among letters and accents.
_FILLERS = frozenset(map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x3164, 0xFFA0,
                               *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))  # fmt: skip


def seen(text: str) -> str:
    """The text without marks that show nothing (a soft hyphen in a name), each letter with its accent in one."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(filter(_shows, text)))


def bare(text: str) -> str:
    """The same without accents, ligatures and wide letters, to compare by: "Zoë Griﬃths" is "Zoe Griffiths"."""
    apart = unicodedata.normalize("NFKD", seen(text))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _shows(mark: str) -> bool:
    return mark in _BREAKS or (unicodedata.category(mark) not in _SHOW_NOTHING and mark not in _FILLERS)
