"""The governance lead's pages: who looked at this person, what this user did, what was refused. In words."""

import pytest
from django.test import Client

from openmash.desk.tests.families import receive
from openmash.enquiries.models import Party

pytestmark = pytest.mark.django_db


def client_of(hub, who):
    client = Client()
    client.force_login(hub.staff[who])
    return client


def said(hub, path, who="gwen"):
    return client_of(hub, who).get(path).content.decode()


@pytest.fixture
def looked_at(hub):
    enquiry = receive(hub)
    client_of(hub, "ruth").get(f"/enquiry/{enquiry.reference}/")
    return enquiry


def test_who_looked_at_a_person_is_told_by_name_agency_and_how_often(hub, looked_at):
    mia = Party.objects.filter(enquiry=looked_at).order_by("order")[0].person_id
    page = said(hub, f"/ledger/person/{mia}/")
    assert "Who looked at Mia Bell" in page
    assert f'href="/ledger/user/{hub.staff["ruth"].pk}/">Ruth Okafor</a>' in page
    assert "Enquiry opened" in page
    assert "Wendmark Children&#39;s Social Care" in page
    assert "enquiry.opened" not in page
    assert "childrens-social-care" not in page


def test_what_a_user_did_is_told_with_the_references(hub, looked_at):
    page = said(hub, f"/ledger/user/{hub.staff['ruth'].pk}/")
    assert "What Ruth Okafor did" in page
    assert looked_at.reference in page


def test_people_are_found_by_the_reference_and_users_by_name(hub, looked_at):
    assert "Mia Bell</a>" in said(hub, f"/ledger/?reference={looked_at.reference.lower()}")
    assert "Ruth Okafor</a>" in said(hub, "/ledger/?user=okafor")


def test_a_reference_shows_the_lines_of_its_enquiry_and_no_others(hub, looked_at):
    other = receive(hub, key="other")
    spaced = looked_at.reference.lower().replace("-", " ")
    page = said(hub, f"/ledger/?reference={spaced}")
    assert "Enquiry opened" in page
    assert looked_at.reference in page
    assert other.reference not in page


def test_what_one_user_did_with_one_enquiry_can_be_asked(hub, looked_at):
    client_of(hub, "martin").get(f"/enquiry/{looked_at.reference}/")
    page = said(hub, f"/ledger/?reference={looked_at.reference}&user=pell")
    assert page.count("Enquiry opened") == 1
    assert "Ruth Okafor" not in page
    assert "Enquiry opened" not in said(hub, f"/ledger/?reference={looked_at.reference}&user=pell&refused=on")


@pytest.mark.parametrize(
    ("asked", "told"),
    [("reference=WV-0000-0000", "No enquiry has this reference"), ("user=ruuth", "Nobody has this name")],
)
def test_what_is_not_found_is_said_and_shows_no_line_of_anything_else(hub, looked_at, asked, told):
    """Somebody who mistypes must not take the lines of others for those of the enquiry."""
    page = said(hub, f"/ledger/?{asked}")
    assert told in page
    assert looked_at.reference not in page
    assert "Enquiry opened" not in page
    assert page_has_error_beside_the_field(page)


def page_has_error_beside_the_field(page):
    return "There is a problem" in page and "govuk-error-message" in page


def test_what_was_refused_can_be_looked_at_alone(hub, looked_at):
    page = said(hub, "/ledger/?refused=on")
    assert "Enquiry received" not in page


def test_reading_the_ledger_is_on_the_ledger(hub):
    said(hub, "/ledger/")
    assert "Ledger read" in said(hub, "/ledger/")


@pytest.mark.parametrize("who", ["ruth", "joanna", "lewis", "amit", "saul", "siobhan"])
def test_nobody_else_has_these_pages(hub, who):
    for path in ("/ledger/", "/ledger/person/1/", f"/ledger/user/{hub.staff['ruth'].pk}/"):
        assert client_of(hub, who).get(path).status_code == 404
