"""What is seen of the requests and of the answers that came, by whom. Never what an answer says: that is sealed."""

from collections.abc import Iterable

from openmash.gathering.models import Request


def outstanding(enquiry_numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """For a list of enquiries: the agencies that have still to answer, first due first. One query however many."""
    rows = Request.objects.filter(enquiry__in=list(enquiry_numbers), answered_at=None, withdrawn_at=None)
    waiting: dict[int, list[str]] = {}
    for enquiry, agency in rows.order_by("due_at", "id").values_list("enquiry_id", "agency__name"):
        waiting.setdefault(enquiry, []).append(agency)
    return {enquiry: tuple(agencies) for enquiry, agencies in waiting.items()}
