"""How people are matched: each behaviour is a sentence."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.matching import candidates
from openmash.people.matching.compare import levels, two_names
from openmash.people.matching.described import Described, described
from openmash.people.matching.keys import keys_of, search_keys
from openmash.people.matching.score import score
from openmash.people.models import Person

HELD = GivenPerson(
    given="Amira",
    family="Bell",
    sex="F",
    born_on=date(2019, 4, 3),
    address_lines="12 Elm Road",
    postcode="WV1 2AB",
    telephone="01632 960123",
    source="Health visitor",
)
BARE = GivenPerson(given="Amira", family="Bell", born_on=date(2019, 4, 3))
MOHAMMED = replace(BARE, given="Mohammed Imran", family="Khan")
NHS = (("nhs", "9434765919"),)
OTHER_NHS = (("nhs", "9449305552"),)
FAR = {"address_lines": "9 Quay Street", "postcode": "HM1 1AA", "telephone": ""}

# what it says: held, asked, band or None when they are not even compared
SENTENCES = {
    "the same name and birth date is a match": (HELD, BARE, "match"),
    "a misspelt surname that sounds alike is a match": (HELD, replace(BARE, family="Belle"), "match"),
    "accents and capitals make no difference": (HELD, replace(BARE, given="ÁMÍRA", family="bell"), "match"),
    "day and month of birth swapped is a match": (HELD, replace(BARE, born_on=date(2019, 3, 4)), "match"),
    "first name and surname swapped is a match": (HELD, replace(BARE, given="Bell", family="Amira"), "match"),
    "a hyphenated surname matches either half": (
        replace(HELD, family="Bell-Okafor"),
        replace(BARE, family="Okafor"),
        "match",
    ),
    "a dropped half of a surname is a match": (HELD, replace(BARE, family="Okafor Bell"), "match"),
    "the parts of a name may come in any order": (
        replace(HELD, given="Chidinma Grace"),
        replace(BARE, given="Grace Chidinma"),
        "match",
    ),
    "a dropped Mohammed is a match": (MOHAMMED, replace(MOHAMMED, given="Imran"), "match"),
    "Mohammed is one name in all its spellings": (MOHAMMED, replace(MOHAMMED, given="Md Imran"), "match"),
    "Muhammad alone stands for Mohammed Imran": (MOHAMMED, replace(MOHAMMED, given="Muhammad"), "match"),
    "two brothers called Mohammed are two people": (
        replace(MOHAMMED, **FAR, sex="M"),
        replace(MOHAMMED, **FAR, sex="M", given="Mohammed Hassan"),
        "low",
    ),
    "a short form of a first name is a match": (replace(HELD, given="Robert"), replace(BARE, given="Bob"), "match"),
    "the end of a first name often stands for it": (
        replace(HELD, given="Oluwafemi"),
        replace(BARE, given="Femi", address_lines="12 Elm Road", postcode="WV1 2AB"),
        "possible",
    ),
    "the beginning of a first name often stands for it": (
        replace(HELD, given="Jaswinder"),
        replace(BARE, given="Jas", address_lines="12 Elm Road", postcode="WV1 2AB"),
        "possible",
    ),
    "a letter left out of a short first name is for a person to decide": (
        replace(HELD, given="Lucy"),
        replace(BARE, given="Luy", address_lines="12 Elm Road", postcode="WV1 2AB"),
        "possible",
    ),
    "two names of three letters are two names": (replace(HELD, given="Mia"), replace(HELD, given="Lia"), "low"),
    "a transliterated name is a match": (
        replace(HELD, given="Yusuf", family="Chowdhury"),
        replace(BARE, given="Youssef", family="Choudhary"),
        "match",
    ),
    "a Polish ending makes no difference": (
        replace(HELD, family="Kowalska"),
        replace(BARE, family="Kowalski"),
        "match",
    ),
    "the same NHS number is a match even when the name has changed": (
        replace(HELD, identifiers=NHS),
        GivenPerson(given="Zainab", family="Okoro", identifiers=NHS),
        "match",
    ),
    "two NHS numbers are two people, however alike": (
        replace(HELD, identifiers=NHS),
        replace(HELD, identifiers=OTHER_NHS),
        "low",
    ),
    "twins with different first names are two people": (HELD, replace(HELD, given="Zara"), "low"),
    "father and son of one name are two people": (HELD, replace(HELD, born_on=date(1986, 11, 22)), "low"),
    "a number typed for a sister is for a person to decide": (
        replace(HELD, identifiers=NHS),
        replace(HELD, given="Sofia", born_on=date(2021, 9, 17), identifiers=NHS),
        "possible",
    ),
    "a sister with another birth date is another person": (
        HELD,
        replace(HELD, given="Sofia", born_on=date(2021, 9, 17)),
        None,
    ),
    "a changed surname at the same address is a match": (HELD, replace(HELD, family="Novak", telephone=""), "match"),
    "a changed surname and nothing else is for a person to decide": (HELD, replace(BARE, family="Novak"), "possible"),
    "without a birth date it is for a person to decide": (HELD, replace(HELD, born_on=None), "possible"),
    "without a first name it is for a person to decide": (HELD, replace(HELD, given=""), "possible"),
    "one wrong digit in the birth date is for a person to decide": (
        HELD,
        replace(BARE, born_on=date(2018, 4, 3), sex="F"),
        "possible",
    ),
    "an estimated age at the same address is a match": (
        HELD,
        replace(HELD, born_on=date(2020, 1, 1), is_birth_date_estimated=True, telephone=""),
        "match",
    ),
    "the baby that was expected is for a person to decide": (
        GivenPerson(family="Bell", due_on=date(2026, 11, 2), address_lines="12 Elm Road", postcode="WV1 2AB"),
        GivenPerson(
            given="Noah", family="Bell", born_on=date(2026, 10, 25), address_lines="12 Elm Rd", postcode="WV12AB"
        ),
        "possible",
    ),
    "an unborn baby told of twice is for a person to decide": (
        GivenPerson(family="Bell", due_on=date(2026, 11, 2)),
        GivenPerson(family="Bell", due_on=date(2026, 11, 9), address_lines="12 Elm Road", postcode="WV1 2AB"),
        "possible",
    ),
    "a common name with nothing else is no match": (
        replace(HELD, given="Ali", family="Khan", born_on=date(1988, 1, 9)),
        GivenPerson(given="Ali", family="Khan", born_on=date(1991, 6, 30)),
        None,
    ),
    "strangers are not compared": (HELD, GivenPerson(given="Peter", family="Stone", born_on=date(1970, 1, 1)), None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("sentence", SENTENCES)
def test_that(sentence, hub):
    held, asked, band = SENTENCES[sentence]
    person = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=held)
    found = candidates(asked, by=hub.staff["joanna"])
    assert [(one.person, one.band) for one in found if one.band != "low" or band == "low"] == (
        [(person.pk, band)] if band else []
    ), found


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_does_not_matter_which_of_two_was_there_first_when(sentence):
    held, asked, _ = SENTENCES[sentence]
    one, other = described(held), described(asked)
    assert score(one, other).score == score(other, one).score
    assert bool(set(keys_of(one)) & set(search_keys(other))) == bool(set(keys_of(other)) & set(search_keys(one)))


def test_the_end_of_a_surname_does_not_stand_for_it():
    assert two_names("Amira", "Eastwood", "Amira", "Wood")[:2] == ("same", "other")


def test_reasons_are_in_words_with_what_agrees_first():
    asked = replace(BARE, family="Belle", born_on=date(2019, 3, 4), sex="M", telephone="+44 1632 960123")
    assert score(described(HELD), described(asked)).reasons == (
        "same first name",
        "surname sounds alike",
        "day and month of birth swapped",
        "same telephone",
        "different sex recorded",
    )


@pytest.mark.django_db
class TestWhoIsFound:
    def test_nobody_of_an_area_that_the_searcher_may_not_know(self, hub):
        actions.record(hub.areas["harrowmouth"], by=PUBLIC, given=HELD)
        assert candidates(HELD, by=hub.staff["joanna"]) == []
        assert len(candidates(HELD, by=hub.staff["ellen"])) == 1

    @pytest.mark.parametrize("who", ["mary", "amit", "saul", "peter", "siobhan"])
    def test_nobody_for_those_who_do_not_match_people(self, hub, who):
        actions.record(hub.areas["wend-valley"], by=PUBLIC, given=HELD)
        assert candidates(HELD, by=hub.staff[who]) == []
        assert candidates(HELD, by=PUBLIC) == []

    def test_never_the_record_itself_nor_one_it_was_joined_to(self, hub):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        first, second, third = (actions.record(area, by=PUBLIC, given=HELD) for _ in range(3))
        assert [one.person for one in candidates(third, by=joanna)] == [first.pk, second.pk]
        actions.say_same(first, by=joanna, other=third)
        third.refresh_from_db()
        assert [one.person for one in candidates(third, by=joanna)] == [second.pk]
        assert [one.person for one in candidates(second, by=joanna)] == [first.pk], "joined records are one candidate"

    def test_what_somebody_said_already_is_shown(self, hub):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        first, second, third = (actions.record(area, by=PUBLIC, given=HELD) for _ in range(3))
        actions.say_different(first, by=joanna, other=third)
        actions.say_same(second, by=joanna, other=third)
        assert [(one.person, one.judged) for one in candidates(first, by=joanna)] == [(second.pk, "different")]

    def test_facts_of_all_joined_records_count(self, hub):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        first = actions.record(area, by=PUBLIC, given=BARE)
        second = actions.record(area, by=PUBLIC, given=replace(BARE, family="Novak", **FAR))
        actions.say_same(first, by=joanna, other=second)
        asked = replace(BARE, family="Novak", born_on=None, **FAR)
        (found,) = candidates(asked, by=joanna)
        assert (found.person, found.band, found.name) == (first.pk, "possible", "Amira Bell")

    def test_in_a_number_of_queries_that_does_not_grow(self, hub, django_assert_max_num_queries):
        area, joanna = hub.areas["wend-valley"], hub.staff["joanna"]
        assert joanna.areas_where("match_people")
        queries = []
        for more in (5, 20):
            for _ in range(more):
                actions.record(area, by=PUBLIC, given=HELD)
            person = Person.objects.latest("pk")
            with django_assert_max_num_queries(24) as asked:
                found = candidates(person, by=joanna)
            queries.append(len(asked))
        assert queries[1] <= queries[0]
        assert len(found) == 20
        assert found[0].score > 0.99
        assert found[0].address == "12 Elm Road, WV1 2AB"

    def test_best_first(self, hub):
        area = hub.areas["wend-valley"]
        twin = actions.record(area, by=PUBLIC, given=replace(HELD, given="Zara"))
        near = actions.record(area, by=PUBLIC, given=replace(HELD, born_on=None))
        sure = actions.record(area, by=PUBLIC, given=HELD)
        assert [one.person for one in candidates(HELD, by=hub.staff["hannah"])] == [sure.pk, near.pk, twin.pk]


_WORDS = st.sampled_from(["Amira", "Amir", "Bell", "Belle", "Mohammed", "Khan", "Mohammed Khan", "A", "Nowak-Bell", ""])
_DAYS = st.sampled_from([date(2019, 4, 3), date(2019, 3, 4), date(2019, 1, 1), date(2014, 4, 3)])
_ANYBODY = st.builds(
    Described,
    names=st.lists(st.tuples(_WORDS, _WORDS).filter(any), min_size=1, max_size=2).map(tuple),
    born=st.frozensets(_DAYS, max_size=2),
)


@given(_ANYBODY, _ANYBODY)
def test_it_does_not_matter_who_is_asked_about(one, other):
    assert levels(one, other) == levels(other, one)
    assert score(one, other).score == score(other, one).score
