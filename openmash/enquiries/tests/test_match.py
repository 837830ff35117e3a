"""Who is who: nothing is joined by itself, one key each way, and everything can be taken back."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.actors import PUBLIC
from openmash.audit.models import LedgerEvent
from openmash.enquiries import actions
from openmash.enquiries.given import GivenEnquiry, GivenParty, GivenReferrer
from openmash.enquiries.models import Enquiry, Party
from openmash.enquiries.who_is_who import who_is_who
from openmash.people.given import GivenPerson
from openmash.people.models import Judgement, Person

pytestmark = pytest.mark.django_db
HOME = {"address_lines": "14 Mill Lane", "postcode": "WX3 4AB", "source": "Referrer: School"}
MIA = GivenParty(GivenPerson(given="Mia", family="Bell", sex="F", born_on=date(2019, 4, 3), **HOME), "child")
TWIN = GivenParty(GivenPerson(given="Eva", family="Bell", sex="F", born_on=date(2019, 4, 3), **HOME), "child")
BABY = GivenParty(GivenPerson(family="Bell", due_on=date(2026, 12, 1), **HOME), "unborn")


def enquiry_about(hub, *parties: GivenParty, area: str = "wend-valley") -> Enquiry:
    given = GivenEnquiry(
        worry="Shouting",
        channel="public_form",
        source_code="9",
        referrer=GivenReferrer("anonymous"),
        parties=parties,
    )
    return actions.receive(
        hub.areas[area], by=PUBLIC, now=timezone.now(), given=given, key=f"match-{Enquiry.objects.count()}"
    )


@pytest.fixture
def joanna(hub) -> Client:
    browser = Client()
    browser.force_login(hub.staff["joanna"])
    return browser


@pytest.fixture
def earlier(hub) -> Enquiry:
    return enquiry_about(hub, MIA)


@pytest.fixture
def enquiry(hub, earlier) -> Enquiry:
    return enquiry_about(hub, MIA)


def path(enquiry: Enquiry, rest: str = "") -> str:
    return f"/enquiry/{enquiry.reference}/match/{rest}"


def party_of(enquiry: Enquiry) -> Party:
    return Party.objects.select_related("person").get(enquiry=enquiry)


def say(browser: Client, enquiry: Enquiry, says: str, other: int | None = None):
    typed = {"says": says} | ({"other": str(other)} if other else {})
    return browser.post(path(enquiry, f"{party_of(enquiry).pk}/say/"), typed)


def test_both_records_stand_side_by_side_with_the_differences(joanna, hub, earlier):
    other = enquiry_about(
        hub, GivenParty(GivenPerson(given="Mia", family="Belle", born_on=date(2019, 3, 4), **HOME), "child")
    )
    text = joanna.get(path(other)).content.decode()
    assert "Is Mia Belle the same person as Mia Bell?" in text
    assert "4 March 2019" in text
    assert "3 April 2019" in text
    assert "Different" in text
    assert "day and month of birth swapped" in text.lower()


def test_a_look_is_on_the_ledger_with_those_who_were_shown(joanna, enquiry, earlier):
    joanna.get(path(enquiry))
    event = LedgerEvent.objects.get(event="matches.looked-at")
    assert (event.enquiry, event.people) == (enquiry.pk, [party_of(earlier).person_id])


def test_the_same_person_is_joined_and_settled(joanna, enquiry, earlier):
    known = party_of(earlier).person
    there = say(joanna, enquiry, "same", known.pk)
    judgement = Judgement.objects.get(says="same")
    assert there.url == f"{path(enquiry)}?judged={judgement.pk}"
    party = party_of(enquiry)
    assert party.is_matched
    assert party.person.lead_id_or_own == known.lead_id_or_own
    text = joanna.get(there.url).content.decode()
    assert "Same as" in text
    assert 'data-key="z"' in text


def test_what_was_said_can_be_taken_back_exactly(joanna, enquiry, earlier):
    known = party_of(earlier).person
    say(joanna, enquiry, "same", known.pk)
    party = party_of(enquiry)
    joanna.post(path(enquiry, f"{party.pk}/undo/"), {"judgement": str(Judgement.objects.get().pk)})
    party = party_of(enquiry)
    assert not party.is_matched
    assert party.person.lead_id is None
    assert Person.objects.get(pk=known.pk).lead_id is None
    assert "Is Mia Bell the same person as Mia Bell?" in joanna.get(path(enquiry)).content.decode()


def test_not_the_same_is_remembered_and_settles_the_last_question(joanna, enquiry, earlier):
    say(joanna, enquiry, "different", party_of(earlier).person_id)
    assert Judgement.objects.get().says == "different"
    assert party_of(enquiry).is_matched
    assert "There is no open question" in joanna.get(path(enquiry)).content.decode()


def test_not_the_same_leaves_other_questions_open(joanna, hub, earlier):
    second, third = enquiry_about(hub, MIA), enquiry_about(hub, MIA)
    say(joanna, third, "different", party_of(earlier).person_id)
    assert not party_of(third).is_matched
    say(joanna, third, "different", party_of(second).person_id)
    assert party_of(third).is_matched


def test_none_of_these_settles_without_judging(joanna, enquiry):
    say(joanna, enquiry, "none")
    assert party_of(enquiry).is_matched
    assert not Judgement.objects.exists()
    assert "Look again" in joanna.get(path(enquiry)).content.decode()
    joanna.post(path(enquiry, f"{party_of(enquiry).pk}/undo/"))
    assert not party_of(enquiry).is_matched


def test_a_family_that_nobody_knows_is_settled_as_new_in_one_press(joanna, hub, earlier):
    there = {"address_lines": "1 Long Row", "postcode": "WX9 1AA", "source": "Referrer: School"}
    ola, ivo = (
        GivenParty(GivenPerson(given=name, family="Quist", born_on=born, **there), "adult")
        for name, born in (("Ola", date(2001, 5, 6)), ("Ivo", date(1971, 8, 9)))
    )
    enquiry = enquiry_about(hub, MIA, ola, ivo)
    assert "Settle all" not in joanna.get(path(enquiry)).content.decode(), "an open question comes first"
    mia = Party.objects.get(enquiry=enquiry, order=0)
    joanna.post(path(enquiry, f"{mia.pk}/say/"), {"says": "none"})
    text = joanna.get(path(enquiry)).content.decode()
    assert "Settle all 2 as new" in text and 'data-key="1"' in text
    joanna.post(path(enquiry, f"{mia.pk}/undo/"))
    joanna.post(path(enquiry, "settle/"))
    matched = dict(Party.objects.filter(enquiry=enquiry).values_list("order", "is_matched"))
    assert matched == {0: False, 1: True, 2: True}, "whoever may be somebody known stays open"


def test_a_word_that_was_given_is_not_overruled(joanna, hub, enquiry, earlier):
    first = party_of(earlier).person_id
    say(joanna, enquiry, "different", first)
    refused = say(joanna, enquiry, "same", first)
    assert refused.status_code == 403
    assert Judgement.objects.get().says == "different"


def test_twins_of_one_enquiry_are_not_asked_about(hub):
    enquiry = enquiry_about(hub, MIA, TWIN)
    found = who_is_who(enquiry, by=hub.staff["joanna"])
    assert [question.open for question in found.questions] == [(), ()]


def test_which_question_comes_first_can_be_chosen(joanna, hub, earlier):
    enquiry = enquiry_about(hub, MIA, TWIN)
    enquiry_about(hub, TWIN)
    eva = Party.objects.get(enquiry=enquiry, order=1)
    assert "Is Eva Bell the same" in joanna.get(f"{path(enquiry)}?party={eva.pk}").content.decode()
    for odd in ("x", "-1", "9" * 30, "٣"):
        assert joanna.get(f"{path(enquiry)}?party={odd}&other={odd}&judged={odd}").status_code == 200


def test_facts_of_a_joined_record_are_offered_for_review(joanna, hub, earlier):
    richer = GivenParty(
        GivenPerson(given="Mia", family="Bell", born_on=date(2019, 4, 3), language="Welsh", **HOME), "child"
    )
    other = enquiry_about(hub, richer)
    say(joanna, other, "same", party_of(earlier).person_id)
    lead = party_of(earlier).person_id
    assert f"/person/{lead}/review/" in joanna.get(path(other)).content.decode()


def test_it_is_for_those_who_match_people_in_the_area(hub, enquiry):
    for name, status in {
        "joanna": 200,
        "hannah": 200,
        "ruth": 200,
        "ellen": 404,
        "peter": 404,
        "siobhan": 404,
        "mary": 404,
    }.items():
        browser = Client()
        browser.force_login(hub.staff[name])
        assert browser.get(path(enquiry)).status_code == status, name
        assert say(browser, enquiry, "none").status_code == (302 if status == 200 else 404), name
    assert Client().get(path(enquiry)).status_code == 302


def test_a_party_of_another_enquiry_is_not_here(joanna, enquiry, earlier):
    wrong = path(enquiry, f"{party_of(earlier).pk}/")
    assert joanna.post(f"{wrong}say/", {"says": "none"}).status_code == 404
    assert joanna.post(f"{wrong}undo/").status_code == 404
    assert joanna.get(f"{wrong}born/").status_code == 404


@pytest.mark.parametrize("other", ["", "0", "x", "99999999", "9" * 30])
def test_somebody_who_is_not_there_is_not_joined(joanna, enquiry, other):
    party = party_of(enquiry)
    answer = joanna.post(path(enquiry, f"{party.pk}/say/"), {"says": "same", "other": other})
    assert answer.status_code == 404
    assert not Judgement.objects.exists()


def test_an_unborn_child_becomes_a_child_at_birth(joanna, hub):
    enquiry, closed_to_it = enquiry_about(hub, BABY), enquiry_about(hub, BABY)
    party = party_of(enquiry)
    page = joanna.get(path(enquiry)).content.decode()
    assert f"{path(enquiry)}{party.pk}/born/" in page
    born = timezone.localdate() - timedelta(days=2)
    typed = {
        "born_on-day": str(born.day),
        "born_on-month": str(born.month),
        "born_on-year": str(born.year),
        "sex": "F",
        "given": "Ada",
        "source": "The midwife",
    }
    assert joanna.post(path(enquiry, f"{party.pk}/born/"), typed).url == path(enquiry)
    party = party_of(enquiry)
    assert (party.role, party.person.born_on, party.person.due_on) == ("child", born, date(2026, 12, 1))
    assert "Ada Bell" in joanna.get(path(enquiry)).content.decode()
    assert party_of(closed_to_it).role == "unborn", "another record, until somebody says that it is the same baby"
    assert joanna.get(path(enquiry, f"{party.pk}/born/")).status_code == 404


def test_a_birth_says_what_is_missing(joanna, hub):
    enquiry = enquiry_about(hub, BABY)
    text = joanna.post(path(enquiry, f"{party_of(enquiry).pk}/born/"), {"given": "Ada"}).content.decode()
    assert "Enter the date of birth" in text
    assert "Select the baby’s sex" in text
    assert 'value="Ada"' in text


def test_looking_changes_nothing(joanna, enquiry):
    before = (list(Party.objects.values()), list(Person.objects.values()), list(Judgement.objects.values()))
    joanna.get(path(enquiry))
    assert before == (list(Party.objects.values()), list(Person.objects.values()), list(Judgement.objects.values()))
