"""The family diagram: whatever is told is drawn, nobody stands on anybody, and the words say the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.design.pictures import Picture
from openmash.design.pictures.family import Couple, FamilyPerson, OtherTie, ParentOf, family_diagram
from openmash.design.pictures.ink import clean
from openmash.design.pictures.tests.drawing import SVG, beyond, box, boxes, canvas, names, overlapping, tree, written

NASTY = "<script>alert(\"1\")</script> & 'Bell'"
words = st.one_of(st.just(NASTY), st.text(max_size=40), st.sampled_from(["Amara Bell", "Jo", "A" * 200]))
keys = st.integers(0, 13).map(lambda number: f"k{number}")
ages = st.one_of(st.integers(0, 99).map(str), st.sampled_from(["", "7 months", "died 2019", "due 3 May 2026", "0"]))
persons = st.builds(
    FamilyPerson,
    key=keys,
    name=words,
    sex=st.sampled_from("MFUX"),
    detail=words,
    age_label=ages,
    unborn=st.booleans(),
    deceased=st.booleans(),
    focus=st.booleans(),
    household=st.sampled_from([None, "h1", "h2", "h3", ""]),
    marks=st.lists(words, max_size=6).map(tuple),
    url=st.sampled_from([None, "/people/1", "javascript:alert(1)", "//elsewhere.example"]),
)
couples = st.builds(Couple, keys, keys, st.sampled_from(["together", "separated", "divorced", "ex"]), words)
parents = st.builds(ParentOf, keys, keys, st.sampled_from(["birth", "step", "adoptive", "foster", "unknown"]))
ties = st.builds(OtherTie, keys, keys, words)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(persons, max_size=14),
    st.lists(couples, max_size=12),
    st.lists(parents, max_size=20),
    st.lists(ties, max_size=5),
    st.dictionaries(st.sampled_from(["h1", "h2", "h9"]), words),
)
def test_any_family_is_drawn_whole_and_apart(
    people: list[FamilyPerson],
    pairs: list[Couple],
    begetting: list[ParentOf],
    others: list[OtherTie],
    homes: dict[str, str],
) -> None:
    picture = family_diagram(people, pairs, begetting, others, homes)
    drawn = boxes(picture)
    first = {person.key: person for person in reversed(people)}
    assert drawn.keys() == first.keys()
    assert overlapping(list(drawn.values())) == []
    assert beyond(list(drawn.values()), canvas(picture)) == []
    told = " ".join(picture.text)
    assert [person.name for person in first.values() if clean(person.name) not in told] == []
    assert names(tree(picture)).isdisjoint({"script", "style", "foreignObject"})
    assert "style=" not in re.sub(r'"[^"]*"', "", picture.svg)
    assert {link.get("href") for link in tree(picture).iter(f"{SVG}a")} <= {"/people/1"}


def person(key: str, age: str = "", sex: str = "F", **more: object) -> FamilyPerson:
    return FamilyPerson(key, key.title(), sex, age_label=age, **more)


def row(picture: Picture, *wanted: str) -> list[float]:
    """The height of the middle of each of the symbols asked for."""
    found = boxes(picture)
    return [round((found[key][1] + found[key][3]) / 2) for key in wanted]


def places(picture: Picture, *wanted: str) -> list[str]:
    """The keys asked for from left to right."""
    found = boxes(picture)
    return sorted(wanted, key=lambda key: found[key][0])


HALF_SIBLINGS = family_diagram(
    [
        person("gran", "61", household="h2"),
        person("mum", "34", household="h1"),
        person("dad", "36", "M"),
        person("steve", "29", "M", household="h1"),
        person("lodger", "41", "M", household="h1"),
        person("leo", "10", "M", household="h1"),
        person("tia", "12", household="h1"),
        person("zed", "3", "M", household="h1", focus=True, marks=("Plan",)),
        person("one", "due May", "U", unborn=True, household="h1"),
        person("two", "due May", "U", unborn=True, household="h1"),
        person("stranger", "50", "U"),
    ],
    [Couple("mum", "dad", "separated", "2021"), Couple("mum", "steve")],
    [
        *(ParentOf(parent, child) for child in ("tia", "leo") for parent in ("mum", "dad")),
        *(ParentOf(parent, child) for child in ("zed", "one", "two") for parent in ("mum", "steve")),
        ParentOf("gran", "mum"),
    ],
    [],
    {"h1": "12 Elm Road", "h2": "4 Mill Lane"},
)


def test_generations_stand_in_rows() -> None:
    gran, mum, dad, child = row(HALF_SIBLINGS, "gran", "mum", "dad", "tia")
    assert gran < mum == dad < child
    assert len(set(row(HALF_SIBLINGS, "tia", "leo", "zed"))) == 1


def test_half_siblings_stand_by_age_with_the_unborn_last() -> None:
    children = places(HALF_SIBLINGS, "tia", "leo", "zed", "one", "two")
    assert children[:3] == ["tia", "leo", "zed"]
    assert set(children[3:]) == {"one", "two"}


def test_the_mother_stands_between_the_two_fathers() -> None:
    assert places(HALF_SIBLINGS, "mum", "dad", "steve") == ["dad", "mum", "steve"]


def test_the_lodger_stands_with_the_adults_of_the_household() -> None:
    assert row(HALF_SIBLINGS, "lodger") == row(HALF_SIBLINGS, "mum")


def test_who_has_no_tie_stands_in_a_row_below() -> None:
    assert row(HALF_SIBLINGS, "stranger") > row(HALF_SIBLINGS, "tia")
    assert "No known tie to anybody else here" in written(HALF_SIBLINGS)


def test_a_household_line_encloses_its_members_and_nobody_else() -> None:
    outlines = [part for part in tree(HALF_SIBLINGS).iter(f"{SVG}polygon") if part.get("class", "").endswith("__home")]
    found = boxes(HALF_SIBLINGS)
    at_home = {"mum", "steve", "lodger", "leo", "tia", "zed", "one", "two"}
    enclosed = {key for key, symbol in found.items() if any(_inside(outline, symbol) for outline in outlines)}
    assert enclosed == {*at_home, "gran"}
    assert all(part.get("stroke-dasharray") for part in outlines)


def _inside(outline, symbol) -> bool:
    """Whether the middle of a symbol lies within a polygon (counting how often a ray to the left crosses it)."""
    x, y = (symbol[0] + symbol[2]) / 2, (symbol[1] + symbol[3]) / 2
    points = [tuple(map(float, point.split(","))) for point in outline.attrib["points"].split()]
    crossed = 0
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        crossed += (y1 > y) != (y2 > y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) < x
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (person("p", sex="M"), "rect"),
        (person("p", sex="F"), "circle"),
        (person("p", sex="U"), "polygon"),
        (person("p", sex="F", unborn=True), "polygon"),
    ],
)
def test_shapes(told: FamilyPerson, name: str) -> None:
    symbols = [part for part in tree(family_diagram([told])).iter() if part.get("class") == "openmash-picture__symbol"]
    assert [part.tag for part in symbols] == [f"{SVG}{name}"]


def test_unborn_is_a_triangle_and_unknown_a_diamond() -> None:
    corners = []
    for told in (person("p", sex="U", unborn=True), person("p", sex="U")):
        symbols = tree(family_diagram([told])).iter(f"{SVG}polygon")
        symbol = next(part for part in symbols if part.get("class") == "openmash-picture__symbol")
        corners.append(len(symbol.attrib["points"].split()))
    assert corners == [3, 4]


def test_focus_has_a_double_outline_and_death_a_cross() -> None:
    alone, focus, dead = (person("p", sex="M", focus=f, deceased=d) for f, d in ((0, 0), (1, 0), (0, 1)))
    counted = [_strokes(family_diagram([told])) for told in (alone, focus, dead)]
    assert counted == [(1, 0), (2, 0), (1, 2)]


def _strokes(picture: Picture) -> tuple[int, int]:
    drawn = next(part for part in tree(picture).iter(f"{SVG}g") if part.get("data-key"))
    return len([p for p in drawn if p.tag == f"{SVG}rect"]), len([p for p in drawn if p.tag == f"{SVG}polyline"])


@pytest.mark.parametrize(
    ("kind", "said", "meaning"),
    [
        ("together", "are partners", "partners"),
        ("separated", "are separated", "separated"),
        ("divorced", "are divorced", "divorced"),
        ("ex", "are former partners", "former partners"),
    ],
)
def test_couples_are_told_and_explained(kind: str, said: str, meaning: str) -> None:
    picture = family_diagram([person("ann", "34"), person("bob", "36", "M")], [Couple("ann", "bob", kind, "2019")])
    assert f"Ann (34) and Bob (36) {said} (2019)." in picture.text
    assert meaning in written(picture)


def test_words_for_parents_households_and_ties() -> None:
    told = HALF_SIBLINGS.text
    assert "Mum (34) and Dad (36) are separated (2021). They are the parents of Tia (12) and Leo (10)." in told
    assert "Gran (61) is a parent of Mum (34)." in told
    assert "4 Mill Lane: Gran (61) lives here." in told
    assert "No known tie to anybody else here: Stranger (50)." in told
    assert "Zed (3), male. Marked: Plan. This picture is about them." in told


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("step", "Ann is a step-parent of Kim."),
        ("adoptive", "Ann is an adoptive parent of Kim."),
        ("foster", "Ann is a foster parent of Kim."),
        ("unknown", "Ann is a parent of Kim (not recorded whether by birth)."),
    ],
)
def test_kinds_of_parents(kind: str, sentence: str) -> None:
    picture = family_diagram([person("ann"), person("kim")], [], [ParentOf("ann", "kim", kind)])
    assert sentence in picture.text
    assert row(picture, "ann") < row(picture, "kim")


def test_a_circle_of_parents_is_told_as_a_tie() -> None:
    circle = [ParentOf("a", "b"), ParentOf("b", "a")]
    picture = family_diagram([person("a"), person("b")], [], circle)
    assert "parent and child" in written(picture)
    assert {"A is a parent of B.", "B is a parent of A."} <= set(picture.text)


def test_a_grandmother_who_fosters_stands_two_rows_up() -> None:
    parents = [ParentOf("gran", "mum"), ParentOf("mum", "kim"), ParentOf("gran", "kim", "foster")]
    picture = family_diagram([person("kim"), person("mum"), person("gran")], [], parents)
    gran, mum, kim = row(picture, "gran", "mum", "kim")
    assert gran < mum < kim
    assert "foster" in written(picture)


def test_a_year_of_death_is_not_an_age() -> None:
    people = [person("mum", "34"), person("kid", "8"), person("ray", "died 2019", "M", deceased=True), person("gran")]
    people.append(person("sam", "20", "M", household="h"))
    people[0] = person("mum", "34", household="h")
    pairs, parents = [Couple("ray", "gran")], [ParentOf("gran", "mum"), ParentOf("ray", "mum"), ParentOf("mum", "kid")]
    picture = family_diagram(people, pairs, parents, [], {"h": "Home"})
    assert row(picture, "sam") in (row(picture, "mum"), row(picture, "kid"))


def test_ties_to_people_who_are_not_there_are_left_out() -> None:
    picture = family_diagram([person("a")], [Couple("a", "ghost")], [ParentOf("ghost", "a")], [OtherTie("a", "a", "x")])
    assert boxes(picture).keys() == {"a"}
    assert "host" not in written(picture)


def test_a_large_family_stays_within_two_screens() -> None:
    people = [person(f"p{number}", str(80 - number * 3), "MF"[number % 2]) for number in range(25)]
    parents = [ParentOf(f"p{(number - 1) // 3}", f"p{number}") for number in range(1, 25)]
    picture = family_diagram(people, [], parents)
    assert len(boxes(picture)) == 25
    assert canvas(picture)[2] < 2600


def test_a_picture_with_links_is_a_group_and_without_an_image() -> None:
    plain, linked = family_diagram([person("a")]), family_diagram([person("a", url="/people/1")])
    assert (tree(plain).get("role"), tree(linked).get("role")) == ("img", "group")
    assert (plain.linked, linked.linked) == (False, True)


def test_title_and_description_are_found_by_their_own_ids() -> None:
    one, other = family_diagram([person("a")]), family_diagram([person("b")])
    for picture in (one, other):
        ids = {part.get("id") for part in tree(picture).iter() if part.get("id")}
        drawn = tree(picture).attrib
        assert {drawn["aria-labelledby"], drawn["aria-describedby"]} == ids
        assert len(ids) == 2
    assert one.ident != other.ident


def test_names_are_readable_under_their_symbols() -> None:
    """No two names share ground: each stays in its own cell."""
    texts = [part for part in tree(HALF_SIBLINGS).iter(f"{SVG}text") if part.get("font-size") == "14"]
    spots = [(part.text, float(part.attrib["x"]), float(part.attrib["y"])) for part in texts if part.get("y")]
    names_at = [(x - 40, y - 12, x + 40, y) for text, x, y in spots if text in {"Mum", "Dad", "Steve", "Tia", "Leo"}]
    assert len(names_at) == 5
    assert overlapping(names_at) == []


def test_reading_a_box_back() -> None:
    symbol = next(part for part in tree(family_diagram([person("a", sex="M")])).iter(f"{SVG}rect") if part.get("class"))
    left, top, right, bottom = box(symbol)
    assert (right - left, bottom - top) == (44, 44)
