"""The person pages: who may know, what they say, one click each way, and the reviewed merge."""

from datetime import date

import pytest

from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.enquiries.actions import receive
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.people import actions
from openmash.people.given import GivenPerson
from openmash.people.models import Judgement, Person
from openmash.people.tying import relate

pytestmark = pytest.mark.django_db

HOME = {"address_lines": "12 Elm Road", "postcode": "WV1 2AB"}
MIA = GivenPerson(
    given="Mia", family="Bell", sex="F", born_on=date(2019, 4, 3), telephone="01632 960123", source="Midwife", **HOME
)  # fmt: skip
AGAIN = GivenPerson(
    given="Mia", family="Belle", sex="F", born_on=date(2019, 3, 4), language="Welsh", source="Hill School", **HOME
)  # fmt: skip


def add(hub, given: GivenPerson, area: str = "wend-valley") -> Person:
    return actions.record(hub.areas[area], by=PUBLIC, given=given)


@pytest.fixture
def joanna(hub, client):
    client.force_login(hub.staff["joanna"])
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


class TestWhoMayKnow:
    def test_a_stranger_signs_in_first(self, hub, client):
        response = client.get(f"/person/{add(hub, MIA).pk}/")
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]

    @pytest.mark.parametrize("who", ["mary", "amit", "saul", "gwen", "nina", "peter", "siobhan", "alan", "ellen"])
    def test_for_others_the_person_does_not_exist(self, hub, client, who):
        one, two = add(hub, MIA), add(hub, AGAIN)
        client.force_login(hub.staff[who])
        nobody = words(client.get("/person/999999/"))
        for path in ("", "matches/", "review/", f"matches/{two.pk}/"):
            response = client.get(f"/person/{one.pk}/{path}")
            assert response.status_code == 404
            assert words(response) == nobody
        for path in (f"matches/{two.pk}/say/",):
            assert client.post(f"/person/{one.pk}/{path}", {"says": "same"}).status_code == 404

    @pytest.mark.parametrize("who", ["joanna", "hannah", "ruth"])
    def test_for_the_hubs_staff_every_look_is_on_the_ledger(self, hub, client, who):
        person = add(hub, MIA)
        client.force_login(hub.staff[who])
        assert client.get(f"/person/{person.pk}/").status_code == 200
        line = LedgerEvent.objects.latest("id")
        assert (line.event, line.actor, line.people) == ("person.looked-at", hub.staff[who].pk, [person.pk])

    def test_looking_changes_nothing(self, hub, joanna):
        one, two = add(hub, MIA), add(hub, AGAIN)
        for path in ("", "matches/", "review/", f"matches/{two.pk}/"):
            assert joanna.get(f"/person/{one.pk}/{path}").status_code == 200
        assert joanna.get(f"/person/{one.pk}/matches/{two.pk}/say/").status_code == 405
        assert not Judgement.objects.exists()


class TestThePage:
    def test_says_who_it_is_and_what_nobody_told_us(self, hub, joanna):
        ann = add(hub, GivenPerson(given="Ann", family="Bell", sex="F", source="Health visitor", **HOME))
        mia = add(hub, MIA)
        relate(ann, by=hub.staff["joanna"], other=mia, kind="mother", source="Health visitor")
        page = words(joanna.get(f"/person/{mia.pk}/"))
        told = ("Mia Bell", "3 April 2019", "12 Elm Road, WV1 2AB", "Child of", "Ann Bell", "01632 960123")
        for one in (*told, "Nobody has told us their GP", "Family and household of Mia Bell", "No enquiry about them."):
            assert one in page, one

    def test_warns_of_what_somebody_in_the_household_carries(self, hub, joanna):
        mia, les = add(hub, MIA), add(hub, GivenPerson(given="Les", family="Pratt", **HOME))
        actions.mark(les, by=hub.staff["ruth"], kind="risk_adult", agency=hub.agencies["police"])
        assert "Les Pratt (lives there) may pose a risk to children. Leave no message" in words(
            joanna.get(f"/person/{mia.pk}/")
        )

    def test_a_surgery_that_an_enquiry_named_is_no_gap(self, hub, joanna):
        given = GivenEnquiry(
            worry="Worried",
            channel="telephone",
            source_code="3B",
            referrer=GivenReferrer("professional"),
            parties=(GivenParty(MIA, "child", gp="Elm Road Surgery"),),
        )
        enquiry = receive(hub.areas["wend-valley"], by=hub.staff["joanna"], given=given, key="mia")
        page = words(joanna.get(f"/person/{enquiry.parties.get().person_id}/"))
        assert "Elm Road Surgery" in page
        assert "Nobody has told us their GP" not in page
        assert "Nobody has told us their school" in page
        assert f'href="/enquiry/{enquiry.reference}/"' in page

    def test_a_joined_record_opens_as_the_person_it_was_joined_to(self, hub, joanna):
        one, two = add(hub, MIA), add(hub, AGAIN)
        actions.say_same(one, by=hub.staff["ruth"], other=two)
        page = words(joanna.get(f"/person/{two.pk}/"))
        assert "Also known as Mia Belle" in page
        assert "2 records, joined as one person." in page
        assert "said Ruth Okafor" in page

    def test_in_a_number_of_queries_that_does_not_grow(self, hub, joanna, django_assert_max_num_queries):
        mia = add(hub, MIA)
        for number in range(8):
            other = add(hub, GivenPerson(given=f"Child {number}", **HOME))
            relate(mia, by=hub.staff["joanna"], other=other, kind="sibling", source="x")
        with django_assert_max_num_queries(80):
            joanna.get(f"/person/{mia.pk}/")


class TestSameOrNot:
    def test_the_possible_matches_say_why(self, hub, joanna):
        mia = add(hub, MIA)
        add(hub, AGAIN)
        page = words(joanna.get(f"/person/{mia.pk}/matches/"))
        assert "Mia Belle" in page
        assert "Likely the same" in page
        assert "surname sounds alike; day and month of birth swapped" in page

    def test_side_by_side_marks_the_differences_and_has_a_key_for_each_answer(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        page = words(joanna.get(f"/person/{mia.pk}/matches/{again.pk}/"))
        assert 'data-key="s"' in page
        assert 'data-key="n"' in page
        assert "om-compare--different" in page
        assert "4 March 2019" in page

    def test_same_leads_to_the_review_with_an_undo(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        response = joanna.post(f"/person/{mia.pk}/matches/{again.pk}/say/", {"says": "same"}, follow=True)
        said = Judgement.objects.get()
        assert response.redirect_chain == [(f"/person/{mia.pk}/review/?judged={said.pk}", 302)]
        assert "You said that Mia Bell and Mia Belle are one person." in words(response)
        after = joanna.post(f"/person/said/{said.pk}/undo/", follow=True)
        assert "Taken back" in words(after)
        again.refresh_from_db()
        assert again.lead is None

    def test_not_the_same_is_remembered_and_can_be_undone(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        response = joanna.post(f"/person/{mia.pk}/matches/{again.pk}/say/", {"says": "different"}, follow=True)
        page = words(response)
        assert "are not the same person." in page
        assert "Nobody else that we know of could be this person." in page
        assert joanna.post(f"/person/said/{Judgement.objects.get().pk}/undo/").status_code == 302
        assert joanna.post(f"/person/said/{Judgement.objects.get().pk}/undo/").status_code == 404

    def test_a_double_click_says_it_once(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        for _ in range(2):
            response = joanna.post(f"/person/{mia.pk}/matches/{again.pk}/say/", {"says": "same"})
        assert response.status_code == 302
        assert Judgement.objects.count() == 1

    def test_afterwards_the_worker_is_where_they_came_from(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        place = f"/person/{mia.pk}/matches/{again.pk}/say/"
        response = joanna.post(place, {"says": "same", "next": "/enquiry/WV-2345-6789/match/"})
        assert response["Location"].startswith("/enquiry/WV-2345-6789/match/?judged=")
        for elsewhere in ("https://example.org/", "//example.org/", "example.org"):
            assert joanna.post(place, {"says": "same", "next": elsewhere})["Location"].startswith("/person/")

    def test_a_refusal_is_shown_with_its_reason(self, hub, joanna):
        mia, again = add(hub, MIA), add(hub, AGAIN)
        actions.say_different(mia, by=hub.staff["ruth"], other=again)
        page = words(joanna.get(f"/person/{mia.pk}/matches/{again.pk}/"))
        assert "are not the same person. Undo that first if it was a mistake." in page
        response = joanna.post(f"/person/{mia.pk}/matches/{again.pk}/say/", {"says": "same"})
        assert response.status_code == 403
        assert "Undo that first" in words(response)


class TestReview:
    @pytest.fixture
    def lead(self, hub) -> Person:
        one, two = add(hub, MIA), add(hub, AGAIN)
        actions.say_same(one, by=hub.staff["joanna"], other=two)
        return one

    def test_nothing_is_ticked_and_each_fact_says_who_gave_it(self, joanna, lead):
        page = words(joanna.get(f"/person/{lead.pk}/review/"))
        assert "Name: Mia Belle (now Mia Bell)" in page
        assert "First language: Welsh (nothing recorded now)" in page
        assert "Hill School, " in page
        assert " checked" not in page

    def test_what_is_ticked_becomes_current(self, joanna, lead):
        record = Person.objects.get(lead=lead)
        response = joanna.post(
            f"/person/{lead.pk}/review/", {"version": 1, "chosen": [f"language-{record.pk}"]}, follow=True
        )
        assert "The record now says what you chose." in words(response)
        lead.refresh_from_db()
        assert (lead.language, lead.born_on) == ("Welsh", date(2019, 4, 3))

    def test_nothing_ticked_says_what_to_do(self, joanna, lead):
        page = words(joanna.post(f"/person/{lead.pk}/review/", {"version": 1}))
        assert "Select what should become current, or go back to the person" in page
        assert "<title>Error:" in page

    def test_somebody_else_was_quicker(self, hub, joanna, lead):
        record = Person.objects.get(lead=lead)
        (born,) = [one.fact for one in _offered(lead, hub) if one.fact.what == "born_on"]
        actions.adopt(lead, by=hub.staff["hannah"], facts=(born,))
        ticked = {"version": 1, "chosen": [f"language-{record.pk}"]}
        page = words(joanna.post(f"/person/{lead.pk}/review/", ticked))
        assert "Hannah Brook changed this while you were typing" in page
        assert f'value="language-{record.pk}" checked' in page, "what was ticked is kept"
        assert joanna.post(f"/person/{lead.pk}/review/", ticked | {"version": 2}).status_code == 302

    def test_nothing_to_review(self, hub, joanna):
        assert "There is nothing to review" in words(joanna.get(f"/person/{add(hub, MIA).pk}/review/"))


def _offered(lead: Person, hub):
    from openmash.people.queries import facts_to_review

    return facts_to_review(lead, by=hub.staff["hannah"])
