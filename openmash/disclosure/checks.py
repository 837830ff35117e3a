"""What the final text of every product is held against, when it is proposed and again when it is approved.

Each check is a function of the final text and what the one who asks may read; `CHECKS` is the whole list of them, so
that another rule about the final bytes is one more function there.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from openmash.disclosure.mentions import Outsider
from openmash.kit.legible import bare, seen
from openmash.kit.verdict import YES, Verdict, need
from openmash.people.whereabouts import Locator, found_in

# As many words in a row as nobody writes twice by chance; an item of fewer counts as a whole, down to SHORTEST.
RUN, SHORTEST = 7, 4


@dataclass(frozen=True)
class FinalText:
    """A product's text as it would leave, and what it is held against.

    `said` is what people typed in it: the statements and the hub's own words. `about` are the outsiders whom an item
    that leaves in full is about, unless what is about somebody else was left out of it. `whereabouts` tell where
    somebody is who is protected; `referrer` are the ways in which whoever brought the enquiry could be known;
    `kin_of_recipient` says what the recipient shares with somebody of the enquiry.
    """

    text: str
    said: str
    let_out: tuple[str, ...]
    kept_in: tuple[str, ...]
    left_out: tuple[str, ...]
    outsiders: tuple[Outsider, ...]
    about: frozenset[int]
    justified: frozenset[int]
    whereabouts: tuple[Locator, ...] = ()
    referrer: tuple[str, ...] = ()
    referrer_because: str = ""
    recipient: str = ""
    kin_of_recipient: tuple[str, ...] = ()


Check = Callable[[FinalText], Verdict]


def names_nobody_else(final: FinalText) -> Verdict:
    """I7: everyone named or spoken of is one of the enquiry's people, or is left out, or is individually justified."""
    named = [
        person.name
        for person in final.outsiders
        if person.lead not in final.justified and (person.lead in final.about or person.is_named_in(final.said))
    ]
    return reduce(Verdict.__and__, (Verdict((_not_of_it(name),)) for name in named), YES)


def quotes_nothing_else(final: FinalText) -> Verdict:
    """No words of an item that is not released stand in the hub's own words around those that are."""
    quoted = any(_is_quoted(words, final) for words in final.kept_in)
    return need(not quoted, "The hub's own words quote an item that is not released. Say it without those words.")


def _is_quoted(words: str, final: FinalText) -> bool:
    size = min(RUN, len(_plain(words)))
    if size < SHORTEST:
        return False
    let_out = {run for one in final.let_out for run in _runs(one, size)}
    return bool(set(_runs(words, size)) & set(_runs(final.text, size)) - let_out)


def leaves_out_what_is_left_out(final: FinalText) -> Verdict:
    """What is left out of one statement does not stand in another, or in the hub's own words."""
    still = [phrase for phrase in final.left_out if holds_phrase(final.text, phrase)]
    says = "“{}” is left out of one statement but still stands elsewhere in the release. Leave it out there too."
    return reduce(Verdict.__and__, (Verdict((says.format(phrase),)) for phrase in dict.fromkeys(still)), YES)


def tells_nobody_where_they_are(final: FinalText) -> Verdict:
    """I5: nothing that tells where a protected person is leaves, on no justification. The words are not repeated."""
    kinds = dict.fromkeys(one.kind for one in found_in(final.text, final.whereabouts))
    says = "The text holds {} that tells where somebody is whose whereabouts are protected. Leave it out."
    return reduce(Verdict.__and__, (Verdict((says.format(kind),)) for kind in kinds), YES)


def does_not_say_who_told(final: FinalText) -> Verdict:
    """I11: who brought the enquiry is said only where a reason is given for it."""
    told = any(holds_phrase(final.said, words) for words in final.referrer)
    return need(
        not told or bool(final.referrer_because),
        "The text says who brought the enquiry. Leave that out, or say why the recipient has to know.",
    )


def goes_to_nobody_of_the_family(final: FinalText) -> Verdict:
    """I6: the recipient is nobody of the enquiry, and shares no e-mail address or telephone with them."""
    return need(
        not final.kin_of_recipient,
        f"{final.recipient} {' and '.join(final.kin_of_recipient)}. Choose another recipient.",
    )


CHECKS: tuple[Check, ...] = (
    names_nobody_else,
    quotes_nothing_else,
    leaves_out_what_is_left_out,
    tells_nobody_where_they_are,
    does_not_say_who_told,
    goes_to_nobody_of_the_family,
)


def check(final: FinalText) -> Verdict:
    """Every check, all reasons together."""
    return reduce(Verdict.__and__, (one(final) for one in CHECKS), YES)


def pattern_of(phrase: str) -> re.Pattern[str]:
    """Finds a phrase in any case and with any spaces between its words, but not as a part of a longer word."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def holds_phrase(text: str, phrase: str) -> bool:
    return bool(pattern_of(bare(phrase)).search(bare(text)))


def leave_out(words: str, phrases: Iterable[str]) -> str:
    """The words with each phrase replaced by a mark that something was left out."""
    words = seen(words)
    for phrase in phrases:
        words = pattern_of(seen(phrase)).sub("[left out]", words)
    return words


def _not_of_it(name: str) -> str:
    return (
        f"{name} is named or spoken of and is not one of the people whom the enquiry is about. "
        "Leave that out, or say why this person must be named."
    )


def _plain(words: str) -> list[str]:
    return re.findall(r"\w+", bare(words).casefold())


def _runs(words: str, size: int) -> list[tuple[str, ...]]:
    plain = _plain(words)
    return [tuple(plain[start : start + size]) for start in range(len(plain) - size + 1)]
