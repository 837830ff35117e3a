"""What a product is held against besides where protected people are: who told the hub, and who is to read it."""

from collections.abc import Iterable

from openmash.agencies.models import User
from openmash.disclosure.mentions import people_of
from openmash.enquiries.models import Enquiry
from openmash.people.models import Contact, Name
from openmash.people.names import fold
from openmash.people.queries import records_of
from openmash.people.reaching import near_of
from openmash.people.telephones import email_key, telephone_key


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
    """What the recipient shares with somebody of the enquiry, with whoever lives with one of them, or with somebody
    near one of them who may pose a risk (I6). Of these last it is not said who, nor that they live there.
    """
    people = people_of(enquiry)
    has_name, has_email, has_telephone = _shared(recipient, people)
    says = (
        ("has the name of somebody whom this is about", has_name),
        ("has the e-mail address of somebody here", has_email),
        ("has the telephone number of somebody here", has_telephone),
        (
            "shares a name, an address or a number with somebody near this family",
            any(_shared(recipient, near_of(people))),
        ),
    )
    return tuple(words for words, is_so in says if is_so)


def _shared(recipient: User, leads: Iterable[int]) -> tuple[bool, bool, bool]:
    """Whether the recipient has the name, the e-mail address, the telephone number of one of these people."""
    records = {record for group in records_of(leads).values() for record in group}
    own, mail, number = (
        set(fold(recipient.name).split()),
        email_key(recipient.email),
        telephone_key(recipient.telephone),
    )
    names = Name.objects.filter(person__in=records).exclude(given="").exclude(family="")
    is_one = any(
        {fold(given).split()[0], *fold(family).split()} <= own
        for given, family in names.values_list("given", "family")
        if fold(given) and fold(family)
    )
    values = list(Contact.objects.filter(person__in=records).values_list("value", flat=True))
    return is_one, mail in map(email_key, values) and bool(mail), number in map(telephone_key, values) and bool(number)
