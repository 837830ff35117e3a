"""Who still has something to do in an enquiry: nobody restricts it so that work waits for somebody who sees nothing."""

from collections.abc import Collection, Iterator

from openmash.agencies.models import Agency, User
from openmash.agencies.queries import on_team
from openmash.enquiries.models import Enquiry, Need
from openmash.kit.verdict import YES, Verdict, no


def waits_for(enquiry: Enquiry, names: Collection[int]) -> Verdict:
    """A sentence for everybody with a task in it who is not among these numbers of users, and each agency and team."""
    verdict = YES
    for sentence in dict.fromkeys(_sentences(enquiry, names)):
        verdict = verdict & no(sentence)
    return verdict


def _sentences(enquiry: Enquiry, names: Collection[int]) -> Iterator[str]:
    if enquiry.owner_id and enquiry.owner_id not in names:
        yield f"{enquiry.owner.name} has this enquiry. Name them, or have them give it back first."  # type: ignore[union-attr]
    here = User.objects.filter(pk__in=names)
    waiting = Need.objects.filter(enquiry=enquiry, met_at=None).select_related("user", "agency", "team")
    for need in waiting.order_by("pk"):
        if need.user and need.user_id not in names:
            yield f"{need.user.name} has something to do in it: {need.says}. Name them."
        elif need.team and not on_team(need.team).filter(pk__in=names).exists():
            yield f"{need.team.name} has something to do in it. Name somebody of the team."
        elif need.agency and need.agency.mode != Agency.EMAIL and not here.filter(agency=need.agency).exists():
            yield f"{need.agency.name} has something to do in it. Name somebody there."
