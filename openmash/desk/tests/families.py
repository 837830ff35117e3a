"""A made-up family, keyed and asked about through the hub's real acts, for the tests of the desk."""

from datetime import date, datetime

from openmash.design.moments import LONDON
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenProfessional, GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.gathering import actions as gathering
from openmash.gathering.given import Asked
from openmash.people.given import GivenPerson
from openmash.triage import actions as triage

# A Monday morning; England's clocks are on winter time.
MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=LONDON)
HOME = {"address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
MIA = GivenParty(
    GivenPerson(given="Mia", family="Bell", born_on=date(2018, 5, 4), sex="F", **HOME),
    "child",
    school="Ferryside Infants",
    gp="Weir Street Surgery",
    lives_in_household=True,
)
ANN = GivenParty(
    GivenPerson(given="Ann", family="Bell", born_on=date(1991, 2, 3), sex="F", telephone="07700 900345", **HOME),
    "adult",
    "mother",
    lives_in_household=True,
    risk_factors=("mental_health", "alcohol"),
)
MIDWIFE = GivenProfessional("Wendmark Community Health", "Midwife", "Jean Tolly", "01632 960555")


def receive(hub, *parties, key="family", area="wend-valley", now=MONDAY, **facts) -> Enquiry:
    """An enquiry about these people; about Mia and her mother when nobody is named."""
    given = GivenEnquiry(
        worry=facts.pop("worry", "She comes to school hungry and frightened."),
        channel="telephone",
        source_code="3B",
        referrer=GivenReferrer(kind="professional", name="Pat Lomax", email="pat.lomax@wendmark.example"),
        parties=parties or (MIA, ANN),
        **facts,
    )
    by = hub.staff["joanna" if area == "wend-valley" else "ellen"]
    return enquiries.receive(hub.areas[area], by=by, now=now, given=given, key=f"test-{key}")


def rate(hub, enquiry: Enquiry, *, rating="amber", now=MONDAY) -> Enquiry:
    """Screened and rated, with the basis for asking on record."""
    triage.screen(enquiry, by=hub.staff["joanna"], now=now, outcome="research", considered="Looked at everything.")
    enquiry.refresh_from_db()
    triage.rate(enquiry, by=hub.staff["hannah"], now=now, rating=rating, because="Hungry and frightened.")
    triage.record_basis(
        enquiry,
        by=hub.staff["hannah"],
        now=now,
        suspects_significant_harm=True,
        harm_because="Hungry and frightened.",
        thought_level=4,
        told_family=False,
        why_not_told="raises_risk",
        why_not_told_words="",
        agrees_to_service="not_asked",
        lawful_basis="public_task",
        gateway="ca1989_s47",
    )
    enquiry.refresh_from_db()
    return enquiry


def ask(hub, enquiry: Enquiry, *agencies: str, now=MONDAY) -> Enquiry:
    """Rated, and these agencies asked about everybody whom the enquiry names."""
    rate(hub, enquiry, now=now)
    asked = [Asked(hub.agencies[key], "They know this family and see the child.") for key in agencies]
    gathering.ask(enquiry, by=hub.staff["hannah"], now=now, agencies=asked)
    enquiry.refresh_from_db()
    return enquiry
