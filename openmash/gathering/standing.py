"""How agencies stand to one enquiry: what their being asked depends on, for all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from openmash.agencies.addresses import written_to
from openmash.agencies.models import Agency, SharingOverride
from openmash.agencies.policies import has_live_signature, may_be_sent
from openmash.agencies.sharing import live_overrides, live_signatures
from openmash.enquiries.models import Enquiry
from openmash.gathering.models import Override, Request
from openmash.gathering.shelf import RETURNS
from openmash.kit.verdict import Verdict, need


@dataclass(frozen=True)
class Standing:
    """One agency and one enquiry. `is_wanted`: the governance lead has been asked to let a request go, and not said.

    `overridden` says on whose word it is asked without a signature.
    """

    name: str
    has_form: bool
    serves_area: bool
    has_joined: bool
    can_be_reached: bool
    is_asked: bool
    has_signed: bool
    is_let_through: bool
    is_wanted: bool
    overridden: str = ""


def standings(enquiry: Enquiry, agencies: Iterable[Agency]) -> dict[int, Standing]:
    """By the number of the agency. Seven queries, however many agencies."""
    rows = list(agencies)
    numbers = [row.pk for row in rows]
    forms = {form.key for form in RETURNS.all()}
    serving = set(Agency.objects.filter(pk__in=numbers, areas=enquiry.area_id).values_list("pk", flat=True))
    waiting = Request.objects.filter(enquiry=enquiry, answered_at=None, withdrawn_at=None)
    signed = live_signatures(enquiry.area_id).filter(agency__in=numbers).values_list("agency", flat=True)
    last = {one.agency_id: one for one in Override.objects.filter(enquiry=enquiry).order_by("id").select_related("by")}
    dated = {one.agency_id: one for one in live_overrides(enquiry.area_id).order_by("id").select_related("by")}
    granted = dated | {number: one for number, one in last.items() if one.did == "granted"}
    by_email = written_to([row.pk for row in rows if row.mode == Agency.EMAIL], enquiry.area_id)
    is_open, has_signed = set(waiting.values_list("agency", flat=True)), set(signed)
    return {
        row.pk: Standing(
            name=row.name,
            has_form=row.return_key in forms,
            serves_area=row.pk in serving,
            has_joined=row.mode != Agency.PROPOSED and row.left_on is None,
            can_be_reached=row.mode != Agency.EMAIL or row.pk in by_email,
            is_asked=row.pk in is_open,
            has_signed=row.pk in has_signed,
            is_let_through=row.pk in granted,
            is_wanted=row.pk in last and last[row.pk].did == "",
            overridden=_on_whose_word(granted[row.pk]) if row.pk in granted and row.pk not in has_signed else "",
        )
        for row in rows
    }


def may_be_sent_about(agency: Agency, enquiry: Enquiry) -> Verdict:
    """Whether an agency may be sent personal data of this enquiry, by whatever way (M131)."""
    signed = may_be_sent(agency, enquiry.area_id)
    return signed or need(_granted(agency, enquiry) is not None, signed.why)


def may_be_sent_among(agency: Agency, enquiries: Sequence[Enquiry]) -> set[int]:
    """The numbers of those of these enquiries that an agency may be sent personal data of."""
    areas = {area for area in {one.area_id for one in enquiries} if may_be_sent(agency, area)}
    granted = Override.objects.filter(enquiry__in=enquiries, agency=agency, did="granted")
    return {one.pk for one in enquiries if one.area_id in areas} | set(granted.values_list("enquiry", flat=True))


def may_be_sent_in(enquiry: Enquiry) -> set[int]:
    """The numbers of all agencies that may."""
    found = (live_signatures(enquiry.area_id), live_overrides(enquiry.area_id), _all_granted(enquiry))
    return {number for rows in found for number in rows.values_list("agency", flat=True)}


def live_override(agency: Agency, enquiry: Enquiry) -> Override | SharingOverride | None:
    """On what an agency without a live signature is sent something: the governance lead's word for this enquiry alone,
    or until a day. None for an agency that has signed, and for one that is sent nothing.
    """
    if has_live_signature(agency, enquiry.area_id):
        return None
    dated = live_overrides(enquiry.area_id).filter(agency=agency).select_related("by")
    return _granted(agency, enquiry) or dated.order_by("-id").first()


def overridden(agency: Agency, enquiry: Enquiry) -> str:
    """The sentence for the page on which it is sent; empty for an agency that has signed."""
    row = live_override(agency, enquiry)
    return _on_whose_word(row) if row else ""


def _on_whose_word(row: Override | SharingOverride) -> str:
    name = row.by.name if row.by else ""
    return f"No live signature; released on the override of {name}: {row.because}"


def _granted(agency: Agency, enquiry: Enquiry) -> Override | None:
    return _all_granted(enquiry).filter(agency=agency).select_related("by").order_by("-id").first()


def _all_granted(enquiry: Enquiry) -> QuerySet[Override]:
    return Override.objects.filter(enquiry=enquiry, did="granted")
