"""Three enquiries about adults at risk, told once through the hub's own acts: decided, being looked at, just in."""

from datetime import date, datetime, timedelta
from typing import Any

from openmash.adults import actions as adults
from openmash.audit.actors import PUBLIC
from openmash.county.hub import Hub
from openmash.county.telling import working_moment
from openmash.decisions import actions as decisions
from openmash.decisions.given import GivenDecision, GivenOutcome
from openmash.enquiries import actions as enquiries
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry
from openmash.people.given import GivenPerson
from openmash.triage import actions as triage

AREA = "wend-valley"


def tell_adults(hub: Hub, now: datetime) -> None:
    """All three, unless an earlier run has told them."""
    if not Enquiry.objects.filter(received_key="adult-grandmother").exists():
        _grandmother(hub, now)
        _alone(hub, now)
        _just_in(hub, now)


def _grandmother(hub: Hub, now: datetime) -> None:
    """Her son keeps her card; a girl lives there too, and gets an enquiry of her own. Handed to adult social care."""
    home = {"address_lines": "31 Tannery Lane", "postcode": "WX1 6HP"}
    parties = (
        GivenParty(GivenPerson("Edna", "Orrell", sex="F", born_on=date(1941, 4, 2), telephone="01632 960 452",
                               is_safe_to_contact=False, **home), "adult",
                   lives_in_household=True, gp="Weir Street Surgery", risk_factors=("illness",)),
        GivenParty(GivenPerson("Paul", "Orrell", sex="M", born_on=date(1979, 10, 9), **home), "adult",
                   lives_in_household=True, risk_factors=("alcohol",)),
        GivenParty(GivenPerson("Skye", "Orrell", sex="F", born_on=now.date() - timedelta(days=2600), **home), "child",
                   lives_in_household=True, school="Weir Street Primary"),
    )  # fmt: skip
    fields = {
        "concerns": ["adult_financial", "adult_neglect"],
        "care_needs": "Dementia. A carer washes and feeds her twice a day.",
        "adults_wishes": "She wants her own purse back, and to see Paul.",
        "capacity_doubt": "yes", "told_family": True, "family_agrees": "not_asked",
    }  # fmt: skip
    caller = GivenReferrer("professional", name="Beth Lowry", job_title="Home carer", organisation="Wend Home Care",
                           telephone="01632 960 451")  # fmt: skip
    worry = (
        "There is no food in the house again. Paul has her bank card and says that she spends it herself. "
        "He answers her telephone."
    )
    given = GivenEnquiry(worry, "telephone", "8", caller, parties, kind="adult", fields=fields)
    at = working_moment(hub.areas[AREA], now, 14)
    enquiry = _received(hub, given, "adult-grandmother", at)
    because = "Skye is 7 and lives there. She fetches her grandmother's meals; nobody has looked at how she is."
    girl = enquiry.parties.get(role="child").person.lead_id_or_own
    _do(adults.consider_children, enquiry, hub, "joanna", at, answer="enquiry", because=because, about=[girl])
    _screened_and_rated(
        hub, enquiry, at, "amber", "Money and food are kept from somebody who cannot see to it herself."
    )
    _do(adults.record, enquiry, hub, "hannah", at, **_test(
        categories=["adult_financial", "adult_neglect"],
        needs_because="Dementia; she cannot wash, cook or manage money.",
        risk_because="Her son keeps her card, and three times this month there was no food.",
        cannot_protect=True, protect_because="She does not remember what is taken.",
        capacity="lacks", decision_about="Whether Paul keeps her bank card", assessed_by="Dr Rao, GP",
        assessed_on=at.date(), best_interests="The card goes back to the bank. Her sister was asked and agrees.",
        without_consent_because="She cannot decide about this, and food is short now.",
        wishes="Her own purse, and to see Paul.", spoken_for_by="Her sister, Jean Pell",
    ))  # fmt: skip
    owner = GivenOutcome("adult_safeguarding", "Enquire under section 42, beginning with the card and the food.",
                         agency=hub.agencies["adult-social-care"].pk, within="Within 1 working day")  # fmt: skip
    said = GivenDecision(
        is_safeguarding_concern=True, level=4, facts=worry,
        rationale="All three parts of the Care Act test are met, and what is needed is clear without research.",
        not_known="How long her son has had the card.",
        for_referrer="Adult social care is finding out what has to be done to keep her safe.", outcomes=(owner,),
    )  # fmt: skip
    _do(decisions.decide_directly, enquiry, hub, "ruth", at, reason="routed", given=said)


def _alone(hub: Hub, now: datetime) -> None:
    """A man who neglects himself, and can say what he wants: no duty to enquire."""
    home = {"address_lines": "4 Kiln Cottages", "postcode": "WX2 8DD"}
    man = GivenPerson("Leonard", "Garside", sex="M", born_on=date(1953, 1, 30), **home)
    fields = {"concerns": ["adult_self_neglect"], "care_needs": "Breathless; no help at home.",
              "adults_wishes": "To be left alone with his dogs.", "capacity_doubt": "no", "told_family": True,
              "family_agrees": "no"}  # fmt: skip
    caller = GivenReferrer("professional", name="Ray Cobb", job_title="Tenancy officer",
                           organisation="North Wend Housing Association")  # fmt: skip
    given = GivenEnquiry("The stairs are blocked with newspapers and he sleeps in his coat.", "telephone", "4", caller,
                         (GivenParty(man, "adult", lives_in_household=True),), kind="adult", fields=fields)  # fmt: skip
    at = working_moment(hub.areas[AREA], now, 4)
    enquiry = _received(hub, given, "adult-alone", at)
    _do(
        adults.consider_children,
        enquiry,
        hub,
        "joanna",
        at,
        answer="none",
        because="He lives alone, and no child visits.",
    )
    _screened_and_rated(hub, enquiry, at, "green", "He is warm, fed and sure of what he wants.")
    _do(adults.record, enquiry, hub, "hannah", at, **_test(
        categories=["adult_self_neglect"], needs_because="Breathless; cannot clear the house.",
        risk_because="Fire and falls in a blocked house.", cannot_protect=False,
        protect_because="He knows the risks and can ring for help.", capacity="has",
        decision_about="Whether the house is cleared", assessed_by="Hannah Brook, social worker", assessed_on=at.date(),
        consent="no", without_consent_because="The neighbours would be at risk in a fire.",
        wishes="To keep the house as it is, and the dogs.",
    ))  # fmt: skip


def _just_in(hub: Hub, now: datetime) -> None:
    """From the public form, an hour ago: nobody has answered yet whether a child was considered."""
    home = {"address_lines": "12 Cooper Row", "postcode": "WX3 3QF"}
    woman = GivenPerson("Maureen", "Tull", sex="F", born_on=date(1960, 7, 12), **home)
    fields = {"concerns": ["adult_psychological"], "care_needs": "She uses a wheelchair.",
              "adults_wishes": "She is afraid to say.", "capacity_doubt": "not_known"}  # fmt: skip
    given = GivenEnquiry("The man who moved in takes her telephone and shouts at her when the carer has gone.",
                         "public_form", "1B", GivenReferrer("anonymous", wants_feedback_by="none"),
                         (GivenParty(woman, "adult", lives_in_household=True),), kind="adult", fields=fields)  # fmt: skip
    at = working_moment(hub.areas[AREA], now, 1)
    enquiries.receive(hub.areas[AREA], by=PUBLIC, now=at, given=given, key="adult-just-in")


def _test(**said: Any) -> dict[str, Any]:
    return {"has_needs": True, "is_at_risk": True, "consent": "not_asked"} | said


def _received(hub: Hub, given: GivenEnquiry, key: str, at: datetime) -> Enquiry:
    joanna = hub.staff["joanna"]
    enquiry: Enquiry = enquiries.receive(hub.areas[AREA], by=joanna, now=at, given=given, key=key)
    for party in enquiry.parties.all():
        enquiries.settle_party(party, by=joanna, now=at)
    return enquiry


def _screened_and_rated(hub: Hub, enquiry: Enquiry, at: datetime, rating: str, because: str) -> None:
    considered = "What the hub knows of this household, and the children around the adult."
    _do(triage.screen, enquiry, hub, "joanna", at, outcome="research", considered=considered)
    _do(triage.rate, enquiry, hub, "hannah", at, rating=rating, because=because)


def _do(act: Any, enquiry: Enquiry, hub: Hub, who: str, at: datetime, **given: Any) -> None:
    act(enquiry, by=hub.staff[who], now=at + timedelta(minutes=20), **given)
    enquiry.refresh_from_db()
