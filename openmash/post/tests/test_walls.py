"""The two walls around what agencies write are equal: each user and each reply, asked of policy and database."""

import pytest
from django.db import connection, transaction

from openmash.agencies.models import User
from openmash.audit.binding import bound_to
from openmash.post import actions
from openmash.post.models import Enclosed, Original, Reply
from openmash.post.policies import may_open_reply
from openmash.post.tests.letters import answer_of, reply_to

pytestmark = pytest.mark.django_db
RING = "Ring me first.\n"


@pytest.fixture
def replies(hub, asked, comes) -> list[Reply]:
    """One of each: waiting, sealed, of no area, of the other area, brought in, taken, and put aside."""
    request = asked("north-wend-housing")[0]
    sealed = answer_of(request, words="It is sealed", sensitivity="sealed")
    files = [("letter.pdf", b"%PDF-1.7")]
    rows = [
        comes(reply_to(request, RING + answer_of(request, words="One"), files=files)),
        comes(reply_to(request, RING + sealed)),
        comes(b"Subject: nobody knows\r\n\r\nNobody."),
        actions.bring_in(hub.areas["harrowmouth"], by=hub.staff["ellen"], raw=b"Subject: x\r\n\r\nThere."),
        actions.paste(request, by=hub.staff["joanna"], text=sealed),
        comes(reply_to(request, answer_of(request, words="Two"))),
        comes(reply_to(request, RING + answer_of(request, words="Three"))),
    ]
    actions.put_aside(rows[-1], by=hub.staff["joanna"], because="Rung")
    return list(Reply.objects.filter(pk__in=[row.pk for row in rows]))


def test_the_policy_and_the_database_say_the_same(hub, replies):
    actions.look_into(None)
    differ, open_to = [], 0
    for by in User.objects.select_related("agency"):
        with transaction.atomic(), bound_to(by):
            originals = set(Original.objects.values_list("reply", flat=True))
            enclosed = set(Enclosed.objects.values_list("reply", flat=True))
        for reply in replies:
            may = bool(may_open_reply(by, reply))
            open_to += may
            if may != (reply.pk in originals) or (reply.pk in enclosed) > may:
                differ.append((by.name, reply.state, reply.is_sealed, may))
    assert differ == []
    assert open_to > 20


def test_with_nobody_bound_only_the_one_that_is_being_taken_in_is_seen(replies):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmash.user', '', true)")
    actions.look_into(None)
    assert not Original.objects.exists() and not Enclosed.objects.exists()
    actions.look_into(replies[0].pk)
    assert set(Original.objects.values_list("reply", flat=True)) == {replies[0].pk}


def test_both_tables_are_guarded(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname IN ('post_original', 'post_enclosed')")
        assert cursor.fetchall() == [(True,), (True,)]
