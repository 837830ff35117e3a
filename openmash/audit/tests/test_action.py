import pytest
from django.db import connection

from openmash.agencies import actions
from openmash.audit.action import DEEDS, Refused, action, known_to, reading
from openmash.audit.models import LedgerEvent

pytestmark = pytest.mark.django_db


def test_an_act_leaves_its_line_on_the_ledger(hub):
    ruth = hub.staff["ruth"]
    actions.choose_digest(ruth, by=ruth, wants_digest=True)
    line = LedgerEvent.objects.latest("id")
    assert (line.event, line.outcome, line.actor, line.thing_number) == (
        "user.chose-digest",
        "allowed",
        ruth.pk,
        ruth.pk,
    )


def test_a_refusal_changes_nothing_and_is_on_the_ledger_with_its_reasons(hub):
    ruth, martin = hub.staff["ruth"], hub.staff["martin"]
    with pytest.raises(Refused, match="own settings"):
        actions.choose_digest(ruth, by=martin, wants_digest=True)
    ruth.refresh_from_db()
    assert not ruth.wants_digest
    line = LedgerEvent.objects.using("ledger").latest("id")
    assert (line.outcome, line.actor, line.reasons) == ("refused", martin.pk, "Everyone keeps their own settings.")


class Broken(Exception):
    """A policy with a mistake in it."""


def breaks(by, thing):
    raise Broken


@pytest.fixture
def with_a_broken_policy():
    """An act and a look whose policy breaks, and what they did; no deeds of the house once the test is over."""
    done = []

    def body(thing, *, by, now):
        done.append(thing)
        return thing

    before = set(DEEDS)
    yield done, action(may=breaks, event="test.done")(body), reading(may=breaks, event="test.seen")(body)
    for name in set(DEEDS) - before:
        del DEEDS[name]


def test_a_policy_that_breaks_lets_nobody_do_or_see_anything(hub, with_a_broken_policy):
    done, act, look = with_a_broken_policy
    ruth, lines = hub.staff["ruth"], LedgerEvent.objects.count()
    for door in (act, look, lambda thing, by: known_to(by, thing, breaks, event="test.known")):
        with pytest.raises(Broken):
            door(ruth, by=ruth)
    assert done == [] and LedgerEvent.objects.count() == lines


def test_the_application_does_not_own_the_database(hub):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("openmash_app", False, False)
