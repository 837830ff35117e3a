"""Keeping the sharing agreements: versions, signatures, reviews, and what goes out without a signature, on record."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from openmash.agencies import letters
from openmash.agencies.models import Agency, Agreement, Area, SharingOverride, Signature, User
from openmash.agencies.policies import (
    has_live_signature,
    may_end_override,
    may_end_signature,
    may_keep_agreement,
    may_keep_agreements,
    may_override_signature,
    may_replace,
)
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused, action
from openmash.audit.actors import Actor
from openmash.design.moments import day
from openmash.kit.verdict import Verdict, need

LONGEST_OVERRIDE = timedelta(days=90)


@action(may=may_keep_agreements, event="agreement.made", lock=False)
def make_agreement(areas: Sequence[Area], *, by: Actor, now: datetime, **facts: Any) -> Agreement:
    """The first version of an agreement. `facts` are the fields of `Agreement`."""
    _unless("agreement.made", need(bool(areas), "Say which areas it covers.") & _is_sound(**facts))
    agreement = Agreement.objects.create(**facts)
    agreement.areas.set(areas)
    return agreement


@action(may=may_replace, event="agreement.replaced")
def make_version(agreement: Agreement, *, by: Actor, now: datetime, counts_until: date, **facts: Any) -> Agreement:
    """A new version, for everybody to sign anew. What was signed before counts until a day, the last one."""
    is_after = need(
        counts_until >= facts["in_force_from"], "The old signatures count at least until the new version is in force."
    )
    is_new = need(facts["version"] != agreement.version, "The new version has a number of its own.")
    _unless("agreement.replaced", is_after & is_new & _is_sound(**facts))
    new = Agreement.objects.create(title=agreement.title, follows=agreement, **facts)
    new.areas.set(agreement.areas.all())
    agreement.counts_until = counts_until
    agreement.save(update_fields=["counts_until"])
    signed = Agency.objects.filter(signatures__agreement=agreement, signatures__ended_on=None)
    for lead in _leads(signed, new):
        _ask_to_sign(lead, new, counts_until, now)
    return new


@action(may=may_keep_agreement, event="agreement.reviewed")
def record_review(agreement: Agreement, *, by: Actor, now: datetime, review_on: date) -> Agreement:
    """It was looked at and stays as it is; the day of the next look."""
    today = timezone.localdate(now)
    _unless("agreement.reviewed", need(review_on > today, "The next review is after today."))
    agreement.reviewed_on, agreement.review_on = today, review_on
    agreement.save(update_fields=["reviewed_on", "review_on"])
    return agreement


@action(may=may_keep_agreement, event="agreement.signed")
def sign(
    agreement: Agreement, *, by: Actor, now: datetime, agency: Agency, signed_by: str, on: date, role: str = ""
) -> Signature:
    """An agency has signed this version: who, in which office, and when."""
    serves = agency.areas.filter(pk__in=agreement.areas.all()).exists()
    has_signed = agreement.signatures.filter(agency=agency, ended_on=None).exists()
    _unless(
        "agreement.signed",
        need(serves, f"{agency.name} serves none of its areas.")
        & need(not has_signed, f"{agency.name} has signed this version already.")
        & need(on <= timezone.localdate(now), "It is signed today or earlier.")
        & need(agreement.counts_until is None, "A later version has taken its place. Record the signature there."),
    )
    return Signature.objects.create(agreement=agreement, agency=agency, signed_by=signed_by, role=role, signed_on=on)


@action(may=may_end_signature, event="agreement.signature-ended")
def end_signature(signature: Signature, *, by: Actor, now: datetime, on: date, because: str) -> Signature:
    """From a day on it does not count, and nothing more goes to the agency. What it was sent before stays with it."""
    _unless(
        "agreement.signature-ended",
        need(on >= signature.signed_on, "It ends on or after the day on which it was signed.")
        & need(bool(because.strip()), "Say why it ends."),
    )
    signature.ended_on, signature.ended_because = on, because.strip()
    signature.save(update_fields=["ended_on", "ended_because"])
    return signature


@action(may=may_override_signature, event="agreement.overridden-until", lock=False)
def override_until(
    area: Area, *, by: User, now: datetime, agency: Agency, until: date, because: str
) -> SharingOverride:
    """An agency without a live signature is sent what it needs until a day: the governance lead's word, with why."""
    today = timezone.localdate(now)
    serves = agency.areas.filter(pk=area.pk).exists()
    _unless(
        "agreement.overridden-until",
        need(serves, f"{agency.name} does not serve this area.")
        & need(not has_live_signature(agency, area.pk), f"{agency.name} has signed, and needs no override.")
        & need(today <= until <= today + LONGEST_OVERRIDE, f"It lasts until a day within {LONGEST_OVERRIDE.days} days.")
        & need(bool(because.strip()), "Say why it cannot wait for a signature."),
    )
    facts = {"until": until, "because": because.strip(), "by": by, "at": now}
    return SharingOverride.objects.create(area=area, agency=agency, **facts)


@action(may=may_end_override, event="agreement.override-ended")
def end_override(override: SharingOverride, *, by: User, now: datetime) -> SharingOverride:
    """Before its day: from now on nothing more goes out on it."""
    override.ended_by, override.ended_at = by, now
    override.save(update_fields=["ended_by", "ended_at"])
    return override


def _is_sound(*, in_force_from: date, review_on: date, **_: Any) -> Verdict:
    return need(review_on > in_force_from, "It is reviewed after it has come into force.")


def _unless(event: str, verdict: Verdict) -> None:
    if not verdict:
        raise Refused(event, verdict)


def _leads(agencies: Iterable[Agency], agreement: Agreement) -> Iterable[User]:
    """Those who speak for these agencies in the agreement's areas."""
    areas = agreement.areas.values_list("pk", flat=True)
    return holders(Permission.CONSENT_TO_RELEASE, areas=areas).filter(agency__in=agencies)


def _ask_to_sign(lead: User, agreement: Agreement, until: date, now: datetime) -> None:
    letters.write(
        to=lead.email,
        user=lead,
        about="Sharing agreement",
        subject="A new version of the sharing agreement is to be signed",
        line=f"What your agency signed before counts until {day(until)}. Version {agreement.version} follows it.",
        link=f"/agreements/{agreement.pk}/",
        key=f"agreement-{agreement.pk}-{lead.pk}",
        now=now,
    )
