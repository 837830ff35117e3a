"""What is held about somebody is shown whole, decided thing by thing, approved by another and given so."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.people.models import Marker, Residence
from openmash.people.risks import say_risk
from openmash.records import actions, answering
from openmash.records.asked import SubjectItem, SubjectRequest
from openmash.records.giving import left_out, still_there
from openmash.records.material import things_held
from openmash.records.policies import may_be_destroyed
from openmash.records.request_policies import may_read_request
from openmash.records.request_readings import export, find_people, look_at_request, preview, read_thing
from openmash.records.rules import months_later

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
KEPT_BACK = ("Who made the enquiry", "What an agency said")
WITHHELD = {"given": "withheld", "ground": "confidence"}


def opened(hub, person, **more) -> SubjectRequest:
    facts = {"asker": "self", "asker_name": "Asha", "asker_right": "", "received_on": TODAY, "identity_on": TODAY,
             "identity_how": "Passport, seen at the hub"}  # fmt: skip
    return answering.open_request(person, by=hub.staff["gwen"], **facts | more)


@pytest.fixture
def mother(told):
    return told.old.parties.filter(role="adult").order_by("order").first().person


@pytest.fixture
def request_(hub, told, mother):
    return opened(hub, mother)


def decide_all(hub, request):
    """In full, but for what an agency said and who made the enquiry: as one thing after another would leave it."""
    gwen = hub.staff["gwen"]
    with transaction.atomic(), bound_to(gwen):
        things = things_held(request)
        SubjectItem.objects.bulk_create(
            SubjectItem(
                request=request, key=thing.key, enquiry_id=thing.enquiry, digest=thing.digest, by=gwen,
                at=timezone.now(), **WITHHELD if thing.title in KEPT_BACK else {"given": "full"},
            )
            for thing in things
        )  # fmt: skip
    return things


def test_everything_is_there_and_what_has_to_be_looked_at_is_pointed_out(hub, told, mother, request_, owner):
    police = hub.agencies["police"]
    other = told.old.parties.exclude(person=mother).filter(role="adult").first().person
    Marker.objects.create(
        person=other, kind="do_not_disclose", agency=police, source="Police", recorded_at=timezone.now()
    )
    home = Residence.objects.filter(person=other).first().address
    told.old.history, told.old.referrer.name = f"He went to {home.lines}. Told by Wilma Whistle.", "Wilma Whistle"
    told.old.save(update_fields=["history"])
    told.old.referrer.save()
    first = "(SELECT min(id) FROM intelligence_item WHERE enquiry_id = %s)"
    locked = "sensitivity = 'L', named = '{1}', words = 'zqlocked'"
    owner(f"UPDATE intelligence_item SET {locked} WHERE id = {first} RETURNING ''", told.old.pk)
    owner(f"DELETE FROM intelligence_about WHERE item_id = {first} RETURNING ''", told.old.pk)
    sheet = look_at_request(request_, by=hub.staff["gwen"])
    titles = {line.title for line in sheet.lines}
    assert {"The enquiry as it came", "Who made the enquiry", "What an agency said", "What was decided", "Name",
            "What was released", "The person in the enquiry"} <= titles  # fmt: skip
    assert {line.reference for line in sheet.lines} == {"", told.old.reference, told.later.reference}
    assert sheet.undecided == len(sheet.lines) and sheet.next_key == sheet.lines[0].key
    assert [line.title for line in sheet.lines].count("The person in the enquiry") == 2  # not the others' rows
    assert "Wendmark Constabulary" in {line.source for line in sheet.lines}

    came = read_thing(request_, by=hub.staff["gwen"], key=f"enquiries_enquiry-{told.old.pk}")
    assert told.old.worry in came.text
    assert {"It has an address that is protected", "It names who made the enquiry"} <= set(came.points)
    child = told.old.parties.filter(role="child").first().person.names.first()
    told.old.worry = f"The worker met {child.given}."
    told.old.save(update_fields=["worry"])
    came = read_thing(request_, by=hub.staff["gwen"], key=came.line.key)
    assert f"It names {child.given} {child.family}" in came.points
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        things = things_held(request_)
    assert "Said by: " in next(thing.text for thing in things if thing.title == "Name")
    assert "zqlocked" not in "".join(thing.text for thing in things)
    locked = next(thing for thing in things if thing.is_locked)
    assert "Locked by its agency: only its lead says what is given" in locked.points
    with pytest.raises(Refused, match="withhold it here"):
        answering.decide(
            request_, by=hub.staff["gwen"], key=locked.key, digest=locked.digest, given="full", because="Why not."
        )
    with pytest.raises(Refused, match="Say why what was pointed out"):
        answering.decide(request_, by=hub.staff["gwen"], key=came.line.key, digest=came.digest, given="full")
    events = LedgerEvent.objects.filter(event__startswith="subject-request.").values_list("event", "people")
    assert ("subject-request.looked-at", [mother.pk]) in list(events)


def test_whoever_is_at_risk_is_given_what_is_held_of_it_and_the_other_is_not(hub, told, mother, request_):
    other = told.old.parties.exclude(person=mother).filter(role="adult").first().person
    say_risk(mother, by=hub.staff["hannah"], whom=other, because="He hid zqknife in the car.", source="Her sister")
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        [hers] = [thing for thing in things_held(request_) if "zqknife" in thing.text]
        assert hers.title == "Risk from somebody" and any(words.startswith("It names ") for words in hers.points)
        his = things_held(opened(hub, other))
    assert his and "zqknife" not in "".join(thing.text for thing in his)


def test_nothing_leaves_undecided_unapproved_or_changed(hub, told, request_):
    gwen, ruth = hub.staff["gwen"], hub.staff["ruth"]
    with pytest.raises(Refused, match="has not been decided"):
        answering.propose_answer(request_, by=gwen)
    things = decide_all(hub, request_)
    item = next(thing for thing in things if thing.title == "What an agency said")
    with pytest.raises(Refused, match="second person has not approved"):
        export(request_, by=gwen, form="pdf")
    request = answering.propose_answer(request_, by=gwen)
    with pytest.raises(Refused, match="Somebody else approves"):
        answering.approve_answer(request, by=gwen, shown=request.body_hash)
    with pytest.raises(Refused, match="changed since it was proposed"):
        answering.approve_answer(request, by=ruth, shown="another")
    assert item.text not in str(preview(request, by=ruth).document)
    request = answering.approve_answer(request, by=ruth, shown=request.body_hash)
    made = export(request, by=gwen, form="json")
    given = json.loads(made.for_machines)["given"]
    assert len(given) == len([one for one in things if one.title not in KEPT_BACK])
    assert item.text not in made.for_machines.decode() and told.old.worry in str(made.document)
    with pytest.raises(DatabaseError, match="is not changed"), transaction.atomic(), bound_to(gwen):
        SubjectItem.objects.filter(request=request).update(given="full", ground="", by=gwen)

    told.old.worry = "Something else by now."
    told.old.save(update_fields=["worry"])
    with pytest.raises(Refused, match="says something else"):
        export(request, by=gwen, form="pdf")
    changed = look_at_request(request, by=gwen)
    assert changed.undecided == 1 and not changed.may_export
    key = changed.next_key
    with pytest.raises(Refused, match="something else by now"):
        answering.decide(request, by=gwen, key=key, digest="old", given="full")
    thing = read_thing(request, by=gwen, key=key)
    answering.decide(request, by=gwen, key=key, digest=thing.digest, given="full", because="It is hers.")
    with transaction.atomic(), bound_to(gwen):
        request.refresh_from_db()
    assert request.approved_at is None and request.proposed_at is None and request.body_hash == ""


def test_words_are_left_out_as_they_stand(hub, request_):
    gwen = hub.staff["gwen"]
    key = look_at_request(request_, by=gwen).next_key
    thing = read_thing(request_, by=gwen, key=key)
    for how, why in (
        ({"given": "redacted", "ground": "third_party"}, "Enter the words"),
        ({"given": "redacted", "ground": "third_party", "left_out": "zebra"}, "are not in it: zebra"),
    ):
        with pytest.raises(Refused, match=why):
            answering.decide(request_, by=gwen, key=key, digest=thing.digest, **how)
    assert left_out("Ann saw ann’s dog.", "Ann\nann’s dog") == "[words left out] saw [words left out]."
    assert left_out("Ann went out.", "Ann\nout") == "[words left out] went [words left out]."
    with pytest.raises(DatabaseError), transaction.atomic(), bound_to(gwen):
        SubjectItem.objects.create(request=request_, key="x", digest="x", given="withheld", by=gwen, at=timezone.now())


@pytest.mark.parametrize("words", ["Ann Brown", "ann  BROWN", "Ann\nBrown", "An\u00adn Bro\u200bwn", "Ann\u00a0Brown"])
def test_words_are_left_out_wherever_a_line_or_a_hidden_hyphen_breaks_them(words):
    assert left_out(f"Told by {words}.", "Ann Brown") == "Told by [words left out]."


def test_what_stands_there_in_other_letters_has_to_be_left_out_too(hub, told, request_):
    told.old.worry = "Zo\u00eb Griffiths rang. Zoe Gri\ufb03ths rang again."
    told.old.save(update_fields=["worry"])
    assert still_there(told.old.worry, "Zo\u00eb Griffiths") == ("Zo\u00eb Griffiths",)
    came = read_thing(request_, by=hub.staff["gwen"], key=f"enquiries_enquiry-{told.old.pk}")
    facts = {"key": came.line.key, "digest": came.digest, "given": "redacted", "ground": "third_party"}
    with pytest.raises(Refused, match="in other letters too"):
        answering.decide(request_, by=hub.staff["gwen"], **facts, left_out="Zo\u00eb Griffiths")
    both = "Zo\u00eb Griffiths\nZoe Gri\ufb03ths"
    assert answering.decide(request_, by=hub.staff["gwen"], **facts, left_out=both).left_out == both


def test_it_is_answered_within_a_month_or_three(hub, request_, mother):
    assert request_.due_on == months_later(TODAY, 1)
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28) and months_later(date(2026, 11, 30), 3) == date(
        2027, 2, 28
    )
    later = opened(hub, mother, received_on=TODAY - timedelta(days=20), identity_on=TODAY - timedelta(days=2))
    assert later.due_on == months_later(TODAY - timedelta(days=2), 1)
    longer = answering.extend(request_, by=hub.staff["gwen"], because="Two hundred things are held.")
    assert longer.due_on == months_later(TODAY, 3)
    with pytest.raises(Refused, match="extended already"):
        answering.extend(longer, by=hub.staff["gwen"], because="More.")


def test_while_somebody_asks_nothing_about_them_is_destroyed(hub, told, request_):
    assert "is held" in may_be_destroyed(told.old).why
    closed = answering.close_request(request_, by=hub.staff["gwen"], because="Given by hand.")
    assert may_be_destroyed(told.old)
    with pytest.raises(Refused, match="has been closed"):
        look_at_request(closed, by=hub.staff["gwen"])
    review = actions.propose(told.old, by=hub.staff["gwen"], wants="destroy", because="Its time is over.")
    actions.agree(review, by=hub.staff["ruth"])


def test_sealed_rows_are_seen_through_an_open_request_alone_and_requests_are_walled(hub, request_):
    for name, user in hub.staff.items():
        with transaction.atomic(), bound_to(user):
            sees = SubjectRequest.objects.filter(pk=request_.pk).exists()
            assert sees == bool(may_read_request(user, request_)), name
            assert bool(things_held(request_)) == sees, name
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        assert not apps.get_model("intelligence", "Item").objects.exists()
    with pytest.raises(Refused):
        find_people(None, by=hub.staff["ruth"], given="", family="Lodger", born_on=None)
    found = find_people(None, by=hub.staff["gwen"], given="lorna", family="lodger", born_on=date(1950, 1, 1))
    assert [line.name for line in found] == ["Lorna Lodger"]


def test_the_pages_lead_from_a_name_to_the_files(client, hub, told, owner):
    client.force_login(hub.staff["gwen"], backend="allauth.account.auth_backends.AuthenticationBackend")
    found = client.get("/records/requests/find/", {"given": "Lorna", "family": "Lodger"}).content.decode()
    assert f"/records/people/{told.lodger.pk}/request/" in found
    where = f"/records/people/{told.lodger.pk}/request/"
    assert "Select who asks" in client.post(where, {"asker_name": ""}).content.decode()
    today = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    day = {f"{name}-{part}": value for name in ("received_on", "identity_on") for part, value in today.items()}
    said = {"asker": "parent", "asker_name": "Ola", "identity_how": "Passport", **day}
    assert "may ask for somebody else" in client.post(where, said).content.decode()
    sheet = client.post(where, said | {"asker_right": "A court order"}, follow=True)
    page = sheet.redirect_chain[-1][0]
    assert "not decided" in sheet.content.decode()
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        request = SubjectRequest.objects.get()
    *_, last = decide_all(hub, request)
    owner("DELETE FROM records_subjectitem WHERE key = %s RETURNING ''", last.key)
    text = client.get(page).content.decode()
    assert "1 is not decided" in text and "Decide the next" in text
    thing = f"{page}things/{last.key}/"
    digest = client.get(thing).content.decode().split('name="digest" value="')[1].split('"')[0]
    wrong = client.post(thing, {"digest": digest, "given": "withheld"}).content.decode()
    assert "Select why it is not given" in wrong
    client.post(thing, {"digest": digest, "given": "full", "because": "They know it."})
    client.post(f"{page}move/", {"move": "propose"})
    assert client.post(f"{page}move/", {"move": "nothing"}).status_code == 404
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        shown = SubjectRequest.objects.get().body_hash
    client.force_login(hub.staff["ruth"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Lorna Lodger" in client.get(f"{page}preview/").content.decode()
    client.post(f"{page}move/", {"move": "approve", "shown": shown})
    assert client.get(f"{page}file.pdf").status_code == 404  # she approves; the governance lead sends
    client.force_login(hub.staff["gwen"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"{page}file.pdf").content.startswith(b"%PDF")
    assert b"Lodger" in client.get(f"{page}file.json").content
    client.post(f"{page}close/", {"because": "By hand."})
    assert "By hand." in client.get(page).content.decode()
    assert "Lorna Lodger" in client.get("/records/requests/").content.decode()
    hold = f"/records/people/{told.lodger.pk}/hold/"
    client.post(hold, {"kind": "court", "because": "A claim."})
    assert "Lorna Lodger" in client.get("/records/").content.decode()
