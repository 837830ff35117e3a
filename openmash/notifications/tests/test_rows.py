"""A row is read as it is meant, or turned with a reason that names its column and never repeats a value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.feeds.shelf import Broken
from openmash.feeds.tests.files import vast, workbook
from openmash.notifications.rows import FIELDS, guess, headings, read, read_by_field, rows

HEADS = ("ViST Ref", "Incident Date", "Summary", "RAG", "DOB", "Surname", "Forename", "Post Code")
COLUMNS = {
    "reference": "ViST Ref", "happened_on": "Incident Date", "words": "Summary", "grade": "RAG", "born_on": "DOB",
    "family": "Surname", "given": "Forename", "postcode": "Post Code",
}  # fmt: skip
GOOD = dict(zip(HEADS, ("V1", "03/11/2026", "Shouting", "Amber", "2018-03-01", "Bell", "Mia", "wx12ab"), strict=True))


def test_headings_are_guessed():
    assert guess(HEADS, {}) == COLUMNS


def test_headings_as_a_force_writes_them_are_guessed():
    heads = ("Occ No", "Date of Occurrence", "Circumstances of the incident", "Risk grading", "Forename(s)", "D.O.B.")
    fields = ("reference", "happened_on", "words", "grade", "given", "born_on")
    assert guess(heads, {}) == dict(zip(fields, heads, strict=True))


def test_what_was_said_before_comes_first_and_what_is_not_there_is_guessed_anew():
    remembered = {"words": "RAG", "reference": "Gone"}
    found = guess(HEADS, remembered)
    assert found["words"] == "RAG" and found["reference"] == "ViST Ref" and "grade" not in found


def test_a_good_row():
    said, problems = read(GOOD, COLUMNS)
    assert problems == ()
    assert (said.reference, said.happened_on, said.grade) == ("V1", date(2026, 11, 3), "amber")
    assert (said.given, said.family, said.born_on, said.postcode) == ("Mia", "Bell", date(2018, 3, 1), "WX1 2AB")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"ViST Ref": ""}, "ViST Ref is empty"),
        ({"Incident Date": "31/02/2026"}, "Incident Date must be a real date"),
        ({"Incident Date": "2031-01-01"}, "must not be in the future"),
        ({"RAG": "purple"}, "RAG must be red, amber or green"),
        ({"Post Code": "nowhere"}, "Post Code must be a whole postcode"),
    ],
)
def test_every_problem_names_its_column_and_no_value(changed, says):
    said, problems = read(GOOD | changed, COLUMNS)
    assert said is None and any(says in one for one in problems)
    assert not any(value and value in " ".join(problems) for value in changed.values())


@given(st.dictionaries(st.sampled_from(HEADS), st.text(max_size=40)))
def test_any_row_is_read_or_turned_with_a_reason(values):
    said, problems = read(values, COLUMNS)
    assert (said is None) == bool(problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_spreadsheets_save_it(tmp_path, encoding, separator):
    path = tmp_path / "file.csv"
    text = f"Ref{separator}Summary\r\nV1{separator}Zoë’s café\r\n\r\nV2{separator}Two\r\n"
    path.write_bytes(text.encode(encoding))
    assert headings(path) == ("Ref", "Summary")
    assert [values["Summary"] for _, values in rows(path)] == ["Zoë’s café", "Two"]


@pytest.mark.parametrize("content", [b"", b"\r\n", b"Ref,Ref\r\n1,2\r\n", b"PK\x03\x04 no workbook"])
def test_a_file_that_cannot_be_read_says_why(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Broken):
        headings(path)


def test_a_workbook_with_a_title_dates_as_cells_and_a_column_without_a_heading(tmp_path):
    lines = [
        ["Nightly extract of the force"],
        [],
        ["Ref", "Date", "", "DOB"],
        ["V1", date(2026, 11, 3), "a note", date(2018, 3, 1)],
        ["", "", "a note alone", ""],
        ["V2", date(2026, 11, 4), "", "unknown"],
    ]
    path = workbook(tmp_path / "night.xlsx", Sheet=lines)
    assert headings(path) == ("Ref", "Date", "DOB")
    assert list(rows(path)) == [
        (4, {"Ref": "V1", "Date": "2026-11-03", "DOB": "2018-03-01"}),
        (6, {"Ref": "V2", "Date": "2026-11-04", "DOB": "unknown"}),
    ]


def test_a_workbook_that_would_fill_the_memory_is_refused_and_nothing_ends(tmp_path):
    path = vast(tmp_path / "night.xlsx", Sheet=[["Ref", "Date"], ["V1", "x"]])
    assert path.stat().st_size < 3_000
    with pytest.raises(Broken, match="cannot be opened"):
        headings(path)


def test_the_numbers_of_rows_are_those_of_the_spreadsheet_also_below_empty_ones(tmp_path):
    path = workbook(tmp_path / "night.xlsx", Sheet=[[], [], ["Ref", "Date"], ["V1", "x"]])
    assert [number for number, _ in rows(path)] == [4]


def test_what_has_no_heading_of_the_forces_is_called_as_we_call_it():
    said, wrong = read_by_field({"reference": "V1", "born_on": "x"}, {"reference": "reference", "born_on": "born_on"})
    assert said is None
    assert wrong == {
        "happened_on": "Date of the incident is empty",
        "words": "What happened is empty",
        "born_on": "Date of birth must be a real date, like 2010-02-28 or 28/02/2010",
    }


def test_every_field_is_guessed_from_its_own_label():
    for field in FIELDS:
        assert guess((field.label,), {}) == {field.key: field.label}
