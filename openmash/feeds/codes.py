"""The words of the feeds: how a case stands with the council, and what an event is."""

STATUSES = {
    "open": "Open to a social worker",
    "assessment": "Being assessed",
    "cin": "Child in need",
    "cp": "On a child protection plan",
    "looked_after": "Looked after",
    "early_help": "Getting early help",
    "closed": "Closed",
}
"""How a case stands with the council (M11)."""

_RANK = ("closed", "early_help", "assessment", "open", "cin", "cp", "looked_after")

KINDS = {
    "incident": "Incidents and concerns",
    "attendance": "Attendance and appointments",
    "contact": "Contacts and visits",
    "order": "Convictions, orders and conditions",
    "assessment": "Assessments and plans",
    "treatment": "Treatment and care",
    "tenancy": "Housing and tenancy",
    "other": "Other",
}
SENSITIVITIES = ("G", "S", "X")
"""General, sensitive, sealed. A locked item names its readers, so it is answered to a request and never fed."""


def status_says(status: str) -> str:
    """The council's statuses in our words; another agency's as it sent them."""
    return STATUSES.get(status, status)


def outranks(status: str, other: str) -> bool:
    """Whether a status says more than another of the same child: looked after says more than in need."""
    return status in _RANK and (other not in _RANK or _RANK.index(status) > _RANK.index(other))
