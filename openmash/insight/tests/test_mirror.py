"""An agency sees its own enquiries and answers, what became of them, and of others nothing that tells one apart."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openmash.audit.actors import PUBLIC
from openmash.enquiries.actions import receive
from openmash.enquiries.tests.test_actions import given
from openmash.insight.policies import may_see_mirror
from openmash.insight.quality import FACTS, of_many, of_one
from openmash.insight.queries import mirror

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Europe/London"))
SINCE = NOON - timedelta(days=365)


def arrives(hub, agency, many, **changed):
    facts = given()
    facts = replace(facts, referrer=replace(facts.referrer, agency_key=agency), fields=facts.fields | changed)
    return [
        receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=facts, key=f"{agency} {number} {changed}"[:60])
        for number in range(many)
    ]


def seen(hub, who):
    by = hub.staff[who]
    return mirror(by.agency, by=by, since=SINCE, now=NOON)


def test_an_agency_sees_its_own_and_of_others_only_a_share_of_all(hub):
    arrives(hub, "police", 12)
    arrives(hub, "health", 7)
    page = seen(hub, "lewis")
    assert page.agency == hub.agencies["police"].name
    assert (page.enquiries.total, [bar.shown for bar in page.enquiries.bars]) == ("12", ["0"] * 12 + ["12"])
    assert {bar.label: bar.shown for bar in page.levels.bars}["Not decided yet"] == "12"
    assert hub.agencies["health"].name not in repr(page)
    assert {line.label: (line.ours, line.others) for line in page.shares}[
        "Led to a referral to children's social care"
    ] == ("0%", "0%")


def test_of_few_nothing_is_said(hub):
    arrives(hub, "police", 3)
    page = seen(hub, "lewis")
    assert page.enquiries.total == "Fewer than 5"
    assert all(bar.width == 0 for bar in page.enquiries.bars)
    assert {line.ours for line in page.shares} <= {"Too few to say", "None"}


def test_nobody_sees_another_agencys(hub):
    lewis = hub.staff["lewis"]
    assert may_see_mirror(lewis, hub.agencies["police"])
    assert not may_see_mirror(lewis, hub.agencies["health"])
    assert not may_see_mirror(PUBLIC, hub.agencies["police"])


def test_quality_is_told_by_facts_alone(hub):
    (bare,) = arrives(hub, "police", 1, impact="", childs_words="", history="")
    found = of_one(bare)
    assert {"What it does to them", "What the child says, or the adult wishes", "Earlier concerns"} <= set(
        found.missing
    )
    assert "recording" in found.training
    assert found.there + len(found.missing) == found.of == len(FACTS)
    assert of_many([bare]) == {bare.pk: found}
    (good,) = arrives(hub, "health", 1, impact="She does not sleep", childs_words="I hide", history="Twice in 2024")
    assert not {"What it does to them", "What the child says, or the adult wishes", "Earlier concerns"} & set(
        of_one(good).missing
    )


def test_the_page_is_for_agencies(client, hub):
    arrives(hub, "police", 12)
    client.force_login(hub.staff["lewis"])
    page = client.get("/mirror/").text
    assert "in the mirror" in page and "All others" in page
    client.force_login(hub.staff["nina"])
    assert client.get("/mirror/").status_code == 404
