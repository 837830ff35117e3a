"""An enquiry as somebody gives it, on whatever form: one shape for the public, the professional and the telephone."""

from dataclasses import dataclass, field
from datetime import datetime

from openmash.people.given import GivenPerson


@dataclass(frozen=True)
class GivenReferrer:
    """Who brings the enquiry. `kind` is professional, public, family, self or anonymous."""

    kind: str
    name: str = ""
    job_title: str = ""
    organisation: str = ""
    agency_key: str = ""
    telephone: str = ""
    email: str = ""
    relationship: str = ""
    keep_name_from_family: bool = False
    manager_told: str = ""
    wants_feedback_by: str = "email"
    account: int | None = None
    """Of the system that sent it, when a person completed it: the system reads it back as its own."""


@dataclass(frozen=True)
class GivenParty:
    """One person in the enquiry. `relation_to_child`, a key of `people.relations`: they are the … of the child."""

    person: GivenPerson
    role: str
    relation_to_child: str = ""
    has_parental_responsibility: bool | None = None
    lives_in_household: bool | None = None
    school: str = ""
    gp: str = ""
    legal_status: str = ""
    risk_factors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class GivenProfessional:
    """Someone who works with the family (M72)."""

    agency: str
    role: str = ""
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class GivenEnquiry:
    """Everything that the form asks. Only the worry, and some way to find the child, is compulsory."""

    worry: str
    channel: str
    source_code: str
    referrer: GivenReferrer
    parties: tuple[GivenParty, ...]
    kind: str = "child"
    professionals: tuple[GivenProfessional, ...] = ()
    locality_key: str = ""
    is_urgent: bool = False
    is_held: bool = False
    received_at: datetime | None = None
    """When it came, if that was before it was keyed: a letter, a call taken on paper. Never in the future."""
    fields: dict[str, object] = field(default_factory=dict)
    """The remaining fields of `Enquiry` by name: happened, impact, concerns, told_family, and so on."""
