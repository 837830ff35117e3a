"""What becomes of a message: taken, filed, or left to a person. Nothing is dropped, nothing is trusted unseen."""

from dataclasses import replace

import pytest
from django.db import connection

from openmash.agencies import actions as agencies
from openmash.agencies.models import Address, Letter
from openmash.audit.action import Refused
from openmash.audit.actors import SETTING_UP
from openmash.audit.models import LedgerEvent
from openmash.decisions import actions as decisions
from openmash.decisions.models import LateAnswer
from openmash.decisions.tests.conftest import World
from openmash.enquiries.models import Need
from openmash.enquiries.workflow import REVIEW
from openmash.gathering import actions as gathering
from openmash.gathering.given import Asked
from openmash.gathering.models import Answer
from openmash.gathering.tests.conftest import nothing_known
from openmash.intelligence import actions as intelligence
from openmash.post import actions
from openmash.post.codes import FILED, TAKEN, WAITING
from openmash.post.models import Dispatch, Original, Reply
from openmash.post.tests.conftest import HOUSING, LATER
from openmash.post.tests.letters import answer_of, reply_to

pytestmark = pytest.mark.django_db
WORDS = "The door was kicked in on Friday"


def test_a_whole_answer_of_the_agency_is_its_answer(hub, request_out, comes):
    reply = comes(reply_to(request_out, answer_of(request_out, words=WORDS)))
    assert (reply.state, reply.problems, reply.by) == (TAKEN, [], None)
    request_out.enquiry.refresh_from_db()
    assert request_out.enquiry.status == REVIEW
    item = intelligence.read(request_out.enquiry, by=hub.staff["ruth"])[0]
    assert (item.words, item.agency_key, item.people) == (WORDS, HOUSING, (request_out.people[0],))
    assert not Need.objects.filter(kind__in=("answer", "reply"), met_at=None).exists()
    assert LedgerEvent.objects.filter(event="reply.received", actor_name="The hub's mailbox").exists()


def test_nothing_known_says_that_every_record_was_looked_at(request_out, comes):
    reply = comes(reply_to(request_out, answer_of(request_out)))
    assert reply.answer.is_nothing_known
    assert set(reply.answer.checks.values_list("result", flat=True)) == {"not_known"}


def test_no_account_can_be_signed_in_to_and_no_letter_goes_to_it(hub, request_out):
    account = hub.staff["north"]
    assert not account.has_usable_password() and account.email.endswith(".invalid")
    assert not Letter.objects.filter(to=account.email).exists()


def test_the_same_bytes_come_in_once(request_out, comes):
    raw = reply_to(request_out, answer_of(request_out, words=WORDS))
    assert comes(raw) == comes(raw)
    assert (Reply.objects.count(), Answer.objects.count()) == (1, 1)


def test_the_same_answer_twice_is_filed_and_another_waits(request_out, comes):
    comes(reply_to(request_out, answer_of(request_out, words=WORDS)))
    again = comes(reply_to(request_out, f"Hello\n\n{answer_of(request_out, words=WORDS)}"))
    other = comes(reply_to(request_out, answer_of(request_out, words="It was her brother")))
    assert (again.state, other.state, other.problems) == (FILED, WAITING, ["answered_before"])


@pytest.mark.parametrize("sender", ["x@elsewhere.example", "safeguarding@nwha.example.evil.example", ""])
def test_a_strangers_answer_waits(request_out, comes, sender):
    reply = comes(reply_to(request_out, answer_of(request_out, words=WORDS), sender=sender or "nobody"))
    assert reply.state == WAITING and "unknown_sender" in reply.problems
    assert Need.objects.get(kind="reply").path == f"/post/{reply.token}/"


def test_any_address_of_the_agency_is_its_own_until_it_is_withdrawn(hub, request_out, comes):
    comes(reply_to(request_out, answer_of(request_out, words=WORDS), sender="DUTY@nwha.example"))
    assert Answer.objects.count() == 1
    row = Address.objects.get(email="duty@nwha.example")
    agencies.withdraw_address(row, by=SETTING_UP, now=LATER)
    late = comes(reply_to(request_out, answer_of(request_out, words="More"), sender="duty@nwha.example"))
    assert "unknown_sender" in late.problems


def test_what_the_mail_server_found_of_the_sender_counts(request_out, comes, settings):
    settings.POST_CHECKED_BY = "mx.wendmark.example"
    good = {"Authentication_Results": "mx.wendmark.example; dmarc=pass header.from=nwha.example"}
    bad = {"Authentication_Results": "mx.wendmark.example; dmarc=fail header.from=nwha.example"}
    others = {"Authentication_Results": "mx.evil.example; dmarc=pass"}
    answer = answer_of(request_out, words=WORDS)
    assert "not_verified" in comes(reply_to(request_out, answer, **bad)).problems
    assert "not_verified" in comes(reply_to(request_out, answer, **others)).problems
    assert comes(reply_to(request_out, answer, **good)).state == TAKEN


def test_sealed_is_for_practice_managers_and_locked_for_the_telephone(hub, request_out, comes):
    sealed = comes(reply_to(request_out, f"Ring me\n{answer_of(request_out, words=WORDS, sensitivity='sealed')}"))
    assert sealed.is_sealed and sealed.state == WAITING
    with pytest.raises(Refused):
        actions.open_reply(sealed, by=hub.staff["joanna"])
    assert WORDS in actions.open_reply(sealed, by=hub.staff["ruth"]).text
    locked = comes(reply_to(request_out, answer_of(request_out, words=WORDS, sensitivity="locked")))
    assert locked.is_sealed and "locked" in locked.problems


def test_conditions_are_never_passed_over(hub, request_out, comes):
    odd = comes(reply_to(request_out, answer_of(request_out, words=WORDS, conditions="Not to the father")))
    assert "not_understood" in odd.problems
    comes(reply_to(request_out, answer_of(request_out, words=WORDS, handling="conditions", conditions="Ask Wanda")))
    item = intelligence.read(request_out.enquiry, by=hub.staff["ruth"])[0]
    assert (item.handling, item.conditions) == ("C", "Ask Wanda")


def test_a_late_answer_asks_whether_the_decision_stands(hub, comes):
    world = World(hub)
    enquiry = world.triaged()
    asked = [Asked(hub.agencies[HOUSING], "It would know.")]
    request = gathering.ask(enquiry, by=world.hannah, now=LATER, agencies=asked)[0]
    gathering.take_to_review(world.fresh(enquiry), by=world.ruth, now=LATER, because="It cannot wait.")
    given = replace(world.decision(early_or_late_because="It cannot wait."), advice=())
    decisions.sign(world.fresh(enquiry), by=world.ruth, now=LATER, given=given)
    reply = comes(reply_to(request, answer_of(request, words=WORDS)))
    assert reply.state == TAKEN and reply.answer.is_late
    assert LateAnswer.objects.filter(answer=reply.answer).exists()


def test_after_a_withdrawal_it_waits_and_can_only_be_put_aside(hub, request_out, comes):
    gathering.withdraw(request_out, by=hub.staff["hannah"], now=LATER, because="Not needed")
    reply = comes(reply_to(request_out, answer_of(request_out, words=WORDS)))
    assert reply.problems == ["not_open"]
    with pytest.raises(Refused):
        actions.complete(reply, by=hub.staff["joanna"], **nothing_known(request_out))
    actions.put_aside(reply, by=hub.staff["joanna"], because="Withdrawn before")


def test_what_comes_back_becomes_a_telephone_task(hub, request_out, comes):
    Dispatch.objects.update(sent_at=LATER, try_at=None)
    ours = request_out.dispatches.get().message_id
    raw = (
        "From: MAILER-DAEMON@mx.nwha.example\r\nSubject: Undelivered\r\nContent-Type: text/plain\r\n\r\n"
        f"Message-ID: <{ours}>\r\n"
    ).encode()
    reply = comes(raw)
    assert (reply.kind, reply.request, reply.state) == ("bounce", request_out, WAITING)
    assert Dispatch.objects.get().failed_at
    assert Need.objects.get(kind="telephone").permission == "chase"
    actions.put_aside(reply, by=hub.staff["joanna"], because="Rung instead")
    actions.take_by_telephone(request_out, by=hub.staff["joanna"], who="Wanda Prior", **nothing_known(request_out))
    assert not Need.objects.filter(kind="telephone", met_at=None).exists()


def test_a_fault_of_ours_loses_nothing(request_out, comes, monkeypatch):
    def breaks(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("openmash.post.receiving.opened", breaks)
    raw = reply_to(request_out, answer_of(request_out, words=WORDS))
    reply = comes(raw)
    assert (reply.state, reply.problems) == (WAITING, ["unreadable"])
    actions.look_into(reply.pk)
    assert bytes(Original.objects.get(reply=reply).raw) == raw


def test_what_came_can_be_neither_changed_nor_deleted(request_out, comes):
    comes(reply_to(request_out, answer_of(request_out)))
    with connection.cursor() as cursor:
        for deed in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege(current_user, 'post_original', %s)", [deed])
            assert not cursor.fetchone()[0], deed
        cursor.execute("SELECT has_table_privilege(current_user, 'post_reply', 'DELETE')")
        assert not cursor.fetchone()[0]


def test_only_the_mailbox_takes_in_and_only_the_area_brings_in(hub, request_out):
    raw = reply_to(request_out, answer_of(request_out))
    with pytest.raises(Refused):
        actions.receive(None, by=hub.staff["joanna"], raw=raw)
    with pytest.raises(Refused):
        actions.bring_in(hub.areas["harrowmouth"], by=hub.staff["ellen"], raw=raw)
    with pytest.raises(Refused):
        actions.paste(request_out, by=hub.staff["ellen"], text="x")
    assert not Reply.objects.exists()


def test_a_request_that_was_answered_otherwise_is_not_sent_any_more(hub, request_out):
    actions.take_by_telephone(request_out, by=hub.staff["joanna"], who="Wanda Prior", **nothing_known(request_out))
    assert Dispatch.objects.get().try_at is None


def test_nobody_knows_the_code_but_the_agency(request_out, hub, client):
    code = request_out.dispatches.get().code
    client.force_login(hub.staff["joanna"])
    for path in (f"/enquiry/{request_out.enquiry.reference}/requests/", "/post/"):
        assert code not in client.get(path).content.decode()
