"""What surrounds every page: who is signed in, where their roles can go, and what needs them."""

from django.conf import settings
from django.http import HttpRequest

from openmash.agencies.models import User
from openmash.agencies.queries import areas, areas_of
from openmash.agencies.roles import ROLES, Permission
from openmash.design.page import Chrome, NavItem
from openmash.enquiries.queries import count_needs

_PLACES = (
    ("/work/", "My work", "w", None),
    ("/queue/", "Queue", "q", Permission.SEE_ENQUIRIES),
    ("/due/", "Decisions due", "u", Permission.DECIDE),
    ("/telephone/", "New enquiry", "n", Permission.KEY_ENQUIRY),
    ("/checks/", "My checks", "k", Permission.ANSWER),
    ("/consents/", "Consents", "", Permission.CONSENT_TO_RELEASE),
    ("/released/", "Released to us", "l", Permission.RECEIVE_RELEASE),
    ("/received/", "Handed to us", "t", Permission.RECEIVE_RELEASE),
    ("/notifications/", "Notifications", "v", Permission.EVALUATE_NOTIFICATIONS),
    ("/notifications/files/", "Files", "", Permission.EVALUATE_NOTIFICATIONS),
    ("/notifications/forwarded/", "From the police", "", Permission.RECEIVE_RELEASE),
    ("/consultations/", "Advice line", "v", Permission.ADVISE_CALLERS),
    ("/exceptions/", "Exceptions", "x", Permission.CHASE),
    ("/post/", "Post", "p", Permission.CHASE),
    ("/pairs/", "Same person?", "", Permission.MATCH_PEOPLE),
    ("/statutory-checks/", "Statutory checks", "", Permission.MATCH_PEOPLE),
    ("/missing/", "Missing", "", Permission.RATE),
    ("/feeds/", "Feeds", "", Permission.SEND_FEED),
    ("/feeds/", "Feeds", "", Permission.MANAGE_USERS),
    ("/staff/", "Staff", "", Permission.MANAGE_USERS),
    ("/staff/", "Staff", "", Permission.AGREE_ACCESS),
    ("/systems/", "Systems", "", Permission.MANAGE_USERS),
    ("/systems/", "Systems", "", Permission.OVERRIDE_AGREEMENT),
    ("/rules/", "Rules", "", Permission.DECIDE),
    ("/times/", "Times", "", Permission.COUNT),
    ("/training/", "Training", "", Permission.COUNT),
    ("/families-in-need/", "Families", "", Permission.COUNT),
    ("/mirror/", "Our mirror", "", Permission.ANSWER),
    ("/mirror/", "Our mirror", "", Permission.SEE_OWN_ENQUIRIES),
    ("/mirror/", "Our mirror", "", Permission.RECEIVE_RELEASE),
    ("/addresses/", "Addresses", "", Permission.KEEP_ADDRESSES),
    ("/agreements/", "Agreements", "", Permission.OVERRIDE_AGREEMENT),
    ("/alerts/", "Alerts", "", Permission.READ_LEDGER),
    ("/alerts/", "Alerts", "", Permission.STAND_IN_FOR_LEAD),
    ("/records/", "Records", "", Permission.AGREE_RECORDS),
    ("/restrictions/", "Restricted", "", Permission.RESTRICT),
    ("/emergency/reviews/", "Emergencies", "", Permission.REVIEW_RESTRICTED),
    ("/conflicts/", "Conflicts", "", Permission.RESTRICT),
    ("/ledger/", "Ledger", "", Permission.READ_LEDGER),
    ("/receipts/", "Receipts", "", Permission.KEEP_RECEIPTS),
    ("/my-enquiries/", "My enquiries", "", Permission.SEE_OWN_ENQUIRIES),
)


def chrome(request: HttpRequest) -> Chrome:
    """The surroundings for this request; for the public, the hub's name and its telephone number."""
    by = getattr(request, "user", None)
    if not isinstance(by, User):
        return _for_the_public()
    at = max((path for path, *_ in _PLACES if request.path.startswith(path)), key=len, default="")
    places = tuple(
        dict.fromkeys(
            NavItem(label, path, current=path == at, key=key)
            for path, label, key, permission in _PLACES
            if permission is None or by.areas_where(permission)
        )
    )
    first = next(iter(areas_of({area for _, area, _ in by.postings_now})), None)
    return Chrome(
        service_name="openmash",
        navigation=places,
        user_name=by.name,
        role_label=", ".join(dict.fromkeys(ROLES[role].name for role, _, _ in by.postings_now)),
        agency_label=by.agency.name,
        needs_you=count_needs(by),
        needs_you_url="/needs/",
        search_url="/search/" if by.areas_where(Permission.SEE_ENQUIRIES) else "",
        sign_out_url="/account/logout/",
        demo=settings.DEMO,
        password_alone=not settings.SECOND_FACTOR,
        footer_links=(
            NavItem("Your sign-in", "/account/2fa/"),
            NavItem("Sharing agreements", "/agreements/"),
            NavItem("How we work here", "/working-practices/"),
            *_in_an_emergency(by),
        ),
        hub_name=first.hub_name if first else "",
        hub_phone=first.telephone if first else "",
    )


def _in_an_emergency(by: User) -> tuple[NavItem, ...]:
    """Whoever cannot see an enquiry has no page of it to begin from: this is on every page."""
    may = by.areas_where(Permission.BREAK_GLASS)
    return (NavItem("Open an enquiry in an emergency", "/emergency/"),) if may else ()


def _for_the_public() -> Chrome:
    everywhere = list(areas().values())
    return Chrome(
        service_name="Worried about a child or an adult",
        home_url="/make-an-enquiry/",
        demo=settings.DEMO,
        password_alone=not settings.SECOND_FACTOR,
        footer_links=(NavItem("For agencies and hub staff: sign in", "/account/login/"),),
        hub_name=everywhere[0].hub_name if len(everywhere) == 1 else "",
        hub_phone="; ".join(f"{area.name} {area.telephone}" for area in everywhere),
    )
