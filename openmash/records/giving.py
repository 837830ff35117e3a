"""What is given of what is held: the same content as a document for people and as a file for machines."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from openmash.design.document import Block, Document, Facts, Heading, Section, Words
from openmash.design.moments import day, moment
from openmash.kit.legible import bare, seen
from openmash.people.queries import names_of
from openmash.records.asked import SubjectItem, SubjectRequest
from openmash.records.codes import ASKERS, FULL, REDACTED
from openmash.records.material import Thing

LEFT_OUT = "[words left out]"
_ENDS = (
    "Words marked as left out, and anything that is not here, are not given because the Data Protection Act 2018 allows"
    " or requires it: for example because they are about somebody else. You can ask the hub to look at this again, and"
    " you can complain to the Information Commissioner, ico.org.uk."
)


@dataclass(frozen=True)
class Decided:
    """A thing held, with what was decided of it; nothing, when nothing was or it says something else by now."""

    thing: Thing
    decision: SubjectItem | None

    @property
    def is_given(self) -> bool:
        return self.decision is not None and self.decision.given in (FULL, REDACTED)

    @property
    def text(self) -> str:
        """As it leaves."""
        words = self.decision.left_out if self.decision else ""
        return left_out(self.thing.text, words)


def left_out(text: str, phrases: str) -> str:
    """The text without these phrases, one on a line, in any case, with any spaces and breaks; the longest first."""
    longest_first = sorted(phrases_in(phrases), key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.sub(words, LEFT_OUT, seen(text), flags=re.IGNORECASE) if words else text


def still_there(text: str, phrases: str) -> tuple[str, ...]:
    """Those of these phrases that stand in what is given after all, in other letters: "Zoe" for "Zoë"."""
    given = _plain(left_out(text, phrases).replace(LEFT_OUT, "|"))
    return tuple(phrase for phrase in phrases_in(phrases) if _plain(phrase) in given)


def _plain(text: str) -> str:
    return " ".join(bare(text).casefold().split())


def phrases_in(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in seen(typed).splitlines() if line.strip())


def decided(things: tuple[Thing, ...], rows: Mapping[str, SubjectItem]) -> tuple[Decided, ...]:
    """Each thing with its decision. One that says something else than when it was decided is undecided again."""
    return tuple(
        Decided(one, row if (row := rows.get(one.key)) and row.digest == one.digest else None) for one in things
    )


def document(request: SubjectRequest, found: tuple[Decided, ...], *, hub: str, made_at: datetime) -> Document:
    """What leaves, as a document. Its hash is of the content alone."""
    name = names_of([request.person_id])[request.person_id].name
    given = [one for one in found if one.is_given]
    sections = [Section("About this answer", (_about(request, name), Words(_ENDS)))]
    for reference, things in groupby(given, key=lambda one: one.thing.reference):
        blocks: list[Block] = []
        for one in things:
            blocks += [Heading(_heading(one.thing)), Words(one.text)]
        sections.append(Section(f"Enquiry {reference}" if reference else "What is known of the person", tuple(blocks)))
    if not given:
        sections.append(Section("What is held", (Words("Nothing is given."),)))
    return Document(
        title="What is held about you" if request.asker == "self" else f"What is held about {name}",
        marking="PERSONAL AND CONFIDENTIAL",
        about=f"Request {request.pk}",
        made=f"Made by {hub}, {moment(made_at)}",
        made_at=made_at,
        sections=tuple(sections),
    )


def _about(request: SubjectRequest, name: str) -> Facts:
    return Facts(
        (
            ("About", name),
            ("Asked by", f"{request.asker_name}: {ASKERS[request.asker].lower()}"),
            ("Asked on", day(request.received_on)),
            ("Answered under", "UK General Data Protection Regulation, article 15"),
        )
    )


def _heading(thing: Thing) -> str:
    return ", ".join(filter(None, [thing.title, day(thing.on) if thing.on else "", f"from {thing.source}"]))


def for_machines(request: SubjectRequest, found: tuple[Decided, ...]) -> bytes:
    """The same as JSON: what was given, and nothing of what was not."""
    return json.dumps(
        {
            "request": request.pk,
            "asked_on": request.received_on.isoformat(),
            "given": [
                {
                    "enquiry": one.thing.reference,
                    "what": one.thing.title,
                    "source": one.thing.source,
                    "date": _iso(one.thing.on),
                    "text": one.text,
                    "words_left_out": bool(one.decision and one.decision.given == REDACTED),
                }
                for one in found
                if one.is_given
            ],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
