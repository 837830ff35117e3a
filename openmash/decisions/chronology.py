"""What decisions add to the combined chronology: when it was decided, what and by which hub. Never the reasons."""

from collections.abc import Iterator

from django.utils import timezone

from openmash.agencies.models import User
from openmash.agencies.roles import Permission
from openmash.decisions.codes import LEVELS, OUTCOMES
from openmash.decisions.models import Decision, Outcome
from openmash.enquiries.models import Party
from openmash.people.chronology import Line, Look


def lines(look: Look) -> Iterator[Line]:
    """One line a signed decision about any of these people, in any area, for hub staff. Three queries."""
    if not isinstance(look.by, User) or not look.by.areas_where(Permission.SEE_ENQUIRIES):
        return
    about: dict[int, list[int]] = {}
    for enquiry, person in Party.objects.filter(person__in=look.people).values_list("enquiry", "person"):
        about.setdefault(enquiry, []).append(person)
    signed = Decision.objects.filter(enquiry__in=about).exclude(signed_at=None)
    rows = list(signed.values("pk", "enquiry", "enquiry__reference", "enquiry__area__name", "signed_at", "level"))
    kinds: dict[int, list[str]] = {}
    outcomes = Outcome.objects.filter(decision__in=[row["pk"] for row in rows]).order_by("id")
    for decision, kind in outcomes.values_list("decision_id", "kind"):
        kinds.setdefault(decision, []).append(OUTCOMES[kind].label)
    for row in rows:
        level = [LEVELS[row["level"]].label] if row["level"] else []
        yield Line(
            key=f"decision-{row['pk']}",
            on=timezone.localdate(row["signed_at"]),
            what=f"Decided: {'; '.join([*level, *kinds.get(row['pk'], ())])}",
            kind="decision",
            source=f"{row['enquiry__area__name']} hub",
            agency_key="hub",
            people=tuple(about[row["enquiry"]]),
            enquiry_reference=row["enquiry__reference"],
        )
