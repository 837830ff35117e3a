"""Text as it was meant: formatted text without its format, and letters that arrived whole."""

import re
from html.parser import HTMLParser

_BLOCKS = set("address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split())
_NEVER_SHOWN = {"script", "style", "head", "title"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"}
_STRUCK = {"s", "strike", "del"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[^\S\n]")


class _Shown(HTMLParser):
    """What a reader of the page would see, and whether some of it is struck out, hidden or a picture within."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.problems: set[str] = set()
        self.open: list[tuple[str, str]] = []  # the tag, and what it does to what is in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.text.append("\n")
        elif tag in _BLOCKS:
            self._begins_a_line()
        elif tag in ("td", "th"):
            self.text.append(" ")
        if tag == "img" and given.get("src", "").lower().startswith("data:"):
            self.problems.add("attachment")
        if tag not in _EMPTY:
            self.open.append((tag, _does(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "br":
            self._begins_a_line()
        if tag in (name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        does = {what for _, what in self.open}
        if "never shown" in does:
            return
        if data.strip() and "hidden" in does:
            self.problems.add("hidden_text")
            return
        if data.strip() and "struck" in does:
            self.problems.add("struck_out")
        is_as_typed = any(name == "pre" for name, _ in self.open)
        words = data if is_as_typed else re.sub(r"[^\S\u00a0]+", " ", data)  # a hard blank is a line of its own
        if words != " " or not self._is_at_a_line():
            self.text.append(words)

    def _is_at_a_line(self) -> bool:
        return not self.text or self.text[-1].endswith("\n")

    def _begins_a_line(self) -> None:
        if not self._is_at_a_line():
            self.text.append("\n")


def _does(tag: str, given: dict[str, str]) -> str:
    style = given.get("style", "").lower()
    if tag in _NEVER_SHOWN:
        return "never shown"
    if "hidden" in given or _HIDDEN.search(style):
        return "hidden"
    return "struck" if tag in _STRUCK or "line-through" in style else ""


def from_html(page: str) -> tuple[str, frozenset[str]]:
    """The text of a formatted message, and what is doubtful about it."""
    shown = _Shown()
    shown.feed(page)
    shown.close()
    return "".join(shown.text), frozenset(shown.problems)


def tidied(text: str) -> tuple[str, frozenset[str]]:
    """Without signs that nobody sees, and every blank a space. Text that runs backwards is a problem."""
    problems = frozenset({"hidden_text"}) if _TURNED.search(text) else frozenset()
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in _SPACES.sub(" ", text).split("\n")), problems


def decoded(data: bytes, charset: str) -> tuple[str, frozenset[str]]:
    """The text of these bytes. When they are not what they say they are, it is a guess, and doubtful."""
    try:
        text = data.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return _guessed(data)
    return text, _doubt(text)


def _guessed(data: bytes) -> tuple[str, frozenset[str]]:
    try:
        text = data.decode("utf-8")  # what is no UTF-8 hardly ever looks like it
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), frozenset({"doubtful_letters"})
    return text, _doubt(text)


def _doubt(text: str) -> frozenset[str]:
    """Whether letters were lost, or taken for others: UTF-8 that somebody read as Latin looks like "Ã©"."""
    if "\ufffd" in text or re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", text):
        return frozenset({"doubtful_letters"})
    for run in re.findall(r"[^\x00-\x7f]{2,}", text):
        for wrong in ("cp1252", "latin-1"):
            try:
                run.encode(wrong).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            return frozenset({"doubtful_letters"})
    return frozenset()
