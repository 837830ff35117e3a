"""The few strokes every picture is made of, as SVG that carries its own looks and also prints and travels alone."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from markupsafe import Markup, escape

INK = "#0b0c0c"
QUIET = "#484949"
FAINT = "#b1b4b6"
PALE = "#f3f2f1"
PAPER = "#ffffff"
BLUE = "#1d70b8"
LONGEST = 300
FONT = "Arial, Helvetica, sans-serif"

NARROW = frozenset("ijl|!.,:;'`[]()/\\ftrI -·’‘")
BROAD = frozenset("mwMW@%")
SAFE_STARTS = ("/", "#", "?", "https://")


def tag(name: str, *inside: object, **attributes: object) -> Markup:
    """One SVG element, all escaped. `stroke_width` is written `stroke-width`; an attribute of None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    within = "".join(escape(part) for part in inside)
    return Markup(f"<{name}{written}>{within}</{name}>" if within else f"<{name}{written}/>")  # noqa: S704 - escaped above


def group(*inside: object, **attributes: object) -> Markup:
    """Several elements as one."""
    return tag("g", *inside, **attributes)


def stroke(points: Iterable[tuple[float, float]], **attributes: object) -> Markup:
    """An open line through the points."""
    path = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return tag("polyline", points=path, **{"fill": "none", "stroke": INK, "stroke_width": 2, **attributes})


def words(line: str, x: float, y: float, size: int = 14, **attributes: object) -> Markup:
    """One line of text whose baseline is at `y`, with a white rim that keeps it readable where a line passes."""
    looks = {"fill": INK, "stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
    return tag("text", line, x=x, y=y, font_size=size, **{**looks, **attributes})


def paragraph(lines: Sequence[str], x: float, y: float, size: int, leading: int, **attributes: object) -> Markup:
    """Lines of text under one another, the first with its baseline at `y`."""
    return Markup("").join(
        words(line, x, y + leading * number, size, **attributes) for number, line in enumerate(lines)
    )


def named(said: str, inside: Markup, url: str | None = None, **attributes: object) -> Markup:
    """A part of a picture that is read out, and shown on hover, as `said`; it leads to `url` when that is safe."""
    if not safe(url):
        return group(tag("title", said), inside, **attributes)
    drawn = group(inside, aria_hidden="true", **attributes)
    return tag("a", tag("title", said), drawn, href=url, class_="openmash-picture__link")


def safe(url: str | None) -> bool:
    """Whether an address leads to a page or a place on one."""
    return bool(url) and str(url).startswith(SAFE_STARTS) and not str(url).startswith("//")


def canvas(ident: str, title: str, about: str, size: tuple[float, float], inside: object, linked: bool) -> Markup:
    """The whole picture. A picture with links is a group, since whatever is inside an `img` is hidden from readers."""
    width, height = size
    return tag(
        "svg",
        tag("title", title, id=f"{ident}-title"),
        tag("desc", about, id=f"{ident}-desc"),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        class_="openmash-picture__drawing",
        role="group" if linked else "img",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        width=width,
        height=height,
        font_family=FONT,
    )


def ident(kind: str, *facts: object) -> str:
    """A name for the picture's ids, the same for the same facts."""
    return f"{kind}-{sha256(repr(facts).encode('utf-8', 'replace')).hexdigest()[:10]}"


def clean(text: str) -> str:
    """One line without characters that no page may carry."""
    return " ".join("".join(" " if _stray(letter) else letter for letter in text).split())


def length(text: str, size: float, bold: bool = False) -> float:
    """About how wide the text stands in Arial."""
    return sum(map(_letter, text)) * size * (1.07 if bold else 1.0)


def wrap(text: str, room: float, size: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """The text in at most `most` lines no wider than `room`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for glue, piece in _pieces(clean(text)[:LONGEST], room, size, bold):
        longer = f"{lines[-1]}{glue}{piece}" if lines else piece
        if lines and (len(lines) == most or length(longer, size, bold) <= room):
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(shorten(line, room, size, bold) for line in lines)


def shorten(text: str, room: float, size: float, bold: bool = False) -> str:
    """The beginning of the text that fits, with an ellipsis where something is left out."""
    if length(text, size, bold) <= room:
        return text
    text = text[:LONGEST]
    while text and length(f"{text}…", size, bold) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[tuple[str, str]]:
    """What no line breaks within, each with what joins it to the one before."""
    for word in text.split():
        glue = " "
        for part in word.replace("-", "-\n").split("\n"):
            left = part
            while left:
                fits = next(n for n in range(len(left), 0, -1) if n == 1 or length(left[:n], size, bold) <= room)
                yield glue, left[:fits]
                glue, left = "", left[fits:]


def _letter(letter: str) -> float:
    if letter in NARROW:
        return 0.31
    if letter in BROAD:
        return 0.87
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.556


def _stray(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or ord(letter) & 0xFFFE == 0xFFFE


def _short(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
