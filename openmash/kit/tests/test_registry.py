"""A shelf finds what stands in its folder, and nothing has to be listed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from openmash.kit.registry import Shelf

HEAD = "from openmash.kit.tests.test_registry import Tool\n"


@dataclass(frozen=True)
class Tool:
    key: str
    order: int = 0
    retired: bool = False


Build = Callable[..., Shelf[Tool]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Writes a package with these modules and puts a shelf on it."""
    package = f"tools_{tmp_path.name}"

    def _build(**modules: str) -> Shelf[Tool]:
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(HEAD + dedent(text))
        monkeypatch.syspath_prepend(tmp_path)
        return Shelf[Tool](package, "TOOL")

    return _build


def test_everything_in_the_folder_is_on_the_shelf_in_order_then_by_key(build: Build) -> None:
    shelf = build(
        a='TOOL = Tool("saw", order=2)',
        b='TOOL = Tool("hammer", order=2)',
        c='TOOL = Tool("awl", order=3)',
        d='TOOL = Tool("spade", order=1)',
    )
    assert [tool.key for tool in shelf.all()] == ["spade", "hammer", "saw", "awl"]


def test_a_retired_thing_is_kept_but_not_offered(build: Build) -> None:
    shelf = build(a='TOOL = Tool("saw")', b='TOOL = Tool("adze", retired=True)')
    assert [tool.key for tool in shelf.all()] == ["saw"]
    assert shelf.get("adze").retired


def test_an_unknown_key_names_the_known_ones(build: Build) -> None:
    shelf = build(a='TOOL = Tool("saw")', b='TOOL = Tool("awl")')
    with pytest.raises(KeyError, match="no TOOL with the key 'axe'; it has awl, saw"):
        shelf.get("axe")


def test_the_same_key_twice_is_refused(build: Build) -> None:
    shelf = build(a='TOOL = Tool("saw")', b='TOOL = Tool("saw")')
    with pytest.raises(ValueError, match=r"\.b uses the key 'saw', which is taken"):
        shelf.all()


def test_a_module_that_defines_nothing_is_refused(build: Build) -> None:
    shelf = build(a="SAW = Tool('saw')")
    with pytest.raises(ValueError, match=r"\.a has to define TOOL"):
        shelf.all()


def test_nothing_is_read_until_something_is_asked(build: Build) -> None:
    shelf = build(a="raise RuntimeError('read when asked')")
    with pytest.raises(RuntimeError, match="read when asked"):
        shelf.all()


def test_what_was_read_is_kept(build: Build) -> None:
    shelf = build(a='TOOL = Tool("saw")')
    assert shelf.get("saw") is shelf.all()[0]


def test_a_folder_of_tests_beside_the_modules_is_left_alone(build: Build, tmp_path: Path) -> None:
    shelf = build(a='TOOL = Tool("saw")')
    tests = tmp_path / shelf.package / "tests"
    tests.mkdir()
    (tests / "__init__.py").write_text("raise RuntimeError('read')")
    assert [tool.key for tool in shelf.all()] == ["saw"]


def test_an_empty_shelf_is_empty(build: Build) -> None:
    assert build().all() == ()
