"""Founds the two hubs of the fictional county of Wendmark: areas, localities, agencies, teams and staff.

Nobody here exists. Every place, agency and person is made up.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from openmash.agencies import actions, agreements
from openmash.agencies.models import Agency, Area, Locality, Team, User
from openmash.agencies.sharing import SHARES
from openmash.audit.actors import SETTING_UP

PASSWORD = "a-demo-of-openmash"
SINCE = date(2024, 9, 2)
FOUNDED = datetime(2024, 9, 2, 8, tzinfo=ZoneInfo("Europe/London"))

AREAS = (
    {
        "key": "wend-valley",
        "name": "Wend Valley",
        "letters": "WV",
        "authority_code": "E10999001",
        "hub_name": "Wend Valley MASH",
        "telephone": "01632 960 100",
        "out_of_hours": "01632 960 199",
    },
    {
        "key": "harrowmouth",
        "name": "Harrowmouth",
        "letters": "HM",
        "authority_code": "E06999002",
        "hub_name": "Harrowmouth MASH",
        "telephone": "01632 960 200",
        "out_of_hours": "01632 960 299",
    },
)
LOCALITIES = (
    ("wend-valley", "north-wend", "North Wend", ("WX1", "WX2")),
    ("wend-valley", "south-wend", "South Wend", ("WX3", "WX4")),
    ("wend-valley", "the-moors", "The Moors", ("WX5",)),
    ("harrowmouth", "harrow-docks", "Harrow Docks", ("HM1", "HM2")),
    ("harrowmouth", "upper-town", "Upper Town", ("HM3", "HM4")),
)
# key, name, return, mode, source of contact
AGENCIES = (
    ("childrens-social-care", "Wendmark Children's Social Care", "childrens_social_care", "co_located", "5A"),
    ("police", "Wendmark Constabulary", "police", "co_located", "6"),
    ("health", "Wendmark Community Health", "health", "co_located", "3B"),
    ("education", "Wendmark Education and Inclusion", "education", "co_located", "2B"),
    ("probation", "Probation Service, Wendmark", "probation", "virtual", "7"),
    ("youth-offending", "Wendmark Youth Offending Team", "youth_offending", "virtual", "5B"),
    ("camhs", "Child and Adolescent Mental Health Service", "camhs", "virtual", "3F"),
    ("early-years", "Early Years and Families", "early_years_and_families", "virtual", "8"),
    ("adult-mental-health", "Adult Mental Health", "adult_mental_health", "co_located", "3F"),
    ("cafcass", "Cafcass", "cafcass", "proposed", "7"),
    ("housing", "Wendmark Homes", "housing", "virtual", "4"),
    ("north-wend-housing", "North Wend Housing Association", "housing", "email", "4"),
    ("adult-social-care", "Adult Social Care", "adult_social_care", "co_located", "5A"),
    ("idva", "Safe Harbour, domestic abuse advisers", "idva", "co_located", "8"),
)
# Agencies without accounts: the domain, why it is allowed, and the addresses; the first is written to.
BY_EMAIL = {
    "north-wend-housing": (
        "nwha.example",
        "The association’s own domain. Its mail server takes nothing without TLS: checked with its data protection officer.",
        ("safeguarding@nwha.example", "duty@nwha.example"),
    ),
}
# key, name, agency, area, locality, what it takes
TEAMS = (
    ("north-wend-assessment", "North Wend assessment team", "childrens-social-care", "wend-valley", "north-wend"),
    ("south-wend-assessment", "South Wend assessment team", "childrens-social-care", "wend-valley", "south-wend"),
    ("moors-assessment", "Moors assessment team", "childrens-social-care", "wend-valley", "the-moors"),
    ("docks-assessment", "Docks assessment team", "childrens-social-care", "harrowmouth", "harrow-docks"),
    ("upper-town-assessment", "Upper Town assessment team", "childrens-social-care", "harrowmouth", "upper-town"),
    ("wend-early-response", "Wend Valley early-response hub", "early-years", "wend-valley", None),
    ("harrow-early-response", "Harrowmouth early-response hub", "early-years", "harrowmouth", None),
    ("health-visiting", "Wend Valley health visiting", "health", "wend-valley", None),
    ("harrow-health-visiting", "Harrowmouth health visiting", "health", "harrowmouth", None),
    ("youth-involvement", "Youth involvement officers", "police", "wend-valley", None),
    ("harrow-youth-involvement", "Harrowmouth youth involvement officers", "police", "harrowmouth", None),
)
# name, job, agency, role, area, team. Everyone signs in as first.last@wendmark.example.
W, H = "wend-valley", "harrowmouth"
STAFF = (
    ("Ruth Okafor", "Practice manager", "childrens-social-care", "practice_manager", W, None),
    ("Martin Pell", "Practice manager", "childrens-social-care", "practice_manager", W, None),
    ("Shabana Mirza", "Practice manager", "childrens-social-care", "practice_manager", H, None),
    ("Colin Strand", "Deputy practice manager", "childrens-social-care", "practice_manager", H, None),
    ("Hannah Brook", "Senior social worker", "childrens-social-care", "triage_social_worker", W, None),
    ("Tomasz Zielak", "Social worker", "childrens-social-care", "triage_social_worker", W, None),
    ("Grace Adeyemi", "Social worker", "childrens-social-care", "triage_social_worker", H, None),
    ("Joanna Vale", "Referral and information coordinator", "childrens-social-care", "coordinator", W, None),
    ("Dev Rana", "Referral and information coordinator", "childrens-social-care", "coordinator", W, None),
    ("Ellen Marsh", "Business support", "childrens-social-care", "coordinator", H, None),
    ("Peter Lund", "Consultation adviser", "childrens-social-care", "consultation_adviser", W, None),
    ("Moira Teal", "Consultation adviser", "childrens-social-care", "consultation_adviser", W, None),
    ("Sgt Alan Firth", "Police evaluator", "police", "police_evaluator", W, None),
    ("PC Greta Lomas", "Police evaluator", "police", "police_evaluator", W, None),
    ("PC Nadia Shah", "Police evaluator", "police", "police_evaluator", H, None),
    ("PC Lewis Tarn", "Police researcher", "police", "agency_researcher", W, None),
    ("PC Beth Oram", "Police researcher", "police", "agency_researcher", H, None),
    ("Insp Karen Holt", "Police MASH supervisor", "police", "agency_lead", W, None),
    ("Mary Quill", "Health researcher", "health", "agency_researcher", W, None),
    ("Anjali Rao", "Named nurse for safeguarding", "health", "agency_lead", W, None),
    ("Siobhan Daly", "Health visitor", "health", "professional_referrer", W, None),
    ("Kate Lowe", "Health visiting team leader", "health", "operational_recipient", W, "health-visiting"),
    ("Femi Balogun", "Education researcher", "education", "agency_researcher", W, None),
    ("Claire Nott", "Education safeguarding lead", "education", "agency_lead", W, None),
    ("Marcus Dean", "Probation officer", "probation", "agency_responder", W, None),
    ("Irene Salt", "Probation safeguarding lead", "probation", "agency_lead", W, None),
    ("Helen Arkle", "Youth offending team manager", "youth-offending", "agency_lead", W, None),
    ("Dr Ife Adebayo", "CAMHS clinical lead", "camhs", "agency_lead", W, None),
    ("Sunita Garside", "Early years safeguarding lead", "early-years", "agency_lead", W, None),
    ("Bernard Foley", "Adult mental health matron", "adult-mental-health", "agency_lead", W, None),
    ("Wanda Prior", "Housing safeguarding lead", "housing", "agency_lead", W, None),
    ("Cyril Mensah", "Adult social care service manager", "adult-social-care", "agency_lead", W, None),
    ("Lena Hobday", "Safe Harbour service manager", "idva", "agency_lead", W, None),
    ("Alison Rook", "Children's social care service manager", "childrens-social-care", "agency_lead", W, None),
    ("Josh Penn", "Youth offending officer", "youth-offending", "agency_responder", W, None),
    ("Dr Leila Haddad", "CAMHS duty clinician", "camhs", "agency_responder", W, None),
    ("Paula Birch", "Family worker", "early-years", "agency_responder", W, None),
    ("Noel Crane", "Community psychiatric nurse", "adult-mental-health", "agency_researcher", W, None),
    ("Tina Weld", "Housing officer", "housing", "agency_responder", W, None),
    ("Omar Siddiq", "Adult safeguarding officer", "adult-social-care", "agency_researcher", W, None),
    ("Jo Farrant", "Independent domestic abuse adviser", "idva", "agency_researcher", W, None),
    ("Wendy Cross", "Children's social care researcher", "childrens-social-care", "agency_researcher", W, None),
    (
        "Amit Desai",
        "Assessment team manager",
        "childrens-social-care",
        "operational_recipient",
        W,
        "north-wend-assessment",
    ),
    (
        "Lucy Farr",
        "Assessment team manager",
        "childrens-social-care",
        "operational_recipient",
        W,
        "south-wend-assessment",
    ),
    ("Ian Moss", "Assessment team manager", "childrens-social-care", "operational_recipient", W, "moors-assessment"),
    ("Rosa Keane", "Assessment team manager", "childrens-social-care", "operational_recipient", H, "docks-assessment"),
    (
        "Bryn Tully",
        "Assessment team manager",
        "childrens-social-care",
        "operational_recipient",
        H,
        "upper-town-assessment",
    ),
    ("Fay Dunmore", "Early-response manager", "early-years", "operational_recipient", W, "wend-early-response"),
    ("Bea Holloway", "Early-response manager", "early-years", "operational_recipient", H, "harrow-early-response"),
    ("Tess Amory", "Health visiting team leader", "health", "operational_recipient", H, "harrow-health-visiting"),
    ("PC Gil Stroud", "Youth involvement officer", "police", "operational_recipient", H, "harrow-youth-involvement"),
    ("PC Ravi Menon", "Youth involvement officer", "police", "operational_recipient", W, "youth-involvement"),
    ("Gwen Astley", "Information governance lead", "childrens-social-care", "governance_lead", W, None),
    ("Priya Nair", "Information governance manager", "police", "agency_governance_lead", W, None),
    ("Owen Rees", "Information governance manager", "health", "agency_governance_lead", W, None),
    ("Saul Whitby", "Performance analyst", "childrens-social-care", "analyst", W, None),
    ("Nina Frost", "System administrator", "childrens-social-care", "system_administrator", W, None),
)
# Those whose agency works across both areas are posted to both.
_BOTH = {
    "agency_researcher",
    "agency_responder",
    "agency_lead",
    "governance_lead",
    "agency_governance_lead",
    "analyst",
    "system_administrator",
}


@dataclass
class Hub:
    """What was founded, by key; staff by their first name in lower case ("ruth")."""

    areas: dict[str, Area] = field(default_factory=dict)
    localities: dict[str, Locality] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)


def found_hub() -> Hub:
    """Found both hubs through real actions. Call once on an empty database."""
    hub = Hub()
    now = FOUNDED
    for facts in AREAS:
        area = actions.found_area(None, by=SETTING_UP, now=now, live_since=SINCE, **facts)
        hub.areas[area.key] = area
    for area_key, key, name, districts in LOCALITIES:
        place = actions.name_locality(
            hub.areas[area_key], by=SETTING_UP, now=now, key=key, name=name, postcode_districts=list(districts)
        )
        hub.localities[key] = place
    _agencies(hub, now)
    _teams(hub, now)
    _staff(hub, now)
    _agreements(hub, now)
    _addresses(hub, now)
    return hub


def load_hub() -> Hub:
    """The hub that `found_hub` founded earlier in this database."""
    return Hub(
        areas={area.key: area for area in Area.objects.all()},
        localities={place.key: place for place in Locality.objects.all()},
        agencies={agency.key: agency for agency in Agency.objects.all()},
        teams={team.key: team for team in Team.objects.all()},
        staff={_short(user.name): user for user in User.objects.select_related("agency")},
    )


def _agencies(hub: Hub, now: datetime) -> None:
    for key, name, form, mode, source in AGENCIES:
        hub.agencies[key] = actions.join_agency(
            None,
            by=SETTING_UP,
            now=now,
            areas=list(hub.areas.values()),
            key=key,
            name=name,
            return_key=form,
            mode=mode,
            source_code=source,
            joined_on=None if mode == "proposed" else SINCE,
            closes=time(16, 30) if mode == "virtual" else time(17),
        )


def _teams(hub: Hub, now: datetime) -> None:
    takes = {
        "childrens-social-care": "Referrals for a social work assessment",
        "early-years": "Families who need early help",
        "health": "Monitoring of mothers, babies and young children",
        "police": "Young people who need a youth involvement officer",
    }
    for key, name, agency, area, locality in TEAMS:
        hub.teams[key] = actions.form_team(
            hub.agencies[agency],
            by=SETTING_UP,
            now=now,
            key=key,
            name=name,
            area=hub.areas[area],
            locality=hub.localities.get(locality or ""),
            takes=takes[agency],
        )


def _staff(hub: Hub, now: datetime) -> None:
    password_hash = make_password(PASSWORD)
    for name, job, agency, role, area, team in STAFF:
        user = actions.employ(
            hub.agencies[agency],
            by=SETTING_UP,
            now=now,
            name=name,
            email=_email(name),
            job_title=job,
            joined_on=SINCE,
            password_hash=password_hash,
            is_qualified_social_worker=role in ("triage_social_worker", "practice_manager"),
            wants_digest=role == "agency_responder",
        )
        for place in hub.areas if role in _BOTH else (area,):
            actions.post(
                user,
                by=SETTING_UP,
                now=now,
                role=role,
                area=hub.areas[place],
                since=SINCE,
                team=hub.teams.get(team or ""),
            )
        if name != "Tess Amory":  # she has not signed in yet
            actions.acknowledge_practices(user, by=user, now=now)
        hub.staff[_short(name)] = user


def _agreements(hub: Hub, now: datetime) -> None:
    """Each hub has one. Harrowmouth's was to be reviewed after a year, and has not been."""
    for area in hub.areas.values():
        agreement = agreements.make_agreement(
            [area],
            by=SETTING_UP,
            now=now,
            title=f"{area.name} MASH information sharing agreement",
            version="1.0",
            shares=list(SHARES),
            lawful_bases=["public_task", "legal_obligation", "public_interest", "social_care", "law_enforcement"],
            kept_at="Partnership records, folder 12",
            in_force_from=SINCE,
            review_on=date(2025, 9, 1) if area.key == H else date(2027, 9, 1),
        )
        for agency in hub.agencies.values():
            if agency.mode != Agency.PROPOSED:
                agreements.sign(
                    agreement,
                    by=SETTING_UP,
                    now=now,
                    agency=agency,
                    signed_by=f"On behalf of {agency.name}",
                    role="Director",
                    on=SINCE,
                )


def _addresses(hub: Hub, now: datetime) -> None:
    for key, (domain, because, emails) in BY_EMAIL.items():
        for area in hub.areas.values():
            actions.allow_domain(area, by=SETTING_UP, now=now, name=domain, because=because)
        for place, email in enumerate(emails):
            actions.keep_address(hub.agencies[key], by=SETTING_UP, now=now, email=email, is_written_to=place == 0)


_TITLES = {"Sgt", "PC", "Insp", "Dr"}


def _short(name: str) -> str:
    return next(part for part in name.split() if part not in _TITLES).lower()


def _email(name: str) -> str:
    parts = [part.lower() for part in name.split() if part not in _TITLES]
    return f"{'.'.join(parts)}@wendmark.example"
