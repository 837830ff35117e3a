"""Same and not the same: joined, parted, undone exactly, and never against a word already given."""

from itertools import combinations

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.audit.action import Refused
from openmash.audit.actors import PUBLIC, SETTING_UP
from openmash.audit.models import LedgerEvent
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.models import Judgement, Person, Proposal
from openmash.people.pairs import clusters
from openmash.people.protecting import agree_unprotecting, propose_unprotecting
from openmash.people.queries import leads_of

pytestmark = pytest.mark.django_db

AMIRA = GivenPerson(
    given="Amira", family="Bell", address_lines="12 Elm Road", postcode="WV1 2AB", telephone="01632960123"
)


def three(hub, count: int = 3) -> list[Person]:
    return [actions.record(hub.areas["wend-valley"], by=PUBLIC, given=AMIRA) for _ in range(count)]


def leads(people: list[Person]) -> list[int]:
    found = leads_of(person.pk for person in people)
    return [found[person.pk] for person in people]


def export(people: list[Person]) -> str:
    """Everything stored of these people but the judgements themselves."""
    rows = list(Person.objects.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    for person in rows[:]:
        for related in ("names", "residences", "contacts", "identifiers", "relations", "markers", "amendments"):
            rows += getattr(person, related).order_by("pk")
    return serializers.serialize("json", rows)


class TestSame:
    def test_the_lead_is_the_smallest_number_whichever_way_round(self, hub):
        one, two, three_ = three(hub)
        actions.say_same(three_, by=hub.staff["joanna"], other=two, why="same school")
        assert leads([one, two, three_]) == [one.pk, two.pk, two.pk]
        actions.say_same(two, by=hub.staff["hannah"], other=one)
        assert leads([one, two, three_]) == [one.pk] * 3

    def test_said_twice_is_said_once(self, hub):
        one, two, _ = three(hub)
        first = actions.say_same(one, by=hub.staff["joanna"], other=two)
        assert actions.say_same(two, by=hub.staff["ruth"], other=one) == first
        assert Judgement.objects.count() == 1

    def test_never_joins_two_that_were_said_to_be_different(self, hub):
        one, two, three_ = three(hub)
        joanna = hub.staff["joanna"]
        actions.say_different(one, by=joanna, other=two)
        actions.say_same(two, by=joanna, other=three_)
        with pytest.raises(Refused, match=f"records {one.pk} and {two.pk} are not the same person. Undo that first"):
            actions.say_same(three_, by=joanna, other=one)
        assert leads([one, two, three_]) == [one.pk, two.pk, two.pk]

    def test_is_on_the_ledger_with_both_people(self, hub):
        one, two, _ = three(hub)
        actions.say_same(one, by=hub.staff["joanna"], other=two)
        line = LedgerEvent.objects.latest("id")
        assert (line.event, line.people) == ("person.said-same", [one.pk, two.pk])

    def test_a_record_is_not_compared_with_itself(self, hub):
        one, *_ = three(hub)
        with pytest.raises(Refused, match="two different records"):
            actions.say_same(one, by=hub.staff["joanna"], other=one)


class TestDifferent:
    def test_refused_while_they_are_joined(self, hub):
        one, two, three_ = three(hub)
        joanna = hub.staff["joanna"]
        actions.say_same(one, by=joanna, other=two)
        actions.say_same(two, by=joanna, other=three_)
        with pytest.raises(Refused, match=r"joined as one person\. Undo that first"):
            actions.say_different(one, by=joanna, other=three_)

    def test_undone_it_no_longer_stands_in_the_way(self, hub):
        one, two, _ = three(hub)
        joanna = hub.staff["joanna"]
        actions.undo(actions.say_different(one, by=joanna, other=two), by=hub.staff["ruth"])
        actions.say_same(one, by=joanna, other=two)
        assert leads([one, two]) == [one.pk] * 2


class TestUndo:
    def test_only_once(self, hub):
        one, two, _ = three(hub)
        judgement = actions.say_same(one, by=hub.staff["joanna"], other=two)
        actions.undo(judgement, by=hub.staff["joanna"])
        with pytest.raises(Refused, match="undone already"):
            actions.undo(judgement, by=hub.staff["joanna"])

    def test_leaves_what_others_said_standing(self, hub):
        one, two, three_ = three(hub)
        joanna = hub.staff["joanna"]
        bridge = actions.say_same(one, by=joanna, other=two)
        actions.say_same(two, by=joanna, other=three_)
        actions.undo(bridge, by=joanna)
        assert leads([one, two, three_]) == [one.pk, two.pk, two.pk]

    def test_keeps_who_undid_what_and_when(self, hub):
        one, two, _ = three(hub)
        judgement = actions.say_same(one, by=hub.staff["joanna"], other=two)
        actions.undo(judgement, by=hub.staff["ruth"])
        judgement.refresh_from_db()
        assert (judgement.by, judgement.undone_by) == (hub.staff["joanna"], hub.staff["ruth"])
        assert judgement.undone_at is not None

    @given(data=st.data())
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_merge_then_unmerge_leaves_the_identical_records(self, hub, data):
        people, joanna = three(hub, 5), hub.staff["joanna"]
        pairs = list(combinations(people, 2))
        before_that = data.draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True), label="said before")
        for one, two in before_that:
            actions.say_same(one, by=joanna, other=two)
        before = export(people)
        fresh = st.lists(st.sampled_from([pair for pair in pairs if pair not in before_that]), min_size=1, unique=True)
        said = [actions.say_same(one, by=joanna, other=two) for one, two in data.draw(fresh, label="said and undone")]
        for judgement in data.draw(st.permutations(said), label="undone in this order"):
            actions.undo(judgement, by=joanna)
        assert export(people) == before

    @given(data=st.data())
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_after_anything_that_people_say_no_two_said_different_are_joined(self, hub, data):
        people, joanna = three(hub, 5), hub.staff["joanna"]
        live: list[Judgement] = []
        for _ in range(data.draw(st.integers(1, 10), label="steps")):
            verb = data.draw(st.sampled_from(["same", "different", "undo"]))
            try:
                if verb == "undo" and live:
                    actions.undo(live.pop(data.draw(st.integers(0, len(live) - 1))), by=joanna)
                elif verb != "undo":
                    one, two = data.draw(st.sampled_from(list(combinations(people, 2))))
                    say = actions.say_same if verb == "same" else actions.say_different
                    judgement = say(one, by=joanna, other=two)
                    live += [judgement] if judgement not in live else []
            except Refused:
                continue
        lead = leads_of(person.pk for person in people)
        edges = [(said.first_id, said.second_id) for said in live if said.says == "same"]
        expected = {number: min(group) for group in clusters(lead, edges) for number in group}
        assert lead == expected
        assert all(lead[said.first_id] != lead[said.second_id] for said in live if said.says == "different")


class TestWho:
    @pytest.mark.parametrize("who", ["joanna", "hannah", "ruth"])
    def test_the_hubs_staff_judge(self, hub, who):
        one, two, _ = three(hub)
        actions.undo(actions.say_same(one, by=hub.staff[who], other=two), by=hub.staff[who])
        assert actions.say_different(one, by=hub.staff[who], other=two).says == "different"

    @pytest.mark.parametrize("who", ["ellen", "mary", "peter", "alan", "siobhan", "amit", "saul", "gwen", "nina"])
    def test_others_and_those_of_another_area_do_not(self, hub, who):
        one, two, _ = three(hub)
        judgement = actions.say_same(one, by=hub.staff["joanna"], other=two)
        by = hub.staff[who]
        with pytest.raises(Refused):
            actions.undo(judgement, by=by)
        for verb in (actions.say_same, actions.say_different):
            with pytest.raises(Refused):
                verb(one, by=by, other=two)
        for verb, extra in (
            (actions.adopt, {"facts": ()}),
            (actions.mark, {"kind": "missing", "agency": hub.agencies["police"]}),
            (actions.look_at, {}),
        ):
            with pytest.raises(Refused):
                verb(one, by=by, **extra)

    def test_both_records_have_to_be_of_an_area_of_theirs(self, hub):
        one, _, _ = three(hub)
        other = actions.record(hub.areas["harrowmouth"], by=PUBLIC, given=AMIRA)
        for say in (actions.say_same, actions.say_different):
            with pytest.raises(Refused, match="This is done by"):
                say(one, by=hub.staff["joanna"], other=other)

    @pytest.mark.parametrize("by", [PUBLIC, SETTING_UP])
    def test_no_part_of_the_system_judges(self, hub, by):
        one, two, _ = three(hub)
        with pytest.raises(Refused):
            actions.say_same(one, by=by, other=two)


class TestGuarded:
    """Where who somebody is must be protected, one person proposes and another agrees."""

    @pytest.fixture
    def pair(self, hub):
        one, two, _ = three(hub)
        joanna, council = hub.staff["joanna"], hub.agencies["childrens-social-care"]
        marker = actions.mark(two, by=joanna, kind="protected_identity", agency=council)
        return one, two, marker

    def test_nobody_joins_them_alone(self, hub, pair):
        one, two, _ = pair
        with pytest.raises(Refused, match="Two people have to agree"):
            actions.say_same(one, by=hub.staff["joanna"], other=two)
        actions.propose_same(one, by=hub.staff["joanna"], other=two)
        assert leads([one, two]) == [one.pk, two.pk], "nothing is joined yet"
        with pytest.raises(Refused, match="Someone else has to agree"):
            actions.agree_same(two, by=hub.staff["joanna"], other=one)
        with pytest.raises(Refused, match="proposed already"):
            actions.propose_same(two, by=hub.staff["hannah"], other=one)

    def test_a_second_person_agrees_and_it_can_be_undone(self, hub, pair):
        one, two, _ = pair
        before = export([one, two])
        actions.propose_same(one, by=hub.staff["joanna"], other=two)
        said = actions.agree_same(two, by=hub.staff["hannah"], other=one)
        assert leads([one, two]) == [one.pk, one.pk]
        assert (said.by, said.why) == (hub.staff["hannah"], "Proposed by Joanna Vale")
        actions.undo(said, by=hub.staff["joanna"])
        assert export([one, two]) == before

    def test_it_is_declined_with_a_reason_and_may_be_proposed_again(self, hub, pair):
        one, two, _ = pair
        proposal = actions.propose_same(one, by=hub.staff["joanna"], other=two)
        actions.decline_same(proposal, by=hub.staff["hannah"], because="Another mother")
        with pytest.raises(Refused, match="answered already"):
            actions.decline_same(proposal, by=hub.staff["ruth"], because="Another mother")
        with pytest.raises(Refused, match="Nobody has proposed this"):
            actions.agree_same(two, by=hub.staff["hannah"], other=one)
        actions.propose_same(one, by=hub.staff["hannah"], other=two)

    def test_whoever_is_guarded_no_longer_is_joined_by_one_person(self, hub, pair):
        one, two, _ = pair
        with pytest.raises(Refused, match="Nobody else has to agree"):
            actions.propose_same(one, by=hub.staff["joanna"], other=three(hub, 1)[0])
        asked = propose_unprotecting(two, by=hub.staff["hannah"], because="Adopted long ago.", their_view="Agrees.")
        agree_unprotecting(asked, by=hub.staff["ruth"])
        actions.say_same(one, by=hub.staff["joanna"], other=two)
        assert leads([one, two]) == [one.pk, one.pk]

    def test_not_the_same_needs_one_person(self, hub, pair):
        one, two, _ = pair
        actions.propose_same(one, by=hub.staff["joanna"], other=two)
        actions.say_different(one, by=hub.staff["hannah"], other=two)
        with pytest.raises(Refused, match="not the same person"):
            actions.agree_same(two, by=hub.staff["hannah"], other=one)

    def test_the_database_refuses_that_one_person_agrees_with_themself(self, hub, pair):
        one, two, _ = pair
        proposal = actions.propose_same(one, by=hub.staff["joanna"], other=two)
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(answered_by=proposal.by, is_agreed=True)
