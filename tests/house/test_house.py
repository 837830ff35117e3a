"""What the house promises of itself: rules that no reviewer need remember."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from openmash.agencies.roles import ROLES, Permission
from openmash.audit.action import DEEDS
from openmash.desk.reference import whole_house
from openmash.desk.routes import routes
from openmash.disclosure.workflow import RELEASE
from openmash.enquiries.workflow import DESKS, JOURNEY, STATUS_WORDS, STATUSES
from openmash.settings import ROOT

whole_house()
FILES = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts and "tests" not in path.parts]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("openmash.")]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    ("thing", "place"), [("enquiry", "enquiries/actions.py"), ("release", "disclosure/writing.py")]
)
def test_exactly_one_place_writes_a_status(thing, place):
    writes = [
        f"{short(path)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(rf"\b{thing}\.status\s*=[^=]", line)
    ]
    assert len(writes) == 1, writes
    assert writes[0].startswith(place)


def test_no_status_is_written_past_its_one_place():
    """Neither by a query's update nor by a name; the county and the tables of moves write none either."""
    for path in FILES:
        for line in path.read_text().splitlines():
            assert not re.search(r"\.update\([^)]*\bstatus=|setattr\([^)]*[\"']status[\"']", line), short(path)


@pytest.mark.parametrize("workflow", [JOURNEY, RELEASE], ids=["journey", "release"])
def test_every_status_is_reachable_and_leavable_or_final(workflow):
    reachable = {workflow.initial} | {target for _, target in workflow.pairs()}
    assert reachable == set(workflow.statuses)
    leavable = {source for source, _ in workflow.pairs()}
    assert set(workflow.statuses) - leavable <= set(workflow.final)


def test_every_status_has_words_and_a_desk():
    assert set(STATUS_WORDS) == set(STATUSES) == set(DESKS)


def test_every_permission_is_held_and_every_role_is_described():
    held = {permission for role in ROLES.values() for permission in role.may}
    assert held == set(Permission)
    for role in ROLES.values():
        assert role.does.endswith(".") and role.never.endswith(".") and role.name, role.key


def test_nobody_holds_both_cases_and_settings():
    assert ROLES["system_administrator"].may == {Permission.MANAGE_USERS}


def test_every_act_has_its_own_event_in_the_right_form():
    events = [deed.event for deed in DEEDS.values()]
    assert len(events) == len(set(events)), sorted(event for event in events if events.count(event) > 1)
    for event in events:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", event), event


# Beside `actions.py`, and `readings.py` for looks: an act whose file is one idea of its own, and the looks of the desk.
FILES_OF_ACTS = {
    "actions",
    "agencies.agreements",
    "agencies.granting",
    "agencies.held_back",
    "agencies.organisations",
    "agencies.systems",
    "readings",
    "enquiries.drafts",
    "enquiries.submitted",
    "enquiries.known",
    "records.answering",
    "records.request_readings",
    "gathering.answering",
    "people.protecting",
    "people.safe_contact",
    "people.risks",
    "people.tying",
    "desk.enquiry",
    "desk.hand_over",
    "desk.information_record",
    "desk.ledger",
    "desk.on_paper",
    "desk.search",
}


def test_every_act_stands_in_a_file_of_acts():
    for deed in DEEDS.values():
        module = deed.name.rpartition(".")[0].removeprefix("openmash.")
        assert module in FILES_OF_ACTS or module.rpartition(".")[2] in FILES_OF_ACTS, deed.name
        if module.startswith("desk.") or module.endswith(".readings"):
            assert deed.is_reading, f"{deed.name}: a look changes nothing"


def test_every_act_asks_a_policy_that_says_who_may():
    for deed in DEEDS.values():
        assert re.search(r"\.(policies|checks|doors|queries)\.|\.may_|\.is_", deed.policy), deed.name
        assert deed.policy.rpartition(".")[2].startswith(("may_", "is_")), deed


def test_only_the_sealed_room_and_the_airlock_touch_its_tables():
    for path in FILES:
        room = path.relative_to(ROOT).parts[0]
        if room not in ("intelligence", "disclosure"):
            assert "intelligence.models" not in _imports(path), short(path)


def _imports(path: Path) -> str:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return "\n".join(found).replace("openmash.", "")


def test_the_sealed_room_has_exactly_its_three_doors():
    doors = {deed.name.rpartition(".")[2] for deed in DEEDS.values() if ".intelligence." in deed.name}
    assert doors == {"deposit", "read", "count"}


def test_a_page_is_rendered_through_the_one_helper():
    for path in FILES:
        room = path.relative_to(ROOT).parts[0]
        if room != "design":
            assert not re.search(r"\brender\(request|render_to_string|TemplateResponse", path.read_text()), short(path)


def test_every_route_says_who_it_is_for_and_what_is_asked_of_them():
    assert [route.path for route in routes() if not route.audience] == []
    assert [route.path for route in routes() if route.audience != "Anyone" and not route.policy] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classed_by_privacy(model):
    privacy = model.Privacy
    classed: list[str] = []
    for kind in ("personal", "special", "sealed", "plain"):
        fields = getattr(privacy, kind, ())
        if fields == "*":
            return
        classed += fields
    own = {field.name for field in model._meta.get_fields() if _is_own(field)}
    assert len(classed) == len(set(classed)), "classed twice"
    assert set(classed) == own
    assert privacy.keep


def _is_own(field) -> bool:
    return isinstance(field, models.Field) and not field.primary_key and not field.many_to_many


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_is_deleted_by_cascade(model):
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT, field.name


def test_nobody_writes_outside_acts():
    """Rows are made and changed by acts and by what acts leave behind; never in views, queries or policies."""
    for path in FILES:
        if path.name in ("views.py", "queries.py", "policies.py", "forms.py", "chronology.py"):
            text = path.read_text()
            assert not re.search(r"\.save\(|\.objects\.create\(|\.bulk_create\(|\.delete\(\)", text), short(path)


def test_who_is_posted_where_today_is_asked_in_one_place():
    """A posting that has ended stays in the history: whoever asks by themselves finds those who have moved on."""
    asking = [short(path) for path in FILES if re.search(r"postings__(role|team)", path.read_text())]
    assert asking == [], "Ask agencies.queries: holders, posted or on_team"


def test_no_room_has_a_name_that_cannot_say_no():
    forbidden = {"utils", "helpers", "common", "core", "services", "manager", "managers"}
    names = {path.stem for path in ROOT.rglob("*") if path.suffix in ("", ".py") and "static" not in path.parts}
    assert not names & forbidden
