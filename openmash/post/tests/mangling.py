"""Replies as e-mail programs and people mangle them: a seeded generator, with what each reply was meant to say.

Nobody in them exists. `cases(sent, seed, count)` goes round every way of mangling, with another answer each time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from random import Random
from typing import Any

from openmash.post.reading.understanding import Sent
from openmash.post.reply_lines import ITEM_LINES, head_lines

HUB = "hub@openmash.example"
HOUSING, STRANGER = "safeguarding@nwha.example", "someone@elsewhere.example"
WORDS = (
    "The front door was kicked in on a Friday night; we replaced it.",
    "Arrears of £412.50 since the spring. She says that he keeps the card.",
    "Our officer saw the children’s mattress on the kitchen floor, and no bedding.",
    "Neighbours rang twice – shouting, then a child crying for an hour.",
    'Madame Désirée Nuñez, the aunt, was at the flat & said: "come back later".',
    "No access on three visits.\nOn the fourth the older boy opened and said nobody else was in.",
    "Notice served; the hearing is listed.\n\nThe tenant did not come to the appointment.",
    "A man who isn’t on the tenancy signed for the parcel: he called himself <Dez>.",
    "2 x damp reports, mould in the baby’s room (photographs held).",
)
NAMES = ("Wanda Prior", "Ola Jones-Smith", "Ray Cobb", "Siân O'Neill")


@dataclass(frozen=True)
class Thing:
    """One item as it was meant."""

    words: str
    prompt: int
    on: date | None
    people: tuple[int, ...]
    nature: str
    dependable: str
    known_how: str
    handling: str
    conditions: str
    sensitivity: str
    own_reference: str


@dataclass(frozen=True)
class Truth:
    nothing_known: bool
    rating: str
    systems: dict[str, str]
    things: tuple[Thing, ...]


@dataclass
class Case:
    """One message. `must_be_right`: a tidy reply that has to be taken by itself; `is_takeable`: taking it is no mistake."""

    name: str
    raw: bytes
    truth: Truth
    must_be_right: bool = False
    is_takeable: bool = False


@dataclass
class Draft:
    """What is being made: the text that the person wrote into, and how it is wrapped up."""

    sent: Sent
    truth: Truth
    draw: Random
    block: str = ""
    above: str = ""
    below: str = ""
    sender: str = HOUSING
    subject: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    charset: str = "utf-8"
    cte: str = "quoted-printable"

    def __post_init__(self) -> None:
        self.block = self.block or block_of(self.sent, self.truth)
        self.subject = self.subject or f"Re: [{self.sent.code}] information is asked for"

    @property
    def preface(self) -> str:
        """Our request down to the lines."""
        return self.sent.text[: self.sent.text.index("## ANSWER BEGINS")].rstrip("\n")

    @property
    def empty(self) -> str:
        text = self.sent.text
        return text[text.index("## ANSWER BEGINS") : text.index("## ANSWER ENDS ##") + len("## ANSWER ENDS ##")]


def truth(sent: Sent, draw: Random) -> Truth:
    """A random answer."""
    results = ("known", "not known", "not checked")
    systems = {system.key: draw.choice(results) for system in sent.form.systems}
    if draw.random() < 0.2:
        return Truth(True, "", dict.fromkeys(systems, ""), ())
    return Truth(
        False,
        draw.choice(("red", "amber", "green")),
        systems,
        tuple(_thing(sent, draw) for _ in range(draw.choice((1, 1, 2, 3)))),
    )


def _thing(sent: Sent, draw: Random) -> Thing:
    handling = draw.choice("PPC")
    return Thing(
        words=" ".join(draw.sample(WORDS, draw.choice((1, 1, 2)))),
        prompt=draw.randrange(len(sent.form.prompts)),
        on=date(2026, 9, 30) - timedelta(days=draw.randrange(900)) if draw.random() < 0.8 else None,
        people=tuple(sorted(draw.sample(range(len(sent.people)), draw.randrange(1, len(sent.people) + 1)))),
        nature=draw.choice(("fact", "allegation", "opinion")),
        dependable=draw.choice("123"),
        known_how=draw.choice("ABCD"),
        handling=handling,
        conditions="Ask Wanda Prior before it leaves the hub." if handling == "C" else "",
        sensitivity=draw.choice(("general", "sensitive")),
        own_reference=draw.choice(("", "T/4410", "HA 23-88")),
    )


def values(thing: Thing, draw: Random) -> dict[str, str]:
    """What the person writes after each colon, in one of the ways in which people do."""
    shapes = ("%d/%m/%Y", "%d.%m.%Y", "%-d %B %Y", "%Y-%m-%d", "%-d %b %Y")
    return {
        "words": thing.words,
        "prompt": str(thing.prompt + 1),
        "happened_on": thing.on.strftime(draw.choice(shapes)) if thing.on else "",
        "happened_until": "",
        "people": draw.choice((", ", " and ", " ", ",")).join(str(number + 1) for number in thing.people),
        "nature": draw.choice((thing.nature, thing.nature.capitalize(), f"{thing.nature}.")),
        "dependable": thing.dependable,
        "known_how": draw.choice((thing.known_how, thing.known_how.lower(), f"{thing.known_how}.")),
        "handling": {"P": draw.choice(("yes", "Yes", "YES ")), "C": draw.choice(("conditions", "with conditions"))}[
            thing.handling
        ],
        "conditions": thing.conditions,
        "sensitivity": draw.choice((thing.sensitivity, thing.sensitivity.capitalize())),
        "own_reference": thing.own_reference,
    }


def block_of(
    sent: Sent, said: Truth, draw: Random | None = None, change: Callable[[dict[str, str]], None] | None = None
) -> str:
    """The lines filled in, as on a page that nothing has mangled."""
    draw = draw or Random(1)
    head = {f"system_{key}": result for key, result in said.systems.items()}
    head |= {"nothing_known": "yes" if said.nothing_known else draw.choice(("", "no")), "rating": said.rating}
    parts = ["\n".join(f"{line.as_sent} {head[line.field]}".rstrip() for line in head_lines(sent.form))]
    for number, thing in enumerate(said.things or (None, None), 1):
        given = values(thing, draw) if thing else {line.field: "" for line in ITEM_LINES}
        if thing and change and number == 1:
            change(given)
        lines = "\n".join(f"{line.as_sent} {given[line.field]}".rstrip() for line in ITEM_LINES)
        parts.append(f"ITEM {number}\n{lines}\nEND OF ITEM")
    return "\n\n".join([f"## ANSWER BEGINS {sent.code} ##", *parts, "## ANSWER ENDS ##"])


# How each e-mail program wraps up what was written.


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() if line else ">" for line in text.split("\n"))


def in_the_quotation(draft: Draft) -> str:
    """Typed into what is quoted, as Apple Mail and Thunderbird show it."""
    whole = f"{draft.preface}\n\n{draft.block}"
    return f"{draft.above}On 25 Nov 2026, at 10:03, Wend Valley MASH <{HUB}> wrote:\n\n{quoted(whole)}\n{draft.below}"


def above_the_quotation(draft: Draft) -> str:
    """Copied above what is quoted, whose lines stay empty."""
    whole = f"{draft.preface}\n\n{draft.empty}"
    return f"{draft.above}{draft.block}\n{draft.below}\nOn Wed, 25 Nov 2026 at 10:03, Wend Valley MASH <{HUB}> wrote:\n{quoted(whole)}\n"


def outlook(draft: Draft) -> str:
    return (
        f"{draft.above}\n-----Original Message-----\nFrom: Wend Valley MASH <{HUB}>\nSent: 25 November 2026 10:03\n"
        f"To: {HOUSING}\nSubject: [{draft.sent.code}] information is asked for\n\n{draft.preface}\n\n{draft.block}\n{draft.below}"
    )


def lines_alone(draft: Draft) -> str:
    return f"{draft.above}{draft.block}\n{draft.below}"


def wrapped(draft: Draft) -> str:
    """Lines broken at 76 signs by the program, in what is quoted."""
    found = []
    for line in in_the_quotation(draft).split("\n"):
        while len(line) > 76 and " " in line[3:76]:
            cut = line.rindex(" ", 3, 76)
            found.append(line[:cut])
            line = ("> " if line.startswith(">") else "") + line[cut + 1 :]  # noqa: PLW2901
        found.append(line)
    return "\n".join(found)


TEXTS = (in_the_quotation, above_the_quotation, outlook, lines_alone, wrapped)


def word_html(text: str) -> str:
    """As Word writes e-mails: each line a paragraph."""
    lines = "".join(
        f"<p class=MsoNormal><span style='font-size:11.0pt'>{escape(line) or '&nbsp;'}<o:p></o:p></span></p>\r\n"
        for line in text.split("\n")
    )
    head = "<head><style><!-- p.MsoNormal {margin:0cm;} --></style></head>"
    return f"<html xmlns:o='urn:schemas-microsoft-com:office:office'>{head}<body lang=EN-GB><div class=WordSection1>{lines}</div></body></html>"


def gmail_html(text: str) -> str:
    return f'<div dir="ltr">{escape(text).replace(chr(10), "<br>")}</div>'


def apple_html(text: str) -> str:
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
    return f'<html><body style="word-wrap: break-word;"><blockquote type="cite">{lines}</blockquote></body></html>'


PAGES = (word_html, gmail_html, apple_html)


def plain(draft: Draft, text: str) -> EmailMessage:
    message = _message(draft)
    message.set_content(text, charset=draft.charset, cte=draft.cte)
    return message


def page(draft: Draft, text: str) -> EmailMessage:
    message = _message(draft)
    message.set_content(draft.draw.choice(PAGES)(text), subtype="html", charset=draft.charset, cte=draft.cte)
    return message


def both(draft: Draft, text: str) -> EmailMessage:
    message = plain(draft, text)
    message.add_alternative(draft.draw.choice(PAGES)(text), subtype="html")
    return message


def _message(draft: Draft) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = f"North Wend Housing <{draft.sender}>"
    message["To"] = HUB
    message["Subject"] = draft.subject
    message["Message-ID"] = f"<{draft.draw.getrandbits(80):x}@nwha.example>"
    message["In-Reply-To"] = f"<{min(draft.sent.message_ids)}>"
    for name, value in draft.headers.items():
        del message[name]
        message[name] = value
    return message


def bytes_of(draft: Draft, wrap: Callable[[Draft], str], make: Callable[[Draft, str], EmailMessage]) -> bytes:
    message = make(draft, wrap(draft))
    for name, kind, data in draft.files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


GREETINGS = ("", "Hi,\n\n", "Dear colleagues,\n\nPlease see below.\n\n", "Good afternoon\n\n", "Hello Joanna,\n\n")
GOODBYES = (
    "",
    "\nKind regards\n\nWanda Prior\nTenancy Officer\nNorth Wend Housing Association\nTel: 01632 960 611\n",
    "\nThanks,\n{name}\n",
    "\n-- \n{name} | Housing Officer\nwww.nwha.example\n",
    "\nBest wishes\n{name}\nsafeguarding@nwha.example\n\nSent from my iPhone\n",
)
DISCLAIMER = (
    "\nThis e-mail and any attachment are confidential and for the intended recipient only. If it was not meant for you, "
    "notify the sender and delete this message.\n"
)
SAYS_MORE = (
    "Please ring me about the older boy before you do anything.\n",
    "PS he is back at the address as of last night.\n",
    "I have left out what the GP told us.\n",
    "The second item is only hearsay, do not use it.\n",
    "Mum is called Gemma, not Emma.\n",
    "Seen her. She was drunk.\n",
)


def _decorate(draft: Draft) -> None:
    draw = draft.draw
    draft.above = draw.choice(GREETINGS)
    draft.below = draw.choice(GOODBYES).format(name=draw.choice(NAMES)) + (DISCLAIMER if draw.random() < 0.3 else "")


def tidy_cases(draft: Draft, place: int) -> tuple[str, bytes]:
    """Nothing is wrong with it: every way of wrapping, in every way of writing it down."""
    wrap, make = TEXTS[place % len(TEXTS)], (plain, page, both)[place // len(TEXTS) % 3]
    draft.charset, draft.cte = draft.draw.choice(
        (("utf-8", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit"))
    )
    _decorate(draft)
    return f"tidy, {wrap.__name__}, {make.__name__}", bytes_of(draft, wrap, make)


def _any(draft: Draft) -> bytes:
    return bytes_of(draft, draft.draw.choice(TEXTS), draft.draw.choice((plain, page, both)))


def _says_more_above(draft: Draft) -> bytes:
    draft.above = draft.draw.choice(SAYS_MORE)
    return _any(draft)


def _says_more_below(draft: Draft) -> bytes:
    draft.below = "\nKind regards\nWanda Prior\n\n" + draft.draw.choice(SAYS_MORE)
    return _any(draft)


def _says_more_after_goodbye(draft: Draft) -> bytes:
    draft.below = "\nKind regards\nWanda Prior\n" + draft.draw.choice(SAYS_MORE)
    return _any(draft)


def _says_more_within(draft: Draft) -> bytes:
    draft.block = draft.block.replace("ITEM 1\n", draft.draw.choice(SAYS_MORE) + "ITEM 1\n", 1)
    return _any(draft)


def _says_more_in_an_item(draft: Draft) -> bytes:
    more = draft.draw.choice(SAYS_MORE)
    draft.block = draft.block.replace("END OF ITEM\n", f"END OF ITEM\n{more}", 1)
    return _any(draft)


def _on_the_line_of_the_mark(draft: Draft) -> bytes:
    draft.block = draft.block.replace("ENDS ##", "ENDS ## but ring me first")
    return _any(draft)


def _without(label: str) -> Callable[[Draft], bytes]:
    def lose(draft: Draft) -> bytes:
        lines = draft.block.split("\n")
        at = next((place for place, line in enumerate(lines) if line.startswith(label)), 1)
        draft.block = "\n".join(lines[:at] + lines[at + 1 :])
        return _any(draft)

    return lose


def _changed_line(draft: Draft) -> bytes:
    draft.block = draft.block.replace("Is it a fact (fact, allegation or opinion):", "Fact?")
    draft.block = draft.block.replace("How urgent does it make things (red, amber or green):", "Urgency:")
    return _any(draft)


def _line_twice(draft: Draft) -> bytes:
    draft.block = draft.block.replace(
        "How urgent does", "How urgent does it make things (red, amber or green): red\nHow urgent does", 1
    )
    return _any(draft)


def _changing(**what: str) -> Callable[[Draft], bytes]:
    def make(draft: Draft) -> bytes:
        things = draft.truth.things or (_thing(draft.sent, draft.draw),)
        draft.truth = Truth(False, draft.truth.rating or "amber", draft.truth.systems, things)
        draft.block = block_of(draft.sent, draft.truth, change=lambda given: given.update(what))
        return _any(draft)

    return make


def _both_nothing_and_something(draft: Draft) -> bytes:
    things = draft.truth.things or (_thing(draft.sent, draft.draw),)
    block = block_of(draft.sent, Truth(False, "amber", draft.truth.systems, things))
    draft.block = block.replace("Nothing known (yes or no): no", "Nothing known (yes or no):")
    draft.block = draft.block.replace("Nothing known (yes or no):", "Nothing known (yes or no): yes")
    return _any(draft)


def _wrong_rating(draft: Draft) -> bytes:
    lines = [
        line.split(":")[0] + ": orange" if line.startswith("How urgent") else line for line in draft.block.split("\n")
    ]
    draft.block = "\n".join(lines)
    return _any(draft)


def _nothing_with_doubt(draft: Draft) -> bytes:
    nothing = Truth(True, "", dict.fromkeys(draft.truth.systems, ""), ())
    draft.block = block_of(draft.sent, nothing).replace("yes or no): yes", "yes or no): yes, I think")
    return _any(draft)


def _empty_lines(draft: Draft) -> bytes:
    draft.block = draft.empty
    _decorate(draft)
    return _any(draft)


def _two_answers(draft: Draft) -> bytes:
    other = truth(draft.sent, Random(draft.draw.random()))
    while other == draft.truth:
        other = truth(draft.sent, Random(draft.draw.random()))
    draft.block = f"{draft.block}\n\n{block_of(draft.sent, other)}"
    return _any(draft)


def _cut_short(draft: Draft) -> bytes:
    draft.block = draft.block[: draft.draw.randrange(200, max(201, len(draft.block) - 40))]
    return bytes_of(draft, lines_alone, plain)


def _in_own_words(draft: Draft) -> bytes:
    draft.block = draft.draw.choice(WORDS)
    return bytes_of(draft, lines_alone, draft.draw.choice((plain, page)))


def _code_in_subject_only(draft: Draft) -> bytes:
    draft.block = "Nothing known to us."
    return bytes_of(draft, lines_alone, plain)


def _no_code(draft: Draft) -> bytes:
    draft.block = "We know nothing about this family."
    draft.subject, draft.headers = "Your request", {"In-Reply-To": "<abc@nwha.example>"}
    return bytes_of(draft, lines_alone, plain)


def _unknown_code(draft: Draft) -> bytes:
    draft.block, draft.subject = draft.block.replace(draft.sent.code, "2WXYZ-99999"), "Re: information"
    return bytes_of(draft, lines_alone, plain)


def _two_codes(draft: Draft) -> bytes:
    draft.subject += " and [3ABCD-77777]"
    return _any(draft)


def _stranger(draft: Draft) -> bytes:
    draft.sender = draft.draw.choice(
        (STRANGER, "safeguarding@nwha.example.evil.example", "safeguarding@nwha-example.example")
    )
    return _any(draft)


def _forged_name(draft: Draft) -> bytes:
    draft.headers["From"] = f'"{HOUSING}" <{STRANGER}>'
    return _any(draft)


def _two_senders(draft: Draft) -> bytes:
    draft.headers["From"] = f"{HOUSING}, {STRANGER}"
    return _any(draft)


def _replies_elsewhere(draft: Draft) -> bytes:
    draft.headers["Reply-To"] = STRANGER
    return _any(draft)


def _other_thread(draft: Draft) -> bytes:
    draft.headers["In-Reply-To"] = f"<post-{'0' * 32}@openmash.example>"
    return _any(draft)


def _forwarded(draft: Draft) -> bytes:
    draft.sender = STRANGER
    draft.above = f"---------- Forwarded message ---------\nFrom: <{HOUSING}>\nDate: Wed, 25 Nov 2026\nSubject: Re: [{draft.sent.code}]\n\n"
    return bytes_of(draft, lines_alone, draft.draw.choice((plain, page)))


def _forwarded_as_a_file(draft: Draft) -> bytes:
    inner = plain(draft, lines_alone(draft))
    outer = _message(Draft(draft.sent, draft.truth, draft.draw, sender=HOUSING, subject="Fw: the hub's request"))
    outer.set_content("As discussed.\n")
    outer.add_attachment(inner)
    return outer.as_bytes()


def _with_file(name: str, kind: str, data: bytes) -> Callable[[Draft], bytes]:
    def attach(draft: Draft) -> bytes:
        draft.files.append((name, kind, data))
        return _any(draft)

    return attach


def _away(draft: Draft) -> bytes:
    draft.subject, draft.block = f"Automatic reply: {draft.subject}", "I am out of the office until Monday."
    if draft.draw.random() < 0.5:
        draft.headers["Auto-Submitted"] = "auto-replied"
    return bytes_of(draft, above_the_quotation, draft.draw.choice((plain, page)))


def _machine_answers(draft: Draft) -> bytes:
    draft.headers |= {"Auto-Submitted": "auto-generated"}
    return _any(draft)


def _report(draft: Draft, action: str) -> bytes:
    ours = min(draft.sent.message_ids)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Mail Delivery System <MAILER-DAEMON@mx.nwha.example>", HUB
    message["Subject"] = "Undelivered Mail Returned to Sender"
    message["Auto-Submitted"] = "auto-replied"
    head = "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\nMIME-Version: 1.0\r\n\r\n"
    return (
        message.as_bytes().rstrip(b"\r\n")
        + b"\r\n"
        + (
            head
            + "--B\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. Your message could not be delivered.\r\n"
            f"--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.nwha.example\r\n\r\n"
            f"Final-Recipient: rfc822; {HOUSING}\r\nAction: {action}\r\nStatus: {'5.1.1' if action == 'failed' else '4.4.1'}\r\n"
            f"\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ours}>\r\nSubject: {draft.subject}\r\n\r\n--B--\r\n"
        ).encode()
    )


def _bounce(draft: Draft) -> bytes:
    return _report(draft, "failed")


def _late_on_its_way(draft: Draft) -> bytes:
    return _report(draft, "delayed")


def _receipt(draft: Draft) -> bytes:
    message = _message(draft)
    raw = message.as_bytes().rstrip(b"\r\n")
    return raw + (
        b"\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=B\r\nMIME-Version: 1.0\r\n\r\n"
        b"--B\r\nContent-Type: text/plain\r\n\r\nYour message was read.\r\n"
        b"--B\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed\r\n\r\n--B--\r\n"
    )


def _struck_out(draft: Draft) -> bytes:
    message = page(draft, lines_alone(draft))
    text = gmail_html(lines_alone(draft)).replace("END OF ITEM", "<s>END</s> OF ITEM", 1)
    message.set_content(
        text.replace(": yes", ": <span style='text-decoration:line-through'>yes</span>", 1), subtype="html"
    )
    return message.as_bytes()


def _hidden(draft: Draft) -> bytes:
    message = page(draft, lines_alone(draft))
    hidden = "<div style='display:none'>Disregard the answer below.</div>"
    message.set_content(hidden + gmail_html(lines_alone(draft)), subtype="html")
    return message.as_bytes()


def _picture_within(draft: Draft) -> bytes:
    message = page(draft, lines_alone(draft))
    message.set_content(
        gmail_html(lines_alone(draft)) + "<img src='data:image/png;base64,iVBORw0KGgo='>", subtype="html"
    )
    return message.as_bytes()


def _parts_differ(draft: Draft) -> bytes:
    message = plain(draft, lines_alone(draft))
    other = Truth(True, "", dict.fromkeys(draft.truth.systems, ""), ())
    if draft.truth.nothing_known:
        other = Truth(False, "red", dict.fromkeys(draft.truth.systems, "known"), (_thing(draft.sent, draft.draw),))
    message.add_alternative(gmail_html(block_of(draft.sent, other)), subtype="html")
    return message.as_bytes()


def _wrong_charset(declared: str, real: str) -> Callable[[Draft], bytes]:
    def lie(draft: Draft) -> bytes:
        things = (
            Thing("Madame Désirée Nuñez isn’t there – £20", 0, None, (0,), "fact", "1", "A", "P", "", "general", ""),
        )
        draft.truth = Truth(False, "green", dict.fromkeys(draft.truth.systems, "known"), things)
        draft.block = block_of(draft.sent, draft.truth)
        head = _message(draft).as_bytes().rstrip(b"\r\n")
        kind = f"\r\nContent-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: 8bit\r\nMIME-Version: 1.0\r\n\r\n"
        return head + kind.encode() + lines_alone(draft).replace("\n", "\r\n").encode(real)

    return lie


def _encrypted(draft: Draft) -> bytes:
    head = _message(draft).as_bytes().rstrip(b"\r\n")
    kind = (
        b"\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nMIME-Version: 1.0\r\n"
    )
    return head + kind + b"Content-Transfer-Encoding: base64\r\n\r\nMIIBhAYJKoZIhvcNAQcDoIIBdTCCAXECAQAx\r\n"


def _broken_parts(draft: Draft) -> bytes:
    raw = bytes_of(draft, lines_alone, both)
    return raw[: int(len(raw) * 0.8)]


def _garbage(draft: Draft) -> bytes:
    return bytes(draft.draw.randrange(256) for _ in range(600))


def _nothing_at_all(draft: Draft) -> bytes:
    return b""


def _broken_headers(draft: Draft) -> bytes:
    raw = _any(draft)
    return b"From: =?utf-8?q?=ff=fe?= <<<>\r\nMessage-ID: <[broken\r\nDate: yesterday\r\n" + raw.split(b"\r\n", 1)[1]


def _bigger_quotation(draft: Draft) -> bytes:
    """An answer to an answer: quoted twice, with the writer's own line in between."""
    text = quoted(quoted(draft.block)).replace("> > ITEM 1", "Not so sure about this one\n> > ITEM 1", 1)
    return plain(draft, text).as_bytes()


def _mark_of_whom(draft: Draft) -> bytes:
    """A line that begins with the mark of a quotation and means "more than"."""
    things = (Thing("> 3 times a week", 0, None, (0,), "fact", "1", "A", "P", "", "general", ""),)
    draft.truth = Truth(False, "green", dict.fromkeys(draft.truth.systems, "known"), things)
    text = quoted(block_of(draft.sent, draft.truth)).replace("> What do you know: > 3", "> What do you know:\n> 3")
    return plain(draft, text).as_bytes()


def _backwards(draft: Draft) -> bytes:
    draft.block = draft.block.replace("ITEM 1", "\u202eITEM 1", 1)
    return _any(draft)


# What a person must see. Taking one of these by itself would be wrong.
MANGLED: dict[str, Callable[[Draft], bytes]] = {
    "says more above": _says_more_above,
    "says more below": _says_more_below,
    "says more after the goodbye": _says_more_after_goodbye,
    "says more within": _says_more_within,
    "says more after an item": _says_more_in_an_item,
    "says more beside the mark": _on_the_line_of_the_mark,
    "a line is lost": _without("How urgent"),
    "a record is lost": _without("Looked in Rent"),
    "a line of an item is lost": _without("Is it a fact"),
    "a line is changed": _changed_line,
    "a line is there twice": _line_twice,
    "locked": _changing(sensitivity="locked"),
    "a date in words": _changing(happened_on="last summer"),
    "a date to come": _changing(happened_on="1/1/2093"),
    "people by name": _changing(people="the mother"),
    "people who are not asked about": _changing(people="99"),
    "people and more": _changing(people="1 (not his brother)"),
    "yes, with conditions": _changing(handling="yes", conditions="Not to the father"),
    "may not be shared": _changing(handling="no"),
    "not graded": _changing(dependable=""),
    "graded by hand": _changing(known_how="from the neighbour"),
    "no words": _changing(words=""),
    "who may read it, with doubt": _changing(sensitivity="general? ask me"),
    "nothing known, and something": _both_nothing_and_something,
    "a rating that is none": _wrong_rating,
    "nothing known, with doubt": _nothing_with_doubt,
    "empty": _empty_lines,
    "two answers": _two_answers,
    "cut short": _cut_short,
    "in their own words": _in_own_words,
    "the code in the subject only": _code_in_subject_only,
    "no code": _no_code,
    "an unknown code": _unknown_code,
    "two codes": _two_codes,
    "a stranger": _stranger,
    "a forged name": _forged_name,
    "two senders": _two_senders,
    "replies elsewhere": _replies_elsewhere,
    "another thread": _other_thread,
    "forwarded": _forwarded,
    "forwarded as a file": _forwarded_as_a_file,
    "with a PDF": _with_file("letter.pdf", "application/pdf", b"%PDF-1.7 made up"),
    "with a program": _with_file("invoice.pdf.exe", "application/octet-stream", b"MZ made up"),
    "with a logo": _with_file("image001.png", "image/png", b"\x89PNG\r\n\x1a\n made up"),
    "with a calendar": _with_file("invite.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    "away": _away,
    "a machine answers": _machine_answers,
    "came back": _bounce,
    "late on its way": _late_on_its_way,
    "a receipt": _receipt,
    "struck out": _struck_out,
    "hidden": _hidden,
    "a picture within": _picture_within,
    "its parts differ": _parts_differ,
    "Latin that says UTF-8": _wrong_charset("utf-8", "cp1252"),
    "UTF-8 that says Latin": _wrong_charset("iso-8859-1", "utf-8"),
    "Latin that says ASCII": _wrong_charset("us-ascii", "cp1252"),
    "encrypted": _encrypted,
    "broken parts": _broken_parts,
    "garbage": _garbage,
    "nothing at all": _nothing_at_all,
    "broken headers": _broken_headers,
    "quoted twice, with a remark": _bigger_quotation,
    "whose mark": _mark_of_whom,
    "backwards": _backwards,
}
# Not tidy, but plain: taking them is no mistake, and neither is leaving them to a person.
PLAIN_ENOUGH: dict[str, Callable[[Draft], bytes]] = {
    "UTF-8 that says ASCII": _wrong_charset("us-ascii", "utf-8"),
    "UTF-8 that says nonsense": _wrong_charset("x-unknown-8", "utf-8"),
    "Latin that says so": _wrong_charset("windows-1252", "cp1252"),
}
_NEEDS_ITEMS = {"says more after an item", "a line of an item is lost", "a line is changed"}


def cases(sent: Sent, seed: int, count: int) -> Iterator[Case]:
    """`count` messages; two in five of them tidy."""
    draw = Random(seed)
    mangled = [*MANGLED.items()]
    plain_enough = [*PLAIN_ENOUGH.items()]
    for place in range(count):
        said = truth(sent, draw)
        if place % 5 in (0, 2):
            draft = Draft(sent, said, draw)
            name, raw = tidy_cases(draft, place // 5 * 2 + place % 5 // 2)
            yield Case(name, raw, draft.truth, must_be_right=True, is_takeable=True)
            continue
        turn = place // 5 * 3 + (place % 5 - 1 if place % 5 < 2 else place % 5 - 2)
        pool: Any = plain_enough if turn % 22 == 21 else mangled
        name, make = pool[(turn // 22 if pool is plain_enough else turn - turn // 22) % len(pool)]
        while name in _NEEDS_ITEMS and said.nothing_known:
            said = truth(sent, draw)
        draft = Draft(sent, said, draw)
        raw = make(draft)
        yield Case(name, raw, draft.truth, is_takeable=pool is plain_enough)
