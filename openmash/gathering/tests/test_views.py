"""The doors of this room."""
import pytest
pytestmark = pytest.mark.django_db

def test_thin(hub, ready, client):
    enquiry = ready()
    client.force_login(hub.staff["hannah"])
    for part in ("ask/", "review/", "ask/cafcass/override/"):
        response = client.get(f"/enquiry/{enquiry.reference}/{part}")
        assert response.status_code == 200, part
    client.force_login(hub.staff["lewis"])
    assert client.get("/checks/").status_code == 200

def test_thin_answer(hub, asked, client):
    police, camhs = asked("police", "camhs")
    client.force_login(hub.staff["lewis"])
    r = client.get("/checks/")
    assert "Mia Bell" in r.content.decode()
    r = client.get(f"/request/{police.token}/")
    assert r.status_code == 200
    r = client.post(f"/request/{police.token}/nothing-known/", follow=True)
    assert "is sent about" in r.content.decode()
