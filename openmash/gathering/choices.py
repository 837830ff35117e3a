"""Whom one could ask about an enquiry: what is suggested, why, by when, and the very words that each would be sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from openmash.agencies.models import Agency
from openmash.enquiries.models import Enquiry
from openmash.gathering.asking import facts
from openmash.gathering.clocks import is_closed_until, request_due
from openmash.gathering.defaults import USUALLY
from openmash.gathering.policies import may_be_asked, may_be_let_through
from openmash.gathering.shelf import RETURNS
from openmash.gathering.standing import Standing, standings
from openmash.gathering.wording import wording
from openmash.kit.verdict import Verdict
from openmash.triage.household import Member, household
from openmash.triage.models import Basis


@dataclass(frozen=True)
class Choice:
    """One agency that could be asked. `because` is the reason that the worker may reword."""

    number: int
    key: str
    name: str
    mode: str
    is_usual: bool
    because: str
    due_at: datetime
    is_closed: bool
    wording: str
    may: Verdict
    may_want_override: Verdict
    is_wanted: bool
    overridden: str


def choices(enquiry: Enquiry, *, now: datetime) -> tuple[Choice, ...]:
    """Every agency of the area that has a form, in the order of the shelf. Without a basis there is no wording yet."""
    order = {form.key: form.order for form in RETURNS.all()}
    rows = [row for row in Agency.objects.filter(areas=enquiry.area_id, left_on=None) if row.return_key in order]
    rows.sort(key=lambda row: order[row.return_key])
    basis = Basis.objects.filter(enquiry=enquiry).order_by("-number").first()
    members, stand = household(enquiry.pk), standings(enquiry, rows)
    return tuple(_choice(enquiry, row, stand[row.pk], basis, members, now) for row in rows)


def _choice(
    enquiry: Enquiry, agency: Agency, stands: Standing, basis: Basis | None, members: tuple[Member, ...], now: datetime
) -> Choice:
    usual, due = USUALLY[agency.return_key], request_due(enquiry, agency, now)
    return Choice(
        number=agency.pk,
        key=agency.key,
        name=agency.name,
        mode=Agency.MODES[agency.mode],
        is_usual=usual.is_suggested(enquiry.rating, enquiry.concerns, ages_of_children(members, now.date())),
        because=usual.because,
        due_at=due,
        is_closed=is_closed_until(agency, now, due),
        wording=wording(facts(enquiry, agency, basis, members, due)) if basis else "",
        may=may_be_asked(stands),
        may_want_override=may_be_asked(replace(stands, has_signed=True)) & may_be_let_through(stands),
        is_wanted=stands.is_wanted,
        overridden=stands.overridden,
    )


def ages_of_children(members: tuple[Member, ...], today: date) -> tuple[int, ...]:
    """In whole years, -1 for unborn. Empty when nothing is known of some child's age: then any age is possible."""
    ages = []
    for member in members:
        if member.role not in ("child", "unborn"):
            continue
        if member.born_on is None and member.due_on is None:
            return ()
        born = member.born_on
        ages.append(today.year - born.year - ((today.month, today.day) < (born.month, born.day)) if born else -1)
    return tuple(ages)
