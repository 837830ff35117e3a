"""What an act leaves on the enquiry besides its own row: a step with its author, and what now needs whom.

Called inside the acts of this room and of later ones, in the act's own transaction.
"""

from datetime import datetime

from openmash.agencies import letters
from openmash.agencies.models import Agency, Team, User
from openmash.agencies.queries import holders, on_team
from openmash.agencies.roles import Permission
from openmash.audit.action import Refused
from openmash.audit.actors import Actor
from openmash.audit.binding import acts_for_a_person
from openmash.enquiries.kept_from import may_be_told
from openmash.enquiries.models import Enquiry, Need, Step
from openmash.kit.verdict import no


def note_step(
    enquiry: Enquiry, what: str, says: str, *, by: Actor, now: datetime, because: str = "", before: str = ""
) -> Step:
    """Add a step and raise the enquiry's version. `says` names nobody and nothing sealed."""
    enquiry.version += 1
    Enquiry.objects.filter(pk=enquiry.pk).update(version=enquiry.version)
    return Step.objects.create(
        enquiry=enquiry,
        what=what,
        says=says,
        because=because,
        before=before,
        after=enquiry.status,
        by=by if isinstance(by, User) else None,
        by_name=by.ledger_name,
        at=now,
        version=enquiry.version,
    )


def raise_need(
    enquiry: Enquiry,
    kind: str,
    says: str,
    *,
    path: str,
    due_at: datetime,
    now: datetime,
    user: User | None = None,
    permission: Permission | None = None,
    agency: Agency | None = None,
    team: Team | None = None,
    about: str = "",
    tell: bool = True,
) -> None:
    """Something needs somebody: a user, the holders of a permission in the enquiry's area, an agency, or a team.

    A permission together with an agency is for those of the agency who hold it; an agency alone, for those who answer.
    `about` tells two needs of one kind apart. With `tell`, each of them gets a letter: the reference and a link; never
    somebody from whom the enquiry is kept. Nobody asks an agency, a team or a colleague who would see nothing.
    """
    key = f"{kind}:{enquiry.pk}:{about or (user.pk if user else permission or (agency or team).key)}"  # type: ignore[union-attr]
    need, is_new = Need.objects.get_or_create(
        key=key,
        met_at=None,
        defaults={
            "enquiry": enquiry,
            "kind": kind,
            "says": says,
            "path": path,
            "user": user,
            "permission": permission or "",
            "area": enquiry.area if permission or agency else None,
            "agency": agency,
            "team": team,
            "due_at": due_at,
            "made_at": now,
        },
    )
    told = may_be_told(enquiry, _who(need)) if is_new else []
    if is_new and not told and enquiry.is_restricted and not permission and acts_for_a_person():
        whom = (user or agency or team).name  # type: ignore[union-attr]
        if user or team or not (agency and agency.mode == Agency.EMAIL):
            raise Refused("need.raised", no(f"The enquiry is restricted, and nobody of {whom} is named on it."))
    if tell:
        for person in told:
            letters.write(
                to=person.email,
                user=person,
                about=enquiry.reference,
                subject=f"{enquiry.reference} needs you",
                line=says,
                link=path,
                key=f"need-{need.pk}-{person.pk}",
                now=now,
            )


def meet_need(enquiry: Enquiry, kind: str, *, by: Actor, now: datetime, about: str = "") -> None:
    """What was needed has been done. Without `about`, every need of the kind on the enquiry is met."""
    live = Need.objects.filter(enquiry=enquiry, kind=kind, met_at=None)
    if about:
        live = live.filter(key=f"{kind}:{enquiry.pk}:{about}")
    live.update(met_at=now, met_by=by if isinstance(by, User) else None)


def _who(need: Need) -> list[User]:
    if need.user_id:
        return [need.user] if need.user else []
    if need.team_id:
        return list(on_team(need.team_id).select_related("agency"))
    if need.agency_id:
        able = holders(need.permission or Permission.ANSWER, areas=[need.enquiry.area_id]).filter(agency=need.agency_id)
        return list(able.select_related("agency"))
    return list(holders(need.permission, areas=[need.area_id]).select_related("agency"))
