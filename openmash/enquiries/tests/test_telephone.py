"""The coordinator's screen: keyed once, kept as it is typed, and never lost between two people or two pages."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.actors import CLOCKWORK
from openmash.audit.models import LedgerEvent
from openmash.enquiries import drafts
from openmash.enquiries.forms.telephone import SECTIONS, TelephoneForm
from openmash.enquiries.models import Draft, Enquiry, Need, Party
from openmash.enquiries.tests.filling import problems
from openmash.people.given import GivenPerson
from openmash.people.matching import index
from openmash.people.models import Professional

pytestmark = pytest.mark.django_db


def now_typed(hours_ago: float = 0) -> dict[str, str]:
    at = timezone.localtime() - timedelta(hours=hours_ago)
    return {
        "channel": "telephone",
        "received_on-day": str(at.day),
        "received_on-month": str(at.month),
        "received_on-year": str(at.year),
        "received_time": f"{at:%H:%M}",
    }


CALL = {
    "referrer_kind": "public",
    "source_code": "1B",
    "worry": "Screaming at 10pm",
    "children-number": "0",
    "children-0-given": "Mia",
    "children-0-family": "Bell",
    "adults-number": "0",
    "workers-number": "0",
    "address_lines": "14 Mill Lane",
    "postcode": "WX3 4AB",
}


class Screen:
    """One open page of the telephone screen, in one browser."""

    def __init__(self, browser: Client, url: str = "/telephone/") -> None:
        self.browser = browser
        text = browser.get(url).content.decode()
        self.text = text
        self.url = re.search(r'action="(/telephone/[\w-]{32}/)"', text)[1]
        self.mark = {name: re.search(rf'name="{name}" value="(\w*)"', text)[1] for name in ("writer", "opened_at")}

    def press(self, button: str = "send", **typed):
        return self.browser.post(self.url, {**self.mark, **now_typed(), **CALL, "do": button, **typed})

    def autosave(self, **typed):
        return self.browser.post(f"{self.url}save/", {**self.mark, **now_typed(), **CALL, **typed})


@pytest.fixture
def joanna(hub) -> Client:
    browser = Client()
    browser.force_login(hub.staff["joanna"])
    return browser


@pytest.fixture
def dev(hub) -> Client:
    browser = Client()
    browser.force_login(hub.staff["dev"])
    return browser


def test_a_call_becomes_an_enquiry(joanna, hub):
    sent = Screen(joanna).press()
    enquiry = Enquiry.objects.select_related("referrer", "area").get()
    assert sent.url == f"/enquiry/{enquiry.reference}/match/"
    assert (enquiry.channel, enquiry.source_code, enquiry.worry) == ("telephone", "1B", "Screaming at 10pm")
    assert enquiry.keyed_by == hub.staff["joanna"]
    assert enquiry.referrer.kind == "public"
    assert not enquiry.is_held
    assert Party.objects.get().person.names.get().given == "Mia"
    assert enquiry.reference in joanna.get(sent.url).content.decode()


def test_every_field_of_the_screen_is_in_a_part_of_it():
    shown = [name for section in SECTIONS for name in section.fields]
    assert sorted(shown) == sorted(TelephoneForm.base_fields)
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)


def test_the_screen_is_for_those_who_key_calls(hub):
    for name, status in {
        "joanna": 200,
        "hannah": 200,
        "ruth": 200,
        "peter": 200,
        "mary": 404,
        "siobhan": 404,
        "gwen": 404,
    }.items():
        browser = Client()
        browser.force_login(hub.staff[name])
        assert browser.get("/telephone/").status_code == status, name
    assert Client().get("/telephone/").status_code == 302


def test_opening_the_screen_keeps_nothing(joanna):
    joanna.get("/telephone/")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"worry": ""}, "Enter what you are worried about"),
        ({"referrer_kind": ""}, "Select who is calling"),
        (
            {"referrer_kind": "professional", "referrer_name": "Siobhan Daly", "source_code": ""},
            "Select the service that the professional works for",
        ),
        ({"channel": "police_notification"}, "must be one of the choices shown"),
        ({"referrer_kind": "professional"}, "a professional cannot stay anonymous"),
        ({"is_fast_track": "true"}, "Enter why it cannot wait"),
        ({"received_time": "later"}, "must be a time"),
        ({"children-0-nhs": "943 476 5918"}, "one of its digits is wrong"),
        ({"adults-0-telephone": "none"}, "Enter a telephone number"),
        ({"children-0-given": "", "children-0-family": "", "address_lines": "", "postcode": ""}, "at least one way"),
    ],
)
def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(joanna, typed, message):
    answer = Screen(joanna).press(**{"alleged": "A man in a green coat", **typed})
    assert answer.status_code == 200
    assert any(message in line for line in problems(answer)), problems(answer)
    assert "A man in a green coat" in answer.content.decode()
    assert not Enquiry.objects.exists()
    assert Draft.objects.exists(), "a call is kept even when it is not right yet"


def test_a_caller_may_know_next_to_nothing(joanna):
    sent = Screen(joanna).press(**{"children-0-given": "", "children-0-family": "", "postcode": ""})
    assert sent.status_code == 302
    assert Party.objects.get().role == "child"


def test_everything_is_saved_quietly_and_found_again(joanna):
    screen = Screen(joanna)
    assert screen.autosave(worry="Half a sent").status_code == 204
    assert "Half a sent" in joanna.get(screen.url).content.decode()
    assert screen.url in joanna.get("/telephone/").content.decode()
    assert screen.autosave(worry="Half a sentence").status_code == 204
    assert Draft.objects.get().answers["sent"]["worry"] == ["Half a sentence"]


def test_saving_the_same_again_writes_nothing(joanna):
    screen, typed = Screen(joanna), now_typed()  # the same minute, also when the next one has begun
    screen.autosave(**typed)
    version = Draft.objects.get().version
    screen.autosave(**typed)
    assert Draft.objects.get().version == version
    assert LedgerEvent.objects.filter(event="draft.kept").count() == 1


def test_children_and_adults_are_added_without_javascript(joanna):
    screen = Screen(joanna)
    added = screen.press("send", add="children")
    assert added.url == f"{screen.url}#id_children-1-given"
    page = joanna.get(screen.url).content.decode()
    assert "Child 2" in page
    assert 'value="Mia"' in page
    assert not Enquiry.objects.exists(), "the button that was pressed adds, whatever else is in the form"


def test_several_people_and_professionals_arrive(joanna):
    Screen(joanna).press(
        **{
            "children-number": ["0", "1"],
            "children-1-given": "Noah",
            "adults-0-given": "Dawn",
            "adults-0-relation": "mother",
            "adults-0-lives_in_household": "no",
            "adults-0-address_lines": "9 Hill View",
            "workers-0-agency": "Wend Primary",
            "concerns": ["neglect", "missing"],
            "domestic_abuse_score": "14",
        }
    )
    enquiry = Enquiry.objects.get()
    assert [party.role for party in enquiry.parties.all()] == ["child", "child", "other"]
    assert enquiry.parties.get(role="other").person.residences.get().address.lines == "9 Hill View"
    assert (enquiry.concerns, enquiry.domestic_abuse_score) == (["neglect", "missing"], 14)
    assert Professional.objects.filter(agency="Wend Primary").count() == 2


def test_a_letter_that_came_yesterday_starts_its_clock_then(joanna):
    Screen(joanna).press(**now_typed(hours_ago=26) | {"channel": "letter"})
    enquiry = Enquiry.objects.get()
    assert enquiry.channel == "letter"
    assert abs(timezone.now() - timedelta(hours=26) - enquiry.received_at) < timedelta(minutes=2)
    assert enquiry.triage_due_at < timezone.now() + timedelta(days=4)


def test_fast_track_tells_the_practice_manager_and_the_police_at_once(joanna, hub):
    Screen(joanna).press(is_fast_track="true", fast_track_because="The father is at the door")
    enquiry = Enquiry.objects.get()
    assert enquiry.fast_track_at
    assert enquiry.is_urgent
    assert enquiry.fast_track_because == "The father is at the door"
    assert {need.agency.key if need.agency else need.permission for need in Need.objects.filter(kind="fast_track")} == {
        "police",
        "decide",
    }


def test_two_clicks_and_back_make_one_enquiry(joanna):
    screen = Screen(joanna)
    first, second = screen.press(), screen.press(worry="Changed")
    assert first.url == second.url
    assert joanna.get(screen.url).url == first.url
    assert Enquiry.objects.get().worry == "Screaming at 10pm"
    assert Draft.objects.get().answers == {}


def test_two_pages_on_one_call_the_second_is_shown_the_difference(joanna):
    first = Screen(joanna)
    first.autosave()
    one, two = Screen(joanna, first.url), Screen(joanna, first.url)
    assert one.autosave(worry="From the first page").status_code == 204
    assert two.autosave(worry="From the second page").status_code == 409
    shown = two.press("save", worry="From the second page")
    text = shown.content.decode()
    assert "Another page of yours changed this while you were typing" in text
    assert "From the first page" in text
    assert "From the second page" in text
    assert Draft.objects.get().answers["sent"]["worry"] == ["From the first page"]


def test_the_second_page_wins_once_it_has_been_shown_the_difference(joanna):
    first = Screen(joanna)
    first.autosave()
    two = Screen(joanna, first.url)
    first.autosave(worry="From the first page")
    shown = two.press("save", worry="From the second page").content.decode()
    two.mark["opened_at"] = re.search(r'name="opened_at" value="(\d+)"', shown)[1]
    assert two.press("save", worry="From the second page").status_code == 302
    assert Draft.objects.get().answers["sent"]["worry"] == ["From the second page"]


def test_a_colleague_takes_over_an_unfinished_call(joanna, dev, hub):
    screen = Screen(joanna)
    screen.autosave(worry="She had to leave")
    assert "Joanna Vale" in dev.get("/telephone/").content.decode()
    taken = Screen(dev, screen.url)
    assert "She had to leave" in taken.text
    assert taken.press("save", worry="She had to leave. I go on").status_code == 302
    late = screen.press("save", worry="Back again").content.decode()
    assert "Dev Rana changed this while you were typing" in late


def test_a_call_is_nobody_elses_business(joanna, hub):
    screen = Screen(joanna)
    screen.autosave()
    for name in ("ellen", "mary", "siobhan"):
        browser = Client()
        browser.force_login(hub.staff[name])
        assert browser.get(screen.url).status_code == 404, name
        assert browser.post(screen.url, CALL).status_code == 404, name
        assert browser.post(f"{screen.url}drop/").status_code == 404, name
        assert browser.post(f"{screen.url}save/", CALL).status_code == 404, name
    assert Draft.objects.get().user == hub.staff["joanna"]


def test_an_unsent_call_is_not_swept_and_a_sent_one_is(joanna):
    screen = Screen(joanna)
    screen.autosave()
    Screen(joanna).press()
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=3))
    drafts.sweep(None, by=CLOCKWORK)
    assert [draft.sent_as for draft in Draft.objects.all()] == [""]
    assert joanna.get(screen.url).status_code == 200


def test_a_call_that_came_to_nothing_is_deleted(joanna):
    screen = Screen(joanna)
    screen.autosave()
    joanna.post(f"{screen.url}drop/")
    assert not Draft.objects.exists()
    assert joanna.get(screen.url).status_code == 404


def test_what_is_known_comes_up_while_it_is_keyed(joanna):
    Screen(joanna).press(**{"children-0-school": "Wend Primary"})
    reference = Enquiry.objects.get().reference
    screen = Screen(joanna)
    found = joanna.post(f"{screen.url}known/", {**now_typed(), **CALL}, headers={"HX-Request": "true"})
    text = found.content.decode()
    assert "Mia Bell" in text
    assert reference in text
    assert "Same first name; same surname; same address" in text
    assert "<html" not in text
    assert not Draft.objects.filter(sent_as="").exists(), "looking keeps nothing"


def test_whom_agencies_alone_know_comes_up_without_who_they_are_there(joanna, hub):
    told = GivenPerson("Miah", "Belle", born_on=date(2019, 4, 3), address_lines="14 Mill Lane", postcode="WX3 4AB")
    index.put(hub.agencies["health"].pk, [index.IndexRow(1, told)])
    screen = Screen(joanna)
    born = {"children-0-born_on-day": "3", "children-0-born_on-month": "4", "children-0-born_on-year": "2019"}
    for _ in range(2):
        text = joanna.post(f"{screen.url}known/", {**CALL, **born}).content.decode()
        assert hub.agencies["health"].name in text and "Not in the hub yet" in text
        assert "Miah" not in text and "Belle" not in text, "who it is there, only the agency can say"
    assert LedgerEvent.objects.filter(event="people.looked-up").count() == 1


def test_who_else_lives_there_as_agencies_alone_know_comes_up_by_the_address(joanna, hub):
    lodger = GivenPerson("Denis", "Quill", born_on=date(1970, 1, 9), address_lines="14 Mill Lane", postcode="WX3 4AB")
    index.put(hub.agencies["police"].pk, [index.IndexRow(1, lodger)])
    text = joanna.post(f"{Screen(joanna).url}known/", CALL).content.decode()
    assert "Others at this address" in text and "Somebody at this address" in text
    assert hub.agencies["police"].name in text and "Denis" not in text
    assert "Nobody we know of matches Mia Bell" in text


def test_who_was_looked_up_is_on_the_ledger_once(joanna):
    Screen(joanna).press()
    screen = Screen(joanna)
    for letters in ("Mia", "Mia B"):
        joanna.post(f"{screen.url}known/", {**CALL, "children-0-family": "Bell", "children-0-given": letters})
    event = LedgerEvent.objects.get(event="people.looked-up")
    assert event.people == [Party.objects.get().person_id]


def test_without_javascript_a_button_shows_what_is_known(joanna):
    Screen(joanna).press()
    screen = Screen(joanna)
    there = screen.press("look")
    assert there.url == f"{screen.url}#known"
    assert Enquiry.objects.get().reference in joanna.get(screen.url).content.decode()


def test_somebody_else_at_the_address_or_on_the_telephone_comes_up(joanna):
    Screen(joanna).press(**{"adults-0-given": "Dawn", "adults-0-telephone": "01632 960 555"})
    screen = Screen(joanna)
    asked = {**CALL, "children-0-given": "Kofi", "children-0-family": "Mensah"}
    by_address = joanna.post(f"{screen.url}known/", asked).content.decode()
    assert "Others at this address" in by_address
    assert "Dawn" in by_address
    elsewhere = {
        **asked,
        "address_lines": "2 Far Away",
        "postcode": "",
        "adults-0-given": "Al",
        "adults-0-telephone": "01632960555",
    }
    assert "Dawn" in joanna.post(f"{screen.url}known/", elsewhere).content.decode()


def test_an_adviser_keys_a_call_and_is_shown_nobody(hub):
    browser = Client()
    browser.force_login(hub.staff["peter"])
    screen = Screen(browser)
    assert "What is already known" not in screen.text
    assert browser.post(f"{screen.url}known/", CALL).status_code == 404
    assert screen.press().url == "/telephone/"
    assert Enquiry.objects.get().keyed_by == hub.staff["peter"]


def test_the_script_is_beside_the_form_with_the_hubs_own_name(joanna):
    assert "“Wend Valley MASH, how can I help?”" in joanna.get("/telephone/").content.decode()


def test_a_call_from_the_other_area_stays_with_the_hub_that_took_it(joanna):
    Screen(joanna).press(postcode="HM1 1AA")
    enquiry = Enquiry.objects.select_related("area").get()
    assert (enquiry.area.key, enquiry.locality) == ("wend-valley", None)


@pytest.mark.parametrize(("caller", "source"), [("public", "1D"), ("family", "1A"), ("self", "1C"), ("anonymous", "9")])
def test_who_is_calling_is_not_asked_twice(joanna, caller, source):
    Screen(joanna).press(referrer_kind=caller, source_code="")
    assert Enquiry.objects.get().source_code == source
