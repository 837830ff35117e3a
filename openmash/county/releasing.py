"""How what an agency said comes to the team that has to act on it, told through the airlock's own acts."""

from datetime import timedelta
from typing import TYPE_CHECKING

from openmash.agencies.models import Team, User
from openmash.audit.action import Refused
from openmash.audit.actors import CLOCKWORK
from openmash.county import reasons
from openmash.disclosure import actions
from openmash.disclosure.models import Release
from openmash.disclosure.plan import Chosen, Plan
from openmash.disclosure.rows import sealed_for
from openmash.disclosure.workflow import ACKNOWLEDGED, DISCLOSED, DRAFT, EXPIRED, PROPOSED, RECALLED, REFUSED, RETURNED
from openmash.disclosure.workflow import SUPERSEDED as PUT_ASIDE

if TYPE_CHECKING:
    from openmash.county.telling import Story

_LASTS = timedelta(days=28)
_LEADS = {"police": "karen", "health": "anjali", "education": "claire", "probation": "irene"}
_ENDINGS = {RETURNED: actions.send_back, REFUSED: actions.refuse, PUT_ASIDE: actions.put_aside}


def account_for(story: "Story", recipient: User, team: Team, by: tuple[User, User], until: str) -> None:
    """Release what the team needs as far as `until`, or record that nothing is shared. `by` proposes and approves.

    An ending that is not out (sent back, refused, put aside) is followed by a decision not to share where it closes.
    """
    proposer = by[0]
    items = _chosen(story, proposer) if until else ()
    if not items:
        _share_nothing(story, proposer)
        return
    release = actions.draft(story.enquiry, by=proposer, now=story.now, plan=_plan(story, recipient, team, items))
    try:
        _take(story, release, by, until)
    except Refused:
        release.refresh_from_db()
        actions.put_aside(release, by=proposer, now=story.now, because="It names somebody who is not of this enquiry.")
        _share_nothing(story, proposer)


def _take(story: "Story", release: Release, by: tuple[User, User], until: str) -> None:
    proposer, approver = by
    if until == DRAFT:
        return
    release = actions.propose(release, by=proposer, now=_later(story))
    if until == PROPOSED:
        return
    if until in _ENDINGS:
        who = proposer if until == PUT_ASIDE else approver
        _ENDINGS[until](release, by=who, now=_later(story), because=reasons.RELEASE_ENDED[until])
        return
    for row in release.items.filter(owner_says="").select_related("agency"):
        lead = story.teller.hub.staff[_LEADS[row.agency.key]]
        release = actions.owner_answers(release, by=lead, now=_later(story), item=row.pk, says="granted")
    release = actions.approve(release, by=approver, now=_later(story), shown=release.body_hash)
    if until != DISCLOSED:
        _read(story, release, proposer, until)


def _read(story: "Story", release: Release, proposer: User, until: str) -> None:
    release = actions.open_released(release, by=release.recipient, now=_later(story))
    release = actions.acknowledge(release, by=release.recipient, now=_later(story))
    if until == RECALLED:
        actions.recall(release, by=proposer, now=_later(story), because=reasons.RELEASE_ENDED[RECALLED])
    elif until == EXPIRED or (until == ACKNOWLEDGED and release.expires_at < story.teller.today):
        actions.expire(release, by=CLOCKWORK, now=release.expires_at)


def _later(story: "Story"):  # noqa: ANN202 - a moment
    story.later(hours=0.5)
    return story.now


def _chosen(story: "Story", by: User) -> tuple[Chosen, ...]:
    """Two plain items and one whose owner has to say yes; nobody answers for an agency without a lead."""
    plain, guarded = [], []
    for item in sealed_for(story.enquiry, by, story.now).values():
        if item.sensitivity == "G" and item.handling == "P":
            plain.append(item.number)
        elif item.sensitivity == "S" and item.agency_key in _LEADS:
            guarded.append(item.number)
    return tuple(Chosen(number, "full") for number in (*plain[:2], *guarded[:1]))


def _plan(story: "Story", recipient: User, team: Team, items: tuple[Chosen, ...]) -> Plan:
    draw, is_told = story.teller.draw, bool(story.said.fields.get("told_family"))
    is_assessment = "assessment" in story.said.kinds(story.course)
    return Plan(
        recipient=recipient.pk,
        team=team.pk,
        purpose="assessment" if is_assessment else "early_help",
        purpose_words="To begin the assessment that was decided." if is_assessment else "To plan help with the family.",
        why_them="The family lives in the team's part of the area.",
        lawful_basis="public_task",
        gateway="ca1989_s17" if is_assessment else "ca2004_s10",
        necessity=draw.choice(reasons.NECESSITY),
        told_family=is_told,
        told_family_words="" if is_told else reasons.WHY_NOT_TOLD["raises_risk"],
        conditions=draw.choice(reasons.CONDITIONS),
        expires_at=story.now + _LASTS,
        items=items,
    )


def _share_nothing(story: "Story", by: User) -> None:
    because = story.teller.draw.choice(reasons.NOT_SHARED)
    actions.not_share(story.enquiry, by=by, now=story.now, to_whom="The receiving team", because=because)
