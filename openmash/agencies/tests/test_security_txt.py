"""Where a weakness of an installation is reported: only what is so, and only while it is (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


def test_it_names_whoever_the_installation_names(client, settings):
    settings.ADDRESS = "https://hub.example"
    settings.SECURITY_CONTACT = "mailto:security@hub.example, tel:+44-1632-960100"
    response = client.get(PATH)
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["Contact: mailto:security@hub.example", "Contact: tel:+44-1632-960100"]
    assert lines[3:] == ["Preferred-Languages: en", f"Canonical: https://hub.example{PATH}"]
    until = datetime.strptime(lines[2], "Expires: %Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=28) < until - timezone.now() <= timedelta(days=30)
    settings.SECURITY_EXPIRES = "2999-12-31"
    assert "Expires: 2999-12-31T00:00:00Z" in client.get(PATH).content.decode()


@pytest.mark.parametrize(("contact", "expires"), [("", ""), ("mailto:security@hub.example", "2026-01-01")])
def test_where_nobody_is_named_or_the_day_has_passed_there_is_none(client, settings, contact, expires):
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = contact, expires
    assert client.get(PATH).status_code == 404
