"""Other systems in the county: the custody suite sends two enquiries, one of which cannot be read, and the council's
case system how cases stand.
"""

import json
from datetime import datetime, timedelta

from openmash.agencies import systems
from openmash.agencies.models import User
from openmash.api.cases import CaseSent, CasesSent
from openmash.api.enquiries import AdultSent, ChildSent, EnquirySent, ReferrerSent
from openmash.api.intake import take
from openmash.county.hub import Hub
from openmash.enquiries.models import Enquiry, Party
from openmash.feeds.models import Feed
from openmash.people.carried import carried

_CUSTODY, _CASES = "Custody records", "Case system"
_STATUSES = ("cin", "cp", "looked_after", "early_help", "open")
# After an update of its own it calls two things as nobody else does. A person has to look.
_UNREADABLE = {
    "worry": "A woman of 34 was arrested for shoplifting food. She says that her two children had not eaten since "
    "yesterday and were with a neighbour whose name she would not give.",
    "concerns": ["neglect", "money"],
    "told_family": True,
    "family_agrees": "yes",
    "address": "17 Cooper's Close",
    "postcode": "WX1 3DR",
    "children": [
        {"given": "Poppy", "family": "Stannard", "sex": "F", "dob": "02/06/2018"},
        {"given": "Noah", "family": "Stannard", "sex": "M", "born_on": "2021-11-30"},
    ],
    "adults": [{"given": "Gemma", "family": "Stannard", "sex": "F", "relation": "mother"}],
    "referrer": {"name": "Sgt Ines Coyle", "job_title": "Custody sergeant", "telephone": "01632 960 771"},
}
_WHY = "address: There is no field of this name; children.0.dob: There is no field of this name"
_WORRY = EnquirySent(
    worry="His father was brought into custody at 2am for assault on a stranger, drunk. The boy had been left asleep in "
    "the flat with the door unlocked; officers waited with him until his grandmother came at 4am.",
    concerns=["neglect", "alcohol_parent"],
    told_family=True,
    family_agrees="not_asked",
    where_now="At his grandmother's until his father is released.",
    address_lines="Flat 6, 41 Quayside",
    postcode="WX2 3PL",
    children=[ChildSent(given="Denny", family="Arkwright", sex="M", born_on="2019-08-14")],
    adults=[
        AdultSent(given="Lee", family="Arkwright", sex="M", relation="father", lives_in_household=True),
        AdultSent(given="Pauline", family="Arkwright", sex="F", relation="grandparent", lives_in_household=False),
    ],
    referrer=ReferrerSent(name="Sgt Ines Coyle", job_title="Custody sergeant", telephone="01632 960 771"),
)


def tell_systems(hub: Hub, now: datetime) -> None:
    """Two systems are let in, and the custody suite's sends an enquiry of last night. Once."""
    if User.objects.filter(is_system=True, name=_CUSTODY).exists():
        return
    for agency, name, scopes in (
        ("police", _CUSTODY, ("enquiries", "notifications")),
        ("childrens-social-care", _CASES, ("cases", "releases")),
    ):
        issued = systems.issue(
            hub.areas["wend-valley"], by=hub.staff["nina"], now=now, agency=hub.agencies[agency], name=name,
            scopes=scopes, expires_at=now + timedelta(days=365),
            team=hub.teams["north-wend-assessment"] if "releases" in scopes else None,
        )  # fmt: skip
        systems.agree(issued.token, by=hub.staff["gwen"], now=now)
    caller = systems.caller_for(User.objects.get(name=_CUSTODY, is_system=True))
    take(caller, "enquiry", f"custody-{now:%Y%m%d}", _WORRY, now=now)
    systems.hold_back(
        caller.token, by=caller.user, now=now, what="enquiry", key=f"custody-{now:%Y%m%d}-2",
        body=json.dumps(_UNREADABLE, ensure_ascii=False).encode(), because=_WHY,
    )  # fmt: skip


def push_cases(hub: Hub, now: datetime) -> None:
    """How the cases of some children of today stand, after the night's file: once for each day."""
    area = hub.areas["wend-valley"]
    user = User.objects.filter(is_system=True, name=_CASES).first()
    feed = Feed.objects.filter(agency=hub.agencies["childrens-social-care"], area=area, ended_at=None)
    if user is None or not feed.exists():
        return
    caller = systems.caller_for(user)
    open_now = Enquiry.objects.filter(area=area, closed_at=None)
    children = Party.objects.filter(enquiry__in=open_now, role="child", person__born_on__isnull=False).order_by("pk")
    people = carried(children.values_list("person", flat=True)[:10])
    cases = [
        CaseSent(number=f"LCS{number}", given=one.given, family=one.family, sex=one.facts["sex"],
                 born_on=one.facts["born_on"].isoformat(), address=one.address_lines, postcode=one.postcode,
                 case_status=_STATUSES[place % len(_STATUSES)], team="North Wend assessment team", worker="M Iveson",
                 since=(now - timedelta(days=30 + place)).date().isoformat())
        for place, (number, one) in enumerate(people.items())
    ]  # fmt: skip
    if cases:
        take(caller, "cases", f"cases-{now:%Y%m%d}", CasesSent(cases=cases), now=now)
