"""What a reply means: the answer form as far as it could be filled in, and every reason why a person should look."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from openmash.gathering.shelf import Return
from openmash.post.codes import REPLY
from openmash.post.reading.blocks import Block, blocks, codes_in
from openmash.post.reading.filling import Filled, People, filled
from openmash.post.reading.leftovers import leftovers
from openmash.post.reading.message import Message


@dataclass(frozen=True)
class Sent:
    """Our e-mail that is answered: its code, its identity, what it said, and what its lines stand for."""

    code: str
    message_ids: frozenset[str]
    addresses: frozenset[str]
    text: str
    form: Return
    people: People


@dataclass(frozen=True)
class Understood:
    """`data` is what a browser would send of the answer form. `content` is the same for the same answer."""

    data: dict[str, list[str]] = field(default_factory=dict)
    is_nothing_known: bool = False
    is_sealed: bool = False
    content: str = ""
    problems: frozenset[str] = frozenset()


@dataclass
class _Part:
    """One text of the message: its answers that are filled in, and what it says besides."""

    answers: list[tuple[Block, Filled]]
    has_block: bool
    left: str


def codes(message: Message) -> frozenset[str]:
    """The codes that an e-mail names, in its subject or anywhere in its text."""
    return codes_in(message.subject, *message.texts)


def understood(message: Message, sent: Sent) -> Understood:
    """The answer in a message to `sent`. Only when `problems` is empty does it say all that the sender said."""
    parts = [_part(text, sent) for text in message.texts]
    problems = set(message.problems) | _doubts_of_sender(message, sent)
    if message.attached:
        problems.add("attachment")
    if any(part.left for part in parts):
        problems.add("more_text")
    answers = [answer for part in parts for answer in part.answers]
    contents = {_content(answer) for _, answer in answers}
    if not answers:
        problems.add("empty" if any(part.has_block for part in parts) else "no_answer")
        words = _in_words(parts, sent) if message.kind == REPLY else {}  # that somebody is away is nothing known
        return Understood(words, problems=frozenset(problems))
    if len(contents) > 1:
        within_one = any(len({_content(answer) for _, answer in part.answers}) > 1 for part in parts)
        problems.add("two_answers" if within_one else "parts_differ")
    if len([part for part in parts if part.answers]) < len([part for part in parts if part.has_block or part.left]):
        problems.add("parts_differ")
    for block, answer in answers:
        problems |= answer.problems | ({"cut_short"} if block.is_cut else set())
        problems |= {"other_thread"} if block.code != sent.code else set()
    best = max((answer for _, answer in answers), key=lambda answer: len(answer.data))
    return Understood(
        best.data,
        best.is_nothing_known,
        any(answer.is_sealed for _, answer in answers),
        _content(best),
        frozenset(problems),
    )


def _part(text: str, sent: Sent) -> _Part:
    found, outside = blocks(text)
    read = [
        (block, filled(block.lines, sent.form, sent.people, has_doubtful_marks=block.has_doubtful_marks))
        for block in found
    ]
    answers = [(block, answer) for block, answer in read if not answer.is_empty]
    return _Part(answers, bool(found), leftovers(outside, sent.text))


def _content(answer: Filled) -> str:
    """Line breaks and blanks do not make two answers of one."""
    said = {name: [" ".join(value.split()) for value in values] for name, values in answer.data.items()}
    return sha256(json.dumps([answer.is_nothing_known, said], sort_keys=True).encode()).hexdigest()


def _doubts_of_sender(message: Message, sent: Sent) -> set[str]:
    found = set()
    if message.sender not in sent.addresses:
        found.add("unknown_sender")
    if message.is_verified is False:
        found.add("not_verified")
    if message.reply_to and message.reply_to not in sent.addresses:
        found.add("reply_elsewhere")
    if message.ours and not sent.message_ids & set(message.ours):
        found.add("other_thread")
    return found


def _in_words(parts: list[_Part], sent: Sent) -> dict[str, list[str]]:
    """Nothing to read by: what the message says in its own words becomes the words of one item."""
    words = next((part.left for part in parts if part.left), "")
    one = {"items-0-people": [str(sent.people[0][0])]} if len(sent.people) == 1 else {}
    return {"items-number": ["0"], "items-0-words": [words]} | one if words else {}
