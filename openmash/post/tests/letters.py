"""Short replies for the tests: an answer as an agency would write it, and an e-mail around it."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

from openmash.gathering.models import Request
from openmash.post.reply_lines import ITEM_LINES, head_lines
from openmash.post.writing import sent_about

ADDRESS = "safeguarding@nwha.example"
ITEM = {
    "prompt": "6",
    "happened_on": "1/9/2026",
    "people": "1",
    "nature": "fact",
    "dependable": "1",
    "known_how": "A",
    "handling": "yes",
    "sensitivity": "general",
}


def answer_of(request: Request, *, words: str = "", rating: str = "amber", **more: str) -> str:
    """The lines filled in with one item of these words; without words, nothing known."""
    sent = sent_about(request)
    assert sent is not None
    head = {"nothing_known": "" if words else "yes", "rating": rating if words else ""}
    item = {**ITEM, "words": words, **more} if words else {}
    lines = [
        f"## ANSWER BEGINS {sent.code} ##",
        *(f"{line.as_sent} {head.get(line.field, 'known' if words else '')}" for line in head_lines(sent.form)),
        "ITEM 1",
        *(f"{line.as_sent} {item.get(line.field, '')}" for line in ITEM_LINES),
        "END OF ITEM",
        "## ANSWER ENDS ##",
    ]
    return "\n".join(lines)


def reply_to(
    request: Request,
    text: str,
    *,
    sender: str = ADDRESS,
    files: Sequence[tuple[str, bytes]] = (),
    **headers: str,
) -> bytes:
    """An e-mail in the thread of the request."""
    first = request.dispatches.order_by("id")[0]
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, "hub@openmash.example"
    message["Subject"] = f"Re: {first.subject}"
    message["Message-ID"] = f"<{uuid4().hex}@nwha.example>"
    message["In-Reply-To"] = f"<{first.message_id}>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
