"""Whether a telephone number, an e-mail address or a letter reaches whom it must not: asked before anything leaves.

Whatever is answered names nobody: whoever asks may not know who lives where.
"""

from collections.abc import Iterable

from django.db.models import Q

from openmash.people.around import living_with
from openmash.people.markers import RISKS
from openmash.people.models import Contact, Marker, Relationship
from openmash.people.named import leads_of, records_of
from openmash.people.telephones import email_key, telephone_key

CALLED_UNSAFE = "Somebody called it not safe to use."
RISK_LIVES_THERE = "Somebody lives there who may pose a risk."


def is_called_unsafe(people: Iterable[int], email: str) -> bool:
    """Whether one of these records themselves says that this address is not safe."""
    key = email_key(email)
    rows = Contact.objects.filter(person__in=list(people), kind="email", is_safe=False, until=None)
    return bool(key) and any(email_key(value) == key for value in rows.values_list("value", flat=True))


def unsafe_to_reach(people: Iterable[int], *, email: str = "", telephone: str = "") -> str:
    """Why nobody is to be reached there; empty when nothing that is known of these people speaks against it.

    Of them and of everybody who lives with one of them. It was called not safe by anybody; or it is the number or
    address of somebody who may pose a risk, or lives with them, unless for that very person it was called safe.
    """
    near = living_with(leads_of(people).values())
    keys = {email_key(email), telephone_key(telephone)} - {""}
    rows = Contact.objects.filter(_of(near), until=None).select_related("person")
    found = [row for row in rows if _key(row) in keys]
    if any(row.is_safe is False for row in found):
        return CALLED_UNSAFE
    safe_for = {row.person.lead_id_or_own for row in found if row.is_safe}
    whose = {row.person.lead_id_or_own for row in found} - safe_for
    return RISK_LIVES_THERE if is_risk_where(whose) else ""


def is_risk_where(leads: Iterable[int]) -> bool:
    """Whether one of them, or somebody who lives with one of them, may pose a risk: nothing is sent to that home."""
    there = living_with(leads)
    return bool(there) and Marker.objects.filter(_of(there), kind__in=RISKS, until=None).exists()


def near_of(people: Iterable[int]) -> frozenset[int]:
    """By lead: who lives with one of them, and who may pose a risk and is somebody to one of them. They themselves not.

    None of these may receive what is written about those people, whether or not the enquiry names them.
    """
    leads = frozenset(leads_of(people).values())
    records = {record for group in records_of(leads).values() for record in group}
    ties = Relationship.objects.filter(Q(person__in=records) | Q(other__in=records)).values_list("person", "other")
    kin = frozenset(leads_of({one for pair in ties for one in pair}).values())
    risks = Marker.objects.filter(_of(kin), kind__in=RISKS, until=None).values_list("person", flat=True)
    return (living_with(leads) | frozenset(leads_of(risks).values())) - leads


def _of(leads: Iterable[int]) -> Q:
    wanted = list(leads)
    return Q(person__in=wanted) | Q(person__lead__in=wanted)


def _key(row: Contact) -> str:
    return telephone_key(row.value) if row.kind == "telephone" else email_key(row.value)
