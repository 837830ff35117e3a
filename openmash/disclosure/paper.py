"""A released product on paper: the approved text, with whose it is, its reference and its check on every page (I10)."""

from itertools import pairwise

from openmash.design.document import Document, Section, Words
from openmash.design.moments import moment
from openmash.disclosure.drawing_up import who
from openmash.disclosure.models import Release
from openmash.disclosure.product import parts_of

CHECK = 12  # characters of the hash: enough to tell one product from another by eye


def mark_of(release: Release) -> str:
    """What stands on every page, of the PDF and of the page when it is printed."""
    return f"For {who(release.recipient, release.team)} alone. {_about(release)}"


def document_of(release: Release, text: str) -> Document:
    """The text as it was approved, cut at its own headings: the same bytes whenever it is asked for."""
    parts = parts_of(text)
    sections = tuple(
        Section(heading.text.strip(), (Words(_unindented(words.text)),))
        for heading, words in pairwise(parts)
        if heading.is_heading and not words.is_heading
    )
    at = release.disclosed_at or release.drafted_at
    return Document(
        title="Released to you",
        marking=f"For {who(release.recipient, release.team)} alone",
        about=_about(release),
        made=f"Released by {release.enquiry.area.hub_name}, {moment(at)}",
        made_at=at,
        sections=sections,
    )


def _about(release: Release) -> str:
    return f"{release.enquiry.reference}, check {release.body_hash[:CHECK]}"


def _unindented(words: str) -> str:
    return "\n".join(line.strip() for line in words.strip("\n").splitlines())
