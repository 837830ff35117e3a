"""What comes from outside is text: nothing of ours makes an object of it by itself (ASVS V1.5.2)."""

import ast
import json

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing

from openmash.settings import ROOT

# What makes objects, runs code or opens files because a text says so.
MAKES_OBJECTS = {"pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "yaml", "xmlrpc"}
READS_XML = {"xml", "lxml"}
RUNS = {"eval", "exec", "compile", "__import__"}


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def called(tree: ast.AST) -> set[str]:
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def test_nothing_of_ours_makes_objects_of_a_text_or_runs_it():
    files = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]
    trees = {path: ast.parse(path.read_text()) for path in files}
    assert len(trees) > 400
    assert [str(path) for path, tree in trees.items() if imported(tree) & (MAKES_OBJECTS | READS_XML)] == []
    assert [str(path) for path, tree in trees.items() if called(tree) & RUNS] == []


def test_it_would_be_found():
    tree = ast.parse("import xml.etree.ElementTree\nfrom pickle import loads\neval(x)\nrow.compile()")
    assert imported(tree) == {"xml", "pickle"} and called(tree) == {"eval"}


@pytest.mark.django_db
def test_a_session_is_json_under_our_signature_and_another_is_nobodys(hub, client):
    client.force_login(hub.staff["ruth"], backend="allauth.account.auth_backends.AuthenticationBackend")
    row = Session.objects.get()
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    kept = signing.loads(row.session_data, salt="django.contrib.sessions.SessionStore")
    assert json.loads(json.dumps(kept)) == kept and kept["_auth_user_id"] == str(hub.staff["ruth"].pk)
    assert client.get("/queue/").status_code == 200
    Session.objects.update(session_data=f"x{row.session_data}")
    assert client.get("/queue/").status_code == 302, "no longer signed in"
