"""What somebody says of an agency's record binds linking, can be taken back, and is for those who may know of it."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.http import Http404

from openmash.audit.action import Refused
from openmash.audit.binding import bound_to
from openmash.audit.models import LedgerEvent
from openmash.people import actions
from openmash.people.matching import links
from openmash.people.matching.linking import link_changed
from openmash.people.models import RecordJudgement
from openmash.people.policies import may_undo_record
from openmash.people.queries import load_pair, load_record_judgement
from openmash.people.tests.test_linking import AMIRA, NOON, ZARA, clusters, known, write

pytestmark = pytest.mark.django_db
__all__ = ["known", "write"]  # fixtures
SAME, DIFFERENT = RecordJudgement.SAME, RecordJudgement.DIFFERENT


@pytest.fixture
def judge(hub):
    """`judge(SAME, 1, person=mia)`: Joanna says so, and what changed is linked."""

    def say(says, record, who="joanna", **other):
        by = hub.staff[who]
        said = actions.judge_record(load_pair(record, by=by, **other), by=by, says=says)
        link_changed(now=NOON)
        return said

    return say


def known_of(person):
    return links.records_of([person.pk]).get(person.pk, frozenset())


def test_a_record_that_shares_nothing_is_linked_once_somebody_says_so(hub, known, write, judge):
    person = write()
    known(police={1: replace(ZARA, family="Novak", address_lines="", postcode="", telephone="")})
    assert known_of(person) == frozenset()
    before = clusters()
    said = judge(SAME, 1, person=person)
    assert known_of(person) == {1}
    actions.undo_record(said, by=hub.staff["hannah"])
    link_changed(now=NOON)
    assert clusters() == before


def test_a_record_that_is_somebody_else_is_parted_and_stays_so(hub, known, write, judge):
    person = write()
    known(police={1: AMIRA}, health={2: AMIRA})
    assert known_of(person) == {1, 2}
    said = judge(DIFFERENT, 1, person=person)
    assert 1 not in known_of(person)
    known(police={1: replace(AMIRA, telephone="")})
    assert 1 not in known_of(person), "sent again by its agency, it stays apart"
    actions.undo_record(said, by=hub.staff["joanna"])
    link_changed(now=NOON)
    assert known_of(person) == {1, 2}


def test_records_of_two_agencies_are_said_to_be_one_person_or_two(known, judge):
    known(police={1: AMIRA}, health={2: ZARA})
    assert set(clusters().values()) == {None}
    judge(SAME, 2, other=1)
    assert len(set(clusters().values())) == 1 and None not in clusters().values()


def test_records_alike_that_are_two_people_are_parted(known, judge):
    known(police={1: AMIRA}, health={2: AMIRA})
    assert None not in clusters().values()
    judge(DIFFERENT, 1, other=2)
    assert set(clusters().values()) == {None}


def test_what_is_said_twice_is_refused_until_it_is_undone(hub, known, write, judge):
    person = write()
    known(police={1: AMIRA})
    said = judge(SAME, 1, person=person)
    with pytest.raises(Refused, match="Undo that first"):
        judge(DIFFERENT, 1, person=person)
    actions.undo_record(said, by=hub.staff["joanna"])
    judge(DIFFERENT, 1, person=person)
    assert LedgerEvent.objects.filter(event="record.judged").count() == 3


def test_no_record_is_joined_with_somebody_whose_identity_is_protected(hub, known, write, judge):
    person = write()
    council = hub.agencies["childrens-social-care"]
    actions.mark(person, by=hub.staff["joanna"], kind="protected_identity", agency=council)
    known(police={1: AMIRA})
    with pytest.raises(Refused, match="Who they are is protected"):
        judge(SAME, 1, person=person)


def test_a_restricted_record_and_one_that_does_not_exist_look_the_same(known, write, judge):
    person = write()
    known(is_restricted=True, police={1: AMIRA})
    for record in (1, 99):
        with pytest.raises(Http404):
            judge(SAME, record, person=person)
    with pytest.raises(Http404):
        judge(SAME, 1)


def test_it_is_not_for_another_area_nor_for_an_agency(hub, known, write, judge):
    person = write()
    known(police={1: AMIRA})
    said = judge(SAME, 1, person=person)
    for who in ("ellen", "lewis", "gwen"):
        with pytest.raises(Http404):
            load_record_judgement(said.pk, by=hub.staff[who])
        assert not may_undo_record(hub.staff[who], said)
        with transaction.atomic(), bound_to(hub.staff[who]), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_recordjudgement")
            assert cursor.fetchone() == (0,), f"the database shows it to {who}"
