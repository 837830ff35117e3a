"""Two families whom the hub has never met come out of what five agencies send: who knows whom, and what happened.

Each agency knows some of the family, under its own spelling. The enquiry names them with two more mistakes.
"""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from openmash.audit.actors import PUBLIC, SETTING_UP
from openmash.county.history import CONVICTIONS, incidents
from openmash.enquiries.models import Enquiry, Party
from openmash.feeds import actions, loading
from openmash.feeds.folder import keep
from openmash.feeds.models import Feed
from openmash.feeds.policies import LOADER
from openmash.feeds.tests.files import bundle, comma_file, event, open_case, patient, person
from openmash.intelligence.tests.world import make_enquiry
from openmash.people.actions import record_together
from openmash.people.given import GivenPerson, GivenTogether
from openmash.people.matching import search
from openmash.people.matching.linking import link_changed
from openmash.people.models import Person

pytestmark = pytest.mark.django_db
ROPE_WALK = {"address": "9 Rope Walk", "postcode": "WX3 7QD"}
LARCH = {"address": "28 Larch Grove", "postcode": "WX2 9HB"}
RAYMOND = {"given": "Raymond", "family": "Lock", "sex": "M", "born_on": "1962-04-11"}
GEMMA = {"given": "Gemma", "family": "Northcott", "sex": "F", "born_on": "1990-08-22"}
POPPY = {"given": "Poppy", "family": "Hext", "sex": "F", "born_on": "2017-12-01"}
COLLECTED = "Collected by grandad Ray."
KIRSTY = {"given": "Kirsty", "family": "Hext", "sex": "F", "born_on": "1994-06-19"}


def _numbered(happenings, number: str) -> list[dict[str, str]]:
    return [
        event(number, happened_on=one.on.isoformat(), words=one.words, kind=one.kind, sensitivity=one.sensitivity)
        for one in happenings
    ]


@pytest.fixture
def fed(hub, settings, tmp_path):
    """What police, health, education, housing and the council sent of both families; nothing else is in the hub."""
    settings.FEEDS_FOLDER = str(tmp_path / "feeds")
    csv = {
        "police": [
            person("P1", **RAYMOND | {"family": "Lok"}, **ROPE_WALK, worker="C Dunbar", team="Public protection"),
            person("P2", **GEMMA | {"family": "Norcott"}, **LARCH, worker="M Iveson", team="Response"),
            person("P3", **KIRSTY | {"given": "Kirstie"}, **ROPE_WALK),
        ],
        "education": [person("E1", **POPPY | {"given": "POPPY"}, **ROPE_WALK)],
        "housing": [
            person("H1", **RAYMOND | {"given": "Leo"}, **ROPE_WALK, worker="S Rook"),
            person("H2", **GEMMA, **LARCH),
        ],
        "childrens-social-care": [open_case("S1", "Closed case", **POPPY, **ROPE_WALK)],
    }
    happened = {
        "police": [*_numbered(CONVICTIONS, "P1"), *_numbered(incidents(2026), "P2")],
        "education": [event("E1", kind="contact", happened_on="2026-11-10", words=COLLECTED)],
    }
    health = bundle(
        tmp_path / "health",
        _patient("9434765919", KIRSTY | {"family": "Hext-Lock"}, ROPE_WALK),
        _patient("9434765870", GEMMA | {"family": "Northcot"}, LARCH),
        _patient("9434765897", POPPY | {"born_on": "2017-01-12"}, ROPE_WALK),
    )
    files = {key: [comma_file(tmp_path / key, *rows)] for key, rows in csv.items()} | {"health": [health]}
    for key, rows in happened.items():
        files[key].append(comma_file(tmp_path / f"{key}-events", *rows))
    for key, paths in files.items():
        feed = actions.agree(hub.agencies[key], by=SETTING_UP, area=hub.areas["wend-valley"], sends_events=True)
        for path in paths:
            with path.open("rb") as file:
                load = loading.offer(feed, keep(file, path.name), by=LOADER, is_full=True)
            assert not (load if load.is_over else loading.read(load)).refused
    assert not Person.objects.exists()
    return hub


def _patient(number: str, who: dict[str, str], home: dict[str, str]) -> dict[str, object]:
    return patient(
        number,
        name=[{"use": "usual", "given": [who["given"]], "family": who["family"]}],
        gender="female",
        birthDate=who["born_on"],
        address=[{"use": "home", "line": [home["address"]], "postalCode": home["postcode"]}],
        telecom=[],
    )


def keyed(hub, *people: GivenPerson) -> Enquiry:
    """An enquiry in which agencies are being asked, as somebody keyed it, and linked as every minute."""
    area = hub.areas["wend-valley"]
    together = record_together(area, by=PUBLIC, given=GivenTogether(people, source="Keyed by hand")).people
    enquiry = make_enquiry(area, "gathering", people[0].family, *together[:1])
    for order, one in enumerate(together[1:], 1):
        Party.objects.create(enquiry=enquiry, person=one, role="adult", order=order)
    link_changed(now=timezone.now())
    return enquiry


def given(first: str, family: str, born: date, home: dict[str, str]) -> GivenPerson:
    return GivenPerson(first, family, born_on=born, address_lines=home["address"], postcode=home["postcode"])


def seen(hub, path: str, who: str = "ruth") -> str:
    """The words of a page as somebody sees them."""
    browser = Client()
    browser.force_login(hub.staff[who])
    answer = browser.get(path)
    assert answer.status_code == 200, path
    main = unescape(answer.content.decode()).split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def number_of(enquiry: Enquiry, order: int) -> int:
    return list(Party.objects.filter(enquiry=enquiry).order_by("pk").values_list("person", flat=True))[order]


@pytest.fixture
def hext(fed):
    return keyed(
        fed,
        given("Popy", "Hext", date(2017, 12, 1), ROPE_WALK),
        given("Kirsty", "Hexte", date(1994, 6, 19), ROPE_WALK),
        given("Raymnd", "Lock", date(1962, 4, 11), ROPE_WALK),
    )


@pytest.fixture
def northcott(fed):
    return keyed(
        fed, given("Gema", "Northcott", date(1990, 8, 22), LARCH), given("Wayne", "Dyer", date(1987, 2, 9), LARCH)
    )


def test_case_3_who_knows_each_of_the_family_and_whom_to_ask(fed, hext):
    child, mother, grandfather = (seen(fed, f"/person/{number_of(hext, order)}/") for order in range(3))
    assert all(
        name in child
        for name in ("Wendmark Community Health", "Wendmark Education and Inclusion", "Children's Social Care")
    )
    assert "Wendmark Constabulary" not in child.split("Who knows them")[1].split("What has been told")[0]
    assert "Wendmark Constabulary" in mother and "Wendmark Community Health" in mother
    assert "C Dunbar, Public protection" in grandfather and "Since 31 January 2024" in grandfather


def test_case_3_the_convictions_of_a_man_in_the_home_stand_in_the_familys_chronology(fed, hext):
    story = seen(fed, f"/enquiry/{hext.reference}/chronology/")
    assert all(one.words in story for one in CONVICTIONS)
    assert COLLECTED in story
    assert "conviction" not in seen(fed, f"/enquiry/{hext.reference}/chronology/", "joanna")


def test_case_4_the_eighteen_incidents_before_the_last_year_stand_in_the_chronology(fed, northcott):
    story = seen(fed, f"/enquiry/{northcott.reference}/chronology/")
    assert story.count("Domestic incident.") >= 18
    assert "18" in story
    gemma = seen(fed, f"/person/{number_of(northcott, 0)}/")
    assert "M Iveson, Response" in gemma and "Wendmark Community Health" in gemma


def test_whom_no_agency_sent_is_said_to_be_on_no_list(fed, northcott):
    assert "No agency's list names them." in seen(fed, f"/person/{number_of(northcott, 1)}/")


def test_the_families_are_kept_apart(fed, hext, northcott):
    assert "conviction" not in seen(fed, f"/enquiry/{northcott.reference}/chronology/")
    assert "Domestic incident." not in seen(fed, f"/enquiry/{hext.reference}/chronology/")


def test_whom_the_machine_leaves_open_a_person_says_and_takes_back(fed, hext):
    """Leo, at the same address and born on the same day, may be a twin of Raymond: the machine asks."""
    man = number_of(hext, 2)
    assert "S Rook" not in seen(fed, f"/person/{man}/")
    offered = seen(fed, f"/person/{man}/matches/", "joanna")
    assert "Known to Wendmark Homes" in offered
    browser = Client()
    browser.force_login(fed.staff["joanna"])
    homes = re.compile(r'<strong>Wendmark Homes</strong>.*?name="records" value="([\d,]+)"', re.DOTALL)
    record = homes.search(browser.get(f"/person/{man}/matches/").text)[1]
    browser.post(f"/person/{man}/records/say/", {"records": record, "says": "same"})
    link_changed(now=timezone.now())
    assert "S Rook" in seen(fed, f"/person/{man}/")
    assert "Same as whom Wendmark Homes knows, said Joanna Vale" in seen(fed, f"/person/{man}/matches/")
    undo = re.search(r"/person/records/said/\d+/undo/", browser.get(f"/person/{man}/matches/").text)[0]
    browser.post(undo)
    link_changed(now=timezone.now())
    assert "S Rook" not in seen(fed, f"/person/{man}/")


def test_that_somebody_has_died_is_told_where_they_are_looked_up_and_on_their_page(fed, hext, tmp_path):
    mother = number_of(hext, 1)
    died = _patient("9434765919", KIRSTY, ROPE_WALK) | {"deceasedDateTime": "2025-04-03T10:00:00+01:00"}
    feed = Feed.objects.get(agency__key="health")
    with bundle(tmp_path / "died", died).open("rb") as file:
        loading.read(loading.offer(feed, keep(file, "died"), by=LOADER, is_full=False))
    link_changed(now=timezone.now())
    assert "Wendmark Community Health says that they died on 3 April 2025." in seen(fed, f"/person/{mother}/")
    (found, *_) = search(given("Kirsty", "Hext", date(1994, 6, 19), ROPE_WALK), by=fed.staff["joanna"]).people
    assert found.person == mother and "died 3 April 2025" in found.reasons
    (other, *_) = search(given("Popy", "Hext", date(2017, 12, 1), ROPE_WALK), by=fed.staff["joanna"]).people
    assert "died" not in other.because
