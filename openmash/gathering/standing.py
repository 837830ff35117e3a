"""How agencies stand to one enquiry: what their being asked depends on, for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from openmash.agencies.addresses import written_to
from openmash.agencies.models import Agency, Signature
from openmash.enquiries.models import Enquiry
from openmash.gathering.models import Override, Request
from openmash.gathering.shelf import RETURNS


@dataclass(frozen=True)
class Standing:
    """One agency and one enquiry. `is_wanted`: the governance lead has been asked to let a request go, and not said."""

    name: str
    has_form: bool
    serves_area: bool
    has_joined: bool
    can_be_reached: bool
    is_asked: bool
    has_signed: bool
    is_let_through: bool
    is_wanted: bool


def standings(enquiry: Enquiry, agencies: Iterable[Agency]) -> dict[int, Standing]:
    """By the number of the agency. Six queries, however many agencies."""
    rows = list(agencies)
    numbers = [row.pk for row in rows]
    forms = {form.key for form in RETURNS.all()}
    serving = set(Agency.objects.filter(pk__in=numbers, areas=enquiry.area_id).values_list("pk", flat=True))
    waiting = Request.objects.filter(enquiry=enquiry, answered_at=None, withdrawn_at=None)
    signed = Signature.objects.filter(
        agency__in=numbers, agreement__area=enquiry.area_id, agreement__ended_on=None, withdrawn_on=None
    ).values_list("agency", flat=True)
    overrides = dict(Override.objects.filter(enquiry=enquiry).order_by("id").values_list("agency", "did"))
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
            is_let_through=overrides.get(row.pk) == "granted",
            is_wanted=overrides.get(row.pk) == "",
        )
        for row in rows
    }


def live_override(agency: Agency, enquiry: Enquiry) -> Override | None:
    """The governance lead's permission to ask an agency without a live signature about this one enquiry."""
    return Override.objects.filter(agency=agency, enquiry=enquiry, did="granted").order_by("-id").first()
