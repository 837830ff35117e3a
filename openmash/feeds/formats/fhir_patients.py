"""A FHIR R4 Bundle of Patients, as the NHS Personal Demographics Service writes them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import ijson

from openmash.feeds.fhir_patient import sent_of
from openmash.feeds.shelf import Broken, Column, Format, Reading, Sent, Turned

_BEGINNING = 4096


def _fits(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_BEGINNING).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _open(path: Path) -> Reading:
    """Read the Bundle to its end, piece by piece; whatever cannot be read to the end is broken."""
    kind, total = "", 0
    try:
        with path.open("rb") as file:
            for prefix, event, value in ijson.parse(file):
                if prefix == "resourceType":
                    kind = value
                total += prefix == "entry.item" and event == "start_map"
    except (ijson.JSONError, UnicodeDecodeError):
        raise Broken("The file is not whole JSON: it is damaged, or ends in the middle. Send it again.") from None
    if kind == "OperationOutcome":
        raise Broken("The file is an error message (an OperationOutcome), not a Bundle of Patients.")
    if kind != "Bundle":
        raise Broken(f"The file is no Bundle of Patients{f', but a {kind}' if kind else ''}.")
    return Reading(total, partial(_rows, path))


def _rows(path: Path, after: int) -> Iterator[Sent | Turned]:
    with path.open("rb") as file:
        for number, entry in enumerate(ijson.items(file, "entry.item", use_float=True), 1):
            if number > after:
                yield _row(number, entry)


def _row(number: int, entry: Any) -> Sent | Turned:
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict) or resource.get("resourceType") != "Patient":
        return Turned(number, "The entry is no Patient")
    try:
        return sent_of(number, resource, str(entry.get("fullUrl", "")))
    except (AttributeError, TypeError, KeyError, IndexError):
        return Turned(number, "The Patient is not built as FHIR R4 says")


FORMAT = Format(
    key="fhir_patients",
    name="FHIR R4 Bundle of Patients",
    order=50,
    says="A Bundle whose entries are Patients of the NHS Personal Demographics Service; the number is the NHS number.",
    columns=(
        Column("id, identifier", "The NHS number", is_needed=True),
        Column("link, identifier", "A number that this one supersedes; a Patient that was replaced is withdrawn"),
        Column("meta.security", "R, restricted: no address, telephone, e-mail or surgery is kept"),
        Column("deceasedDateTime, deceasedBoolean", "That, and when, the person died"),
        Column("active", "False when the record is taken back"),
        Column("name, gender, birthDate, address, telecom", "Who the person is; the usual or official name first"),
        Column("generalPractitioner", "The surgery, by its ODS code, is the team to ask"),
    ),
    fits=_fits,
    open=_open,
    unit="Entry",
)
