import pytest

pytestmark = pytest.mark.django_db


def test_pages_open(hub, received, client):
    enquiry = received()
    client.force_login(hub.staff["hannah"])
    for part in ("screen/", "rate/", "rerate/", "basis/", "fast-track/", "pause/"):
        response = client.get(f"/enquiry/{enquiry.reference}/{part}")
        assert response.status_code == 200, part
