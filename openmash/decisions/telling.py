"""In which ways telling the referrer could reach somebody whom it must not (security 3.6, safe contact)."""

from openmash.enquiries.models import Enquiry, Party, Referrer
from openmash.people.models import Contact, Name
from openmash.people.named import leads_of, records_of
from openmash.people.names import fold
from openmash.people.reaching import DANGER_THERE, RISK_LIVES_THERE, is_danger_where, is_risk_where, unsafe_to_reach
from openmash.people.telephones import email_key, telephone_key


def unsafe_ways(enquiry: Enquiry) -> dict[str, str]:
    """By way (a key of `FEEDBACK_BY`): why it is not safe, naming nobody. A way that is not there is not known unsafe.
    No reason makes a way possible that is not because of `DANGER_THERE`.

    A letter goes to the home of a referrer who is one of the people of the enquiry, by number, address or name.
    """
    row, people = enquiry.referrer, list(Party.objects.filter(enquiry=enquiry).values_list("person", flat=True))
    who = _who_told(row, people)
    letter = DANGER_THERE if is_danger_where(who, people) else RISK_LIVES_THERE if is_risk_where(who) else ""
    ways = {
        "email": unsafe_to_reach(people, email=row.email) if row.email else "",
        "telephone": unsafe_to_reach(people, telephone=row.telephone) if row.telephone else "",
        "letter": letter,
    }
    return {way: says for way, says in ways.items() if says}


def _who_told(row: Referrer, people: list[int]) -> frozenset[int]:
    """Those of the people, by lead, who are the referrer."""
    group_of = {record: lead for lead, group in records_of(leads_of(people).values()).items() for record in group}
    keys, name = {email_key(row.email), telephone_key(row.telephone)} - {""}, fold(row.name)
    contacts = Contact.objects.filter(person__in=group_of, until=None).values_list("person", "value")
    found = {group_of[person] for person, value in contacts if {email_key(value), telephone_key(value)} & keys}
    names = Name.objects.filter(person__in=group_of).values_list("person", "given", "family")
    return frozenset(found | {group_of[one] for one, *parts in names if name and fold(" ".join(parts)) == name})
