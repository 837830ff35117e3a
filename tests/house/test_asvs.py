"""What openmash says of ASVS is shown by tests that exist, and what no test shows is said."""

import ast
from functools import cache

import pytest

from openmash.desk.asvs import ITEMS
from openmash.settings import ROOT


def test_there_are_forty_and_each_says_what_is_left():
    assert len(ITEMS) == 40
    for item in ITEMS:
        assert item.tests or item.rest.startswith(("Not tested: ", "Not claimed: ")), item.promise
        assert len(set(item.tests)) == len(item.tests), item.promise


@pytest.mark.parametrize("named", sorted({test for item in ITEMS for test in item.tests}))
def test_every_test_that_is_named_exists(named):
    path, _, name = named.partition("::")
    assert name in names_in(path), f"{named} was renamed or removed: see openmash/desk/asvs.py"


def test_a_test_that_does_not_exist_is_found():
    assert "test_there_is_no_such_test" not in names_in("tests/house/test_asvs.py")
    assert "TestVerifying::test_clean_incomplete_tampered_and_recovered" in names_in(
        "openmash/audit/tests/test_anchors.py"
    )


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file by name, those of a class as "class::test"; none when there is no such file."""
    file = ROOT.parent / path
    tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    within = {f"{one.name}::{node.name}" for one in classes for node in one.body if isinstance(node, ast.FunctionDef)}
    return frozenset(own | within)
