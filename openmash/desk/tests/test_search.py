"""Search: what is enough to find somebody, who may find whom, and that the ledger keeps no terms."""

import pytest

from openmash.audit.models import LedgerEvent
from openmash.desk.search import run
from openmash.desk.tests.families import ANN, HOME, MIA, MONDAY, receive
from openmash.enquiries.given import GivenParty
from openmash.people.given import GivenPerson
from openmash.restrictions.actions import name
from openmash.restrictions.tests.conftest import restricted

pytestmark = pytest.mark.django_db


def found(hub, text, who="hannah"):
    return run(None, by=hub.staff[who], now=MONDAY, text=text)


def names(found):
    return [person.line.name for person in found.people]


@pytest.mark.parametrize("shape", ["{}", "{lower}", "{squeezed}", " {} ", "{marks}", "{spaced}"])
def test_an_enquiry_is_found_by_its_reference_however_it_is_typed(hub, shape):
    reference = receive(hub).reference
    typed = shape.format(
        reference,
        lower=reference.lower(),
        squeezed=reference.replace("-", ""),
        marks=reference[3:],
        spaced=reference.replace("-", " "),
    )
    assert [one.reference for one in found(hub, typed).enquiries] == [reference]


@pytest.mark.parametrize("text", ["Mia Bell 2018", "mia bell 4 May 2018", "Bell WX3 7QD", "9 Rope Walk, WX3 7QD"])
def test_a_child_is_found_by_what_is_known_of_her_with_her_enquiry(hub, text):
    enquiry = receive(hub)
    there = found(hub, text)
    assert "Mia Bell" in names(there)
    assert [one.reference for one in there.people[0].enquiries] == [enquiry.reference]


def test_a_telephone_number_alone_is_enough(hub):
    receive(hub)
    assert names(found(hub, "07700 900345")) == ["Ann Bell"]


@pytest.mark.parametrize("text", ["Bell", "Mia Bell", "WX3 7QD", "4 May 2018", "Mia 2018", "%", "*", "a"])
def test_too_little_finds_nobody_and_says_what_to_add(hub, text):
    receive(hub)
    there = found(hub, text)
    assert (there.people, there.enquiries) == ((), ())
    assert there.is_too_little
    assert there.advice.startswith("Add ")


@pytest.mark.parametrize("text", ["{}", "Mia Bell 4 May 2018", "07700 900345", "9 Rope Walk WX3 7QD"])
def test_another_areas_looks_exactly_like_what_does_not_exist(hub, text):
    nothing = found(hub, "WV-2222-2222"), found(hub, "Zed Nobody 4 May 1901")
    reference = receive(hub, area="harrowmouth").reference
    assert found(hub, text.format(reference)) in nothing


@pytest.mark.parametrize("text", ["{}", "Mia Bell 4 May 2018"])
def test_what_is_restricted_looks_exactly_like_what_does_not_exist(hub, text):
    nothing = found(hub, "WV-2222-2222"), found(hub, "Zed Nobody 4 May 1901")
    assert nothing[0].advice == "No enquiry has this reference. Check each letter and digit"
    enquiry = receive(hub)
    restriction = restricted(enquiry, hub, "ruth")
    assert found(hub, text.format(enquiry.reference)) in nothing
    name(restriction, by=hub.staff["gwen"], user=hub.staff["hannah"])
    assert found(hub, text.format(enquiry.reference)) not in nothing


def test_a_restricted_enquiry_is_left_out_beside_one_that_is_not(hub):
    secret, plain = receive(hub, ANN, key="secret"), receive(hub, ANN, key="plain")
    restricted(secret, hub, "ruth")
    shown = [one.reference for person in found(hub, "07700 900345").people for one in person.enquiries]
    assert shown == [plain.reference]


def test_never_more_than_twenty_and_it_says_so(hub):
    crowd = (GivenParty(GivenPerson(given=f"Name{n}", family="Bell", **HOME), "other") for n in range(23))
    receive(hub, MIA, *crowd)
    there = found(hub, "9 Rope Walk WX3 7QD")
    assert len(there.people) == 20
    assert there.is_more


def test_the_ledger_says_that_somebody_searched_and_not_for_what(hub):
    receive(hub)
    found(hub, "Mia Bell 4 May 2018")
    line = LedgerEvent.objects.get(event="search.run")
    assert line.actor_name == "Hannah Brook"
    assert "Bell" not in str(vars(line))


def test_the_number_of_queries_does_not_grow_with_what_is_found(hub, django_assert_num_queries):
    receive(hub)
    by = hub.staff["hannah"]
    assert by.postings_now
    with django_assert_num_queries(20) as few:
        run(None, by=by, now=MONDAY, text="9 Rope Walk WX3 7QD")
    crowd = (GivenParty(GivenPerson(given=f"Name{n}", family="Bell", **HOME), "other") for n in range(12))
    receive(hub, *crowd, key="crowd")
    with django_assert_num_queries(len(few.captured_queries)):
        run(None, by=by, now=MONDAY, text="9 Rope Walk WX3 7QD")


class TestThePage:
    def test_it_says_what_is_missing_beside_the_field_and_keeps_what_was_typed(self, hub, client):
        client.force_login(hub.staff["hannah"])
        body = client.get("/search/", {"q": "Bell"}).content.decode()
        assert "<title>Error: Search" in body
        assert 'value="Bell"' in body
        assert body.count("Add a date or year of birth, or a postcode") == 2

    def test_nothing_is_kept_by_the_browser(self, hub, client):
        client.force_login(hub.staff["hannah"])
        assert client.get("/search/", {"q": "Mia Bell 2018"})["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("who", ["lewis", "amit", "saul", "gwen", "siobhan", "nina"])
    def test_it_is_for_hub_staff_alone(self, hub, client, who):
        client.force_login(hub.staff[who])
        assert client.get("/search/", {"q": "Mia Bell 2018"}).status_code == 404

    def test_a_very_long_question_is_refused_in_words(self, hub, client):
        client.force_login(hub.staff["hannah"])
        assert "200 characters or fewer" in client.get("/search/", {"q": "x" * 300}).content.decode()
