"""Every agency's return is complete, and can be answered in plain words."""

import re
from importlib import import_module

import pytest

from openmash.gathering.shelf import KINDS, RETURNS, Return

SLUG_LENGTH = 50
NAME_LENGTH = 120
NOT_OUR_STYLE = ("please", "e.g.", "i.e.", "etc", "and/or", "'")

every_return = pytest.mark.parametrize("form", RETURNS.all(), ids=lambda form: form.key)


def words_of(form: Return) -> list[str]:
    prompts = [words for prompt in form.prompts for words in (prompt.label, prompt.hint)]
    return [form.name, form.asks, *(system.name for system in form.systems), *prompts]


def test_the_ten_agencies_of_seed_003_come_first_then_three_of_seed_000() -> None:
    assert [form.key for form in RETURNS.all()] == [
        "police",
        "health",
        "education",
        "childrens_social_care",
        "probation",
        "youth_offending",
        "camhs",
        "early_years_and_families",
        "adult_mental_health",
        "cafcass",
        "housing",
        "adult_social_care",
        "idva",
    ]


def test_no_two_returns_have_the_same_name_or_place() -> None:
    forms = RETURNS.all()
    assert len({form.name for form in forms}) == len(forms)
    assert len({form.order for form in forms}) == len(forms)


def test_every_kind_of_the_chronology_is_asked_for_somewhere() -> None:
    assert {prompt.kind for form in RETURNS.all() for prompt in form.prompts} == set(KINDS)


@every_return
def test_it_asks_in_one_sentence_what_to_look_for(form: Return) -> None:
    assert form.asks.startswith("Look for ")
    assert form.asks.endswith(".")
    assert form.asks.count(".") == 1
    assert len(form.asks) <= 250


@every_return
def test_it_lists_the_agencys_own_systems_once_each(form: Return) -> None:
    assert len(form.systems) >= 4
    assert len({system.key for system in form.systems}) == len(form.systems)
    assert len({system.name for system in form.systems}) == len(form.systems)
    assert all(len(system.name) <= NAME_LENGTH for system in form.systems)


@every_return
def test_it_has_four_to_eight_prompts_once_each(form: Return) -> None:
    assert 4 <= len(form.prompts) <= 8
    assert len({prompt.key for prompt in form.prompts}) == len(form.prompts)
    assert len({prompt.label for prompt in form.prompts}) == len(form.prompts)


@every_return
def test_every_prompt_is_a_short_heading_with_a_hint_and_a_known_kind(form: Return) -> None:
    for prompt in form.prompts:
        assert prompt.kind in KINDS, prompt
        assert 0 < len(prompt.label) <= 45, prompt
        assert not prompt.label.endswith("."), prompt
        assert prompt.hint.endswith("."), prompt
        assert len(prompt.hint) <= 120, prompt


@every_return
def test_every_key_can_be_kept_in_a_slug(form: Return) -> None:
    keys = [form.key, *(system.key for system in form.systems), *(prompt.key for prompt in form.prompts)]
    for key in keys:
        assert re.fullmatch(r"[a-z]([a-z_]*[a-z])?", key), key
        assert len(key) <= SLUG_LENGTH, key


@every_return
def test_its_words_are_in_the_house_style(form: Return) -> None:
    for words in words_of(form):
        assert words[0].isupper(), words
        assert words == " ".join(words.split()), words
        assert not [fault for fault in NOT_OUR_STYLE if fault in words.lower()], words


@every_return
def test_it_stands_in_a_file_of_its_own_name(form: Return) -> None:
    assert import_module(f"openmash.gathering.returns.{form.key}").RETURN is form
