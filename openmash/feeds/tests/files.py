"""Small files of made-up people, one for each format, as the tests send them."""

import csv
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

NHS = "https://fhir.nhs.uk/Id/nhs-number"
WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]


def comma_file(path: Path, *rows: dict[str, str]) -> Path:
    heading = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, heading)
        writer.writeheader()
        writer.writerows(rows)
    return path


def person(number: str, **more: str) -> dict[str, str]:
    return {
        "number": number, "given": "Mia", "family": "Bell", "sex": "F", "born_on": "2018-05-04", "open": "yes",
        "team": "North", "worker": "Pat Lomax", "since": "2024-01-31", **more,
    }  # fmt: skip


def event(number: str, **more: str) -> dict[str, str]:
    return {"number": number, "happened_on": "2019-03-01", "kind": "incident", "words": "Officers were called."} | more


def open_case(number: str, status: str = "CPP", **more: str) -> dict[str, str]:
    return {"number": number, "given": "Mia", "family": "Bell", "born_on": "2018-05-04", "case_status": status} | more


def patient(number: str, **more: object) -> dict[str, object]:
    return {
        "resourceType": "Patient",
        "id": number,
        "identifier": [{"system": NHS, "value": number}],
        "meta": {"security": [{"code": "U"}]},
        "name": [{"use": "usual", "given": ["Mia"], "family": "Bell"}],
        "gender": "female",
        "birthDate": "2018-05-04",
        "address": [{"use": "home", "line": ["9 Rope Walk"], "postalCode": "WX3 7QD"}],
        "telecom": [{"system": "phone", "value": "01632 960345"}],
        "generalPractitioner": [{"identifier": {"value": "Y12345", "period": {"start": "2020-01-01"}}}],
    } | more


def bundle(path: Path, *patients: dict[str, object]) -> Path:
    path.write_text(
        json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in patients]})
    )
    return path


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook, written as Office Open XML by hand: `List_1=[[heading, ...], [value, ...]]`."""
    names = [name.replace("_", " ") for name in sheets]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ties = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbered = list(enumerate(names, 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    tied = "".join(
        f'<Relationship Id="r{n}" Type="{ties}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    styles = f'<Relationship Id="s" Type="{ties}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{ties}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{tied}{styles}</Relationships>',
        )
        book.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{ties}"><sheets>{listed}</sheets></workbook>')
        book.writestr(
            "xl/styles.xml",
            f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        )
        for n, rows in enumerate(sheets.values(), 1):
            written = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            book.writestr(
                f"xl/worksheets/sheet{n}.xml", f"<worksheet {main}><sheetData>{written}</sheetData></worksheet>"
            )
    return path


def vast(path: Path, **sheets: list[list[object]]) -> Path:
    """The same with one more cell in each sheet: the last row of the last column. It takes two kilobytes."""
    end = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(workbook(path.with_suffix(".small"), **sheets)) as small, zipfile.ZipFile(path, "w") as book:
        for name in small.namelist():
            book.writestr(name, small.read(name).replace(b"</sheetData>", end))
    return path


def _cell(value: object) -> str:
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def contacts(*children: object, heading: str = "Gender") -> list[list[object]]:
    """List 1 with one contact from the police for each child."""
    who = [heading if name == "Gender" else name for name in WHO]
    rows = [
        [child, "b) Female", "a) WBRI", date(2018, 5, 4), 6, date(2024, 2, 1), "q) 6: Police"] for child in children
    ]
    return [[*who, "Date of Contact", "Contact Source"], *rows]
