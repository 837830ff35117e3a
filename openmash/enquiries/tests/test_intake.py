"""The public and the professional form, played as a browser without JavaScript plays them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.agencies.models import Letter
from openmash.enquiries import actions
from openmash.enquiries.models import Draft, Enquiry, Party
from openmash.enquiries.queries import story
from openmash.enquiries.tasks import sweep_drafts
from openmash.enquiries.tests.filling import PROFESSIONAL, PUBLIC, problems, reference_in, send, walk
from openmash.people.models import Contact, Identifier, Name, Professional, Relationship

pytestmark = pytest.mark.django_db
FORMS = {"/make-an-enquiry/": PUBLIC, "/professional/": PROFESSIONAL}


@pytest.fixture
def browser(hub) -> Client:
    return Client()


def older(hours: float) -> None:
    Draft.objects.update(
        began_at=timezone.now() - timedelta(hours=hours), saved_at=timezone.now() - timedelta(hours=hours)
    )


def unhurried() -> None:
    Draft.objects.update(began_at=timezone.now() - timedelta(minutes=5))


@pytest.mark.parametrize(("path", "answers"), FORMS.items())
def test_a_whole_form_makes_one_enquiry(browser, path, answers):
    walk(browser, path, answers)
    unhurried()
    sent = send(browser, path)
    enquiry = Enquiry.objects.get()
    assert sent.redirect_chain[-1][0] == f"{path}sent/"
    assert reference_in(sent) == enquiry.reference
    assert (enquiry.status, enquiry.desk, enquiry.is_held) == ("received", "screening", False)
    assert enquiry.triage_due_at and enquiry.statutory_due_at


@pytest.mark.parametrize(("path", "answers"), FORMS.items())
def test_what_nobody_foresaw_is_not_received_either(path, answers, hub, monkeypatch, settings):
    settings.OPENMASH_HUB_PHONE = "01632 960 100"
    browser = Client(raise_request_exception=False)
    walk(browser, path, answers)
    with monkeypatch.context() as broken:
        broken.setattr("openmash.enquiries.drafts.mark_sent", lambda *_, **__: 1 / 0)
        said = browser.post(f"{path}check/", {"is_true": "true"}).content.decode()
    assert "The hub has not received it" in said and "01632 960 100" in said
    assert 'name="is_true" value="true"' in said, "what was sent stays, to be sent again"
    assert not Enquiry.objects.exists()
    browser.post(f"{path}check/", {"is_true": "true"})
    assert Enquiry.objects.count() == 1


def test_everything_that_a_professional_said_arrives(browser):
    walk(browser, "/professional/", PROFESSIONAL)
    unhurried()
    send(browser, "/professional/")
    enquiry = Enquiry.objects.select_related("referrer", "area", "locality").get()
    assert (enquiry.area.key, enquiry.locality.key) == ("wend-valley", "north-wend")
    assert (enquiry.source_code, enquiry.channel, enquiry.kind) == ("3B", "professional_form", "child")
    assert (enquiry.domestic_abuse_score, enquiry.thinks_level) == (11, 3)
    assert enquiry.concerns == ["physical_adult", "da_parent"]
    assert (enquiry.told_family, enquiry.why_not_told, enquiry.family_agrees) == (False, "raises_risk", "not_asked")
    assert (enquiry.happened, enquiry.impact) == ("Seen on 3 and on 17 November", "She does not sleep")
    assert (enquiry.early_help_done, enquiry.early_help_lead) == (True, "The school")
    assert (enquiry.referrer.kind, enquiry.referrer.name) == ("professional", "Siobhan Daly")
    child, adult = Party.objects.filter(enquiry=enquiry).select_related("person")
    assert (child.role, child.school, child.lives_in_household) == ("child", "Wend Primary", True)
    assert (adult.role, adult.risk_factors) == ("adult", ["mental_health", "alcohol"])
    assert str(Name.objects.get(person=child.person)) == "Amélie Żak-O’Neil"
    assert Identifier.objects.get().value == "9434765919"
    assert child.person.language == "Polish"
    assert Relationship.objects.get(person=adult.person, other=child.person).kind == "mother"
    assert Professional.objects.get().role == "Class teacher"
    assert {stay.address.postcode for stay in child.person.residences.all()} == {"WX1 2AB"}
    assert {stay.address.postcode for stay in adult.person.residences.all()} == {"WX1 2AB"}


def test_whatever_a_professional_said_the_hub_reads(browser, hub):
    """Nothing that somebody took the trouble to type is stored where nobody sees it."""
    more = {
        "you": PROFESSIONAL["you"] | {"follows_call": "My call at 9am", "manager_told": "Head teacher Ann Oak"},
        "find": PROFESSIONAL["find"] | {"earlier_homes": "Two years; before that Leeds"},
        "told": {"told_family": "yes", "parents_words": "That she fell", "child_told": "no"},
        "agree": {"family_agrees": "yes", "agreed_by": "Mother, by telephone"},
    }
    walk(browser, "/professional/", PROFESSIONAL | more)
    unhurried()
    send(browser, "/professional/")
    said = dict(story(Enquiry.objects.get(), by=hub.staff["hannah"]).answers)
    assert said["How the referrer knows"] == "Told by somebody else"
    assert said["DASH score"] == "11"
    assert said["Early help assessment"] == "Yes. The school"
    assert said["The referrer’s view of the level of need"].startswith("Level 3")
    assert said["What the parents say"] == "That she fell"
    assert said["The child or young person knows"] == "No"
    assert said["Who agreed, when and how"] == "Mother, by telephone"
    assert said["How long there, and earlier addresses"] == "Two years; before that Leeds"
    assert said["Follows a call to the hub"] == "My call at 9am"
    assert said["Their manager who knows"] == "Head teacher Ann Oak"
    assert "Their manager who knows" not in dict(story(Enquiry.objects.get(), by=hub.staff["joanna"]).answers)


def test_a_child_who_lives_elsewhere_keeps_their_own_address_and_a_safe_number(browser):
    elsewhere = {"address_lines": "3 Weir Row", "postcode": "WX2 9ZZ", "own_telephone": "07700 900 982"}
    detail = PROFESSIONAL["more-about-child/0"] | elsewhere | {"is_safe_to_contact": "no"}
    walk(browser, "/professional/", PROFESSIONAL | {"more-about-child/0": detail})
    unhurried()
    send(browser, "/professional/")
    child = Party.objects.select_related("person").get(role="child")
    assert child.lives_in_household is False
    assert {stay.address.postcode for stay in child.person.residences.all()} == {"WX2 9ZZ"}
    assert child.person.contacts.get(kind="telephone").is_safe is False


def test_the_public_need_say_only_the_worry_and_where_to_find_them(browser):
    bare = PUBLIC | {"children": {"children-number": "0"}, "postcode": {}, "place": {"locality": "elsewhere"}}
    bare |= {"find": {"where_now": "The house with the green door, behind the station"}}
    walk(browser, "/make-an-enquiry/", bare)
    unhurried()
    send(browser, "/make-an-enquiry/")
    enquiry = Enquiry.objects.select_related("referrer").get()
    assert enquiry.where_now == "The house with the green door, behind the station"
    assert (enquiry.referrer.kind, enquiry.referrer.name, enquiry.source_code) == ("anonymous", "", "9")
    assert Party.objects.get().role == "child", "somebody nameless stands for the child, so that a place can match"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"address_lines": "  "}, {"postcode": ""}])
def test_how_to_find_them_is_asked_of_everybody(browser, sent):
    at = walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    answer = browser.post(at, {"address_lines": "", "postcode": "", "where_now": "", **sent})
    assert problems(answer) == ["Tell us at least one way to find them: an address, or where they can be found"]


def test_danger_leads_to_999_and_then_on_and_is_urgent(browser):
    browser.post("/make-an-enquiry/")
    shutter = browser.post("/make-an-enquiry/danger/", {"danger": "yes"})
    assert shutter.url == "/make-an-enquiry/call-999/"
    page = browser.get(shutter.url).content.decode()
    assert 'href="tel:999"' in page
    assert "Continue with the form" in page
    walk(browser, "/make-an-enquiry/", PUBLIC | {"danger": {"danger": "yes"}})
    unhurried()
    sent = send(browser, "/make-an-enquiry/")
    enquiry = Enquiry.objects.get()
    assert enquiry.is_danger_now
    assert enquiry.is_urgent
    assert "If you have not called 999 yet, call now." in sent.content.decode()
    assert enquiry.needs.get().kind == "urgent"


def test_a_postcode_decides_which_hub_and_a_choice_does_when_it_does_not(browser):
    assert walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    elsewhere = PUBLIC | {"postcode": {"area_postcode": "SW9 9ZZ"}, "place": {"locality": "harrowmouth.upper-town"}}
    elsewhere |= {"find": {"address_lines": "1 Cliff Road"}}
    walk(browser, "/make-an-enquiry/", elsewhere)
    unhurried()
    send(browser, "/make-an-enquiry/")
    enquiry = Enquiry.objects.select_related("area", "locality").get()
    assert (enquiry.area.key, enquiry.locality.key) == ("harrowmouth", "upper-town")
    assert enquiry.reference.startswith("HM-")


def test_a_whole_postcode_is_not_asked_for_twice(browser):
    at = walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    assert 'value="WX3 4AB"' in browser.get(at).content.decode()


def test_an_unborn_child_is_a_person_with_a_due_date(browser):
    due = timezone.localdate() + timedelta(days=60)
    answers = PUBLIC | {
        "who": {"kind": "unborn"},
        "unborn": {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year, "unborn_family": "Bell"},
    }
    walk(browser, "/make-an-enquiry/", answers)
    unhurried()
    send(browser, "/make-an-enquiry/")
    party = Party.objects.select_related("person").get(role="unborn")
    assert (party.person.due_on, party.person.born_on) == (due, None)
    assert Enquiry.objects.get().kind == "child"


def test_an_adult_is_asked_about_without_children(browser):
    answers = PUBLIC | {
        "who": {"kind": "adult"},
        "adults": {"adults-number": "0", "adults-0-given": "Ivy", "adults-0-family": "Marsh", "adults-0-age": "81"},
        "others": {"others-number": "0", "others-0-given": "Carl", "others-0-note": "Her son"},
    }
    walk(browser, "/make-an-enquiry/", answers)
    unhurried()
    send(browser, "/make-an-enquiry/")
    assert Enquiry.objects.get().kind == "adult"
    assert [party.role for party in Party.objects.all()] == ["adult", "adult"]
    assert Party.objects.get(note="Her son")


def test_several_children_are_added_and_removed_without_losing_a_word(browser):
    at = walk(browser, "/professional/", PROFESSIONAL, until="children")
    one = PROFESSIONAL["children"]
    added = browser.post(at, {**one, "add": "children"})
    assert added.url.endswith("#id_children-1-given")
    page = browser.get(at).content.decode()
    assert 'value="Amélie"' in page
    assert "Child 2" in page
    two = {**one, "children-number": ["0", "1"], "children-1-given": "Noah", "children-1-family": "Żak"}
    assert browser.post(at, two).url == "/professional/more-about-child/0/"
    browser.post("/professional/more-about-child/0/", {"school": "Wend Primary"})
    browser.post("/professional/more-about-child/1/", {"school": "Hill Nursery"})
    browser.post(at, {**two, "remove": "children-1"})
    browser.post(at, {**one, "children-number": ["0", "1"], "children-1-given": "Ada"})
    assert "Hill Nursery" not in browser.get("/professional/more-about-child/1/").content.decode()
    assert "Wend Primary" in browser.get("/professional/more-about-child/0/").content.decode()


def test_answers_are_checked_and_changed_and_lead_back(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC)
    page = browser.get("/make-an-enquiry/check/").content.decode()
    assert "Shouting at night, and a small child outside alone" in page
    assert "/make-an-enquiry/worry/?change=yes" in page
    assert "Date of birth" not in page, "an age is not shown as a date that nobody gave"
    changed = browser.post("/make-an-enquiry/worry/?change=yes", {"worry": "Crying at night"})
    assert changed.url == "/make-an-enquiry/check/"
    assert "Crying at night" in browser.get(changed.url).content.decode()


def test_a_change_that_opens_new_questions_leads_to_them(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC)
    changed = browser.post("/make-an-enquiry/you/?change=yes", {"identity": "named"})
    assert changed.url == "/make-an-enquiry/contact/"


def test_nothing_is_sent_before_everything_is_answered(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="told")
    assert browser.post("/make-an-enquiry/check/", {"is_true": "true"}).url == "/make-an-enquiry/told/"
    assert not Enquiry.objects.exists()


def test_a_page_that_does_not_apply_leads_to_the_one_that_does(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="told")
    assert browser.get("/make-an-enquiry/contact/").url == "/make-an-enquiry/told/"
    assert browser.get("/make-an-enquiry/nowhere/").status_code == 302
    assert browser.get("/make-an-enquiry/more-about-child/3/").status_code == 302


def test_the_declaration_is_compulsory(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC)
    answer = browser.post("/make-an-enquiry/check/", {})
    assert problems(answer) == ["Confirm that what you have told us is true, as far as you know"]
    assert "<title>Error: Check your answers" in answer.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("path", FORMS)
def test_two_clicks_back_and_retry_make_one_enquiry(browser, path):
    walk(browser, path, FORMS[path])
    unhurried()
    first, second = send(browser, path), send(browser, path)
    assert reference_in(first) == reference_in(second)
    back = browser.get(f"{path}worry/", follow=True)
    assert reference_in(back) == reference_in(first)
    again = browser.post(f"{path}worry/", {"worry": "Something else"}, follow=True)
    assert reference_in(again) == reference_in(first)
    assert Enquiry.objects.count() == 1
    assert Letter.objects.count() == (1 if path == "/professional/" else 0)


def test_two_clicks_at_once_make_one_enquiry(browser):
    """The second click read the draft before the first had marked it as sent."""
    walk(browser, "/make-an-enquiry/", PUBLIC)
    unhurried()
    before = Draft.objects.get()
    first = send(browser, "/make-an-enquiry/")
    before.save()
    second = send(browser, "/make-an-enquiry/")
    assert reference_in(first) == reference_in(second) == Enquiry.objects.get().reference


def test_after_sending_nothing_that_was_typed_is_left_in_the_draft(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC)
    unhurried()
    send(browser, "/make-an-enquiry/")
    draft = Draft.objects.get()
    assert draft.answers == {}
    assert draft.sent_as == Enquiry.objects.get().reference


def test_another_enquiry_can_be_begun_after_the_first(browser):
    for _ in range(2):
        walk(browser, "/make-an-enquiry/", PUBLIC)
        unhurried()
        send(browser, "/make-an-enquiry/")
    assert Enquiry.objects.count() == 2


def test_answers_survive_a_lost_session(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    kept = {name: browser.cookies[name] for name in browser.cookies if name.startswith("openmash-")}
    browser.cookies.clear()
    browser.cookies.update(kept)
    start = browser.get("/make-an-enquiry/").content.decode()
    assert "You began this form on this device" in start
    assert "Shouting at night" in browser.get("/make-an-enquiry/worry/").content.decode()


def test_answers_are_never_shown_after_24_hours(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    older(24.01)
    assert "You began this form" not in browser.get("/make-an-enquiry/").content.decode()
    assert "Shouting at night" not in browser.get("/make-an-enquiry/worry/").content.decode()
    sweep_drafts(0)
    assert not Draft.objects.exists()


def test_a_sweep_leaves_what_is_younger(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    older(23.9)
    sweep_drafts(0)
    assert Draft.objects.exists()


def test_another_browser_sees_nothing(browser, hub):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    other = Client()
    other.cookies["openmash-public"] = Draft.objects.get().token
    assert "Shouting at night" not in other.get("/make-an-enquiry/worry/").content.decode(), "the cookie is signed"


def test_what_was_typed_can_be_deleted(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    gone = browser.post("/make-an-enquiry/drop/", follow=True)
    assert "What you typed is deleted." in gone.content.decode()
    assert not Draft.objects.exists()
    assert "Shouting at night" not in browser.get("/make-an-enquiry/worry/").content.decode()


def test_starting_again_drops_what_was_begun(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    browser.post("/make-an-enquiry/")
    assert not Draft.objects.exists()


def test_no_page_is_kept_by_the_browser(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC, until="find")
    for path in ("", "worry/", "check/", "sent/"):
        assert "no-store" in browser.get(f"/make-an-enquiry/{path}").headers["Cache-Control"]


@pytest.mark.parametrize("path", FORMS)
def test_exit_this_page_is_on_every_page(browser, path):
    seen = ["", "danger/", "call-999/"]
    walk(browser, path, FORMS[path] | {"danger": {"danger": "yes"}})
    unhurried()
    pages = {at: browser.get(path + at) for at in [*seen, *(f"{key}/" for key in FORMS[path]), "check/"]}
    pages["sent/"] = send(browser, path)
    for at, page in pages.items():
        assert page.status_code == 200, at
        assert "Exit this page" in page.content.decode(), at


def test_the_confirmation_is_the_same_for_a_family_that_is_known(browser, hub):
    pages = []
    for _ in range(2):
        walk(browser, "/make-an-enquiry/", PUBLIC)
        unhurried()
        sent = send(browser, "/make-an-enquiry/")
        pages.append(sent.content.decode().replace(reference_in(sent), "REFERENCE"))
        for party in Party.objects.all():
            actions.settle_party(party, by=hub.staff["joanna"])
    assert pages[0] == pages[1]


def test_the_letter_holds_the_reference_and_nothing_else(browser):
    answers = PUBLIC | {"you": {"identity": "confidential"}, "contact": {"referrer_email": "pat@example.com"}}
    walk(browser, "/make-an-enquiry/", answers)
    unhurried()
    sent = send(browser, "/make-an-enquiry/")
    letter = Letter.objects.get(to="pat@example.com")
    assert reference_in(sent) in letter.subject
    assert not {"Mia", "Bell", "Mill", "Shouting"} & set((letter.subject + " " + letter.line).split())
    assert Enquiry.objects.select_related("referrer").get().referrer.keep_name_from_family


def test_a_signed_in_professional_is_known(browser, hub):
    browser.force_login(hub.staff["siobhan"])
    at = walk(browser, "/professional/", PROFESSIONAL, until="you")
    page = browser.get(at).content.decode()
    assert 'value="Siobhan Daly"' in page
    assert 'value="Health visitor"' in page
    mine = PROFESSIONAL["you"] | {"referrer_email": hub.staff["siobhan"].email}
    walk(browser, "/professional/", PROFESSIONAL | {"you": mine})
    unhurried()
    send(browser, "/professional/")
    enquiry = Enquiry.objects.select_related("referrer__agency").get()
    assert enquiry.referrer.user_id == enquiry.keyed_by_id == hub.staff["siobhan"].pk
    assert enquiry.referrer.agency.key == "health"


def test_somebody_from_the_hub_who_fills_in_the_public_form_is_the_public(browser, hub):
    browser.force_login(hub.staff["ruth"])
    walk(browser, "/make-an-enquiry/", PUBLIC)
    unhurried()
    send(browser, "/make-an-enquiry/")
    assert Enquiry.objects.get().keyed_by is None


def test_a_number_that_is_not_safe_is_kept_as_such(browser):
    adults = PROFESSIONAL["adults"] | {"adults-0-telephone": "07700 900 982"}
    walk(browser, "/professional/", PROFESSIONAL | {"adults": adults})
    unhurried()
    send(browser, "/professional/")
    assert Contact.objects.get(kind="telephone").is_safe is False


def test_get_changes_nothing(browser):
    walk(browser, "/make-an-enquiry/", PUBLIC)
    before = list(Draft.objects.values())
    for path in ("", "danger/", "worry/", "children/", "check/", "sent/"):
        browser.get(f"/make-an-enquiry/{path}")
    assert list(Draft.objects.values()) == before
