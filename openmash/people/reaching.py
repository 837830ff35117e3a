"""Whether a telephone number, an e-mail address or a letter reaches whom it must not: asked before anything leaves.

Whatever is answered names nobody: whoever asks may not know who lives where.
"""

from collections.abc import Iterable

from django.db.models import Q

from openmash.people.around import living_with
from openmash.people.markers import RISKS
from openmash.people.models import Contact, Marker, Relationship
from openmash.people.named import leads_of, records_of
from openmash.people.risks import dangers_to
from openmash.people.telephones import email_key, telephone_key

CALLED_UNSAFE = "Somebody called it not safe to use."
RISK_LIVES_THERE = "Somebody lives there who may pose a risk."
DANGER_THERE = (
    "Somebody there is a danger to a person whom this is about. Nothing is sent there and nobody rings, whatever the "
    "reason: use a way that was called safe, or ask the duty social worker to find one."
)


def is_called_unsafe(people: Iterable[int], email: str) -> bool:
    """Whether one of these records themselves says that this address is not safe."""
    key = email_key(email)
    rows = Contact.objects.filter(person__in=list(people), kind="email", is_safe=False, until=None)
    return bool(key) and any(email_key(value) == key for value in rows.values_list("value", flat=True))


def unsafe_to_reach(people: Iterable[int], *, email: str = "", telephone: str = "") -> str:
    """Why nobody is to be reached there; empty when nothing that is known of these people speaks against it.

    Of them and of everybody who lives with one of them. It is the number or address of somebody from whom one of them
    is at risk, or of somebody in that home; or it was called not safe by anybody; or it is of somebody who may pose a
    risk, or lives with them. What was called safe for that very person may be used.
    """
    dangers = _dangers(people)
    near = living_with(dangers.union(leads_of(people).values()))
    keys = {email_key(email), telephone_key(telephone)} - {""}
    rows = Contact.objects.filter(_of(near), until=None).select_related("person")
    found = [row for row in rows if _key(row) in keys]
    safe_for = {row.person.lead_id_or_own for row in found if row.is_safe}
    whose = {row.person.lead_id_or_own for row in found} - safe_for
    if dangers & living_with(whose):
        return DANGER_THERE
    if any(row.is_safe is False for row in found):
        return CALLED_UNSAFE
    return RISK_LIVES_THERE if is_risk_where(whose) else ""


def is_risk_where(leads: Iterable[int]) -> bool:
    """Whether one of them, or somebody who lives with one of them, may pose a risk: nothing is sent to that home."""
    there = living_with(leads)
    return bool(there) and Marker.objects.filter(_of(there), kind__in=RISKS, until=None).exists()


def is_danger_where(leads: Iterable[int], people: Iterable[int]) -> bool:
    """Whether somebody from whom one of these people is at risk lives with one of the leads, or is one of them."""
    dangers = _dangers(people)
    return bool(dangers) and bool(dangers & living_with(leads))


def _dangers(people: Iterable[int]) -> frozenset[int]:
    return frozenset[int]().union(*dangers_to(people).values())


def near_of(people: Iterable[int]) -> frozenset[int]:
    """By lead: who lives with one of them, who may pose a risk and is somebody to one of them, and from whom one of
    them is at risk with all of that home. They themselves not, unless another of them is at risk from them.

    None of these may receive what is written about those people, whether or not the enquiry names them.
    """
    leads = frozenset(leads_of(people).values())
    records = {record for group in records_of(leads).values() for record in group}
    ties = Relationship.objects.filter(Q(person__in=records) | Q(other__in=records)).values_list("person", "other")
    kin = frozenset(leads_of({one for pair in ties for one in pair}).values())
    risks = Marker.objects.filter(_of(kin), kind__in=RISKS, until=None).values_list("person", flat=True)
    dangers = _dangers(leads)
    return ((living_with(leads) | frozenset(leads_of(risks).values())) - leads) | living_with(dangers)


def _of(leads: Iterable[int]) -> Q:
    wanted = list(leads)
    return Q(person__in=wanted) | Q(person__lead__in=wanted)


def _key(row: Contact) -> str:
    return telephone_key(row.value) if row.kind == "telephone" else email_key(row.value)
