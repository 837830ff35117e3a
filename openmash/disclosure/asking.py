"""Whom a release needs at each step: owners, an approver, the drafter, the recipient. Called inside the acts."""

from datetime import datetime, timedelta

from openmash.agencies import letters
from openmash.agencies.addresses import written_to
from openmash.agencies.models import Agency, User
from openmash.agencies.queries import holders
from openmash.agencies.roles import Permission
from openmash.disclosure.models import Countersignature, Release, ReleaseItem
from openmash.enquiries.models import Enquiry, Need
from openmash.enquiries.steps import meet_need, note_step, raise_need

OWNER, APPROVER, DRAFTER, READER, RECALLED, COUNTERSIGN = (
    "release_owner",
    "release_approve",
    "release_changed",
    "release_read",
    "release_recalled",
    "release_countersign",
)


def note(release: Release, what: str, says: str, *, by: User, now: datetime, because: str = "") -> None:
    """A step on the enquiry, whose row is locked first. The words name nobody; reasons stay with the release."""
    release.enquiry = (
        Enquiry.objects.select_for_update(of=("self",), no_key=True).select_related("area").get(pk=release.enquiry_id)
    )
    note_step(release.enquiry, what, says, by=by, now=now, because=because)


def page_of(release: Release) -> str:
    return f"/enquiry/{release.enquiry.reference}/release/{release.token}/"


def waiting(release: Release) -> list[ReleaseItem]:
    """The items whose owner has still to answer, and that nobody has overridden."""
    return list(release.items.filter(owner_says=ReleaseItem.WAITING, overridden_by=None).select_related("agency"))


def ask_next(release: Release, *, now: datetime) -> None:
    """Each owner that has still to answer; when there is none, an approver."""
    still = {row.agency for row in waiting(release)}
    for agency in still:
        if agency.mode == Agency.EMAIL:
            _ask_to_ask(release, agency, now=now)
            continue
        raise_need(
            release.enquiry,
            OWNER,
            "Something your agency supplied is to be released: say whether it may be",
            path=f"/consents/{release.token}/",
            due_at=agency.working_time.add_days(now, 1),
            now=now,
            permission=Permission.CONSENT_TO_RELEASE,
            agency=agency,
            about=_of_agency(release, agency),
        )
    if not still:
        raise_need(
            release.enquiry,
            APPROVER,
            "A release waits to be approved",
            path=page_of(release),
            due_at=release.enquiry.area.working_time.add_hours(now, 4),
            now=now,
            permission=Permission.APPROVE_RELEASE,
            about=str(release.token),
        )


def _ask_to_ask(release: Release, agency: Agency, *, now: datetime) -> None:
    """Nobody there signs in: somebody of the hub asks, by e-mail or telephone, and writes down what is said."""
    raise_need(
        release.enquiry,
        OWNER,
        "An agency without accounts has to be asked whether what it said may be released",
        path=page_of(release),
        due_at=agency.working_time.add_days(now, 1),
        now=now,
        permission=Permission.PROPOSE_RELEASE,
        about=_of_agency(release, agency),
    )


def tell_drafter(release: Release, says: str, *, now: datetime) -> None:
    """Whoever proposed it last, or else drafted it, has to look at it again."""
    raise_need(
        release.enquiry,
        DRAFTER,
        says,
        path=page_of(release),
        due_at=release.enquiry.area.working_time.add_hours(now, 4),
        now=now,
        user=User.objects.get(pk=release.proposed_by_id or release.drafted_by_id),
        about=str(release.token),
    )


def tell_recipient(release: Release, *, now: datetime) -> None:
    raise_need(
        release.enquiry,
        READER,
        "Something was released to you: read it and say that you have it",
        path=f"/released/{release.token}/",
        due_at=release.recipient.agency.working_time.add_days(now, 1),
        now=now,
        user=release.recipient,
        about=str(release.token),
    )


def tell_of_recall(release: Release, *, now: datetime) -> None:
    raise_need(
        release.enquiry,
        RECALLED,
        "What was released to you is recalled: stop using it now",
        path="/released/",
        due_at=now + timedelta(hours=1),
        now=now,
        user=release.recipient,
        about=str(release.token),
    )


def tell_owner_of_override(release: Release, agency: Agency, *, item: int, now: datetime) -> None:
    """At once, to each of the agency's leads, digest or not (I2); to the address of an agency without accounts."""
    if agency.mode == Agency.EMAIL:
        _tell_by_post(release, agency, item=item, now=now)
    for lead in holders(Permission.CONSENT_TO_RELEASE, areas=[release.enquiry.area_id]).filter(agency=agency):
        letters.write(
            to=lead.email,
            about=release.enquiry.reference,
            subject=f"{release.enquiry.reference}: released without your agreement",
            line="A practice manager overrides your agency's say on something it supplied. Read why",
            link=f"/consents/{release.token}/",
            key=f"override-{item}-{release.version}-{lead.pk}",
            now=now,
        )


def _tell_by_post(release: Release, agency: Agency, *, item: int, now: datetime) -> None:
    area = release.enquiry.area
    letters.write(
        to=written_to([agency.pk], area.pk).get(agency.pk, ""),
        about=release.enquiry.reference,
        subject=f"{release.enquiry.reference}: released without your agreement",
        line=f"A practice manager of {area.hub_name} overrides your agency's say on something it told us. "
        f"Ring {area.telephone} to hear why.",
        key=f"override-{item}-{release.version}-{agency.key}",
        now=now,
    )


def ask_for_countersignature(release: Release, row: ReleaseItem, *, now: datetime) -> None:
    """The governance lead looks within one working day; what leaves does not wait for it (I2)."""
    area = release.enquiry.area
    signature = Countersignature.objects.create(
        release=release,
        agency=row.agency,
        overridden_by=row.overridden_by,
        overridden_because=row.overridden_because,
        wanted_at=now,
        due_at=area.working_time.add_days(now, 1),
    )
    raise_need(
        release.enquiry,
        COUNTERSIGN,
        "A practice manager overrode an agency's say: was it right?",
        path=f"/countersign/{signature.pk}/",
        due_at=signature.due_at,
        now=now,
        permission=Permission.OVERRIDE_AGREEMENT,
        about=str(signature.pk),
    )


def countersigned(signature: Countersignature, *, by: User, now: datetime) -> None:
    """On the enquiry for all to see; and who overrode it is told when it was not right."""
    enquiry, is_right = signature.release.enquiry, signature.did == Countersignature.AGREES
    says = (
        f"The governance lead {'agrees' if is_right else 'does not agree'} that {signature.agency.name} was overridden"
    )
    note_step(enquiry, "override-countersigned", says, by=by, now=now, because=signature.because)
    meet_need(enquiry, COUNTERSIGN, by=by, now=now, about=str(signature.pk))
    if not is_right:
        path, due = f"/enquiry/{enquiry.reference}/release/{signature.release.token}/", now + timedelta(hours=4)
        says = "The governance lead does not agree with your override: consider a recall"
        raise_need(enquiry, "override_disputed", says, path=path, due_at=due, now=now, user=signature.overridden_by)


def owners_answered(release: Release, agency: Agency, *, by: User, now: datetime) -> None:
    """This agency has nothing more to say on it, where that is so."""
    if not any(row.agency_id == agency.pk for row in waiting(release)):
        meet_need(release.enquiry, OWNER, by=by, now=now, about=_of_agency(release, agency))


def nobody_waits(release: Release, *, by: User, now: datetime) -> None:
    """A change, a refusal, an approval: nobody is asked about it any more until it is proposed again."""
    prefix = f"{OWNER}:{release.enquiry_id}:{release.token}"
    for key in Need.objects.filter(key__startswith=prefix, met_at=None).values_list("key", flat=True):
        meet_need(release.enquiry, OWNER, by=by, now=now, about=key.removeprefix(f"{OWNER}:{release.enquiry_id}:"))
    for kind in (APPROVER, DRAFTER):
        meet_need(release.enquiry, kind, by=by, now=now, about=str(release.token))


def recipient_has_it(release: Release, *, by: User, now: datetime) -> None:
    meet_need(release.enquiry, READER, by=by, now=now, about=str(release.token))


def recall_is_heeded(release: Release, *, by: User, now: datetime) -> None:
    meet_need(release.enquiry, RECALLED, by=by, now=now, about=str(release.token))


def _of_agency(release: Release, agency: Agency) -> str:
    return f"{release.token}-{agency.pk}"
