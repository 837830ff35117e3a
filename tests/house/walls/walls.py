"""Every table with a wall of its own, and whose its rows are: the policies of the rooms are asked.

Another such table is one more `Wall` here; one that the hub shares, but for what is kept, one more name in `kept.py`.
"""

from openmash.adults import policies as adults
from openmash.adults.models import CareActRecord, ChildConsidered
from openmash.agencies import policies as agencies
from openmash.agencies.models import Delivery, HeldBack, Token
from openmash.agencies.roles import Permission
from openmash.domestic_abuse import policies as abuse
from openmash.domestic_abuse.models import MaracAction, MaracMeeting, MaracReferral
from openmash.enquiries.models import Conflict, Party
from openmash.enquiries.workflow import STATUSES
from openmash.gathering.models import AnswerDraft, Request
from openmash.oversight import policies as oversight
from openmash.oversight.models import Alert
from openmash.oversight.readers import posted
from openmash.people.models import IndexEntry, IndexKey, Person, RecordJudgement, RiskFrom
from openmash.post import policies as post
from openmash.post.models import Enclosed, Original, Reply
from openmash.records import policies as records
from openmash.records import request_policies as requests
from openmash.records.asked import SubjectItem, SubjectRequest
from openmash.records.models import Hold, Review
from openmash.restrictions import policies as restrictions
from tests.house.walls.kept import SHARED
from tests.house.walls.rules import Look, Wall
from tests.house.walls.sealed import SEALED
from tests.house.walls.world import NOW, POSTED, Reader, World, fill, vary

MANAGER, COORDINATOR, LEAD = "practice_manager-plain", "coordinator-plain", "governance_lead-plain"
KEPT = ("restricted", "restricted-there", "known")


def _adults(world: World) -> None:
    by = world.users[MANAGER]
    places = [world.enquiries[key] for key in world.enquiries if key.startswith("adult") or key in (*KEPT, "closed")]
    vary(CareActRecord, enquiry=places, by=[by])
    vary(ChildConsidered, enquiry=places, by=[by])
    vary(ChildConsidered, enquiry=places[:1], by=[by], childs_enquiry=[world.enquiries[key] for key in KEPT])
    of_adults = [place for place in places if place.kind == "adult"]
    vary(ChildConsidered, enquiry=of_adults, by=[by], childs_enquiry=[world.enquiries["known"]])


def _systems(world: World) -> None:
    vary(Token, user=[world.users["system"], world.users["system_administrator-plain"]], area=[world.here, world.there])
    vary(Delivery, token=list(Token.objects.all()))
    vary(HeldBack, token=list(Token.objects.all()), area=[world.here, world.there])


def _marac(world: World) -> None:
    by = [world.users[MANAGER]]
    places = [world.enquiries[key] for key in (*STATUSES, "there", *KEPT)]
    vary(MaracReferral, enquiry=places, is_referred=[True, False], by=by)
    by.append(world.users["agency_lead-plain"])
    vary(MaracMeeting, referral=list(MaracReferral.objects.order_by("pk")[10:]), by=by)
    vary(MaracAction, meeting=list(MaracMeeting.objects.all()))


def _conflicts(world: World) -> None:
    """Beside those of the world: of colleagues who work here, worked, will work, or work elsewhere."""
    colleagues = [world.users[f"coordinator-{kind}"] for kind in POSTED]
    colleagues.append(world.users["Ellen Marsh"])
    vary(Conflict, user=colleagues, person=[world.people["other"]])


def _drafts(world: World) -> None:
    vary(AnswerDraft, user=[world.users[MANAGER], world.users["agency_researcher-plain"]])


def _alerts(world: World) -> None:
    about = [None, world.users[LEAD]]
    vary(Alert, area=[world.here, world.there], user=about, outcome=["", "harmless"], closed_by=about)
    vary(Alert, area=[world.here], enquiry=[world.enquiries[key].pk for key in (*KEPT, "lifted")])
    vary(Alert, area=[world.here], person=[person.pk for person in world.people.values()])
    leads = {user.name: user.pk for user in posted("governance_lead", world.here)}
    for kind in (
        "",
        "first-and-last-day",
        "knows",
        "knows-joined",
        "knew",
    ):  # about every lead of the area but this one
        rest = [[pk for name, pk in leads.items() if name != f"governance_lead-{kind}"]]
        known = [world.people[key].pk for key in ("known", "known-joined", "other")]
        vary(Alert, area=[world.here], also=rest, person=[None, *known])
        known = [world.enquiries[key].pk for key in ("known", "known-joined", "gathering")]
        vary(Alert, area=[world.here], also=rest, enquiry=known)
    rest = [[pk for name, pk in leads.items() if name != LEAD]]
    vary(Alert, area=[world.here], also=rest, user=[world.users[LEAD]], outcome=["", "harmless"])
    vary(Alert, area=[world.here, world.there], also=[list(leads.values())], user=[None, world.users[MANAGER]])
    for by in (None, world.users["coordinator-plain"]):
        world.readers.append(
            Reader(f"the watch {by or ''}", by, says={"reader": "hub", "watching": str(world.here.pk)})
        )


def _index(world: World) -> None:
    vary(IndexEntry, area=[world.here, world.there, None], is_restricted=[False, True])
    vary(IndexKey, entry=[1, 2])
    vary(RecordJudgement, area=[world.here, world.there])


def _risks(world: World) -> None:
    """Of whoever exists for everybody, whoever is known from a restricted enquiry alone, by whichever of their records,
    whoever is known from another too, of one who is in none, and of one elsewhere.
    """
    by, enquiries, hidden = [world.users[MANAGER]], world.enquiries, {}
    for name, kept, shown in (  # the records in a restricted enquiry and in one that is open to everybody
        ("alone", "", ""), ("hidden", "lead", ""), ("hidden by another record", "joined", ""),
        ("shown by another record", "lead", "joined"), ("shown by the first record", "joined", "lead"),
    ):  # fmt: skip
        lead = Person.objects.create(area=world.here, recorded_at=NOW)
        records = {"lead": lead, "joined": Person.objects.create(area=world.here, recorded_at=NOW, lead=lead)}
        hidden |= {name: lead, f"{name}, joined": records["joined"]}
        for enquiry, which in (("restricted", kept), ("gathering", shown)):
            if which:
                fill(Party, enquiry=enquiries[enquiry], person=records[which], role="adult")
    for name, user in world.users.items():
        if name.endswith("-knows"):
            fill(Conflict, user=user, person=hidden["alone"], removed_at=None)
    far = Person.objects.create(area=world.there, recorded_at=NOW)
    for one in (*hidden.values(), far, *(world.people[key] for key in ("child", "other", "known", "known-joined"))):
        vary(RiskFrom, person=[one], whom=[world.people["adult"]], by=by)
        vary(RiskFrom, person=[world.people["child"]], whom=[one], by=by)


def _post(world: World) -> None:
    places, who = [world.here, world.there, None], [None, world.users[COORDINATOR]]
    vary(Reply, area=places, is_sealed=[False, True], state=["waiting", "completed"], brought_by=who)
    for enquiry in ("gathering", "restricted"):  # to a request that is for its readers, and to one that is kept
        vary(Reply, area=[world.here], is_sealed=[False], state=["waiting"], brought_by=[None],
             request=[fill(Request, enquiry=world.enquiries[enquiry])])  # fmt: skip
    replies = list(Reply.objects.all())
    vary(Original, reply=replies)
    vary(Enclosed, reply=replies)
    for by in (None, world.users[COORDINATOR]):
        world.readers.append(
            Reader(f"the postman {by or ''}", by, says={"reader": "hub", "reply": str(replies[-1].pk)})
        )


def _records(world: World) -> None:
    by = [world.users[MANAGER]]
    places, kept = [world.here, world.there], [world.enquiries[key] for key in KEPT]
    vary(Hold, area=places, enquiry=[None, *kept], lifted_at=[None, NOW], by=by)
    vary(Review, enquiry=[world.enquiries["closed"], world.enquiries["there"], *kept], is_agreed=[None, False], by=by)
    vary(SubjectRequest, area=places, proposed_at=[None, NOW], approved_at=[None, NOW])
    vary(SubjectItem, request=list(SubjectRequest.objects.all()), enquiry=[None, *kept], by=by)


def _is_system(look: Look, row: Delivery | HeldBack) -> bool:
    """The account of a system is never closed: its token is revoked."""
    return look.signs(row.token.user_id)


def _deals(look: Look, row: HeldBack) -> bool:
    return _is_system(look, row) or bool(agencies.may_open_held(look.by, row))


def _keeps_token(look: Look, row: Token) -> object:
    return agencies.may_keep_tokens(look.by, row.area)


def _looks_after(look: Look, row: Conflict) -> bool:
    may = look.is_hub or (look.by is not None and bool(restrictions.may_look_after_conflicts(look.by, row.user)))
    return may and not look.is_in_conflict(row.person_id)


def _writes(look: Look, row: AnswerDraft) -> bool:
    return look.signs(row.user_id)


def _watches(look: Look, row: Alert) -> bool:
    return look.by is None and look.is_said("watching", row.area_id)


def _may_be_met(look: Look, row: Alert) -> bool:
    return not look.is_in_conflict(row.person)


def _reads_alert(look: Look, row: Alert) -> bool:
    return _may_be_met(look, row) and (_watches(look, row) or bool(oversight.may_read(look.by, row)))


def _has_to_do_with_alerts(look: Look, row: Alert) -> bool:
    """A lead, or who stands in for one; never whom it is about."""
    may = (Permission.READ_LEDGER, Permission.STAND_IN_FOR_LEAD)
    return any(look.holds(one, row.area_id) for one in may) and look.by.pk not in row.about


def _links(look: Look, _: object) -> bool:
    return look.says("linking") == "on"


def _matches(look: Look, row: RecordJudgement) -> bool:
    return look.holds(Permission.MATCH_PEOPLE, row.area_id)


def _knows_risk(look: Look, row: RiskFrom) -> bool:
    """The hub reads it too, before anything is sent."""
    is_kept = look.does_not_exist(row.person_id) or look.does_not_exist(row.whom_id)
    return look.holds(Permission.MATCH_PEOPLE, row.person.area_id) and not is_kept


def _opens(look: Look, row: Original | Enclosed) -> bool:
    return (_takes_in(look, row) and look.by is None) or bool(post.may_open_reply(look.by, row.reply))


def _takes_in(look: Look, row: Original | Enclosed) -> bool:
    return look.is_said("reply", row.reply_id)


def _keeps(look: Look, area: int) -> bool:
    return look.holds(Permission.KEEP_RECORDS, area)


OWN = [
    Wall(
        CareActRecord, _adults,
        read=lambda look, row: adults.may_read(look.by, row.enquiry),
        add=lambda look, row: look.signs(row.by_id) and adults.may_record(look.by, row.enquiry),
        about=("enquiry_id",), signed_in=("by_id",),
    ),
    Wall(
        ChildConsidered, _adults,
        read=lambda look, row: adults.may_read(look.by, row.enquiry),
        add=lambda look, row: look.signs(row.by_id) and adults.may_consider_children(look.by, row.enquiry),
        about=("enquiry_id", "childs_enquiry_id"), signed_in=("by_id",),
    ),
    Wall(
        Token, _systems,
        read=lambda look, row: look.signs(row.user_id) or _keeps_token(look, row),
        add=_keeps_token, change=_keeps_token, becomes=_keeps_token, signed_in=("user_id",),
    ),
    Wall(Delivery, _systems, read=_is_system, add=_is_system, change=_is_system),
    Wall(HeldBack, _systems, read=_deals, add=_deals, change=_deals, signed_in=("ended_by_id",)),
    Wall(
        MaracReferral, _marac,
        read=lambda look, row: abuse.may_read_marac(look.by, row.enquiry),
        add=lambda look, row: look.signs(row.by_id) and abuse.may_refer(look.by, row.enquiry),
        about=("enquiry_id",), signed_in=("by_id",),
    ),
    Wall(
        MaracMeeting, _marac,
        read=lambda look, row: abuse.may_read_marac(look.by, row.referral.enquiry),
        add=lambda look, row: look.signs(row.by_id) and abuse.may_record_meeting(look.by, row.referral),
        about=("referral.enquiry_id",), signed_in=("by_id",),
    ),
    Wall(
        MaracAction, _marac,
        read=lambda look, row: abuse.may_read_marac(look.by, row.meeting.referral.enquiry),
        add=lambda look, row: look.signs(row.meeting.by_id)
        and abuse.may_read_marac(look.by, row.meeting.referral.enquiry),
        about=("meeting.referral.enquiry_id",),
    ),
    Wall(
        Conflict, _conflicts,
        read=_looks_after, add=lambda look, row: look.is_hub, change=_looks_after, becomes=_looks_after,
        signed_in=("removal_by_id",),
    ),
    Wall(AnswerDraft, _drafts, read=_writes, add=_writes, change=_writes, becomes=_writes, remove=_writes,
         signed_in=("user_id",)),
    Wall(
        Alert, _alerts, read=_reads_alert,
        add=lambda look, row: _watches(look, row) and row.outcome == "" and _may_be_met(look, row),
        change=lambda look, row: _may_be_met(look, row) and oversight.may_read(look.by, row),
        becomes=lambda look, row: _has_to_do_with_alerts(look, row) and look.signs(row.closed_by_id),
        about=("enquiry",), signed_in=("closed_by_id",), moves_in=("area_id",),
    ),
    Wall(
        IndexEntry, _index,
        read=lambda look, row: _links(look, row)
        or (not row.is_restricted and look.holds(Permission.MATCH_PEOPLE, row.area_id)),
        add=_links, change=_links,
    ),
    Wall(IndexKey, _index, read=_links),
    Wall(RecordJudgement, _index, read=lambda look, row: _links(look, row) or _matches(look, row),
         add=_matches, change=_matches, signed_in=("undone_by_id",)),
    Wall(
        RiskFrom, _risks,
        read=lambda look, row: look.is_hub or _knows_risk(look, row),
        add=lambda look, row: look.signs(row.by_id) and _knows_risk(look, row),
        change=_knows_risk, becomes=lambda look, row: look.signs(row.changed_by_id) and _knows_risk(look, row),
        signed_in=("by_id", "changed_by_id"),
    ),
    Wall(Original, _post, read=_opens, add=_takes_in),
    Wall(Enclosed, _post, read=_opens, add=_takes_in),
    Wall(
        Hold, _records,
        read=lambda look, row: records.may_read_hold(look.by, row),
        add=lambda look, row: look.signs(row.by_id) and _keeps(look, row.area_id) and row.lifted_at is None,
        change=lambda look, row: records.may_read_hold(look.by, row),
        becomes=lambda look, row: look.signs(row.lifted_by_id),
        about=("enquiry_id",), signed_in=("by_id", "lifted_by_id"),
    ),
    Wall(
        Review, _records,
        read=lambda look, row: records.may_read_review(look.by, row),
        add=lambda look, row: look.signs(row.by_id) and _keeps(look, row.enquiry.area_id) and row.is_agreed is None,
        change=lambda look, row: records.may_read_review(look.by, row),
        becomes=lambda look, row: look.signs(row.answered_by_id),
        about=("enquiry_id",), signed_in=("by_id", "answered_by_id"),
    ),
    Wall(
        SubjectRequest, _records,
        read=lambda look, row: requests.may_read_request(look.by, row),
        add=lambda look, row: _keeps(look, row.area_id) and row.proposed_at is None and row.approved_at is None,
        change=lambda look, row: requests.may_read_request(look.by, row),
        becomes=lambda look, row: requests.may_read_request(look.by, row),
        signed_in=("extended_by_id",), moves_in=("area_id",),
    ),
    Wall(
        SubjectItem, _records,
        read=lambda look, row: requests.may_read_request(look.by, row.request),
        add=lambda look, row: look.signs(row.by_id) and _keeps(look, row.request.area_id),
        change=lambda look, row: _keeps(look, row.request.area_id),
        becomes=lambda look, row: look.signs(row.by_id),
        about=("enquiry_id",), signed_in=("by_id",),
    ),
]  # fmt: skip
WALLS = {wall.table: wall for wall in (*OWN, *SEALED, *SHARED)}
