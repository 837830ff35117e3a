"""One person as the hub knows them, and their family."""

from datetime import date

import pytest
from django.http import Http404

from openmash.agencies.models import User
from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.queries import compare, family_of, person_view
from openmash.people.tying import relate

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
HOME = {"address_lines": "12 Elm Road", "postcode": "WV1 2AB", "source": "Enquiry WV-1"}


@pytest.fixture
def family(hub):
    """A mother, her former partner, their two children and a lodger with a marker; father lives elsewhere."""
    area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]

    def record(**facts):
        return actions.record(area, by=PUBLIC, given=GivenPerson(**facts))

    people = {
        "mia": record(given="Mia", family="Bell", sex="F", born_on=date(2019, 4, 3), **HOME),
        "noah": record(given="Noah", family="Bell", sex="M", born_on=date(2024, 1, 30), **HOME),
        "ann": record(given="Ann", family="Bell", born_on=date(1992, 6, 1), telephone="01632 960123", **HOME),
        "carl": record(given="Carl", family="Novak", sex="M", source="Enquiry WV-1"),
        "les": record(given="Les", family="Pratt", sex="M", born_on=date(1970, 2, 2), **HOME),
    }
    for child in ("mia", "noah"):
        relate(people["ann"], by=joanna, other=people[child], kind="mother", source="x",
                       has_parental_responsibility=True)  # fmt: skip
        relate(people["carl"], by=joanna, other=people[child], kind="father", source="x")
    relate(people["mia"], by=joanna, other=people["noah"], kind="sibling", source="x")
    relate(people["ann"], by=joanna, other=people["carl"], kind="ex_partner", source="x", since=date(2023, 1, 1))
    relate(people["les"], by=joanna, other=people["ann"], kind="lodger", source="x")
    actions.mark(people["les"], by=joanna, kind="risk_adult", agency=hub.agencies["police"], since=date(2015, 1, 1))
    actions.add_professional(
        people["mia"], by=joanna, agency="Hill School", role="Class teacher", name="Mrs Dow", source="x"
    )
    return people


class TestPerson:
    def test_ties_are_in_words_from_the_persons_side(self, hub, family):
        mia = person_view(family["mia"].pk, by=hub.staff["joanna"], today=TODAY)
        assert [(tie.says, tie.name, tie.is_parent) for tie in mia.ties] == [
            ("child of", "Ann Bell", True),
            ("child of", "Carl Novak", True),
            ("brother or sister of", "Noah Bell", False),
        ]
        ann = person_view(family["ann"].pk, by=hub.staff["joanna"], today=TODAY)
        assert [(tie.says, tie.name) for tie in ann.ties] == [
            ("mother of", "Mia Bell"),
            ("mother of", "Noah Bell"),
            ("former partner of", "Carl Novak"),
            ("has as a lodger", "Les Pratt"),
        ]

    def test_everybody_in_the_household_is_shown_with_what_they_carry(self, hub, family):
        (home,) = person_view(family["mia"].pk, by=hub.staff["joanna"], today=TODAY).households_now
        assert home.address == "12 Elm Road, WV1 2AB"
        assert [(one.name, one.age, one.relation, one.markers) for one in home.members] == [
            ("Noah Bell", "2", "brother or sister of", ()),
            ("Ann Bell", "34", "mother of", ()),
            ("Les Pratt", "56", "", ("May pose a risk to children",)),
        ]

    def test_a_marker_follows_into_any_household_even_on_another_record(self, hub, family):
        joanna = hub.staff["joanna"]
        elsewhere = GivenPerson(given="Leslie", family="Pratt", address_lines="9 Quay St", postcode="WV3 1AA")
        again = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=elsewhere)
        child = GivenPerson(given="Zoe", born_on=date(2020, 1, 1), address_lines="9 Quay Street", postcode="WV3 1AA")
        zoe = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=child)
        actions.say_same(family["les"], by=joanna, other=again)
        (home,) = person_view(zoe.pk, by=joanna).households_now
        assert [(one.name, one.markers) for one in home.members] == [("Les Pratt", ("May pose a risk to children",))]

    def test_households_before_are_those_of_the_same_time(self, hub, family):
        family["ann"].residences.update(since=date(2020, 1, 1), until=date(2022, 1, 1))
        family["les"].residences.update(since=date(2023, 1, 1), until=date(2024, 1, 1))
        ann = person_view(family["ann"].pk, by=hub.staff["joanna"], today=TODAY)
        (home,) = ann.households_before
        assert ann.households_now == ()
        assert {one.name for one in home.members} == {"Mia Bell", "Noah Bell"}

    def test_what_nobody_told_us(self, hub, family):
        mia = person_view(family["mia"].pk, by=hub.staff["joanna"], today=TODAY)
        assert mia.gaps == (
            "Nobody has told us their GP",
            "Nobody has told us their NHS number",
            "Nobody has told us their ethnicity",
            "Nobody has told us their first language",
        )
        carl = person_view(family["carl"].pk, by=hub.staff["joanna"], today=TODAY)
        assert carl.gaps[:2] == ("Nobody has told us where they live", "Nobody has told us their date of birth")
        actions.add_professional(family["mia"], by=PUBLIC, agency="Elm Road Surgery", role="GP", source="x")
        assert "Nobody has told us their GP" not in person_view(family["mia"].pk, by=hub.staff["joanna"]).gaps

    def test_nobody_of_another_area_or_of_another_trade_knows_that_they_exist(self, hub, family):
        for who in ("ellen", "mary", "amit", "saul", "peter"):
            with pytest.raises(Http404):
                person_view(family["mia"].pk, by=hub.staff[who])
        with pytest.raises(Http404):
            person_view(0, by=hub.staff["joanna"])

    def test_in_a_number_of_queries_that_does_not_grow(self, hub, family, django_assert_max_num_queries):
        joanna = hub.staff["joanna"]
        for number in range(6):
            other = actions.record(
                hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(given=f"Lodger {number}", **HOME)
            )
            relate(other, by=joanna, other=family["mia"], kind="friend", source="x")
        with django_assert_max_num_queries(26):
            view = person_view(family["mia"].pk, by=joanna, today=TODAY)
        assert len(view.ties) == 9
        assert len(view.households_now[0].members) == 9


class TestAcrossAreas:
    """One person with a record in each area: each hub sees its own record, and nothing of the other's."""

    @pytest.fixture
    def both(self, hub, family):
        hub.staff["joanna"].postings.create(role="coordinator", area=hub.areas["harrowmouth"], since=date(2025, 1, 1))
        both = hub.staff["joanna"] = User.objects.get(pk=hub.staff["joanna"].pk)
        other = GivenPerson(given="Mia", family="Novak", born_on=date(2019, 3, 4), source="Harrowmouth")
        there = actions.record(hub.areas["harrowmouth"], by=PUBLIC, given=other)
        actions.say_same(family["mia"], by=both, other=there)
        return family["mia"], there

    def test_each_hub_sees_its_own_record(self, hub, both):
        here, there = both
        ours, theirs = (person_view(here.pk, by=hub.staff[who]) for who in ("hannah", "ellen"))
        assert (ours.records, ours.aliases, ours.judgements) == ((here.pk,), (), ())
        assert (theirs.records, theirs.judgements, theirs.name) == ((there.pk,), (), "Mia Novak")
        assert "Bell" not in str(theirs)
        assert "12 Elm Road" not in str(theirs)

    def test_who_works_in_both_sees_one_person(self, hub, both):
        here, there = both
        view = person_view(there.pk, by=hub.staff["joanna"])
        assert view.records == (here.pk, there.pk)
        assert [said.other_name for said in view.judgements] == ["Mia Novak"]


class TestFamily:
    def test_is_ready_to_be_drawn(self, hub, family, django_assert_max_num_queries):
        joanna = hub.staff["joanna"]
        joanna.areas_where("match_people")
        with django_assert_max_num_queries(17):
            view = family_of([family["mia"].pk], by=joanna, today=TODAY)
        mia, noah, ann, carl = (family[name].pk for name in ("mia", "noah", "ann", "carl"))
        assert [(one.lead, one.name, one.sex, one.age) for one in view.people] == [
            (mia, "Mia Bell", "F", "7"),
            (noah, "Noah Bell", "M", "2"),
            (ann, "Ann Bell", "F", "34"),
            (carl, "Carl Novak", "M", ""),
        ]
        assert {(one.a, one.b, one.kind) for one in view.parents} == {
            (parent, child, "birth") for parent in (ann, carl) for child in (mia, noah)
        }
        assert [(one.a, one.b, one.kind, one.since) for one in view.couples] == [(ann, carl, "ex", "2023")]
        assert view.ties == (), "brother and sister are drawn through their parents"
        assert [words for _, words in view.households] == ["12 Elm Road, WV1 2AB"]
        assert {one.lead for one in view.people if one.household} == {mia, noah, ann}

    def test_joined_records_are_one_person_in_it(self, hub, family):
        joanna = hub.staff["joanna"]
        again = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(given="Annie", family="Bell"))
        aunt = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=GivenPerson(given="Jo", family="Bell"))
        relate(aunt, by=joanna, other=again, kind="sibling", source="x")
        actions.say_same(family["ann"], by=joanna, other=again)
        view = family_of([family["ann"].pk], by=joanna, today=TODAY)
        assert {one.name for one in view.people} == {
            "Mia Bell", "Noah Bell", "Ann Bell", "Carl Novak", "Les Pratt", "Jo Bell",
        }  # fmt: skip
        assert {(one.a, one.b, one.kind) for one in view.ties} == {
            (family["les"].pk, family["ann"].pk, "lodger with"),
            (aunt.pk, family["ann"].pk, "brother or sister of"),
        }

    def test_a_partnership_that_ended_is_drawn_separated(self, hub):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        one, two = (actions.record(area, by=PUBLIC, given=GivenPerson(given=name)) for name in ("Al", "Bo"))
        tie = relate(one, by=joanna, other=two, kind="partner", source="x")
        tie.until = date(2024, 1, 1)
        tie.save()
        assert [pair.kind for pair in family_of([one.pk], by=joanna).couples] == ["separated"]

    def test_nobody_for_those_who_may_not_know_them(self, hub, family):
        assert family_of([family["mia"].pk], by=hub.staff["ellen"]).people == ()


class TestCompared:
    def test_side_by_side_with_the_differences_marked(self, hub, family):
        other = GivenPerson(given="Mia", family="Novak", sex="F", born_on=date(2019, 3, 4), language="Czech", **HOME)
        again = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=other)
        found = compare(family["mia"].pk, again.pk, by=hub.staff["joanna"])
        verdicts = {row.label: row.says for row in found.rows}
        assert verdicts == {
            "Name": "Different",
            "Date of birth": "Different",
            "Sex": "The same",
            "Addresses": "The same",
            "Family and others": "Only one says",
            "Professionals": "Only one says",
            "First language": "Only one says",
        }
        assert "day and month of birth swapped" in found.reasons
        assert found.may_say_same
        assert found.may_say_different

    def test_what_was_said_before_stands_in_the_way(self, hub, family):
        joanna = hub.staff["joanna"]
        actions.say_different(family["mia"], by=joanna, other=family["noah"])
        found = compare(family["mia"].pk, family["noah"].pk, by=joanna)
        assert not found.may_say_same
        assert "not the same person" in found.may_say_same.why
