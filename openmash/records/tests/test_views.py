"""The pages of records: for the governance lead and the practice manager, and for nobody else."""

import pytest
from django.db import transaction

from openmash.audit.binding import bound_to
from openmash.records.models import Hold, Review

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def as_user(client, hub):
    def sign_in(name):
        client.force_login(hub.staff[name], backend=BACKEND)
        return client

    return sign_in


def test_a_record_is_held_proposed_and_destroyed_by_two(as_user, hub, closed):
    page, gwen = f"/records/{closed.reference}/", as_user("gwen")
    assert closed.reference in gwen.get("/records/").content.decode()
    assert gwen.get("/records/", {"reference": closed.reference.lower()}).url == page
    assert "6 years after it was closed" in gwen.get(page).content.decode()
    wrong = gwen.post(f"{page}review/", {"wants": "keep", "because": "A brother."}).content.decode()
    assert "Enter until when it is kept" in wrong and "A brother." in wrong
    gwen.post(f"{page}hold/", {"kind": "court", "because": "Care proceedings."})
    held = gwen.post(f"{page}review/", {"wants": "destroy", "because": "Over."}).content.decode()
    assert "A held record is not destroyed" in held and "Care proceedings." in held
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        hold = Hold.objects.get()
    assert "Somebody else lifts" in gwen.get(f"/records/holds/{hold.pk}/").content.decode()
    ruth = as_user("ruth")
    assert ruth.get(f"{page}hold/").status_code == 404
    ruth.post(f"/records/holds/{hold.pk}/", {"because": "They are over."})
    as_user("gwen").post(f"{page}review/", {"wants": "destroy", "because": "Over."})
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        review = Review.objects.get()
    answer = f"/records/reviews/{review.pk}/"
    assert "Somebody else answers" in as_user("gwen").get(answer).content.decode()
    ruth = as_user("ruth")
    assert "Enter why" in ruth.post(answer, {"because": ""}).content.decode()
    gone = ruth.post(answer, {"answer": "yes"}, follow=True).content.decode()
    assert "The record is destroyed." in gone and "enquiries_party" in gone
    assert ruth.get(f"/enquiry/{closed.reference}/").status_code == 404
    assert "Nothing is due." in ruth.get("/records/").content.decode()


def test_what_was_declined_stays(as_user, hub, closed):
    as_user("gwen").post(f"/records/{closed.reference}/review/", {"wants": "destroy", "because": "Over."})
    with transaction.atomic(), bound_to(hub.staff["gwen"]):
        review = Review.objects.get()
    as_user("ruth").post(f"/records/reviews/{review.pk}/", {"because": "Her brother is known."})
    assert "Her brother is known." in as_user("gwen").get(f"/records/{closed.reference}/").content.decode()


def test_an_area_sets_its_years(as_user, hub):
    gwen, where = as_user("gwen"), "/records/rules/wend-valley/contact/"
    assert "from 1 to 6" in gwen.post(where, {"years": "9", "because": "Longer."}).content.decode()
    gwen.post(where, {"years": "3", "because": "Our schedule."})
    assert "3 years after it was closed" in gwen.get("/records/rules/").content.decode()
    assert gwen.get("/records/rules/wend-valley/nothing/").status_code == 404
    assert as_user("ruth").get(where).status_code == 404


@pytest.mark.parametrize("path", ["/records/", "/records/rules/", "/records/{}/", "/records/{}/review/"])
def test_for_everybody_else_there_are_no_such_pages(as_user, closed, path):
    assert as_user("hannah").get(path.format(closed.reference)).status_code == 404
    assert as_user("shabana").get(f"/records/{closed.reference}/").status_code == 404
