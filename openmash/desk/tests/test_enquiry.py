"""The enquiry page: its areas, the one next action with what blocks it, and what presses its reader first."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.models import LedgerEvent
from openmash.cumulative.models import Hit
from openmash.desk.next_action import next_action
from openmash.desk.tests.families import ANN, MIA, MONDAY, ask, rate, receive
from openmash.enquiries import actions as enquiries
from openmash.enquiries.record import AREAS
from openmash.lookout import actions as lookout

pytestmark = pytest.mark.django_db


def offered(hub, enquiry, who):
    return next_action(enquiry, by=hub.staff[who], now=MONDAY)


def page_of(hub, enquiry, who, area=""):
    client = Client()
    client.force_login(hub.staff[who])
    return client.get(f"/enquiry/{enquiry.reference}/{area}")


@pytest.mark.parametrize("who", ["ruth", "hannah", "joanna"])
@pytest.mark.parametrize("area", [path for path, _, _ in AREAS])
def test_hub_staff_open_every_area_and_the_look_is_on_the_ledger(hub, area, who):
    enquiry = ask(hub, receive(hub), "police")
    assert page_of(hub, enquiry, who, area).status_code == 200
    assert LedgerEvent.objects.filter(event="enquiry.opened", enquiry=enquiry.pk, actor=hub.staff[who].pk).exists()


@pytest.mark.parametrize(("area", "label"), [(path, label) for path, label, _ in AREAS])
def test_every_area_says_in_its_title_which_it_is_and_above_it_whom_the_enquiry_is_about(hub, area, label):
    """Two families in two windows are not told apart by their references alone."""
    page = page_of(hub, receive(hub), "ruth", area).content.decode()
    assert re.search(rf"<title>\s*{label}, WV-", page)
    assert 'om-identity__subtitle">Wend Valley: Mia Bell, ' in page


def test_an_adults_enquiry_names_the_adult_and_the_people_around_do_not_stand_there(hub):
    elsewhere = replace(MIA, lives_in_household=False)
    page = page_of(hub, receive(hub, ANN, elsewhere, kind="adult"), "ruth").content.decode()
    assert 'om-identity__subtitle">Wend Valley: Ann Bell, ' in page


@pytest.mark.parametrize("who", ["lewis", "gwen", "grace", "amit", "saul", "siobhan"])
def test_to_everybody_else_it_does_not_exist(hub, who):
    assert page_of(hub, receive(hub), who).status_code == 404


@pytest.mark.parametrize("who", ["ruth", "hannah", "joanna"])
def test_nobody_is_offered_what_they_cannot_open(hub, who):
    """A link that its reader may not follow looks like a mistake of the system's."""
    enquiry = ask(hub, receive(hub, now=timezone.now()), "police", now=timezone.now())
    lookout.look_for(enquiry, by=hub.staff["hannah"], who=people_of(enquiry), because="Nobody at home.")
    Hit.objects.create(enquiry=enquiry, rule="three_greens", says="3 greens.", evidence="Three.", at=timezone.now())
    browser = Client()
    browser.force_login(hub.staff[who])
    pages = [browser.get(f"/enquiry/{enquiry.reference}/{area}") for area in ("", "requests/", "ask/", "decision/")]
    links = {
        link for page in pages for link in re.findall(r'href="(/(?:enquiry|missing)/[^"#]+)"', page.content.decode())
    }
    assert len(links) > len(AREAS)
    assert [link for link in sorted(links) if browser.get(link).status_code == 404] == []


def people_of(enquiry):
    return list(enquiry.parties.values_list("person", flat=True))


def test_each_area_has_one_key_of_its_own(hub):
    said = page_of(hub, receive(hub), "ruth").content.decode()
    keys = [key for _, _, key in AREAS]
    assert len(set(keys)) == len(keys)
    assert all(f'data-key="{key}"' in said for key in keys)


def test_there_is_one_primary_button_and_what_blocks_it_is_said(hub):
    enquiry = rate(hub, receive(hub))
    said = page_of(hub, ask(hub, receive(hub, key="other"), "police"), "hannah").content.decode()
    assert said.count('class="govuk-button om-action"') == 1
    main = offered(hub, enquiry, "joanna").main
    assert main.label == "Ask the agencies"
    asked = ask(hub, receive(hub, key="third"), "police")
    enquiries.advance(asked, by=hub.staff["hannah"], now=MONDAY, move="review", because="Enough is known.")
    asked.refresh_from_db()
    blocked = offered(hub, asked, "joanna").main
    assert (blocked.label, bool(blocked.verdict)) == ("Decide", False)
    assert blocked.verdict.reasons[0] in page_of(hub, asked, "joanna").content.decode()


def test_the_stages_lead_from_one_act_to_the_next(hub):
    enquiry = receive(hub)
    assert offered(hub, enquiry, "joanna").main.label == "Screen"
    assert offered(hub, rate(hub, enquiry), "hannah").main.label == "Ask the agencies"
    other = ask(hub, receive(hub, key="other"), "police")
    assert offered(hub, other, "ruth").main.label == "Decide"


def test_what_presses_a_manager_comes_before_the_stage_and_the_stage_stays_offered(hub):
    enquiry = rate(hub, receive(hub))
    enquiries.fast_track(enquiry, by=hub.staff["hannah"], now=MONDAY, because="A burn.")
    enquiry.refresh_from_db()
    ruth = offered(hub, enquiry, "ruth")
    assert ruth.main.url == f"/enquiry/{enquiry.reference}/fast-track/"
    assert "Ask the agencies" in [offer.label for offer in ruth.others]
    assert offered(hub, enquiry, "hannah").main.label == "Ask the agencies"
    enquiries.discuss(enquiry, by=hub.staff["ruth"], now=MONDAY, says="Spoke to the police: joint visit tonight.")
    enquiry.refresh_from_db()
    assert offered(hub, enquiry, "ruth").main.label == "Ask the agencies"


def test_the_discussion_names_whom_to_ring_at_the_police(hub):
    enquiry = receive(hub)
    enquiries.fast_track(enquiry, by=hub.staff["hannah"], now=timezone.now(), because="A burn.")
    said = page_of(hub, enquiry, "ruth", "fast-track/").content.decode()
    assert "Sgt Alan Firth" in said
    assert 'href="tel:' in said
