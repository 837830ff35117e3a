"""Ties that somebody enters: who is what to whom, that it ended, that it was never so. Nothing is deleted."""

from datetime import date, datetime

import pytest
from django.http import Http404

from openmash.audit.action import Refused, Stale
from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.design.moments import LONDON
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.models import Relationship
from openmash.people.queries import family_of, person_view
from openmash.people.tying import GivenRelation, end_tie, load_tie, newest_tie, relate, take_back_tie
from openmash.restrictions.actions import declare

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=LONDON)
TODAY = NOON.date()
WHO = "The mother, by telephone"


@pytest.fixture
def add(hub):
    def record(given, area="wend-valley"):
        told = GivenPerson(given=given, family="Bell", source="Told")
        return actions.record(hub.areas[area], by=PUBLIC, now=NOON, given=told)

    return record


@pytest.fixture
def tie(hub):
    def said(one, other, kind, by="joanna", **more):
        return relate(one, by=hub.staff[by], now=NOON, other=other, kind=kind, source=WHO, **more)

    return said


def seen(hub, person, by="joanna"):
    return person_view(person.pk, by=hub.staff[by], today=TODAY)


def test_a_tie_stands_on_both_records_with_who_said_so_and_in_both_histories(hub, add, tie):
    ann, mia = add("Ann"), add("Mia")
    tie(ann, mia, "mother", since=date(2019, 4, 3), has_parental_responsibility=True)
    [hers], [childs] = seen(hub, ann).ties, seen(hub, mia).ties
    assert (hers.says, hers.name, hers.since, hers.source) == ("mother of", "Mia Bell", date(2019, 4, 3), WHO)
    assert (childs.says, childs.name, childs.has_parental_responsibility) == ("child of", "Ann Bell", True)
    [line] = seen(hub, mia).amendments
    assert (line.what, line.after, line.source, line.by) == ("Tie", "Child of Ann Bell", WHO, "Joanna Vale")
    event = LedgerEvent.objects.get(event="person.related")
    assert (event.kept, sorted(event.people)) == ({"kind": "mother"}, sorted([ann.pk, mia.pk]))


def test_it_ends_in_every_record_that_told_it_and_stays_on_the_page(hub, add, tie):
    les, ann, again = add("Les"), add("Ann"), add("Ann")
    actions.say_same(ann, by=hub.staff["joanna"], other=again)
    first, second = tie(les, ann, "lodger"), Relationship(person=les, other=again, kind="lodger", recorded_at=NOON)
    second.save()
    end_tie(first, by=hub.staff["hannah"], now=NOON, until=TODAY, because="He has moved out")
    assert set(Relationship.objects.values_list("until", "changed_because")) == {(TODAY, "He has moved out")}
    [one] = seen(hub, ann).ties
    assert (one.says, one.until, one.is_live) == ("has as a lodger", TODAY, False)
    assert family_of([ann.pk], by=hub.staff["joanna"], today=TODAY).ties == ()
    ends = [line for line in seen(hub, ann).amendments if line.before]
    assert {(line.before, line.after, line.by) for line in ends} == {
        ("Has as a lodger Les Bell", "Until 16 November 2026", "Hannah Brook")
    }


def test_what_was_never_so_is_no_tie_but_stays_in_the_history_with_the_reason(hub, add, tie):
    carl, mia = add("Carl"), add("Mia")
    row = tie(carl, mia, "father")
    instead = GivenRelation("step_parent", since=date(2024, 1, 1))
    take_back_tie(row, by=hub.staff["hannah"], now=NOON, because="The birth certificate", instead=instead)
    assert [one.says for one in seen(hub, mia).ties] == ["stepchild of"]
    family = family_of([mia.pk], by=hub.staff["joanna"], today=TODAY)
    assert [pair.kind for pair in family.parents] == ["step"]
    assert ("Child of Carl Bell", "Recorded by mistake", "The birth certificate") in {
        (line.before, line.after, line.source) for line in seen(hub, mia).amendments
    }
    assert Relationship.objects.count() == 2
    with pytest.raises(Http404):
        load_tie(row.pk, by=hub.staff["joanna"])


def test_turned_it_is_the_other_who_is_it(hub, add, tie):
    ann, mia = add("Ann"), add("Mia")
    row = tie(mia, ann, "carer")
    take_back_tie(
        row, by=hub.staff["joanna"], now=NOON, because="Mixed up", instead=GivenRelation("mother", is_turned=True)
    )
    [one] = seen(hub, mia).ties
    assert one.says == "child of"


def test_the_second_of_two_is_told_of_the_first(hub, add, tie):
    ann, mia = add("Ann"), add("Mia")
    shown = newest_tie(ann, mia, by=hub.staff["joanna"])
    row = tie(ann, mia, "mother", newest=shown)
    with pytest.raises(Stale):
        tie(ann, mia, "step_parent", by="hannah", newest=shown)
    end_tie(row, by=hub.staff["joanna"], now=NOON, until=TODAY, because=WHO, version=1)
    with pytest.raises(Stale):
        take_back_tie(load_tie(row.pk, by=hub.staff["hannah"]), by=hub.staff["hannah"], because="x", version=1)
    take_back_tie(load_tie(row.pk, by=hub.staff["hannah"]), by=hub.staff["hannah"], because="x", version=2)
    with pytest.raises(Stale):
        end_tie(row, by=hub.staff["hannah"], until=TODAY, because="x")


def test_what_is_no_answer_is_refused(hub, add, tie):
    ann, mia = add("Ann"), add("Mia")
    row = tie(ann, mia, "sibling", since=date(2024, 1, 1))
    joanna = hub.staff["joanna"]
    with pytest.raises(Refused, match="says this already"):
        tie(mia, ann, "sibling")
    with pytest.raises(Refused, match="Enter who says so"):
        relate(ann, by=joanna, other=mia, kind="friend", source=" ")
    with pytest.raises(Refused, match="one person"):
        tie(ann, ann, "friend")
    with pytest.raises(Refused, match="before it began"):
        end_tie(row, by=joanna, until=date(2023, 1, 1), because="x")
    for act in (end_tie, take_back_tie):
        with pytest.raises(Refused, match="Enter who says so, and why"):
            act(row, by=joanna, because=" ", **({"until": TODAY} if act is end_tie else {}))
    end_tie(row, by=joanna, until=TODAY, because="x")
    with pytest.raises(Refused, match="has ended already"):
        end_tie(row, by=joanna, until=TODAY, because="x")
    assert tie(mia, ann, "sibling"), "it can be so again"


@pytest.mark.parametrize("who", ["mary", "lewis", "gwen", "ellen", "amit"])
def test_nobody_ties_or_unties_whom_they_may_not_know(hub, add, tie, who):
    ann, mia, there = add("Ann"), add("Mia"), add("Una", area="harrowmouth")
    with pytest.raises(Refused):
        tie(ann, mia, "mother", by=who)
    row = tie(ann, mia, "mother")
    with pytest.raises(Refused):
        end_tie(row, by=hub.staff[who], until=TODAY, because="x")
    with pytest.raises(Http404):
        load_tie(row.pk, by=hub.staff[who])
    with pytest.raises(Refused):
        tie(ann, there, "mother"), "nor does their own hub, across the border"


def test_whoever_does_not_exist_for_the_reader_is_in_no_tie_home_or_diagram(hub, add, tie):
    home = {"family": "Bell", "source": "Told", "address_lines": "9 Rope Walk", "postcode": "WX3 7QD"}
    ann, una = (
        actions.record(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=GivenPerson(given=name, **home))
        for name in ("Ann", "Una")
    )
    row = tie(ann, una, "sibling")
    declare(una, by=hub.staff["ruth"], because="My neighbour’s girl.")
    assert "Una" in str(seen(hub, ann)) and "Una" in str(family_of([ann.pk], by=hub.staff["joanna"]))
    assert "Una" not in str(seen(hub, ann, by="ruth")) + str(family_of([ann.pk], by=hub.staff["ruth"]))
    assert newest_tie(ann, una, by=hub.staff["ruth"]) == 0
    with pytest.raises(Http404):
        load_tie(row.pk, by=hub.staff["ruth"])
    with pytest.raises(Refused, match="no such person"):
        tie(ann, una, "friend", by="ruth")
