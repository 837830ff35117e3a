"""People and family: who lives with the children, who was asked about whom, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from openmash.desk.family import family
from openmash.desk.tests.families import ANN, HOME, MIA, MIDWIFE, MONDAY, ask, receive
from openmash.enquiries.given import GivenParty
from openmash.enquiries.models import Party
from openmash.gathering import actions as gathering
from openmash.gathering.answering import answer
from openmash.gathering.models import Request
from openmash.gathering.shelf import RETURNS
from openmash.people import actions as people
from openmash.people.given import GivenPerson

pytestmark = pytest.mark.django_db
LODGER = GivenParty(GivenPerson(given="Vernon", family="Slade", sex="M", born_on=date(1968, 3, 1), **HOME), "adult")


def seen(hub, enquiry, who="hannah"):
    return family(enquiry, by=hub.staff[who], now=MONDAY)


def one(view, name):
    return next(someone for someone in view.people if someone.name == name)


def test_a_lodger_whom_only_an_earlier_enquiry_named_stands_in_the_childs_home_unchecked(hub):
    receive(hub, LODGER, key="lodger", kind="adult")
    enquiry = ask(hub, receive(hub), "police")
    view = seen(hub, enquiry)
    home = view.homes[0]
    assert home.is_childs
    assert home.address == "9 Rope Walk, WX3 7QD"
    assert [someone.name for someone in home.people] == ["Mia Bell", "Ann Bell", "Vernon Slade"]
    assert [someone.name for someone in view.unchecked] == ["Vernon Slade"]
    assert one(view, "Ann Bell").check.waiting == ("Wendmark Constabulary",)


def test_who_has_moved_away_since_is_not_in_the_home(hub):
    earlier = receive(hub, LODGER, key="lodger", kind="adult")
    moved = replace(LODGER.person, address_lines="1 Ferry Road", postcode="WX4 1AD")
    later = receive(hub, replace(LODGER, person=moved), key="moved", kind="adult", now=MONDAY.replace(hour=10))
    first, second = (Party.objects.get(enquiry=enquiry).person for enquiry in (earlier, later))
    people.say_same(first, by=hub.staff["joanna"], now=MONDAY, other=second)
    assert [someone.name for someone in seen(hub, receive(hub)).people] == ["Mia Bell", "Ann Bell"]


def test_an_answer_makes_an_adult_checked_and_a_withdrawn_request_does_not_count(hub):
    enquiry = ask(hub, receive(hub), "police", "health")
    police, health = (Request.objects.get(enquiry=enquiry, agency__key=key) for key in ("police", "health"))
    gathering.withdraw(health, by=hub.staff["hannah"], now=MONDAY, because="They answered by telephone.")
    assert one(seen(hub, enquiry), "Ann Bell").check.state == "asked"
    checks = {system.key: "not_known" for system in RETURNS.get(police.agency.return_key).systems}
    answer(police, by=hub.staff["lewis"], now=MONDAY, is_nothing_known=True, rating="", checks=checks, items=())
    check = one(seen(hub, enquiry), "Ann Bell").check
    assert (check.state, check.answered, check.waiting) == ("answered", ("Wendmark Constabulary",), ())


def test_that_an_agency_was_asked_about_a_child_is_said_on_the_page_and_in_the_record(hub, client):
    enquiry = ask(hub, receive(hub), "police")
    client.force_login(hub.staff["hannah"])
    for path in ("people/", "record/"):
        page = client.get(f"/enquiry/{enquiry.reference}/{path}").content.decode()
        row = next(row for row in page.split("</tr>") if "Mia Bell" in row and "None recorded" in row)
        assert "Waiting for: Wendmark Constabulary" in row


def test_whoever_is_said_to_live_with_the_child_is_shown_there_with_the_doubt(hub):
    elsewhere = {"address_lines": "12 Bond Street", "postcode": "WX3 2AA"}
    lee = GivenParty(
        GivenPerson(given="Lee", family="Marsh", born_on=date(1985, 1, 30), **elsewhere),
        "adult",
        "step_parent",
        lives_in_household=True,
    )
    view = seen(hub, receive(hub, MIA, ANN, lee))
    assert one(view, "Lee Marsh").doubt == "Recorded at 12 Bond Street, WX3 2AA"
    assert [home.address for home in view.homes] == ["9 Rope Walk, WX3 7QD"]
    assert one(view, "Lee Marsh").who == "Step-parent"


def test_factors_that_combine_are_counted_across_the_adults_of_the_home(hub):
    lee = GivenParty(
        GivenPerson(given="Lee", family="Marsh", born_on=date(1985, 1, 30), **HOME),
        "adult",
        risk_factors=("hurts_partner",),
    )
    assert seen(hub, receive(hub, MIA, ANN, lee)).homes[0].together == (
        "mental health",
        "alcohol or drugs",
        "domestic abuse",
    )


def test_two_factors_of_one_kind_are_not_said_to_combine(hub):
    assert seen(hub, receive(hub, MIA, replace(ANN, risk_factors=("alcohol", "drugs")))).homes[0].together == ()


def test_a_marker_is_seen_in_whatever_home_its_carrier_joins(hub):
    earlier = receive(hub, LODGER, key="lodger", kind="adult")
    vernon = Party.objects.get(enquiry=earlier).person
    people.mark(
        vernon,
        by=hub.staff["joanna"],
        now=MONDAY,
        kind="risk_adult",
        agency=hub.agencies["police"],
        team="Public protection",
    )
    carried = one(seen(hub, receive(hub)), "Vernon Slade").markers
    assert [(marker.says, marker.team) for marker in carried] == [("May pose a risk to children", "Public protection")]


def test_the_network_names_each_professional_once_with_whom_they_work(hub):
    unborn = GivenParty(GivenPerson(family="Bell", due_on=date(2027, 2, 1), **HOME), "unborn")
    view = seen(hub, receive(hub, MIA, unborn, ANN, professionals=(MIDWIFE,)))
    assert [(contact.line.name, contact.works_with) for contact in view.network] == [
        ("Jean Tolly", ("Mia Bell", "Unborn baby Bell"))
    ]


def test_of_an_unborn_child_no_school_is_missed(hub, client):
    unborn = GivenParty(GivenPerson(family="Bell", due_on=date(2027, 2, 1), **HOME), "unborn")
    enquiry = receive(hub, MIA, unborn, ANN)
    client.force_login(hub.staff["hannah"])
    text = client.get(f"/enquiry/{enquiry.reference}/people/").content.decode()
    row = text[text.index("<caption", text.index("The children")) :].split("Unborn baby Bell")[1].split("</tr>")[0]
    assert '<td data-label="School">Unborn</td>' in row and "Not told" not in row.split('"Legal status"')[0]


def test_what_the_enquiry_says_is_not_missing(hub):
    gaps = dict(seen(hub, receive(hub)).gaps)
    assert gaps["Nobody has told us their GP"] == ("Ann Bell",)
    assert "Nobody has told us their school, nursery or college" not in gaps


def test_other_enquiries_about_adults_of_the_home_are_shown_together(hub):
    lodger = receive(hub, LODGER, key="lodger", kind="adult")
    others = seen(hub, receive(hub)).others
    assert [(other.line.reference, other.about) for other in others] == [(lodger.reference, ("Vernon Slade",))]


def test_a_parent_whom_the_hub_knew_as_a_child_is_marked_with_the_year(hub):
    as_child = GivenParty(replace(ANN.person, address_lines="2 Old Lane", postcode="WX3 7QE"), "child")
    earlier = receive(hub, as_child, key="young", now=MONDAY.replace(year=2004))
    now = receive(hub)
    then, mother = earlier.parties.get().person, now.parties.get(role="adult").person
    people.say_same(mother, by=hub.staff["joanna"], now=MONDAY, other=then)
    found = seen(hub, now)
    assert one(found, "Ann Bell").known_as_child == 2004
    assert one(found, "Mia Bell").known_as_child == 0


def test_a_tie_to_all_brothers_and_sisters_is_drawn_once(hub):
    leo = GivenParty(GivenPerson(given="Leo", family="Bell", born_on=date(2020, 5, 4), sex="M", **HOME), "child")
    aunt = GivenParty(GivenPerson(given="Una", family="Bell", born_on=date(1980, 5, 4), sex="F"), "other", "aunt_uncle")
    view = seen(hub, receive(hub, MIA, leo, ANN, aunt))
    assert view.picture is not None
    assert str(view.picture.svg).count("aunt or uncle of all 2") == 1


@pytest.mark.parametrize("size", [0, 8])
def test_the_number_of_queries_does_not_grow_with_the_family(hub, size, django_assert_num_queries):
    more = tuple(
        GivenParty(GivenPerson(given=name, family="Bell", born_on=date(1980, 1, 1), **HOME), "adult", "aunt_uncle")
        for name in ("Ada", "Bea", "Cyd", "Dot", "Eve", "Fay", "Gwen", "Hal")[:size]
    )
    enquiry = ask(hub, receive(hub, MIA, ANN, *more, professionals=(MIDWIFE,)), "police")
    by = hub.staff["hannah"]
    assert by.postings_now
    with django_assert_num_queries(36):
        family(enquiry, by=by, now=MONDAY)


def test_every_page_of_the_enquiry_warns_before_anybody_rings(hub, client):
    told = replace(ANN, person=replace(ANN.person, is_safe_to_contact=False))
    enquiry = ask(hub, receive(hub, MIA, told), "police")
    client.force_login(hub.staff["hannah"])
    for page in ("", "people/", "requests/", "chronology/", "releases/"):
        text = client.get(f"/enquiry/{enquiry.reference}/{page}").content.decode()
        assert "Do not ring or text Ann Bell on 07700 900345: it is not safe." in text, page
