"""An agency's system lists what the agency is asked, and answers it: what it says goes into the sealed room."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field, model_validator

from openmash.agencies.systems import Caller
from openmash.api.door import Token
from openmash.api.enquiries import WRONG
from openmash.api.intake import Taken, Waits, take, takes
from openmash.api.problems import Problem, Unusable
from openmash.api.shapes import Day, Key, Number, Sent, line, one_of, words
from openmash.enquiries.codes import RATINGS
from openmash.gathering.actions import answer, open_request
from openmash.gathering.answer_form import MOST_ITEMS, WORDS
from openmash.gathering.checks import Asked, asked, checks
from openmash.gathering.models import SystemCheck
from openmash.gathering.queries import load_request
from openmash.intelligence.actions import GivenItem
from openmash.intelligence.codes import DEPENDABLE, HANDLING, KNOWN_HOW, NATURES, SENSITIVITIES

router = Router(tags=["Requests"])


class RequestLine(Schema):
    """One request that waits for your agency."""

    token: UUID
    reference: str
    rating: str
    is_fast_track: bool
    asked_at: datetime
    due_at: datetime
    is_over: bool
    is_decided: bool


class RequestLines(Schema):
    """The first due first. `next_after`, when it is not empty, asks for the next page."""

    requests: list[RequestLine]
    next_after: str


class Named(Schema):
    key: str
    name: str


class Numbered(Schema):
    number: int
    name: str


class RequestRead(Schema):
    """One request: its words, whom it is about, and what its form asks."""

    token: UUID
    reference: str
    hub: str
    telephone: str
    rating: str
    wording: str
    asked_at: datetime
    due_at: datetime
    is_over: bool
    is_decided: bool
    answered: list[datetime]
    systems: list[Named]
    prompts: list[Named]
    people: list[Numbered]
    colleagues: list[Numbered]


class ItemSent(Sent):
    """One thing that the agency knows, in its own words, with its grading."""

    words: Annotated[words(WORDS), Field(min_length=1)]
    prompt: Annotated[str, Field(max_length=50, description="The key of one of the request’s prompts")]
    people: Annotated[list[Number], Field(min_length=1, max_length=50, description="Their numbers in the request")]
    happened_on: Day | None = None
    happened_until: Day | None = None
    nature: one_of(NATURES)
    dependable: one_of(DEPENDABLE)
    known_how: one_of(KNOWN_HOW)
    handling: one_of(HANDLING)
    conditions: words(1000) = ""
    sensitivity: one_of(SENSITIVITIES)
    named: Annotated[list[Number], Field(max_length=50)] = []
    own_reference: line(60) = ""

    @model_validator(mode="after")
    def _holds_together(self) -> "ItemSent":
        if self.handling == "C" and not self.conditions:
            raise ValueError("Send the conditions on which it may be shared")
        if self.sensitivity == "L" and not self.named:
            raise ValueError("Send the numbers of the colleagues who may read it")
        if self.happened_until and (not self.happened_on or self.happened_until < self.happened_on):
            raise ValueError("The end of a period is after its beginning")
        return self


class AnswerSent(Sent):
    """`systems` says of each of the form's systems what it showed. Nothing known has no items and no rating."""

    is_nothing_known: bool = False
    rating: one_of(("", *RATINGS)) = ""
    systems: Annotated[dict[Annotated[str, Field(max_length=50)], one_of(SystemCheck.RESULTS)], Field(max_length=40)]
    items: Annotated[list[ItemSent], Field(max_length=MOST_ITEMS)] = []


class AnswerToSent(AnswerSent):
    """An answer with the request that it is to, as it waits for its turn."""

    token: UUID


@router.get("/requests", auth=Token("requests"), response={200: RequestLines, WRONG: Problem},
            operation_id="list_requests", summary="List what your agency is asked")  # fmt: skip
def list_requests(request: HttpRequest, after: Annotated[str, Field(max_length=80)] = "") -> dict[str, Any]:
    found = checks(by=request.auth.user, now=timezone.now(), after=after)
    lines = [{name: getattr(one, name) for name in RequestLine.model_fields} for one in found.lines]
    return {"requests": lines, "next_after": found.next_after}


@router.get("/requests/{uuid:token}", auth=Token("requests"), response={200: RequestRead, WRONG: Problem},
            operation_id="read_request", summary="Open a request")  # fmt: skip
def read_request(request: HttpRequest, token: UUID) -> dict[str, Any]:
    """That your agency has opened it is on the ledger."""
    row = load_request(token, by=request.auth.user)
    open_request(row, by=request.auth.user)
    found = asked(row, now=timezone.now())
    same = RequestRead.model_fields.keys() - {"systems", "prompts", "people", "colleagues", "answered"}
    return {name: getattr(found, name) for name in same} | {
        "answered": list(found.answered),
        "systems": [{"key": one.key, "name": one.name} for one in found.form.systems],
        "prompts": [{"key": one.key, "name": one.label} for one in found.form.prompts],
        "people": [{"number": number, "name": name} for number, name in found.people],
        "colleagues": [{"number": number, "name": name} for number, name in found.colleagues],
    }


@router.post("/requests/{uuid:token}/answer", auth=Token("requests", takes="answer"),
             response={201: Taken, 202: Waits, WRONG: Problem}, operation_id="answer_request",
             summary="Answer a request")  # fmt: skip
def answer_request(request: HttpRequest, token: UUID, key: Key, payload: AnswerSent) -> Status:
    """Again, and fuller, as often as there is more to say: each with a key of its own."""
    row = load_request(token, by=request.auth.user)
    _refuse_what_does_not_fit(payload, asked(row, now=timezone.now()))
    sent = AnswerToSent(**payload.model_dump(exclude_unset=True), token=token)
    return take(request.auth, "answer", key, sent)


def _refuse_what_does_not_fit(sent: AnswerSent, to: Asked) -> None:
    """What only the request itself can tell: its systems, its prompts, its people, the agency's colleagues."""
    wrong: list[tuple[str, str]] = []
    systems = [one.key for one in to.form.systems]
    if set(sent.systems) != set(systems):
        wrong.append(("systems", f"Say of each what it showed: {', '.join(systems)}"))
    if sent.is_nothing_known and (sent.items or sent.rating or "known" in sent.systems.values()):
        wrong.append(("is_nothing_known", "Nothing known has no items and no rating, and no system shows anything"))
    if not sent.is_nothing_known and not sent.items:
        wrong.append(("items", "Send what is known, or that nothing is known"))
    if not sent.is_nothing_known and not sent.rating:
        wrong.append(("rating", f"Send how urgent it is: {', '.join(RATINGS)}"))
    known = {
        "prompt": {one.key for one in to.form.prompts},
        "people": {number for number, _ in to.people},
        "named": {number for number, _ in to.colleagues},
    }
    for place, item in enumerate(sent.items):
        for name, choices in known.items():
            given = getattr(item, name)
            if not set(given if isinstance(given, list) else [given]) <= choices:
                wrong.append((f"items.{place}.{name}", f"Choose among the request’s own {name}"))
    if wrong:
        raise Unusable(*wrong)


@takes("answer", AnswerToSent)
def take_answer(caller: Caller, key: str, sent: AnswerToSent, now: datetime) -> dict[str, Any]:
    """Into the sealed room, as the agency's."""
    row = load_request(sent.token, by=caller.user)
    to = asked(row, now=now)
    _refuse_what_does_not_fit(sent, to)
    kinds = {prompt.key: prompt.kind for prompt in to.form.prompts}
    answer(
        row,
        by=caller.user,
        now=now,
        is_nothing_known=sent.is_nothing_known,
        rating=sent.rating,
        checks=dict(sent.systems),
        items=[_item(one, kinds) for one in sent.items],
    )
    return {"reference": to.reference, "path": f"/api/v1/requests/{sent.token}"}


def _item(sent: ItemSent, kinds: dict[str, str]) -> GivenItem:
    facts = sent.model_dump(exclude={"prompt", "people", "named", "conditions"})
    return GivenItem(
        **facts,
        kind=kinds[sent.prompt],
        conditions=sent.conditions if sent.handling == "C" else "",
        people=tuple(sent.people),
        named=tuple(sent.named) if sent.sensitivity == "L" else (),
    )
