"""Every way by which personal data of an enquiry leave the hub, for an agency without a live signature (M131).

They are: a request; the list of requests, with names; the page and the API on which a request is opened; an e-mail to
an agency that only has e-mail, and ringing it instead; a release proposed, approved, opened and read, on its page and
over the API; what an owner is shown before it consents; an outcome handed on, passed on, or read by whoever received
it; a police notification forwarded to a team (`notifications/tests`); a token. A letter has a reference and no more.
What a professional is told of an enquiry of their own answers them, and is no sharing under an agreement.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from openmash.agencies import agreements
from openmash.agencies.models import Signature
from openmash.allocation import actions as allocation
from openmash.allocation.models import Handover
from openmash.allocation.queries import received as received_by
from openmash.allocation.queries import received_one
from openmash.audit.action import Refused
from openmash.decisions import actions as decisions
from openmash.decisions.forms import outcome_form
from openmash.decisions.given import GivenOutcome
from openmash.decisions.tests.conftest import MONDAY
from openmash.decisions.tests.conftest import World as Decided
from openmash.disclosure import actions as disclosure
from openmash.disclosure import readings
from openmash.disclosure.sheet import sheet_of
from openmash.disclosure.tests.world import build
from openmash.enquiries.models import Need, Step
from openmash.gathering import actions as gathering
from openmash.gathering.checks import checks
from openmash.gathering.choices import choices
from openmash.gathering.given import Asked
from openmash.gathering.tests.conftest import asked, nothing_known, ready, triaged
from openmash.post.models import Dispatch
from openmash.post.sending import send_waiting
from openmash.triage.tests.conftest import received

__all__ = ["asked", "ready", "received", "triaged"]
NOW = timezone.now()
UNSIGNED = "has not signed a sharing agreement"
pytestmark = pytest.mark.django_db


def unsign(hub, *keys):
    Signature.objects.filter(agency__key__in=keys).update(ended_on=timezone.localdate())


def override(hub, key):
    facts = {"until": timezone.localdate() + timedelta(days=5), "because": "A hearing on Monday."}
    area = hub.areas["wend-valley"]
    return agreements.override_until(area, by=hub.staff["gwen"], agency=hub.agencies[key], **facts)


def refused(act) -> bool:
    with pytest.raises(Refused, match=UNSIGNED):
        act()
    return True


def test_a_request_is_neither_made_nor_listed_with_names_nor_opened(hub, ready, asked, let_in):
    lewis, reader = hub.staff["lewis"], let_in("police", "requests")
    (open_one,), enquiry = asked("police"), ready()
    unsign(hub, "police")
    ask = lambda: gathering.ask(enquiry, by=hub.staff["hannah"], agencies=[Asked(hub.agencies["police"], "It knows.")])  # noqa: E731
    assert refused(ask)
    (line,) = checks(by=lewis, now=NOW).lines
    assert line.members == ()
    assert refused(lambda: gathering.open_request(open_one, by=lewis))
    answer = reader.get(f"/requests/{open_one.token}")
    assert answer.status_code in (403, 409) and UNSIGNED in answer.content.decode()
    override(hub, "police")
    (choice,) = [one for one in choices(enquiry, now=NOW) if one.key == "police"]
    says = "No live signature; released on the override of Gwen Astley: A hearing on Monday."
    assert choice.may and choice.overridden == says
    (made,) = ask()
    assert (made.overridden_by, made.overridden_because) == (hub.staff["gwen"], "A hearing on Monday.")
    assert all(line.members for line in checks(by=lewis, now=NOW).lines)
    gathering.open_request(open_one, by=lewis)
    assert "Mia" in reader.get(f"/requests/{open_one.token}").content.decode()


def test_what_is_answered_is_taken_and_what_was_overridden_for_one_enquiry_stays_with_it(hub, ready, asked):
    lewis, hannah, (one, other) = hub.staff["lewis"], hub.staff["hannah"], (asked("police")[0], asked("police")[0])
    unsign(hub, "police")
    gathering.answer(other, by=lewis, **nothing_known(other))
    wanted = gathering.want_override(one.enquiry, by=hannah, agency=hub.agencies["police"], because="It cannot wait.")
    gathering.override_agreement(wanted, by=hub.staff["gwen"], because="Serious harm.")
    gathering.open_request(one, by=lewis)
    assert refused(lambda: gathering.open_request(other, by=lewis))
    assert [bool(line.members) for line in checks(by=lewis, now=NOW).lines] == [True]


def test_nothing_is_e_mailed_or_told_by_telephone_instead(hub, asked):
    asked("north-wend-housing", now=NOW)
    unsign(hub, "north-wend-housing")
    later = NOW + timedelta(days=1)
    assert send_waiting(later) == 0 and mail.outbox == []
    assert UNSIGNED in Dispatch.objects.get().last_problem
    assert not Need.objects.filter(kind="telephone").exists()
    override(hub, "north-wend-housing")
    Dispatch.objects.update(failed_at=None, try_at=later)
    assert send_waiting(later) == 1 and "Mia" in mail.outbox[0].body


def test_a_release_is_not_proposed_approved_opened_or_read(hub, let_in):
    world, team, children = build(hub), hub.teams["north-wend-assessment"], "childrens-social-care"
    council = let_in(children, "releases", team=team)
    first, second = (world.released("health", recipient=council.user.pk) for _ in range(2))
    proposed, draft = world.proposed("health"), world.draft("health")
    council.post(f"/releases/{first.token}/open")
    unsign(hub, children)
    assert refused(lambda: disclosure.propose(draft, by=world.hannah))
    assert refused(lambda: disclosure.approve(proposed, by=world.ruth, shown=proposed.body_hash))
    for method, path in (("GET", first.token), ("POST", f"{second.token}/open")):
        answer = council.call(method, f"/releases/{path}")
        assert answer.status_code in (403, 409) and UNSIGNED in answer.content.decode()
    sheet = sheet_of(draft, by=world.hannah, now=NOW)
    assert UNSIGNED in sheet.may.propose.why and not sheet.overridden
    assert sheet.want_override == f"/enquiry/{world.enquiry.reference}/ask/{children}/override/"
    wanted = gathering.want_override(world.enquiry, by=world.hannah, agency=hub.agencies[children], because="Today.")
    gathering.override_agreement(wanted, by=world.gwen, because="Serious harm.")
    sheet = sheet_of(draft, by=world.hannah, now=NOW)
    says = "No live signature; released on the override of Gwen Astley: Serious harm."
    assert sheet.may.propose and sheet.overridden == says and not sheet.want_override
    disclosure.approve(proposed, by=world.ruth, shown=proposed.body_hash)
    assert Step.objects.filter(what="release-disclosed").latest("id").because == says
    assert "canary-health" in council.get(f"/releases/{first.token}").content.decode()


def test_an_owner_is_not_shown_to_whom_and_why_its_own_words_are_to_leave(hub):
    world = build(hub)
    release = world.proposed("police_s")
    unsign(hub, "police")
    assert refused(lambda: readings.look_for_owner(release, by=world.karen))
    override(hub, "police")
    assert readings.look_for_owner(release, by=world.karen)


def test_an_outcome_is_not_handed_on_passed_on_or_read(hub):
    world, amit = Decided(hub), hub.staff["amit"]
    enquiry, handed = world.review(), world.review()
    decisions.sign(handed, by=world.ruth, now=MONDAY, given=world.decision())
    (handover,) = Handover.objects.all()
    allocation.acknowledge(handover, by=amit, worker="Priya Sand")
    unsign(hub, "childrens-social-care", "early-years")
    assert refused(lambda: decisions.sign(enquiry, by=world.ruth, now=MONDAY, given=world.decision()))
    owners = str(outcome_form(enquiry)()["owner"])
    assert "North Wend assessment team" not in owners and "health visiting" in owners
    early = hub.teams["wend-early-response"]
    assert refused(lambda: allocation.pass_on(handover, by=amit, team=early, because="Early help."))
    (line,) = received_by(amit, now=NOW).others
    page = received_one(Handover.objects.get(), by=amit, now=NOW)
    assert (line.children, page.children, page.what) == ("", (), "") and UNSIGNED in page.withheld
    override(hub, "childrens-social-care")
    page = received_one(Handover.objects.get(), by=amit, now=NOW)
    assert page.children and page.what and not page.withheld
    outcome = GivenOutcome("assessment", "Assess within 45 days.", team=world.team.pk)
    decisions.sign(enquiry, by=world.ruth, now=MONDAY, given=world.decision(outcomes=(outcome,)))


def test_a_system_is_given_no_token(hub, let_in):
    unsign(hub, "police")
    assert refused(lambda: let_in("police", "requests"))
