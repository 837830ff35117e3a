"""Whether a person in a notification is open to social care: as the hub has it, or as the council's own list has it."""

from collections.abc import Iterable, Sequence

from openmash.agencies.models import User
from openmash.feeds import known
from openmash.feeds.known import OpenCase
from openmash.notifications.codes import OPEN_CASE
from openmash.notifications.models import Subject
from openmash.notifications.whom import as_described, likely
from openmash.people.matching.linking import open_index
from openmash.people.matching.links import records_of
from openmash.people.matching.looking import records_like
from openmash.people.models import Marker


def open_cases(subjects: Sequence[Subject], *, by: User) -> dict[int, OpenCase]:
    """By the subject's number: the team and the worker, and nothing else (M89).

    Asked each time: a case may have been opened since the notification came, and the hub need not know the child.
    """
    ours, theirs = _marked(subjects), _listed(subjects, by)
    found = {one.pk: ours.get(one.lead or 0) or theirs.get(one.pk) for one in subjects}
    return {number: case for number, case in found.items() if case}


def _marked(subjects: Iterable[Subject]) -> dict[int, OpenCase]:
    leads = {one.lead for one in subjects if one.lead}
    live = Marker.objects.filter(kind__in=OPEN_CASE, until=None)
    rows = (live.filter(person__in=leads) | live.filter(person__lead__in=leads)).select_related("person")
    return {row.person.lead_id or row.person_id: OpenCase(row.team, row.worker) for row in rows.order_by("since")}


def _listed(subjects: Sequence[Subject], by: User) -> dict[int, OpenCase]:
    """Whoever in the council's list is likely them, and what is linked with whom the hub knows them to be.

    A council may hold somebody twice: they are open when one of these is.
    """
    linked = records_of({one.lead for one in subjects if one.lead})
    asked = [as_described(one, one.notification) for one in subjects]
    with open_index():
        alike = records_like(asked, known.social_care())
    records = {
        one.pk: [*likely(person, near), *sorted(linked.get(one.lead or 0, ()))]
        for one, person, near in zip(subjects, asked, alike, strict=True)
    }
    cases = known.open_cases({record for some in records.values() for record in some}, by=by)
    return {
        number: next(cases[record] for record in some if record in cases)
        for number, some in records.items()
        if not cases.keys().isdisjoint(some)
    }
