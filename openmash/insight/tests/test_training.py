"""What training would help, by agency and topic: nobody small can be told apart (M112)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from openmash.audit.actors import PUBLIC
from openmash.enquiries.actions import receive
from openmash.enquiries.tests.test_actions import given
from openmash.insight.tests.test_mirror import NOON, SINCE, arrives
from openmash.insight.training import training

pytestmark = pytest.mark.django_db


def test_each_agency_has_its_line_and_the_topics_their_chart(hub):
    arrives(hub, "police", 12, impact="", family_agrees="")
    arrives(hub, "health", 2, impact="")
    page = training(by=hub.staff["saul"], since=SINCE)
    lines = {line.agency: dict(zip(page.topics, line.figures, strict=True)) for line in page.lines}
    assert lines[hub.agencies["police"].name]["Neglect"] == "0"
    assert lines[hub.agencies["health"].name]["Recording a concern"] == "Fewer than 5"
    assert lines[hub.agencies["police"].name]["Recording a concern"] == "Not shown", "the column would give it away"
    assert {bar.label: bar.shown for bar in page.together}["Recording a concern"] == "14"


def test_it_is_of_the_last_year_and_of_ones_own_areas(hub):
    arrives(hub, "police", 12, impact="")
    assert training(by=hub.staff["shabana"], since=SINCE).lines == ()
    assert training(by=hub.staff["ruth"], since=NOON + timedelta(days=1)).lines == ()
    assert len(training(by=hub.staff["ruth"], since=SINCE).lines) == 1


def test_what_the_public_leaves_out_is_nobodys(hub):
    facts = given()
    facts = replace(facts, referrer=replace(facts.referrer, agency_key="", kind="public"))
    receive(hub.areas["wend-valley"], by=PUBLIC, now=NOON, given=facts, key="public")
    assert training(by=hub.staff["ruth"], since=SINCE).lines == ()


def test_the_page_is_for_those_who_count_and_decide(client, hub):
    for who, status in (("saul", 200), ("ruth", 200), ("hannah", 404), ("lewis", 404)):
        client.force_login(hub.staff[who])
        assert client.get("/training/").status_code == status, who
