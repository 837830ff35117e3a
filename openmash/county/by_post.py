"""An agency that only has e-mail, in the county: what it answered, what waits for a person, what it said by telephone."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from openmash.county.hub import BY_EMAIL, Hub
from openmash.enquiries.models import Enquiry
from openmash.enquiries.workflow import GATHERING
from openmash.gathering import actions as gathering
from openmash.gathering.answer_form import nothing_known
from openmash.gathering.given import Asked
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.post import actions as post
from openmash.post.models import Dispatch
from openmash.post.policies import POSTMAN
from openmash.post.reply_lines import ITEM_LINES, head_lines

_AGENCY = "north-wend-housing"
_WHY = "Its officers visit the home and know who lives at the address."
_ITEM = {
    "prompt": "7",
    "people": "1",
    "nature": "fact",
    "dependable": "1",
    "known_how": "A",
    "handling": "yes",
    "sensitivity": "general",
}
_SAW = (
    "Our officer called about the boiler. The children slept on cushions in the front room. A man who is not on the "
    "tenancy opened the door and would not let her see the kitchen."
)
_ABOVE = "Dear all,\n\nI was not sure which line to use for the two visits in spring, ring me.\n"
_VISITS = "No access on two visits. On the third the tenant said that everybody was well and closed the door."


def tell_post(hub: Hub, now: datetime) -> None:
    """Four families' landlord is asked by e-mail: one answer is taken, one waits, one comes by telephone, one is due."""
    if Dispatch.objects.exists():
        return
    waiting = Request.objects.filter(enquiry__area=hub.areas["wend-valley"], answered_at=None, withdrawn_at=None)
    at = now - timedelta(minutes=40)
    found = Enquiry.objects.filter(status=GATHERING, requests__in=waiting).exclude(steps__at__gt=at)
    asked = [_asked(hub, enquiry, at) for enquiry in found.distinct().order_by("pk")[:4]]
    acts = (answers, _says_more, _by_telephone)
    for act, request in zip(acts, asked, strict=False):
        act(hub, request, now - timedelta(minutes=15))


def _asked(hub: Hub, enquiry: Enquiry, at: datetime) -> Request:
    asked = [Asked(hub.agencies[_AGENCY], _WHY)]
    return gathering.ask(enquiry, by=hub.staff["hannah"], now=at, agencies=asked)[0]


def answers(hub: Hub, request: Request, at: datetime) -> None:
    post.receive(None, by=POSTMAN, now=at, raw=_reply(request, "Good morning,\n\n", _SAW, at))


def _says_more(hub: Hub, request: Request, at: datetime) -> None:
    post.receive(None, by=POSTMAN, now=at, raw=_reply(request, _ABOVE, _VISITS, at))


def _by_telephone(hub: Hub, request: Request, at: datetime) -> None:
    given = nothing_known(RETURNS.get(request.agency.return_key))
    post.take_by_telephone(request, by=hub.staff["joanna"], now=at, who="Ray Cobb, tenancy officer", **given)


def _reply(request: Request, above: str, words: str, at: datetime) -> bytes:
    """What the association's e-mail program would send."""
    sent = request.dispatches.get()
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = BY_EMAIL[_AGENCY][2][0], "hub@openmash.example"
    message["Subject"], message["In-Reply-To"] = f"Re: {sent.subject}", f"<{sent.message_id}>"
    message["Message-ID"] = f"<{sent.code.lower()}@nwha.example>"
    message.set_content(f"{above}{_lines(request, sent.code, words, at)}\n\nKind regards\nRay Cobb\nTenancy Officer\n")
    return message.as_bytes()


def _lines(request: Request, code: str, words: str, at: datetime) -> str:
    form = RETURNS.get(request.agency.return_key)
    head = {line.field: "not known" for line in head_lines(form)}
    head |= {"nothing_known": "no", "rating": "amber", "system_tenancy": "known", "system_repairs": "known"}
    item = _ITEM | {"words": words, "happened_on": f"{at - timedelta(days=20):%d/%m/%Y}"}
    return "\n".join(
        [
            f"## ANSWER BEGINS {code} ##",
            *(f"{line.as_sent} {head[line.field]}" for line in head_lines(form)),
            "ITEM 1",
            *(f"{line.as_sent} {item.get(line.field, '')}".rstrip() for line in ITEM_LINES),
            "END OF ITEM",
            "## ANSWER ENDS ##",
        ]
    )
