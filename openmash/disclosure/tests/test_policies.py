"""Who may do what to a release at each status: every policy, asked of everybody in the hub."""

from datetime import date, timedelta

import pytest

from openmash.agencies.models import Posting, User
from openmash.audit.actors import CLOCKWORK, PUBLIC
from openmash.disclosure import actions, policies
from openmash.disclosure.models import Release
from openmash.disclosure.tests.world import NOW
from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db
WORKERS, MANAGERS = {"hannah", "tomasz"}, {"ruth", "martin"}
HUB = WORKERS | MANAGERS
OWNER, RECIPIENT = {"karen"}, {"amit"}


def allowed(policy, thing) -> set[str]:
    """The first names of everybody in the county whom the policy lets do it."""
    return {user.email.split(".")[0] for user in User.objects.all() if policy(user, thing)}


@pytest.fixture
def at(world):
    """A release at each status: proposed by Hannah, of a police item that needs an owner's yes, for Amit."""
    made = {
        "draft": world.draft("police_s"),
        "proposed": world.proposed("police_s"),
        "disclosed": world.released("police_s"),
    }
    made["opened"] = actions.open_released(world.released("police_s"), by=world.amit)
    acknowledged = actions.open_released(world.released("police_s"), by=world.amit)
    made["acknowledged"] = actions.acknowledge(acknowledged, by=world.amit)
    made["returned"] = actions.send_back(world.proposed("police_s"), by=world.ruth, because="Too much.")
    made["refused"] = actions.refuse(world.proposed("police_s"), by=world.ruth, because="Not needed.")
    made["recalled"] = actions.recall(world.released("police_s"), by=world.ruth, because="Wrong.")
    made["superseded"] = actions.put_aside(world.draft("police_s"), by=world.hannah, because="Another.")
    expired = world.released("police_s")
    made["expired"] = actions.expire(expired, by=CLOCKWORK, now=expired.expires_at)
    return {name: Release.objects.get(pk=row.pk) for name, row in made.items()}


# policy: who, at which statuses. Everybody else, and every other status, is refused.
EXPECTED = {
    "may_look": dict.fromkeys(
        (
            "draft",
            "proposed",
            "disclosed",
            "opened",
            "acknowledged",
            "returned",
            "refused",
            "recalled",
            "superseded",
            "expired",
        ),
        HUB,
    ),
    "may_change": dict.fromkeys(("draft", "proposed", "returned"), HUB),
    "may_propose": {"draft": HUB},
    "may_put_aside": dict.fromkeys(("draft", "proposed", "returned"), HUB),
    "may_look_for_owner": dict.fromkeys(
        ("proposed", "disclosed", "opened", "acknowledged", "returned", "refused", "recalled", "expired"), OWNER
    ),
    "may_read_for_owner": dict.fromkeys(
        ("proposed", "disclosed", "opened", "acknowledged", "returned", "refused", "recalled", "expired"), OWNER
    ),
    "may_answer_for_owner": {"proposed": {"karen"}},
    "may_send_back": {"proposed": MANAGERS},
    "may_refuse": {"proposed": MANAGERS},
    "may_override": {"proposed": MANAGERS},
    "may_approve": {},
    "may_disclose": {},
    "is_recipient": dict.fromkeys(("disclosed", "opened", "acknowledged", "recalled", "expired"), RECIPIENT),
    "may_open": {"disclosed": {"amit"}},
    "may_read_released": {"opened": {"amit"}, "acknowledged": {"amit"}},
    "may_acknowledge": {"opened": {"amit"}},
    "may_recall": dict.fromkeys(("disclosed", "opened", "acknowledged"), HUB),
    "may_heed_recall": {"recalled": {"amit"}},
    "may_expire": {},
}


def test_who_may_do_what_at_every_status(at):
    for name, expected in EXPECTED.items():
        for status, release in at.items():
            assert allowed(getattr(policies, name), release) == expected.get(status, set()), (name, status)


def test_no_policy_is_forgotten():
    asked_of_a_release = {name for name in vars(policies) if name.startswith("may_")} - {
        "may_draft", "may_not_share", "may_see", "may_be_sent_about", "may_receive", "may_leave", "may_be_chosen",
        "may_countersign", "may_know_of_countersignature",
        "may_answer_by_post",  # of agencies without accounts: test_by_post.py
    }  # fmt: skip
    assert asked_of_a_release == set(EXPECTED) - {"is_recipient"}


def test_a_release_is_drafted_from_review_until_closing(world):
    assert allowed(policies.may_draft, world.enquiry) == allowed(policies.may_not_share, world.enquiry) == HUB
    assert allowed(policies.may_draft, world.earlier) == set()  # only received
    assert not policies.may_draft(PUBLIC, world.enquiry)


def test_a_closed_enquiry_is_looked_at_only_with_cover(world):
    release = world.released("police")
    enquiries.advance(world.enquiry, by=world.ruth, move="decide")
    enquiries.advance(Enquiry.objects.get(pk=world.enquiry.pk), by=world.ruth, move="close")
    release = Release.objects.get(pk=release.pk)
    assert allowed(policies.may_look, release) == set()
    enquiries.cover(release.enquiry, by=world.hannah, because="A complaint.")
    assert allowed(policies.may_look, release) == {"hannah"}
    assert allowed(policies.may_recall, release) == HUB  # taking back has to be quick


def test_a_release_with_a_sealed_item_is_for_managers_until_it_is_out(world):
    release = world.proposed(world.words("police_x"), by=world.ruth)
    assert allowed(policies.may_look, release) == MANAGERS
    row = release.items.get()
    release = actions.owner_answers(release, by=world.karen, item=row.pk, says="granted", words="Do not go alone.")
    release = actions.propose(release, by=world.ruth)
    release = actions.approve(release, by=world.martin, shown=release.body_hash)
    assert allowed(policies.may_look, release) == HUB


def test_an_approver_needs_every_owner_and_a_recipient_who_is_still_there(world):
    release = world.proposed("police")
    assert allowed(policies.may_approve, release) == MANAGERS
    Posting.objects.filter(user=world.amit).update(until=date(2024, 9, 3))
    gone = Release.objects.get(pk=release.pk)
    assert "Choose another recipient" in policies.may_approve(world.ruth, gone).why
    assert "Choose another recipient" in policies.may_propose(world.hannah, gone).why


@pytest.mark.parametrize("move", ["ask_more"])
def test_nothing_is_approved_while_more_is_being_asked(world, move):
    release = world.proposed("police")
    enquiries.advance(world.enquiry, by=world.ruth, move=move)
    assert "ready for decision" in policies.may_approve(world.ruth, Release.objects.get(pk=release.pk)).why


def test_who_left_the_team_or_the_agency_reads_nothing(world):
    release = actions.open_released(world.released("police"), by=world.amit)
    Posting.objects.filter(user=world.amit).update(team=world.hub.teams["south-wend-assessment"])
    moved = User.objects.get(pk=world.amit.pk)
    assert not policies.may_read_released(moved, Release.objects.get(pk=release.pk))
    moved.is_active = False
    assert not policies.is_recipient(moved, release)


def test_only_the_clock_expires_and_only_the_approver_discloses(world):
    release = world.released("police")
    assert policies.may_expire(CLOCKWORK, release)
    assert not policies.may_expire(world.ruth, release)
    proposed = world.proposed("police")
    proposed.status, proposed.approved_by = "approved", world.ruth
    assert allowed(policies.may_disclose, proposed) == {"ruth"}


def test_a_draft_without_an_item_is_not_proposed(world):
    release = world.draft()
    assert "Choose at least one item" in policies.may_propose(world.hannah, release).why


@pytest.mark.parametrize(("after", "ended"), [(timedelta(0), False), (timedelta(days=28), True)])
def test_the_day_ends_it_whatever_the_status_says(world, after, ended):
    release = world.released("police")
    assert release.status == "disclosed"
    assert policies.has_ended(release, NOW + after) is ended
