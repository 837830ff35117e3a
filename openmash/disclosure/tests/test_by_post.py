"""An owner without accounts: asked by e-mail or telephone, its yes or no written down with who, when and how (I2)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from openmash.agencies.addresses import account_of
from openmash.agencies.models import Letter
from openmash.audit.action import Refused
from openmash.audit.models import LedgerEvent
from openmash.disclosure import actions, policies
from openmash.disclosure.models import Release, ReleaseItem
from openmash.disclosure.plan import Chosen, Plan, Told
from openmash.disclosure.queries import answers
from openmash.disclosure.tests.test_policies import allowed
from openmash.disclosure.tests.world import NOW
from openmash.enquiries.actions import advance
from openmash.enquiries.queries import needs_of
from openmash.gathering.tests.conftest import asked, ready, received, triaged
from openmash.intelligence import actions as intelligence
from openmash.intelligence.actions import GivenItem
from openmash.post.models import Dispatch
from openmash.post.tests.conftest import comes
from openmash.post.tests.letters import answer_of, reply_to

__all__ = ["asked", "comes", "ready", "received", "triaged"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = "Rent is paid late since May; canary-housing."


@pytest.fixture
def release(world) -> Release:
    """Proposed by Hannah: something sensitive that the housing association told us."""
    given = GivenItem(WORDS, "fact", "1", "A", sensitivity="S", people=(world.people["child"],))
    by = account_of(world.hub.agencies["north-wend-housing"])
    world.items["housing_s"] = intelligence.deposit(world.enquiry, by=by, answer=None, items=[given])[0]
    return world.proposed("housing_s")


def told(**said) -> Told:
    return Told(**{"who": "Ms Cole, tenancy manager", "how": "telephone", "at": LATER} | said)


def answer(world, release, says="granted", by=None, now=LATER, **said):
    row = release.items.get(agency__mode="email")
    return actions.owner_answers_by_post(
        release, by=by or world.tomasz, now=now, item=row.pk, says=says, **{"told": told()} | said
    )


def approve(release, by):
    return actions.approve(release, by=by, now=LATER, shown=release.body_hash)


def test_whoever_proposes_is_asked_to_ask_and_nothing_leaves_before(world, release):
    assert [one.kind for one in needs_of(world.tomasz, now=NOW) if one.kind == "release_owner"] == ["release_owner"]
    with pytest.raises(Refused, match="Silence is not consent"):
        approve(release, world.ruth)
    (line,) = answers(release)
    assert line.is_asked_by_post and "Ask by e-mail or telephone" in line.asked


def test_its_yes_is_on_record_with_who_when_and_how_and_then_it_leaves(world, release):
    release = answer(world, release)
    (line,) = answers(release)
    assert line.says == "Granted"
    assert line.answered_by.startswith("Ms Cole, tenancy manager, by telephone, ")
    assert line.answered_by.endswith(f"Written down by {world.tomasz.name}")
    assert not [one for one in needs_of(world.tomasz, now=LATER) if one.kind == "release_owner"]
    assert approve(release, world.ruth).status == "disclosed"
    event = LedgerEvent.objects.get(event="release.owner-answered-by-post")
    assert (event.actor, event.kept["says"]) == (world.tomasz.pk, "granted")


def test_whoever_wrote_it_down_does_not_approve_it(world, release):
    release = answer(world, release, by=world.ruth)
    with pytest.raises(Refused, match="Somebody else approves it"):
        approve(release, world.ruth)
    assert approve(release, world.martin).status == "disclosed"


def test_its_no_stops_it(world, release):
    with pytest.raises(Refused, match="Say why your agency refuses"):
        answer(world, release, "refused")
    release = answer(world, release, "refused", because="It would show who rang us")
    with pytest.raises(Refused, match="refused"):
        approve(release, world.ruth)


def test_words_that_it_dictates_bring_it_back_to_a_draft(world, release):
    release = answer(world, release, words="The rent is behind.")
    assert (release.status, release.items.get().words) == ("draft", "The rent is behind.")
    release = actions.propose(release, by=world.hannah)
    assert "canary-housing" not in release.body and approve(release, world.ruth).status == "disclosed"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"who": " "}, "Enter who said it"),
        ({"how": "pigeon"}, "Select how"),
        ({"at": LATER + timedelta(minutes=1)}, "later than now"),
        ({"at": NOW - timedelta(days=1)}, "before this release was proposed"),
    ],
)
def test_it_says_who_when_and_how(world, release, said, why):
    with pytest.raises(Refused, match=why):
        answer(world, release, told=told(**said))


def test_nobody_answers_so_for_an_agency_with_a_lead(world, release):
    other = world.proposed("police_s")
    row = world.row(other, "police_s")
    with pytest.raises(Refused, match="answers on a page of its own"):
        actions.owner_answers_by_post(other, by=world.tomasz, now=LATER, item=row.pk, says="granted", told=told())


def test_postgresql_takes_no_answer_that_is_not_the_owners(world, release):
    """Neither in the name of the hub without who said it, nor for an agency that has a lead."""
    row, other = release.items.get(), world.row(world.proposed("police_s"), "police_s")
    said = {"said_by": "Ms Cole", "said_how": "email", "said_at": LATER}
    for item, changes in ((row, {}), (other, said), (other, {})):
        with pytest.raises(DatabaseError, match="an answer is its owner"), transaction.atomic():
            ReleaseItem.objects.filter(pk=item.pk).update(owner_says="granted", owner_by=world.hannah, **changes)
    said["said_how"] = ""
    with pytest.raises(DatabaseError, match="who_when_and_how"), transaction.atomic():
        ReleaseItem.objects.filter(pk=row.pk).update(owner_says="granted", owner_by=world.hannah, **said)


def test_only_whoever_proposes_releases_of_the_area_writes_it_down(world, release):
    assert allowed(policies.may_answer_by_post, release) == {"hannah", "tomasz", "ruth", "martin"}
    assert allowed(policies.may_answer_by_post, world.draft("police")) == set()


def test_one_that_is_overridden_is_told_at_its_address_without_a_word_of_it(world, release):
    row = release.items.get()
    actions.override(release, by=world.ruth, now=LATER, item=row.pk, because="He has gone to the flat with a knife")
    letter = Letter.objects.get(key__startswith="override-", to="safeguarding@nwha.example")
    assert "without your agreement" in letter.subject and "knife" not in letter.line + letter.subject


def test_the_page_reads_out_and_writes_down(client, world, release):
    path = f"/enquiry/{release.enquiry.reference}/release/{release.token}/"
    client.force_login(world.tomasz)
    row = release.items.get()
    assert f"{path}owner/{row.pk}/" in client.get(path).text
    page = client.get(f"{path}owner/{row.pk}/").text
    assert "canary-housing" in page and "North Wend Housing Association" in page
    now = timezone.localtime()
    said = {"version": release.version, "says": "granted", "who": "Ms Cole", "how": "email", "on-day": now.day,
            "on-month": now.month, "on-year": now.year, "at": f"{now:%H:%M}"}  # fmt: skip
    assert "Enter who said it" in client.post(f"{path}owner/{row.pk}/", said | {"who": ""}).text
    assert client.post(f"{path}owner/{row.pk}/", said).status_code == 302
    assert "Ms Cole, by e-mail" in client.get(path).text
    for who in ("joanna", "karen", "shabana"):
        client.force_login(getattr(world, who))
        assert client.get(f"{path}owner/{row.pk}/").status_code == 404


def test_an_e_mail_asks_without_saying_what_it_told_us(client, hub, asked, comes):
    request = asked("north-wend-housing")[0]
    comes(reply_to(request, answer_of(request, words=WORDS, handling="conditions", conditions="Ask us first")))
    hannah, enquiry = hub.staff["hannah"], request.enquiry
    enquiry.refresh_from_db()
    if enquiry.status == "gathering":
        advance(enquiry, by=hannah, move="review")
    item = intelligence.read(enquiry, by=hannah)[0]
    plan = Plan(
        recipient=hub.staff["amit"].pk, team=hub.teams["north-wend-assessment"].pk, purpose="assessment",
        purpose_words="To begin the assessment.", why_them="They are the team.", lawful_basis="public_task",
        gateway="ca1989_s17", necessity="Else it is blind.", told_family=True, told_family_words="",
        conditions="On file only.", expires_at=timezone.now() + timedelta(days=20),
        items=(Chosen(item.number, ReleaseItem.FULL),),
    )  # fmt: skip
    release = actions.propose(actions.draft(enquiry, by=hannah, plan=plan), by=hannah)
    path = f"/enquiry/{enquiry.reference}/release/{release.token}/owner/{release.items.get().pk}/"
    client.force_login(hannah)
    assert "Send the e-mail to safeguarding@nwha.example" in client.get(path).text
    assert client.post(f"{path}ask/").status_code == 302
    sent = Dispatch.objects.get(kind="consent")
    assert "canary-housing" not in sent.body and "To begin the assessment." in sent.body
    assert sent.subject.startswith(f"[{request.dispatches.order_by('id')[0].code}]")
    reply = comes(reply_to(request, "Yes, you may. Ms Cole"))
    assert (reply.state, reply.request) == ("waiting", request)
