"""Search for people: two details, or one that is enough by itself."""

from datetime import date

import pytest

from openmash.audit.actors import PUBLIC
from openmash.people import actions
from openmash.people.asked import asked
from openmash.people.finding import ADD_A_FIRST_NAME, ADD_A_NAME, NOBODY, NOT_ENOUGH
from openmash.people.given import GivenPerson
from openmash.people.queries import find_people, known_at

MIA = GivenPerson(
    given="Mia", family="Bell", sex="F", born_on=date(2019, 4, 3), address_lines="12 Elm Road", postcode="WV1 2AB",
    telephone="01632 960123", email="mia@bell.example", identifiers=(("nhs", "9434765919"), ("pnc", "2012/394773H")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "born", "years", "postcode", "address", "is_strong"),
    [
        ("Mia Bell 3/4/2019", ("mia", "bell"), date(2019, 4, 3), (), "", "", False),
        ("Mia Bell 3 April 2019", ("mia", "bell"), date(2019, 4, 3), (), "", "", False),
        ("Mia Bell 2019-04-03", ("mia", "bell"), date(2019, 4, 3), (), "", "", False),
        ("Mia Bell 2019", ("mia", "bell"), None, (2019,), "", "", False),
        ("bell, mia wv12ab", ("bell", "mia"), None, (), "WV1 2AB", "", False),
        ("12 Elm Road WV1 2AB", ("", ""), None, (), "WV1 2AB", "12 Elm Road", True),
        ("12 Elm Road, Wendmark", ("", ""), None, (), "", "12 Elm Road, Wendmark", True),
        ("943 476 5919", ("", ""), None, (), "", "", True),
        ("01632 960123", ("", ""), None, (), "", "", True),
        ("Bell 01632 960 123", ("", "bell"), None, (), "", "", True),
        ("mia@bell.example", ("", ""), None, (), "", "", True),
        ("Mia", ("", "mia"), None, (), "", "", False),
        ("", ("", ""), None, (), "", "", False),
        ("31/31/2019 Bell", ("", "bell"), None, (), "", "", False),
    ],
)
def test_a_question_is_taken_apart(text, name, born, years, postcode, address, is_strong):
    found = asked(text)
    assert (found.name, found.born, found.years, found.postcode, found.address, found.is_strong) == (
        name, born, years, postcode, address, is_strong,
    )  # fmt: skip


@pytest.mark.django_db
class TestFound:
    @pytest.mark.parametrize(
        "text",
        [
            "Mia Bell 2019",
            "Bell Mia 3/4/2019",
            "Bell 3/4/2019",
            "mia bel 3 April 2019",
            "Mia Bell WV1 2AB",
            "943 476 5919",
            "2012/394773H",
            "01632960123",
            "+44 1632 960123",
            "MIA@bell.example",
            "12, Elm Rd WV1 2AB",
        ],
    )
    def test_by(self, hub, text):
        person = actions.record(hub.areas["wend-valley"], by=PUBLIC, given=MIA)
        (line,) = find_people(text, by=hub.staff["joanna"]).people
        assert (line.lead, line.name, line.address) == (person.pk, "Mia Bell", "12 Elm Road, WV1 2AB")

    @pytest.mark.parametrize(
        ("text", "advice"),
        [
            ("Mia Bell", NOT_ENOUGH),
            ("WV1 2AB", ADD_A_NAME),
            ("3/4/2019", ADD_A_NAME),
            ("", ADD_A_NAME),
            ("Bell 2019", ADD_A_FIRST_NAME),
            ("Zzz Qqq 2019", NOBODY),
            ("9449305552", NOBODY),
        ],
    )
    def test_not_by(self, hub, text, advice):
        actions.record(hub.areas["wend-valley"], by=PUBLIC, given=MIA)
        found = find_people(text, by=hub.staff["joanna"])
        assert (found.people, found.advice) == ((), advice)

    def test_nobody_of_another_year(self, hub):
        actions.record(hub.areas["wend-valley"], by=PUBLIC, given=MIA)
        assert find_people("Mia Bell 2012", by=hub.staff["joanna"]).people == ()

    @pytest.mark.parametrize("who", ["ellen", "mary", "peter", "saul", "amit"])
    def test_a_searcher_finds_only_whom_they_may_know(self, hub, who):
        actions.record(hub.areas["wend-valley"], by=PUBLIC, given=MIA)
        assert find_people("943 476 5919", by=hub.staff[who]).people == ()
        assert known_at("12 Elm Road", "WV1 2AB", by=hub.staff[who]) == ()

    def test_at_most_twenty_and_that_there_are_more(self, hub, django_assert_max_num_queries):
        joanna = hub.staff["joanna"]
        for _ in range(22):
            actions.record(hub.areas["wend-valley"], by=PUBLIC, given=MIA)
        joanna.areas_where("match_people")
        with django_assert_max_num_queries(12):
            found = find_people("943 476 5919", by=joanna)
        assert (len(found.people), found.is_more) == (20, True)

    def test_everybody_at_an_address(self, hub):
        area = hub.areas["wend-valley"]
        for given, lines in (("Mia", "12 Elm Road"), ("Ann", "12 Elm Rd"), ("Zoe", "14 Elm Road")):
            one = GivenPerson(given=given, family="Bell", address_lines=lines, postcode="WV1 2AB")
            actions.record(area, by=PUBLIC, given=one)
        assert [line.name for line in known_at("12, Elm Road", "wv1 2ab", by=hub.staff["ruth"])] == [
            "Mia Bell",
            "Ann Bell",
        ]
        assert known_at("", "WV1 2AB", by=hub.staff["ruth"]) == ()
