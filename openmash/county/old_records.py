"""Contacts of long ago whose time is over, a legal hold on one of them, and a parent who asks what is held."""

from datetime import datetime, timedelta
from itertools import count
from random import Random

from openmash.county.families import Family, make_family
from openmash.county.hub import Hub
from openmash.county.telling import Course, Teller
from openmash.enquiries.models import Enquiry
from openmash.people.queries import names_of
from openmash.records import actions, answering

_FROM = 900  # the numbers of families that came once, before the others
_YEARS_AGO = (7, 8, 7)


def tell_old_records(hub: Hub, now: datetime) -> None:
    if Enquiry.objects.filter(received_key="old-1").exists():
        return
    teller = Teller(hub, Random("old records"), now)
    families = _families(now)
    for place, years in enumerate(_YEARS_AGO, 1):
        came = (now - timedelta(days=365 * years + 11 * place)).replace(hour=11, minute=7 * place)
        course = Course(came, rating="green", level=1, is_direct=True, source="2A")
        enquiry = teller.tell(next(families), course, key=f"old-{place}")
    actions.hold_enquiry(
        enquiry, by=hub.staff["gwen"], now=now - timedelta(days=20), kind="inquiry",
        because="Inquiry into schools of the county, letter of the solicitor to the inquiry, paragraph 12.",
    )  # fmt: skip
    parent = enquiry.parties.filter(role="adult").order_by("order").first().person
    came = (now - timedelta(days=9)).date()
    answering.open_request(
        parent, by=hub.staff["gwen"], now=now - timedelta(days=7), asker="self",
        asker_name=names_of([parent.pk])[parent.pk].name, asker_right="", received_on=came,
        identity_how="Driving licence and a council tax bill, seen at the hub", identity_on=came + timedelta(days=2),
    )  # fmt: skip


def _families(now: datetime):  # noqa: ANN202 - an endless row of families
    """Families of Wend Valley with a child at school eight years ago."""
    for number in count(_FROM):
        family: Family = make_family(number, "wend-valley", now.date(), Random(f"old {number}"))
        if any(child.age_on((now - timedelta(days=365 * 9)).date()) >= 6 for child in family.children):
            yield family
