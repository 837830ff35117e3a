"""A file is read to its end, whatever stops it, and read again it changes nothing."""

import itertools
import os
import time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.audit.models import LedgerEvent
from openmash.feeds import actions, loading, tasks
from openmash.feeds.folder import make_drop, path_of, reading_folder
from openmash.feeds.models import Load
from openmash.feeds.policies import LOADER
from openmash.feeds.tests.files import bundle, comma_file, contacts, event, open_case, patient, person, workbook
from openmash.feeds.tests.test_formats import MAKE, every_format

pytestmark = pytest.mark.django_db
_COUNT = itertools.count()


def people(path, *numbers, **more):
    return comma_file(path / f"people-{next(_COUNT)}.csv", *(person(number, **more) for number in numbers))


def counts(load):
    return load.state, load.read, load.added, load.changed, load.withdrawn, load.events, load.refused


@every_format
def test_every_format_is_loaded_and_read_again_changes_nothing(form, tmp_path, send, held):
    send(people(tmp_path, "A1", "A2"))
    first = send(MAKE[form.key](tmp_path / "one"))
    before = held()
    assert first.state == Load.DONE
    assert first.added + first.events > 0 or form.key == "people"
    path = MAKE[form.key](tmp_path / "other")
    send(people(tmp_path, "A1"))  # so that the same file is not simply the last one
    Load.objects.filter(pk=first.pk).update(sha256="another file")
    again = send(path)
    assert (again.state, again.added, again.changed, again.withdrawn, again.events) == (Load.DONE, 0, 0, 0, 0)
    assert held() == before


def test_the_very_same_file_is_not_even_read(tmp_path, offer, send):
    path = people(tmp_path, "A1")
    first = send(path)
    assert offer(path) == first
    assert Load.objects.count() == 1
    assert list(reading_folder().iterdir()) == []


def test_an_older_file_that_comes_again_is_read_again(tmp_path, send, held):
    old, new = people(tmp_path, "A1", given="Mia"), people(tmp_path, "A1", given="Maya")
    for path in (old, new, old):
        send(path)
    assert held()["people A1"]["given"] == "Mia"


def test_what_changed_is_counted_and_the_rest_is_not_touched(tmp_path, send):
    send(people(tmp_path, "A1", "A2", "A3"))
    rows = [person("A1"), person("A2", team="South"), person("A4"), person("A3", withdrawn="yes")]
    load = send(comma_file(tmp_path / "f", *rows))
    assert counts(load) == (Load.DONE, 4, 1, 1, 1, 0, 0)


def test_a_full_file_withdraws_whom_it_does_not_name_and_a_delta_nobody(tmp_path, send, held):
    send(people(tmp_path, "A1", "A2", "A3"))
    send(people(tmp_path, "A4"))
    assert set(held()) == {"people A1", "people A2", "people A3", "people A4"}
    load = send(people(tmp_path, "A1", "A4"), is_full=True)
    assert (load.withdrawn, set(held())) == (2, {"people A1", "people A4"})


def test_a_withdrawn_record_that_is_sent_again_is_there_again(tmp_path, send, held):
    send(people(tmp_path, "A1"))
    send(comma_file(tmp_path / "f", person("A1", withdrawn="yes")))
    assert held() == {}
    load = send(people(tmp_path, "A1"))
    assert (load.changed, set(held())) == (1, {"people A1"})


def test_a_row_that_is_refused_does_not_withdraw_its_record(tmp_path, send, held):
    send(people(tmp_path, "A1", "A2"))
    nothing = {"number": "A1", "open": "yes", "given": ""}
    load = send(comma_file(tmp_path / "f", nothing, {"number": "A2", "open": "yes", "given": "Mia"}), is_full=True)
    assert (load.refused, load.withdrawn) == (1, 0)
    assert held()["people A1"]["family"] == "Bell"


def test_one_format_withdraws_nothing_that_another_sent(tmp_path, send, held):
    send(people(tmp_path, "A1", "A2"))
    send(comma_file(tmp_path / "f", open_case("A1")), is_full=True)
    assert set(held()) == {"people A1", "people A2", "open_cases A1"}


def test_a_full_file_that_would_withdraw_most_is_stopped_until_somebody_says_that_it_is_right(tmp_path, send, held):
    send(people(tmp_path, *"ABCDE"))
    few = people(tmp_path, "A", "B")
    load = send(few, is_full=True)
    assert load.state == Load.BROKEN
    assert "has 2 rows, and the agency has sent 5 people before" in load.because
    assert len(held()) == 5
    assert send(few, is_full=True, may_withdraw_many=True).withdrawn == 3


def test_the_last_row_of_a_number_stands(tmp_path, send, held):
    send(comma_file(tmp_path / "f", person("A1", given="Mia"), person("A1", given="Maya")))
    assert held()["people A1"]["given"] == "Maya"


def test_each_refused_row_has_its_reason_and_the_others_are_loaded(tmp_path, send, held):
    rows = [person("A1", born_on="31/02/2010"), person("")]
    load = send(comma_file(tmp_path / "f", *rows))
    told = [(one.row, one.is_whole_row, one.because) for one in load.refusals.order_by("row")]
    assert told == [
        (2, False, "“born_on” must be a real date, like 2010-02-28 or 28/02/2010"),
        (3, True, "“number” is missing"),
    ]
    assert set(held()) == {"people A1"}
    assert load.refused == 1


@every_format
def test_a_broken_file_changes_nothing(form, tmp_path, send, held):
    send(people(tmp_path, "A1", "A2"))
    before = held()
    path = MAKE[form.key](tmp_path / "f")
    path.write_bytes(path.read_bytes()[:-5])
    load = send(path)
    assert load.state == Load.BROKEN
    assert load.because
    assert held() == before
    assert not path_of(load.kept_as).exists()


def test_events_are_kept_of_those_who_were_sent_and_others_are_refused(tmp_path, send):
    send(people(tmp_path, "A1"))
    load = send(comma_file(tmp_path / "f", event("A1"), event("A9")))
    assert counts(load) == (Load.DONE, 2, 0, 0, 0, 1, 1)
    assert [(one.row, one.because) for one in load.refusals.all()] == [(3, actions.STRANGER)]


def test_an_event_that_is_sent_again_with_its_number_is_changed(tmp_path, send):
    send(people(tmp_path, "A1"))
    send(comma_file(tmp_path / "f", event("A1", reference="7")))
    load = send(comma_file(tmp_path / "f", event("A1", reference="7", words="Officers were called twice.")))
    assert load.events == 1


def test_events_are_not_taken_from_an_agency_that_has_not_agreed_to_send_them(tmp_path, send, feed, hub):
    actions.agree(feed.agency, by=hub.staff["nina"], area=feed.area, sends_events=False)
    send(people(tmp_path, "A1"))
    load = send(comma_file(tmp_path / "f", event("A1")))
    assert (load.state, load.because) == (Load.BROKEN, loading.NO_EVENTS)
    told = send(workbook(tmp_path / "g", List_1=contacts("A1")))
    assert (told.state, told.added, told.events) == (Load.DONE, 1, 0)


# Stopped and started again


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("killed_at", [0, 2, 4, 5])
@pytest.mark.parametrize("is_full", [True, False])
def test_killed_half_way_and_started_again_ends_as_if_nothing_had_happened(tmp_path, offer, held, killed_at, is_full):
    class Killed(BaseException):
        pass

    def kill(done, total):
        if done == killed_at:
            raise Killed

    path = people(tmp_path, *"ABCDE")
    load = offer(path, is_full=is_full)
    with pytest.raises(Killed):
        loading.read(load, progress=kill)
    load = loading.read(offer(path, is_full=is_full))
    assert counts(load) == (Load.DONE, 5, 5, 0, 0, 0, 0)
    assert len(held()) == 5


@pytest.mark.usefixtures("small_batches")
def test_a_slice_of_a_file_is_read_and_the_worker_comes_back_for_the_rest(tmp_path, offer, held):
    load = offer(people(tmp_path, *"ABCDE"))
    seen = []
    while not load.is_over:
        load = loading.read(load, within=0)
        seen.append(load.read)
    assert seen == [2, 4, 5, 5]  # the last slice withdraws what is gone, and ends
    assert len(held()) == 5


@pytest.mark.usefixtures("small_batches")
def test_two_who_read_one_file_keep_no_batch_twice(tmp_path, offer):
    load = offer(people(tmp_path, *"ABCDE"))
    reading = loading._opened(load)
    load = actions.begin(load, by=LOADER, total=reading.total)
    rows = list(reading.rows(0))
    actions.take(load, rows[:2], by=LOADER, after=0)
    again = actions.take(load, rows[:2], by=LOADER, after=0)
    assert (again.read, again.added) == (2, 2)


def test_what_came_first_is_read_first(tmp_path, offer, held):
    offer(people(tmp_path, "A1", given="Mia"))
    loading.read(offer(people(tmp_path, "A1", given="Maya")))
    assert held()["people A1"]["given"] == "Maya"
    assert not Load.objects.exclude(state=Load.DONE).exists()


def test_every_step_is_on_the_ledger_without_anybody_of_the_file(tmp_path, send):
    send(people(tmp_path, "A1"))
    lines = LedgerEvent.objects.filter(event__startswith="feed.").order_by("id")
    assert [line.event for line in lines] == ["feed.agreed", "feed.received", "feed.begun", "feed.taken", "feed.loaded"]
    assert not any("Bell" in str(line.kept) for line in lines)


def test_nothing_is_loaded_without_a_live_signature(tmp_path, offer, feed):
    load = offer(people(tmp_path, "A1"))
    feed.agency.signatures.update(ended_on="2020-01-01")
    load = loading.read(load)
    assert (load.state, load.added) == (Load.BROKEN, 0)
    assert "has not signed a sharing agreement" in load.because


# The drop folder


def drop(feed, mode, path, age=60):
    there = make_drop(feed.agency.key, feed.area.key) / mode / path.name
    path.rename(there)
    os.utime(there, (time.time() - age,) * 2)
    return there


def test_a_dropped_file_is_read_and_gone(tmp_path, feed, held):
    there = drop(feed, "full", people(tmp_path, "A1"))
    tasks.watch_feeds(0)
    assert (set(held()), there.exists()) == ({"people A1"}, False)
    assert Load.objects.get().is_full


def test_a_file_that_is_still_being_written_is_left(tmp_path, feed, held):
    there = drop(feed, "delta", people(tmp_path, "A1"), age=2)
    tasks.watch_feeds(0)
    assert (held(), there.exists()) == ({}, True)


def test_a_dropped_file_in_no_format_is_shown_as_not_loaded(tmp_path, feed):
    (tmp_path / "notes.txt").write_text("hello\n")
    drop(feed, "delta", tmp_path / "notes.txt")
    tasks.watch_feeds(0)
    load = Load.objects.get()
    assert (load.state, load.file_name) == (Load.BROKEN, "notes.txt")
    assert load.because.startswith("The file is in none of the formats that we read.")


# Properties

SOME = st.text("AbłéØ' -,\"\n\t\\;", max_size=8)
PERSON = st.fixed_dictionaries(
    {
        "given": SOME,
        "family": SOME.map(lambda name: f"B{name}"),
        "born_on": st.sampled_from(["", "2018-05-04", "04/05/2018", "31/02/2010"]),
        "sex": st.sampled_from(["F", "M", "", "x"]),
        "open": st.sampled_from(["yes", "no", ""]),
        "nhs": st.sampled_from(["", "9434765919", "1"]),
        "sensitive": st.sampled_from(["", "yes"]),
        "address": SOME,
    }
)
STATE = st.dictionaries(st.sampled_from(["A1", "A2", "Ż3", "4\\t"]), PERSON, max_size=4)


def as_file(path, state, withdrawn=()):
    rows = [{"number": number, **facts, "withdrawn": ""} for number, facts in state.items()]
    rows += [{"number": number, "open": "", "withdrawn": "yes"} for number in withdrawn]
    return comma_file(path / f"state-{next(_COUNT)}.csv", *(rows or [{"number": "", "open": "", "withdrawn": ""}]))


explored = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@explored
@given(state=STATE)
def test_any_file_twice_changes_nothing(tmp_path, send, held, state):
    with transaction.atomic():
        send(as_file(tmp_path, state), is_full=True)
        before = held()
        load = send(as_file(tmp_path, {}))  # so that the same file is not simply the last one
        load = send(as_file(tmp_path, state), is_full=True)
        assert (load.added, load.changed, load.withdrawn) == (0, 0, 0)
        assert held() == before
        transaction.set_rollback(True)


@explored
@given(before=STATE, after=STATE)
def test_a_delta_ends_where_the_full_file_ends(tmp_path, send, held, before, after):
    with transaction.atomic():
        send(as_file(tmp_path, before), is_full=True)
        gone = before.keys() - after.keys()
        changed = {number: facts for number, facts in after.items() if before.get(number) != facts}
        send(as_file(tmp_path, changed, gone))
        by_delta = held()
        load = send(as_file(tmp_path, after), is_full=True, may_withdraw_many=True)
        assert held() == by_delta
        assert (load.added, load.changed, load.withdrawn) == (0, 0, 0)
        transaction.set_rollback(True)


@explored
@given(state=STATE, numbers=st.lists(st.sampled_from(["9434765919", "9000000009"]), unique=True))
def test_formats_do_not_disturb_each_other(tmp_path, send, held, state, numbers):
    with transaction.atomic():
        send(as_file(tmp_path, state), is_full=True)
        before = held()
        send(bundle(tmp_path / f"b-{next(_COUNT)}", *map(patient, numbers)), is_full=True)
        assert {key: row for key, row in held().items() if key.startswith("people")} == before
        transaction.set_rollback(True)


def test_when_a_feed_ends_everything_in_it_is_withdrawn_and_what_waits_is_not_read(
    tmp_path, send, offer, feed, hub, held
):
    send(people(tmp_path, "A1", "A2"))
    send(comma_file(tmp_path / "f", event("A1")))
    waiting = offer(people(tmp_path, "A3"))
    actions.end(feed, by=hub.staff["nina"])
    assert held() == {}
    waiting.refresh_from_db()
    assert (waiting.state, waiting.because) == (Load.BROKEN, "The feed has ended.")
    assert {load.state for load in feed.loads.all()} == {Load.DONE, Load.BROKEN}
    actions.agree(feed.agency, by=hub.staff["nina"], area=feed.area, sends_events=True)
    assert (send(people(tmp_path, "A1")).changed, set(held())) == (1, {"people A1"})
