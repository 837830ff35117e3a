"""Every format reads what it should, leaves out what it cannot use, and refuses a broken file whole."""

from datetime import date
from pathlib import Path

import pytest

from openmash.feeds.shelf import FORMATS, Broken, Format, Sent, Turned, format_of
from openmash.feeds.tests.files import bundle, comma_file, contacts, event, open_case, patient, person, vast, workbook

NHS_1, NHS_2, NHS_3 = "9434765919", "9000000009", "9449305552"
MAKE = {
    "people": lambda path: comma_file(path, person("A1"), person("A2", given="Leo")),
    "events": lambda path: comma_file(path, event("A1"), event("A2")),
    "open_cases": lambda path: comma_file(path, open_case("A1"), open_case("A2")),
    "annex_a": lambda path: workbook(path, List_1=contacts("A1", "A2")),
    "fhir_patients": lambda path: bundle(path, patient(NHS_1), patient(NHS_2)),
}
every_format = pytest.mark.parametrize("form", FORMATS.all(), ids=lambda form: form.key)


def read(path: Path) -> list[Sent | Turned]:
    return list(format_of(path).open(path).rows(0))


@every_format
def test_every_format_says_what_it_is(form: Format):
    assert form.key in MAKE, "a new format needs a small file here"
    assert form.says.endswith(".")
    assert all(column.holds for column in form.columns)


@every_format
def test_a_file_is_recognised_as_its_own_format_and_no_other(form: Format, tmp_path):
    path = MAKE[form.key](tmp_path / "file")
    assert [other.key for other in FORMATS.all() if other.fits(path)] == [form.key]


@every_format
def test_reading_goes_on_after_any_row(form: Format, tmp_path):
    reading = form.open(MAKE[form.key](tmp_path / "file"))
    rows = list(reading.rows(0))
    assert reading.total == len(rows) == 2
    for place, row in enumerate(rows, 1):
        assert list(reading.rows(row.row)) == rows[place:]


@every_format
def test_a_file_that_is_cut_short_is_refused_whole(form: Format, tmp_path):
    path = MAKE[form.key](tmp_path / "file")
    whole = path.read_bytes().rstrip()
    for cut in (len(whole) - 3, len(whole) - len(whole) // 4):
        path.write_bytes(whole[:cut])
        with pytest.raises(Broken):
            form.open(path)


@every_format
def test_bytes_that_are_not_text_are_refused_whole(form: Format, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(
        MAKE[form.key](path).read_bytes().replace(b"A2", b"\xff\xfe\x00").replace(b"9000000009", b"\xff\xfe")
    )
    with pytest.raises(Broken):
        form.open(path)


def test_a_file_in_no_format_names_those_that_are_read(tmp_path):
    (tmp_path / "notes.txt").write_text("who,what\nMia,moved\n")
    with pytest.raises(Broken, match="CSV of people; CSV of events"):
        format_of(tmp_path / "notes.txt")


def test_an_empty_file_is_in_no_format(tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(Broken):
        format_of(tmp_path / "empty")


# Our own files


def test_a_person_is_read_with_every_column(tmp_path):
    row = person(
        "A1", nhs="943 476 5919", pnc="12/394773H", address="9 Rope Walk", postcode="WX3 7QD", telephone="01632 960345",
        other_names="Mia Hext", died_on="", replaces="B2 B3",
    )  # fmt: skip
    sent = read(comma_file(tmp_path / "f", row))[0]
    assert (sent.number, sent.given, sent.family, sent.sex, sent.born_on) == (
        "A1",
        "Mia",
        "Bell",
        "F",
        date(2018, 5, 4),
    )
    assert sent.identifiers == "nhs:9434765919 pnc:2012/0394773H"
    assert (sent.is_open, sent.team, sent.worker, sent.since) == (True, "North", "Pat Lomax", date(2024, 1, 31))
    assert (sent.other_names, sent.superseded, sent.left_out) == ("Mia Hext", "B2 B3", ())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"born_on": "31/02/2010"}, "“born_on” must be a real date, like 2010-02-28 or 28/02/2010"),
        ({"born_on": "2999-01-01"}, "“born_on” must not be in the future"),
        ({"born_on": "1066-10-14"}, "“born_on” must be after 1900"),
        ({"nhs": "9434765917"}, "“nhs” is not right. Check the NHS number: one of its digits is wrong"),
        ({"open": "perhaps"}, "“open” must be yes or no"),
        ({"given": "x" * 101}, "“given” must have at most 100 characters"),
    ],
)
def test_a_wrong_value_is_left_out_and_the_person_is_kept(tmp_path, wrong, says):
    sent = read(comma_file(tmp_path / "f", person("A1", **wrong)))[0]
    assert isinstance(sent, Sent)
    assert sent.left_out == (says,)
    assert not any(value in says for value in wrong.values())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (person(""), "“number” is missing"),
        (person("x" * 61), "“number” must have at most 60 characters"),
        ({"number": "A1", "open": "yes", "address": "9 Rope Walk"}, "There is no name"),
    ],
)
def test_a_row_that_could_find_nobody_is_turned_away(tmp_path, row, says):
    turned = read(comma_file(tmp_path / "f", row))[0]
    assert isinstance(turned, Turned)
    assert turned.because.startswith(says)


def test_a_row_with_too_many_values_is_turned_away_alone(tmp_path):
    path = comma_file(tmp_path / "f", person("A1"), person("A2"))
    path.write_text(path.read_text().replace("A1,", "A1,extra,", 1))
    turned, sent = read(path)
    assert (turned.row, turned.because) == (2, "It has 10 values, and the heading has 9")
    assert sent.number == "A2"


def test_an_unknown_column_refuses_the_file_and_names_those_that_are_known(tmp_path):
    path = comma_file(tmp_path / "f", person("A1", shoe_size="39"))
    with pytest.raises(Broken, match="“shoe_size” is not known"):
        format_of(path).open(path)


def test_of_a_sensitive_person_nothing_is_kept_that_says_where(tmp_path):
    row = person("A1", sensitive="yes", address="9 Rope Walk", postcode="WX3 7QD", telephone="1", email="a@b.example")
    sent = read(comma_file(tmp_path / "f", row))[0]
    assert sent.is_sensitive
    assert {sent.address_lines, sent.postcode, sent.telephone, sent.email, sent.team, sent.worker} == {""}


def test_an_event_keeps_its_key_and_an_unreadable_grade_is_sealed(tmp_path):
    rows = [event("A1"), event("A1"), event("A1", reference="7", sensitivity="S"), event("A1", sensitivity="secret")]
    one, same, own, sealed = (sent.events[0] for sent in read(comma_file(tmp_path / "f", *rows)))
    assert one == same
    assert (own.key, own.sensitivity, sealed.sensitivity) == ("7", "S", "X")


@pytest.mark.parametrize("missing", ["number", "happened_on", "words"])
def test_an_event_without_what_it_needs_is_turned_away(tmp_path, missing):
    turned = read(comma_file(tmp_path / "f", event("A1") | {missing: ""}))[0]
    assert turned.because == f"“{missing}” is missing"


@pytest.mark.parametrize(
    ("spelt", "status"),
    [
        ("CPP", "cp"),
        ("Child Protection plan", "cp"),
        ("CIN", "cin"),
        ("LAC", "looked_after"),
        ("Early Help", "early_help"),
        ("open", "open"),
        ("Closed case", "closed"),
    ],
)
def test_a_case_is_read_in_the_spelling_of_any_council(tmp_path, spelt, status):
    sent = read(comma_file(tmp_path / "f", open_case("A1", spelt)))[0]
    assert (sent.status, sent.is_open, sent.identifiers) == (status, status != "closed", "la_child_id:A1")


def test_a_status_that_nobody_spells_so_is_turned_away(tmp_path):
    turned = read(comma_file(tmp_path / "f", open_case("A1", "sort of")))[0]
    assert turned.because.startswith("“case_status” must be one of open, ")


# Annex A


@pytest.mark.parametrize("heading", ["Gender", "Sex"])
def test_both_years_of_headings_are_read(tmp_path, heading):
    sent = read(workbook(tmp_path / "f", List_1=contacts("A1", heading=heading)))[0]
    assert (sent.number, sent.sex, sent.born_on, sent.identifiers) == ("A1", "F", date(2018, 5, 4), "la_child_id:A1")
    assert [(one.words, one.happened_on) for one in sent.events] == [
        ("Contact to children's social care from the police", date(2024, 2, 1))
    ]


def test_a_child_is_one_record_and_the_highest_open_status_stands(tmp_path):
    who = ["Child Unique ID", "Sex", "Date of Birth"]
    child = [9212044, "1", date(2015, 1, 25)]
    path = workbook(
        tmp_path / "f",
        List_2=[
            [*who, "Assessment start date", "Assessment completion date", "Organisation completing assessment"],
            [*child, date(2023, 5, 1), "", "Top Town Academy"],
        ],
        List_3=[
            [*who, "Date of referral", "Referral Source", "Referral NFA?", "Allocated Team", "Allocated Worker"],
            [*child, date(2023, 9, 1), "Health Services - GP", "a) Yes", "MASH", "Dev Rana"],
        ],
        List_6=[
            [*who, "CIN Start Date", "Primary Need Code", "CIN Closure Date", "Case Status", "Allocated Team"],
            [*child, date(2024, 1, 5), "N1", "", "c) Child in need plan", "Locality 1"],
        ],
        List_7=[
            [*who, "Child Protection Plan Start Date", "Latest Category of Abuse", "Child Protection Plan End Date",
             "Allocated Team", "Allocated Worker"],
            [*child, date(2024, 3, 4), "NEG", "", "Locality 4", "Ezra Leigh"],
        ],
    )  # fmt: skip
    (sent,) = read(path)
    assert (sent.number, sent.status, sent.is_open, sent.since) == ("9212044", "cp", True, date(2024, 3, 4))
    assert (sent.team, sent.worker) == ("Locality 4", "Ezra Leigh")
    assert {one.words for one in sent.events} == {
        "Early help assessment by Top Town Academy",
        "Referral to children's social care from health services, which ended in no further action",
        "Child in need: abuse or neglect",
        "Child protection plan: neglect",
    }


def test_a_plan_that_ended_leaves_the_case_closed(tmp_path):
    rows = [
        [
            "Child Unique ID",
            "Sex",
            "Date of Birth",
            "Child Protection Plan Start Date",
            "Child Protection Plan End Date",
        ],
        ["A1", "F", date(2018, 5, 4), date(2023, 3, 4), date(2024, 3, 4)],
    ]
    (sent,) = read(workbook(tmp_path / "f", List_7=rows))
    assert (sent.status, sent.is_open, sent.until) == ("closed", False, date(2024, 3, 4))
    assert sent.events[0].happened_until == date(2024, 3, 4)


def test_a_row_of_a_list_is_named_when_it_is_refused(tmp_path):
    rows = contacts("A1", "", "A3")
    rows[3][3] = "not a date"
    turned, first, third = read(workbook(tmp_path / "f", List_1=rows))
    assert turned.because == "List 1, row 3: “Child Unique ID” is missing"
    assert third.left_out == ("List 1, row 4: “Date of Birth” must be a real date, like 2010-02-28 or 28/02/2010",)
    assert first.number == "A1"


def test_a_list_without_a_heading_that_it_needs_refuses_the_workbook(tmp_path):
    rows = [[cell for place, cell in enumerate(row) if place != 5] for row in contacts("A1")]
    with pytest.raises(Broken, match="List 1 has no column “Date of Contact”"):
        read(workbook(tmp_path / "f", List_1=rows))


def test_another_workbook_is_refused(tmp_path):
    with pytest.raises(Broken, match="none of the sheets List 1 to List 7"):
        read(workbook(tmp_path / "f", Stock=[["Item"], ["Bread"]]))


def test_a_workbook_that_would_fill_the_memory_is_refused_and_nothing_ends(tmp_path):
    with pytest.raises(Broken, match="too large"):
        read(vast(tmp_path / "f", List_1=contacts("A1")))


# FHIR


def test_a_patient_is_read(tmp_path):
    (sent,) = read(bundle(tmp_path / "f", patient(NHS_1)))
    assert (sent.number, sent.given, sent.family, sent.sex, sent.born_on) == (
        NHS_1,
        "Mia",
        "Bell",
        "F",
        date(2018, 5, 4),
    )
    assert (sent.address_lines, sent.postcode, sent.telephone) == ("9 Rope Walk", "WX3 7QD", "01632 960345")
    assert (sent.team, sent.since, sent.is_open, sent.identifiers) == (
        "GP surgery Y12345", date(2020, 1, 1), True, f"nhs:{NHS_1}",
    )  # fmt: skip


def test_a_restricted_patient_has_no_whereabouts_and_no_surgery(tmp_path):
    (sent,) = read(bundle(tmp_path / "f", patient(NHS_1, meta={"security": [{"code": "R"}]})))
    assert sent.is_sensitive
    assert {sent.address_lines, sent.postcode, sent.telephone, sent.email, sent.team} == {""}
    assert sent.family == "Bell"


@pytest.mark.parametrize(
    "more",
    [
        {"link": [{"type": "replaces", "other": {"reference": f"Patient/{NHS_2}"}}]},
        {"identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NHS_1},
                        {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NHS_2, "use": "old"}]},
        {"id": NHS_2},
    ],
)  # fmt: skip
def test_a_superseded_number_is_kept_so_that_the_old_one_still_finds(tmp_path, more):
    (sent,) = read(bundle(tmp_path / "f", patient(NHS_1, **more)))
    assert (sent.number, sent.superseded, sent.identifiers) == (NHS_1, NHS_2, f"nhs:{NHS_1} nhs:{NHS_2}")


@pytest.mark.parametrize("more", [{"active": False}, {"link": [{"type": "replaced-by", "other": {}}]}])
def test_a_patient_who_was_replaced_or_taken_back_is_withdrawn(tmp_path, more):
    (sent,) = read(bundle(tmp_path / "f", patient(NHS_1, **more)))
    assert (sent.number, sent.is_withdrawn) == (NHS_1, True)


@pytest.mark.parametrize("more", [{"deceasedDateTime": "2020-10-22T00:00:00+00:00"}, {"deceasedBoolean": True}])
def test_a_patient_who_died_is_no_longer_open(tmp_path, more):
    (sent,) = read(bundle(tmp_path / "f", patient(NHS_1, **more)))
    assert (sent.is_deceased, sent.is_open) == (True, False)


def test_what_is_no_patient_is_turned_away_alone(tmp_path):
    others = [{"resourceType": "Practitioner"}, patient("9434765917"), patient(NHS_2, name="Mia"), patient(NHS_3)]
    *turned, sent = read(bundle(tmp_path / "f", *others))
    assert [row.because for row in turned] == [
        "The entry is no Patient",
        "Check the NHS number: one of its digits is wrong",
        "The Patient is not built as FHIR R4 says",
    ]
    assert sent.number == NHS_3


@pytest.mark.parametrize("kind", ["OperationOutcome", "Patient"])
def test_another_resource_is_refused_whole(tmp_path, kind):
    (tmp_path / "f").write_text(f'{{"resourceType": "{kind}"}}')
    with pytest.raises(Broken):
        read(tmp_path / "f")
