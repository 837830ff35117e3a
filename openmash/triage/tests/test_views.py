"""The doors of screening, rating, the gate and the fast track."""

import pytest

from openmash.enquiries import actions as enquiries
from openmash.enquiries.models import Enquiry, Pause, Step
from openmash.triage import actions
from openmash.triage.models import Basis, Rating, Screening
from openmash.triage.tests.conftest import BASIS, MONDAY

pytestmark = pytest.mark.django_db


def typed(**more):
    """The basis form as a browser sends it."""
    said = BASIS | {"suspects_significant_harm": "yes", "told_family": "yes"} | more
    return {name: value for name, value in said.items() if value is not None}


def post(client, enquiry, part, **fields):
    version = Enquiry.objects.get(pk=enquiry.pk).version
    return client.post(f"/enquiry/{enquiry.reference}/{part}", {"version": version} | fields)


@pytest.fixture
def rated(hub, received):
    enquiry = received()
    actions.screen(enquiry, by=hub.staff["joanna"], now=MONDAY, outcome="research", considered="Not known.")
    actions.rate(enquiry, by=hub.staff["hannah"], now=MONDAY, rating="green", because="Tired parents.")
    return enquiry


@pytest.mark.parametrize("part", ["screen/", "rate/", "rerate/", "basis/", "fast-track/", "pause/"])
def test_every_page_opens_for_a_social_worker_and_for_nobody_outside(hub, received, client, part):
    enquiry = received()
    path = f"/enquiry/{enquiry.reference}/{part}"
    assert client.get(path).status_code == 302
    client.force_login(hub.staff["hannah"])
    assert client.get(path).status_code == 200
    for outsider in ("lewis", "siobhan", "gwen", "nina", "grace"):
        client.force_login(hub.staff[outsider])
        assert client.get(path).status_code == 404, outsider


def test_screening_goes_on_to_rating_for_who_may_rate(hub, received, client):
    enquiry = received()
    client.force_login(hub.staff["hannah"])
    answer = post(client, enquiry, "screen/", outcome="research", considered="Not known.")
    assert answer.url == f"/enquiry/{enquiry.reference}/rate/"
    assert Screening.objects.get(enquiry=enquiry).outcome == "research"


def test_a_coordinator_who_screens_comes_back_to_the_enquiry(hub, received, client):
    enquiry = received()
    client.force_login(hub.staff["joanna"])
    answer = post(client, enquiry, "screen/", outcome="research", considered="Not known.")
    assert answer.url == f"/enquiry/{enquiry.reference}/"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(hub, received, client):
    enquiry = received()
    client.force_login(hub.staff["joanna"])
    page = post(client, enquiry, "screen/", considered="Kept words.").content.decode()
    assert "Select what happens to this enquiry" in page
    assert "Kept words." in page
    assert "<title>Error: " in page


def test_the_warning_about_matches_does_not_block(hub, received, client):
    received()
    enquiry = received()
    client.force_login(hub.staff["joanna"])
    path = f"/enquiry/{enquiry.reference}/screen/"
    assert "Nobody has looked at the possible matches yet for Mia Bell" in client.get(path).content.decode()
    assert post(client, enquiry, "screen/", outcome="research", considered="x").status_code == 302


def test_a_closed_gate_keeps_everything_and_shows_the_choices(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    page = post(
        client,
        rated,
        "basis/",
        **typed(
            suspects_significant_harm="no",
            agrees_to_service="no",
            gateway="ca1989_s17",
            harm_because="Words that must not be lost.",
            thought_level="2",
        ),
    ).content.decode()
    assert "no agency may be asked" in page
    assert "Words that must not be lost." in page
    assert f"/enquiry/{rated.reference}/decide/directly/" in page
    assert "ask the family whether they agree" in page
    assert not Basis.objects.exists()


def test_a_family_not_told_needs_a_reason(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    page = post(client, rated, "basis/", **typed(told_family="no")).content.decode()
    assert "Select why the family has not been told" in page


def test_a_full_basis_goes_on_to_asking(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    answer = post(client, rated, "basis/", **typed(told_family="no", why_not_told="delay", why_not_told_words="Late."))
    assert answer.url == f"/enquiry/{rated.reference}/ask/"
    assert Basis.objects.get().why_not_told_words == "Late."


def test_a_reason_for_not_telling_does_not_stay_when_the_family_was_told(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    post(client, rated, "basis/", **typed(why_not_told="delay", why_not_told_words="Late."))
    assert (Basis.objects.get().why_not_told, Basis.objects.get().why_not_told_words) == ("", "")


def test_two_people_on_one_enquiry_the_second_is_shown_what_the_first_did(hub, rated, client):
    seen = Enquiry.objects.get(pk=rated.pk).version
    actions.rerate(rated, by=hub.staff["tomasz"], rating="amber", because="A neighbour rang.")
    client.force_login(hub.staff["hannah"])
    path = f"/enquiry/{rated.reference}/rerate/"
    page = client.post(path, {"version": seen, "rating": "red", "because": "My own reason."}).content.decode()
    assert "Tomasz Zielak changed this while you were typing" in page
    assert "A neighbour rang." in page
    assert "My own reason." in page
    assert Rating.objects.filter(enquiry=rated).count() == 2
    version = Enquiry.objects.get(pk=rated.pk).version
    assert f'name="version" value="{version}"' in page, "the next press is about what is there now"


def test_a_rating_once_given_cannot_be_given_again(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    page = client.get(f"/enquiry/{rated.reference}/rate/").content.decode()
    assert "This cannot be done now because" in page
    assert 'name="rating"' not in page


def test_the_fast_track_alerts_then_takes_the_discussion(hub, rated, client):
    client.force_login(hub.staff["joanna"])
    assert post(client, rated, "fast-track/", because="A broken arm.").status_code == 302
    page = client.get(f"/enquiry/{rated.reference}/fast-track/").content.decode()
    assert "Record the discussion with the police" in page
    assert post(client, rated, "fast-track/", says="Spoke to Sgt Firth.").status_code == 302
    assert (
        "discussion with the police is recorded"
        in client.get(f"/enquiry/{rated.reference}/fast-track/").content.decode()
    )


def test_the_police_see_whom_it_is_about_and_whom_to_ring_and_no_more(hub, received, client):
    enquiry = received(worry="A worry that stays in the hub.")
    path = f"/fast-track/{enquiry.reference}/"
    client.force_login(hub.staff["lewis"])
    absent = client.get("/fast-track/WV-NONE-NONE/")
    assert client.get(path).content == absent.content
    enquiries.fast_track(enquiry, by=hub.staff["hannah"], now=MONDAY, because="A broken arm in hospital.")
    page = client.get(path).content.decode()
    for told in (enquiry.reference, "Mia Bell", "3 April 2019", "Ruth Okafor", "01632 960 100"):
        assert told in page
    for kept in ("A worry that stays in the hub.", "A broken arm in hospital.", "Siobhan", "12 Elm Road"):
        assert kept not in page
    client.force_login(hub.staff["mary"])
    assert client.get(path).status_code == 404
    client.force_login(hub.staff["alan"])
    assert client.get(path).status_code == 200
    enquiries.discuss(enquiry, by=hub.staff["ruth"], now=MONDAY, says="Spoke.")
    assert client.get(path).status_code == 404


def test_pause_resume_take_and_give_back(hub, rated, client):
    client.force_login(hub.staff["hannah"])
    post(client, rated, "pause/", because="The court sits tomorrow.")
    assert Pause.objects.filter(enquiry=rated, until=None).exists()
    post(client, rated, "resume/")
    assert not Pause.objects.filter(enquiry=rated, until=None).exists()
    post(client, rated, "take/")
    rated.refresh_from_db()
    assert rated.owner == hub.staff["hannah"]
    post(client, rated, "give-back/")
    rated.refresh_from_db()
    assert rated.owner is None


def test_a_stale_press_of_a_button_does_nothing_and_says_who_was_first(hub, rated, client):
    seen = Enquiry.objects.get(pk=rated.pk).version
    enquiries.take(rated, by=hub.staff["tomasz"])
    client.force_login(hub.staff["hannah"])
    client.post(f"/enquiry/{rated.reference}/take/", {"version": seen})
    rated.refresh_from_db()
    assert rated.owner == hub.staff["tomasz"]


@pytest.mark.parametrize("part", ["take/", "give-back/", "resume/"])
def test_a_button_is_not_pressed_by_looking(hub, rated, client, part):
    client.force_login(hub.staff["hannah"])
    before = Step.objects.count()
    assert client.get(f"/enquiry/{rated.reference}/{part}").status_code == 405
    assert Step.objects.count() == before
