"""The other doors for machines: cases, notifications, requests and releases, each with its policies and its ledger."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openmash.audit.models import LedgerEvent
from openmash.disclosure.tests.world import World, build
from openmash.feeds import loading as feeds
from openmash.feeds.actions import agree
from openmash.feeds.models import Load
from openmash.gathering import actions as gathering
from openmash.gathering.given import Asked
from openmash.gathering.models import Answer, Request
from openmash.gathering.shelf import RETURNS
from openmash.gathering.tests.conftest import ready, received, triaged  # noqa: F401 - fixtures
from openmash.intelligence import actions as intelligence
from openmash.notifications import loading as notifications
from openmash.notifications.models import File, Notification, Repair

pytestmark = pytest.mark.django_db

CASE = {"number": "C-771", "given": "Perrin", "family": "Oldacre", "born_on": "2017-04-09", "case_status": "CPP",
        "team": "North Wend assessment team", "worker": "Amit Desai", "since": "2026-03-02"}  # fmt: skip
NOTICE = {"reference": "VW9001", "happened_on": "2026-10-03", "grade": "amber", "what": "Domestic",
          "words": "He blocked the door.",
          "people": [{"role": "child", "given": "Perrin", "family": "Oldacre"},
                     {"role": "suspect", "given": "Karl", "family": "Oldacre"}]}  # fmt: skip


# -- how cases stand ----------------------------------------------------------------------------------------------


def test_cases_are_read_by_the_loader_of_feeds_and_say_how_they_fared(let_in, hub):
    agree(hub.agencies["childrens-social-care"], by=hub.staff["nina"], area=hub.areas["wend-valley"],
          sends_events=False)  # fmt: skip
    council = let_in("childrens-social-care", "cases", name="Case system")
    sent = {"cases": [CASE, CASE | {"number": "C-772", "case_status": "on a boat"}]}
    answer = council.post("/cases", sent, "c-1")
    assert answer.status_code == 202, answer.content
    path = answer.json()["path"].removeprefix("/api/v1")
    assert council.get(path).json()["state"] == "waiting"
    load = feeds.read(Load.objects.get())
    assert (load.sent_by, load.format) == (council.user, "open_cases")
    read = council.get(path).json()
    assert (read["state"], read["added"], len(read["refused"])) == ("done", 1, 1)
    assert read["refused"][0] == {"row": 3, "is_whole_row": True,
                                  "because": "“case_status” must be one of open, assessment, cin, cp, looked_after, "
                                             "early_help, closed"}  # fmt: skip
    assert council.post("/cases", sent, "c-1").json() == answer.json()
    assert Load.objects.count() == 1
    assert let_in("police", "cases", name="Other").get(path).status_code == 404


def test_cases_without_an_agreed_feed_are_refused_in_words(let_in):
    answer = let_in("police", "cases").post("/cases", {"cases": [CASE]}, "c-1")
    assert (answer.status_code, answer.json()["detail"]) == (409, "No feed is agreed with your agency in this area.")


# -- notifications ------------------------------------------------------------------------------------------------


def test_notifications_come_to_the_evaluators_and_what_cannot_be_read_is_kept(let_in):
    police = let_in("police", "notifications", name="Niche")
    sent = {"kind": "ViST", "notifications": [NOTICE, NOTICE | {"reference": "VW9002", "happened_on": "yesterday"}]}
    answer = police.post("/notifications", sent, "n-1")
    assert answer.status_code == 202, answer.content
    notifications.read(File.objects.get())
    notice = Notification.objects.get()
    assert (notice.reference, notice.grade, notice.subjects.count()) == ("VW9001", "amber", 2)
    assert Repair.objects.count() == 2, "a row for each person of the one that could not be read"
    path = answer.json()["path"].removeprefix("/api/v1")
    assert police.get(path).json() | {"number": 0} == {"number": 0, "state": "done", "because": "", "total": 4,
                                                       "loaded": 1, "repeated": 0, "repairs": 2}  # fmt: skip
    assert let_in("police", "notifications", name="Athena").get(path).status_code == 404


# -- requests -----------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(hub, ready) -> Request:  # noqa: F811
    enquiry = ready("amber", now=timezone.now() - timedelta(hours=2))
    because = "They may hold what bears on it."
    return gathering.ask(enquiry, by=hub.staff["hannah"], agencies=[Asked(hub.agencies["probation"], because)])[0]


def an_answer(request: Request, **more) -> dict:
    systems = {system.key: "known" for system in RETURNS.get("probation").systems}
    item = {"words": "On a community order since March.", "prompt": RETURNS.get("probation").prompts[0].key,
            "people": [request.people[0]], "nature": "fact", "dependable": "1", "known_how": "A", "handling": "P",
            "sensitivity": "S"}  # fmt: skip
    return {"rating": "red", "systems": systems, "items": [item]} | more


def test_a_request_is_listed_opened_and_answered_into_the_sealed_room(let_in, hub, asked):
    probation = let_in("probation", "requests", name="nDelius")
    assert [one["token"] for one in probation.get("/requests").json()["requests"]] == [str(asked.token)]
    opened = probation.get(f"/requests/{asked.token}").json()
    assert opened["wording"] == asked.wording and opened["people"] and opened["systems"]
    assert LedgerEvent.objects.filter(event="request.opened", actor=probation.user.pk).exists()
    answer = probation.post(f"/requests/{asked.token}/answer", an_answer(asked), "a-1")
    assert answer.status_code == 201, answer.content
    assert Answer.objects.get().by == probation.user
    said = intelligence.read(asked.enquiry, by=hub.staff["hannah"])
    assert [(one.words, one.agency_key) for one in said] == [("On a community order since March.", "probation")]
    assert probation.post(f"/requests/{asked.token}/answer", an_answer(asked), "a-1").json() == answer.json()
    assert Answer.objects.count() == 1
    assert probation.get("/requests").json()["requests"] == []


def test_nothing_known_is_an_answer(let_in, asked):
    systems = {system.key: "not_known" for system in RETURNS.get("probation").systems}
    sent = {"is_nothing_known": True, "systems": systems}
    assert let_in("probation", "requests").post(f"/requests/{asked.token}/answer", sent, "a-1").status_code == 201
    assert Answer.objects.get().is_nothing_known


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"systems": {}}, "systems"),
        ({"rating": ""}, "rating"),
        ({"items": []}, "items"),
        ({"is_nothing_known": True}, "is_nothing_known"),
    ],
)
def test_an_answer_that_does_not_fit_its_request_is_told_by_its_field(let_in, asked, change, field):
    answer = let_in("probation", "requests").post(f"/requests/{asked.token}/answer", an_answer(asked, **change), "a")
    assert answer.status_code == 422
    assert field in [one["field"] for one in answer.json()["errors"]]
    assert not Answer.objects.exists()


def test_an_item_is_about_the_requests_own_people(let_in, asked):
    sent = an_answer(asked)
    sent["items"][0]["people"] = [asked.people[0] + 100_000]
    answer = let_in("probation", "requests").post(f"/requests/{asked.token}/answer", sent, "a-1")
    assert [one["field"] for one in answer.json()["errors"]] == ["items.0.people"]


def test_another_agencys_request_looks_like_none(let_in, asked):
    housing = let_in("housing", "requests")
    nothing = housing.get("/requests/7b1c6f0e-1d1c-4c1e-9f5a-2f6f0e1d1c4c")
    assert housing.get("/requests").json()["requests"] == []
    for answer in (housing.get(f"/requests/{asked.token}"),
                   housing.post(f"/requests/{asked.token}/answer", an_answer(asked), "a-1"),
                   let_in("probation", "requests", area="harrowmouth").get(f"/requests/{asked.token}")):  # fmt: skip
        assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content) and (
            answer.status_code == 404
        )
    assert LedgerEvent.objects.filter(event="request.looked-up", outcome=LedgerEvent.REFUSED).exists()


# -- releases -----------------------------------------------------------------------------------------------------


def test_a_release_is_opened_read_and_acknowledged(let_in, hub):
    world: World = build(hub)
    team = hub.teams["north-wend-assessment"]
    council = let_in("childrens-social-care", "releases", team=team, name="Case system")
    release = world.released("health", recipient=council.user.pk)
    path = f"/releases/{release.token}"
    assert [one["state"] for one in council.get("/releases").json()["releases"]] == ["new"]
    before = council.get(path).json()
    assert before["text"] == "" and before["rules"]
    assert "canary-health" in council.post(f"{path}/open").json()["text"]
    assert council.post(f"{path}/acknowledge").json()["state"] == "acknowledged"
    assert council.post(f"{path}/acknowledge").json()["state"] == "acknowledged"
    assert LedgerEvent.objects.filter(event="release.read", actor=council.user.pk).exists()
    other = let_in("childrens-social-care", "releases", team=team, name="Data warehouse")
    assert other.get(path).status_code == other.post(f"{path}/open").status_code == 404


def test_what_was_recalled_is_not_read_any_more(let_in, hub):
    from openmash.disclosure import actions

    world: World = build(hub)
    council = let_in("childrens-social-care", "releases", team=hub.teams["north-wend-assessment"])
    release = world.released("health", recipient=council.user.pk)
    path = f"/releases/{release.token}"
    council.post(f"{path}/open")
    actions.recall(release, by=world.hannah, because="The wrong child.")
    assert council.get(path).json()["text"] == "" and council.get(path).json()["state"] == "recalled"
    assert council.post(f"{path}/acknowledge").status_code == 409
    assert council.post(f"{path}/stopped").json()["state"] == "stopped"
