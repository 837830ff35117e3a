"""Agencies without accounts: to which address each is written, whose an address is, and in whose name one answers."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from openmash.agencies.models import Address, Agency, Domain, Posting, User

# Reserved by RFC 2606: no mail can reach it, so that nobody can have a password sent there and sign in.
_NOWHERE = "by-post.invalid"


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def live_address(email: str) -> Address | None:
    """Whose address this is, whatever its capital letters."""
    return Address.objects.select_related("agency").filter(email__iexact=email, withdrawn_at=None).first()


def written_to(agencies: Iterable[int], area: int) -> dict[int, str]:
    """By agency, the address to which data of the area may be sent now: one on a domain that is allowed there."""
    allowed = set(Domain.objects.filter(area=area, withdrawn_at=None).values_list("name", flat=True))
    rows = Address.objects.filter(agency__in=list(agencies), withdrawn_at=None, is_written_to=True)
    found = dict(rows.values_list("agency", "email"))
    return {agency: email for agency, email in found.items() if domain_of(email) in allowed}


def account_of(agency: Agency) -> User:
    """In whose name the agency's e-mails are answers: nobody can sign in to it."""
    return User.objects.get(email=_account_email(agency))


def give_account(agency: Agency, now: datetime) -> User:
    """The agency's account, made with the first address, which answers in every area that the agency serves."""
    user = User.objects.filter(email=_account_email(agency)).first()
    if user is None:
        user = User(email=_account_email(agency), name=f"{agency.name}, by e-mail", agency=agency, is_system=True)
        user.joined_on = timezone.localdate(now)
        user.set_unusable_password()
        user.save()
    held = set(user.postings.filter(role="agency_responder").values_list("area", flat=True))
    Posting.objects.bulk_create(
        Posting(user=user, role="agency_responder", area=area, since=timezone.localdate(now))
        for area in agency.areas.exclude(pk__in=held)
    )
    return user


def _account_email(agency: Agency) -> str:
    return f"{agency.key}@{_NOWHERE}"
