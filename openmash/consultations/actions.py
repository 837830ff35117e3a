"""What is done on the advice line: advising, turning a call into an enquiry, matching, reminding, closing, noting."""

from datetime import datetime, timedelta
from typing import Unpack

from openmash.agencies import letters
from openmash.agencies.models import Agency, Area, User
from openmash.audit.action import action
from openmash.audit.actors import System
from openmash.consultations.codes import ARRIVED, ENDED, PROMISED, WAITING
from openmash.consultations.given import Advised
from openmash.consultations.models import Consultation, Note
from openmash.consultations.policies import (
    may_advise,
    may_begin_enquiry,
    may_follow_up,
    may_match,
    may_note,
    may_remind,
)
from openmash.design.moments import LONDON
from openmash.enquiries import drafts
from openmash.enquiries.models import Enquiry, Referrer
from openmash.enquiries.steps import note_step
from openmash.people.telephones import email_key, telephone_key

ADVICE_LINE = System("The advice line", frozenset({"remind"}))
WHEN_HARM_IS_PLAIN = timedelta(hours=4)  # Devon's line: the form within four hours (reference lists E.17)
OTHERWISE_DAYS = 2
LOOKED_BACK = timedelta(days=60)


@action(may=may_advise, event="consultation.advised", keeps=("level", "agreed"), lock=False)
def advise(area: Area, *, by: User, now: datetime, **said: Unpack[Advised]) -> Consultation:
    """Write down a call. A promised enquiry is waited for: four hours when significant harm is plain."""
    facts = {name: value for name, value in said.items() if value is not None}
    is_promised = said["agreed"] == PROMISED
    due = (
        (said.get("due_at") or due_by(area, now, is_harm_plain=said.get("is_harm_plain", False)))
        if is_promised
        else None
    )
    ending = {} if is_promised else {"state": ENDED, "ended_at": now, "ended_because": "Advised; no enquiry promised"}
    agency = (
        Agency.objects.filter(name__iexact=said.get("organisation", "")).first() if said.get("organisation") else None
    )
    return Consultation.objects.create(
        area=area, adviser=by, agency=agency, **{"called_at": now} | facts | {"due_at": due} | ending
    )


def due_by(area: Area, now: datetime, *, is_harm_plain: bool) -> datetime:
    """When a promised enquiry is due, unless the two agree on another time."""
    return now + WHEN_HARM_IS_PLAIN if is_harm_plain else area.working_time.add_days(now, OTHERWISE_DAYS)


@action(may=may_begin_enquiry, event="consultation.begun-as-enquiry")
def begin_enquiry(consultation: Consultation, *, by: User, now: datetime) -> Consultation:
    """Open the telephone screen with everything that the caller said already in it. Nothing is keyed twice."""
    if not consultation.draft:
        consultation.draft = drafts.new_token()
        consultation.save(update_fields=["draft"])
        drafts.keep(
            consultation.draft, by=by, now=now, what=drafts.TELEPHONE,
            answers={"sent": _as_typed(consultation, now), "by": by.name},
        )  # fmt: skip
    return consultation


def _as_typed(row: Consultation, now: datetime) -> dict[str, list[str]]:
    """The call as the telephone screen would have been filled in: it is an enquiry from this moment."""
    local = now.astimezone(LONDON)
    typed = {
        "channel": "telephone",
        "received_on": local.date().isoformat(),
        "received_time": f"{local:%H:%M}",
        "referrer_kind": "professional" if row.caller else "anonymous",
        "referrer_name": row.caller,
        "job_title": row.job_title,
        "organisation": row.organisation,
        "referrer_telephone": row.telephone,
        "referrer_email": row.email,
        "worry": row.outline,
        "history": row.history,
        "help_tried": row.tried,
        "thinks_level": str(row.level),
        "children-number": "0",
        "children-0-age": row.child_age,
        "children-0-note": f"Others at home: {row.others}" if row.others else "",
        "wants": row.agreed_words,
    }
    return {name: [value] for name, value in typed.items() if value}


@action(may=may_match, event="consultation.matched")
def match(consultation: Consultation, *, by: User | System, now: datetime, enquiry: Enquiry) -> Consultation:
    """The enquiry that was promised came: the two belong together from now on."""
    consultation.enquiry, consultation.state, consultation.ended_at = enquiry, ARRIVED, now
    consultation.save(update_fields=["enquiry", "state", "ended_at"])
    says = f"Advised on the advice line on {consultation.called_at:%-d %B %Y} by {consultation.adviser.name}"
    note_step(enquiry, "consultation-matched", says, by=by, now=now)
    return consultation


@action(may=may_follow_up, event="consultation.closed")
def close(consultation: Consultation, *, by: User, now: datetime, because: str) -> Consultation:
    """Nothing is waited for any more, because."""
    consultation.state, consultation.ended_at, consultation.ended_because = ENDED, now, because
    consultation.save(update_fields=["state", "ended_at", "ended_because"])
    return consultation


@action(may=may_remind, event="consultation.overdue")
def remind(consultation: Consultation, *, by: System, now: datetime) -> Consultation:
    """The promised enquiry did not come: tell the adviser, once."""
    consultation.reminded_at = now
    consultation.save(update_fields=["reminded_at"])
    letters.write(
        to=consultation.adviser.email,
        user=consultation.adviser,
        about=f"C{consultation.pk}",
        subject=f"C{consultation.pk} needs you: the promised enquiry did not come",
        line="An enquiry that a caller promised on the advice line has not come in.",
        link=f"/consultations/{consultation.pk}/",
        key=f"consultation-{consultation.pk}",
        now=now,
    )
    return consultation


@action(may=may_note, event="conversation.noted", lock=False)
def note(area: Area, *, by: User, now: datetime, whom: str, gist: str, enquiry: Enquiry | None = None) -> Note:
    """Who, about which enquiry or none, and the gist: informal advice is not lost (M143)."""
    return Note.objects.create(area=area, by=by, at=now, whom=whom, gist=gist, enquiry=enquiry)


def on_receiving(enquiry: Enquiry, now: datetime) -> None:
    """Match an enquiry that plainly is the promised one: keyed from the call, or from the same telephone or e-mail."""
    waiting = Consultation.objects.filter(area=enquiry.area_id, enquiry=None, called_at__lte=now)
    waiting = waiting.filter(called_at__gte=now - LOOKED_BACK).exclude(state=ARRIVED).select_related("adviser", "area")
    for row in waiting.order_by("-called_at"):
        is_keyed = bool(row.draft) and drafts.key_of(row.draft) == enquiry.received_key
        if is_keyed or (row.state == WAITING and _is_same_caller(row, enquiry.referrer)):
            match(row, by=ADVICE_LINE, now=now, enquiry=enquiry)
            return


def _is_same_caller(row: Consultation, referrer: Referrer) -> bool:
    telephone, email = telephone_key(row.telephone), email_key(row.email)
    return bool(
        (telephone and telephone == telephone_key(referrer.telephone)) or (email and email == email_key(referrer.email))
    )
