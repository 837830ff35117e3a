"""Linking: records of one person hang together, twins do not, people decide, and a delta ends as a full run would."""

from dataclasses import replace
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.matching import again, index, keys, linking, links, statistics, whole
from openmash.people.matching.described import described
from openmash.people.matching.linking import link_changed, open_index
from openmash.people.matching.stored import numbered
from openmash.people.models import IndexEntry, IndexKey, Link
from openmash.people.protecting import agree_unprotecting, propose_unprotecting

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
AMIRA = GivenPerson(
    "Amira", "Bell", sex="F", born_on=date(2019, 4, 3), address_lines="12 Elm Road", postcode="WV1 2AB",
    telephone="01632 960123",
)  # fmt: skip
ZARA = replace(AMIRA, given="Zara")


@pytest.fixture
def known(hub):
    """`known(police={1: AMIRA})`: what agencies say of whom they know is in the index, and linked."""

    def tell(is_restricted=False, within=float("inf"), **lists):
        for agency, people in lists.items():
            rows = [index.IndexRow(number, person, is_restricted=is_restricted) for number, person in people.items()]
            index.put(hub.agencies[agency].pk, rows)
        return link_changed(now=NOON, within=within)

    return tell


@pytest.fixture
def write(hub):
    def down(person=AMIRA, area="wend-valley"):
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=person)

    return down


def clusters():
    with open_index():
        return dict(IndexEntry.objects.order_by("pk").values_list("pk", "cluster"))


def pairs():
    return set(Link.objects.values_list("first", "second"))


def test_records_of_one_person_are_linked_with_the_hubs_own(known, write):
    person = write()
    known(
        police={1: replace(AMIRA, family="Belle", telephone="")},
        health={2: replace(AMIRA, address_lines="", postcode="")},
    )
    assert links.records_of([person.pk]) == {person.pk: frozenset({1, 2})}
    assert links.leads_of([1, 2]) == {1: frozenset({person.pk}), 2: frozenset({person.pk})}


def test_twins_are_two_people(known, write):
    amira, zara = write(), write(ZARA)
    known(police={1: AMIRA, 2: ZARA})
    assert links.records_of([amira.pk, zara.pk]) == {amira.pk: frozenset({1}), zara.pk: frozenset({2})}


def test_a_restricted_record_is_never_linked(known, write):
    person = write()
    known(is_restricted=True, police={1: AMIRA})
    assert links.records_of([person.pk]) == {}
    assert pairs() == set()


def test_a_record_that_is_withdrawn_disappears_from_every_link(hub, known, write):
    person = write()
    known(police={1: AMIRA})
    index.withdraw(hub.agencies["police"].pk, [1])
    link_changed(now=NOON)
    assert links.records_of([person.pk]) == {} and pairs() == set()


def test_two_records_of_the_hub_are_never_joined_by_the_machine(write):
    one, two = write(), write()
    link_changed(now=NOON)
    assert pairs(), "a person is asked"
    for person in (one, two):
        person.refresh_from_db()
        assert person.lead_id is None


def test_not_the_same_splits_and_taking_it_back_joins_again(hub, known, write):
    one, two = write(), write()
    known(police={1: AMIRA})
    assert links.records_of([one.pk, two.pk]) == {one.pk: frozenset({1}), two.pk: frozenset({1})}
    said = actions.say_different(one, by=hub.staff["joanna"], now=NOON, other=two)
    link_changed(now=NOON)
    assert sum(1 in records for records in links.records_of([one.pk, two.pk]).values()) == 1
    actions.undo(said, by=hub.staff["joanna"], now=NOON)
    link_changed(now=NOON)
    assert links.records_of([one.pk, two.pk]) == {one.pk: frozenset({1}), two.pk: frozenset({1})}


def test_same_joins_what_the_machine_would_not(hub, known, write):
    one, two = write(), write(replace(AMIRA, given="Mira", born_on=date(2019, 4, 13), telephone=""))
    known(health={7: replace(AMIRA, given="Mira", born_on=date(2019, 4, 13), telephone="")})
    actions.say_same(one, by=hub.staff["joanna"], now=NOON, other=two)
    link_changed(now=NOON)
    assert links.records_of([one.pk])[one.pk] == frozenset({7})


def test_joining_and_parting_again_leaves_the_index_as_it_was(hub, known, write):
    one, two = write(), write(replace(AMIRA, given="Mira", telephone=""))
    known(police={1: AMIRA}, health={2: replace(AMIRA, given="Mira", telephone="")})
    before = clusters(), pairs()
    said = actions.say_same(one, by=hub.staff["joanna"], now=NOON, other=two)
    link_changed(now=NOON)
    actions.undo(said, by=hub.staff["joanna"], now=NOON)
    link_changed(now=NOON)
    assert (clusters(), pairs()) == before


def village(draw):
    """Sixty records of some twenty people in families, written with the errors that agencies make."""
    rows = {}
    for number in range(60):
        given = draw.choice(("Amira", "Zara", "Mohammed", "Imran", "Chidinma"))
        family = draw.choice(("Bell", "Khan", "Okafor"))
        born = date(draw.choice((1986, 2014, 2019)), draw.choice((3, 4)), draw.choice((3, 4, 12)))
        home = draw.choice(({"address_lines": "12 Elm Road", "postcode": "WV1 2AB"}, {}))
        rows[number + 1] = GivenPerson(given, family, born_on=born, **home)
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_linking_all_at_once_ends_with_the_same_links_and_clusters(hub, known, write, seed):
    rows = village(Random(seed))
    one, two = write(), write(replace(AMIRA, given="Zara"))
    actions.say_different(one, by=hub.staff["joanna"], now=NOON, other=two)
    actions.say_same(two, by=hub.staff["joanna"], now=NOON, other=write(replace(AMIRA, given="Mira")))
    known(police=rows)
    known(is_restricted=True, health={number + 100: person for number, person in rows.items() if number % 7 == 0})
    singly = clusters(), scores()
    assert scores()
    with open_index():
        IndexEntry.objects.update(is_pending=True, cluster=7)
        Link.objects.all().delete()
    whole.link_all()
    assert (clusters(), scores()) == singly
    with open_index():
        assert not IndexEntry.objects.filter(is_pending=True).exists()


def scores():
    return {(one, two): score for one, two, score in Link.objects.values_list("first", "second", "score")}


def test_what_is_written_while_all_is_linked_is_linked_the_next_time(hub, known):
    known(police={1: AMIRA, 2: ZARA})
    with open_index():
        before = whole.now_seen()
        IndexEntry.objects.filter(record=1).update(is_pending=True)
        whole.write_clusters(np.empty(0), np.empty(0), before)
        assert list(IndexEntry.objects.filter(is_pending=True).values_list("record", flat=True)) == [1]
        whole.write_clusters(np.empty(0), np.empty(0), None)
        assert not IndexEntry.objects.filter(is_pending=True).exists()


@pytest.mark.parametrize("seed", range(4))
def test_a_delta_ends_with_the_links_and_the_clusters_of_a_full_run(hub, known, seed):
    draw = Random(seed)
    rows = village(draw)
    late = set(draw.sample(sorted(rows), 9))
    known(police={number: one for number, one in rows.items() if number not in late})
    known(police={number: rows[number] for number in late})
    delta = clusters(), pairs()
    with open_index():
        IndexEntry.objects.update(is_pending=True, cluster=None)
        Link.objects.all().delete()
    link_changed(now=NOON)
    assert (clusters(), pairs()) == delta


def test_what_has_not_changed_is_not_looked_at_again(known):
    assert known(police={1: AMIRA, 2: ZARA}).entries == 2
    assert known(police={1: AMIRA, 2: ZARA}).entries == 0
    assert known(police={1: AMIRA, 2: replace(ZARA, given="Zahra")}).entries == 1


def test_entries_of_older_rules_are_found_and_are_written_anew(known, write, monkeypatch):
    person = write()
    known(police={1: AMIRA}, health={2: ZARA})
    assert again.older() == 0
    rules, searched = keys.keys_of, keys.search_keys
    monkeypatch.setattr(index, "KEYS_VERSION", 99)
    monkeypatch.setattr(again, "KEYS_VERSION", 99)
    for module in (index, again):
        monkeypatch.setattr(module, "keys_of", lambda one: [*rules(one), "new:rule"])
    assert again.older() == 3
    assert again.index_again() == 3 and again.older() == 0
    with open_index():
        assert set(IndexEntry.objects.values_list("keys_version", flat=True)) == {99}
        (new,) = numbered(["new:rule"])
        assert IndexKey.objects.filter(key=new).count() == 3
        assert IndexKey.objects.filter(key__in=numbered(searched(described(AMIRA)))).exists()
    person.refresh_from_db()
    assert (person.keys[-1], person.keys_version) == ("new:rule", 99)
    link_changed(now=NOON)
    assert links.records_of([person.pk]) == {person.pk: frozenset({1})}
    assert again.index_again() == 0


def test_a_restricted_record_leaves_no_key_behind(hub, known):
    known(police={1: AMIRA})
    with open_index():
        assert IndexKey.objects.exists()
    known(is_restricted=True, police={1: AMIRA})
    with open_index():
        assert not IndexKey.objects.exists()
    known(police={1: AMIRA})
    with open_index():
        assert IndexKey.objects.exists()


def test_whose_identity_is_protected_is_offered_to_people_and_joined_by_none_but_them(hub, known, write):
    one, two = write(), write()
    joanna = hub.staff["joanna"]
    actions.mark(one, by=joanna, now=NOON, kind="protected_identity", agency=hub.agencies["police"])
    known(police={1: AMIRA})
    assert links.records_of([one.pk, two.pk]) == {two.pk: frozenset({1})}, "the machine joins nobody to her"
    (pair,) = links.to_decide(by=joanna)
    assert {pair.first, pair.second} == {one.pk, two.pk}
    actions.propose_same(one, by=joanna, now=NOON, other=two)
    assert links.to_decide(by=joanna) == (), "it waits for a second person, not for the machine's question"
    asked = propose_unprotecting(one, by=hub.staff["hannah"], because="Adopted long ago.", their_view="Agrees.")
    agree_unprotecting(asked, by=hub.staff["ruth"], now=NOON)
    link_changed(now=NOON)
    assert links.records_of([one.pk])[one.pk] == frozenset({1})


def test_a_slice_leaves_a_great_load_to_the_command_and_goes_on_by_batches(known, monkeypatch):
    monkeypatch.setattr(linking, "MUCH", 1)
    monkeypatch.setattr(whole, "link_all", lambda: pytest.fail("the worker has e-mails to send as well"))
    assert known(within=60, police={1: AMIRA, 2: ZARA, 3: AMIRA}).entries == 3


def test_a_slice_does_not_wait_for_whoever_links(known, monkeypatch):
    monkeypatch.setattr(linking, "_is_free", lambda: False)
    assert known(within=60, police={1: AMIRA}).entries == 0
    assert known().entries == 1


def test_when_the_score_changes_everything_is_linked_anew_and_once(known, monkeypatch):
    known(police={1: AMIRA}, health={2: AMIRA})
    assert link_changed(now=NOON).entries == 0
    newer = linking.MODEL_VERSION + 1
    for module in (linking, statistics):
        monkeypatch.setattr(module, "MODEL_VERSION", newer)
    assert link_changed(now=NOON).entries == 2
    assert set(Link.objects.values_list("model_version", flat=True)) == {newer}
    assert link_changed(now=NOON).entries == 0
