"""What a product is held against besides where protected people are: who told the hub, and who is to read it."""

from openmash.agencies.models import User
from openmash.disclosure.mentions import people_of
from openmash.enquiries.models import Enquiry
from openmash.people.models import Contact, Name
from openmash.people.names import fold
from openmash.people.queries import records_of
from openmash.people.telephones import email_key


def who_told(enquiry: Enquiry, *, recipient: User) -> tuple[str, ...]:
    """The name, number and address by which whoever brought the enquiry would be known to the recipient (I11).

    Nothing when it was the recipient. A professional's agency is no secret: it is asked, and answers, under its name.
    """
    row = enquiry.referrer
    if row.user_id == recipient.pk or (row.email and email_key(row.email) == email_key(recipient.email)):
        return ()
    given = row.name.split()
    short = [f"{title} {given[-1]}" for title in ("Mr", "Mrs", "Ms", "Miss", "Dr")] if len(given) > 1 else []
    return tuple(dict.fromkeys(words for words in (row.name, row.telephone, row.email, *short) if words.strip()))


def kin_of(recipient: User, enquiry: Enquiry) -> tuple[str, ...]:
    """What the recipient shares with somebody of the enquiry (I6)."""
    records = {record for group in records_of(people_of(enquiry)).values() for record in group}
    own, mail = set(fold(recipient.name).split()), email_key(recipient.email)
    names = Name.objects.filter(person__in=records).exclude(given="").exclude(family="")
    is_one = any(
        {fold(given).split()[0], *fold(family).split()} <= own
        for given, family in names.values_list("given", "family")
        if fold(given) and fold(family)
    )
    mails = {email_key(value) for value in Contact.objects.filter(person__in=records).values_list("value", flat=True)}
    says = (
        ("has the name of somebody whom this is about", is_one),
        ("has the e-mail address of somebody here", mail in mails - {""}),
    )
    return tuple(words for words, is_so in says if is_so)
