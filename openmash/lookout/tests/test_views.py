"""The lookout's pages: what was typed is kept, who may not see them gets what does not exist."""

import pytest

from openmash.lookout.models import MissingFamily, Sighting
from openmash.lookout.tests.test_lookout import CALLUM, come, missing  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, hub):
    def sign_in(name):
        client.force_login(hub.staff[name])
        return client

    return sign_in


def test_a_family_is_looked_for_from_its_enquiry(hub, come, as_):  # noqa: F811
    enquiry = come("wend-valley", CALLUM)
    browser, person = as_("hannah"), enquiry.parties.get().person_id
    path = f"/enquiry/{enquiry.reference}/missing/"
    page = browser.post(path, {"because": "The house is empty"})
    assert "Select who cannot be found" in page.text and "The house is empty" in page.text
    answer = browser.post(path, {"who": person, "because": "The house is empty"})
    missing = MissingFamily.objects.get()  # noqa: F811
    assert answer.headers["Location"] == f"/missing/{missing.pk}/"
    assert "Callum Rudd" in browser.get("/missing/").text
    assert "cannot be found" in browser.get(f"/enquiry/{enquiry.reference}/").text


def test_a_sighting_is_answered(hub, missing, come, as_):  # noqa: F811
    come("harrowmouth", CALLUM)
    browser, sighting = as_("hannah"), Sighting.objects.get()
    assert "To look at" in browser.get(f"/missing/{missing.pk}/").text
    path = f"/missing/sighting/{sighting.pk}/"
    page = browser.post(path, {"words": "Their aunt has them"})
    assert "Select yes if it is them" in page.text and "Their aunt has them" in page.text
    browser.post(path, {"words": "Their aunt has them", "is_them": "yes"})
    assert "It is them" in browser.get(f"/missing/{missing.pk}/").text
    browser.post(f"/missing/{missing.pk}/stop/", {"because": "Found"})
    assert "Nobody has looked for them since" in browser.get(f"/missing/{missing.pk}/").text


def test_the_other_hub_is_rung(hub, come, as_):  # noqa: F811
    come("wend-valley", CALLUM)
    there = come("harrowmouth", CALLUM)
    browser = as_("grace")
    overview = f"/enquiry/{there.reference}/"
    assert hub.areas["wend-valley"].telephone in browser.get(overview).text
    browser.post(f"{overview}elsewhere/", {"words": "Closed in May"})
    assert "Record what the other hub said" not in browser.get(overview).text


@pytest.mark.parametrize("who", ["grace", "joanna", "karen", "gwen"])
def test_whom_it_is_not_for_gets_what_does_not_exist(hub, missing, come, as_, who):  # noqa: F811
    come("harrowmouth", CALLUM)
    browser = as_(who)
    for path in (f"/missing/{missing.pk}/", f"/missing/{missing.pk}/stop/", "/missing/sighting/1/", "/missing/99/"):
        assert browser.get(path).status_code == 404, path
