"""The council's daily list of who is open to it, and how: open, in need, protected, looked after, early help (M11)."""

from functools import partial
from typing import Any

from openmash.feeds import comma_files
from openmash.feeds.codes import STATUSES
from openmash.feeds.comma_files import Shape
from openmash.feeds.person_columns import IDENTITY, PERSON, person_of
from openmash.feeds.shelf import Column, Format, Sent, Turned
from openmash.feeds.spellings import meaning
from openmash.feeds.values import LeftOut
from openmash.people.identifiers import normalise, problem

COLUMNS = (
    *IDENTITY,
    Column("case_status", f"One of {', '.join(STATUSES)}, or as councils spell these", is_needed=True),
    Column("team", "The team that holds the case"),
    Column("worker", "The allocated worker"),
    Column("since", "The day from which the case stands so"),
    Column("until", "The day until which it stood so"),
    Column("withdrawn", "Yes when the council takes the record back"),
)


def _status(value: str) -> str:
    status = meaning("case_status", value)
    if not status:
        raise LeftOut(f"must be one of {', '.join(STATUSES)}")
    return status


READERS = PERSON | {"case_status": ("status", _status)}


def _row(row: int, said: dict[str, Any], wrong: list[str]) -> Sent | Turned:
    if "number" in said and not problem("la_child_id", said["number"]):
        said.setdefault("la_child_id", f"la_child_id:{normalise('la_child_id', said['number'])}")
    if "status" in said:
        said["is_open"] = said["status"] != "closed" and "until" not in said
    elif not said.get("is_withdrawn"):
        return Turned(row, "; ".join(wrong or ["“case_status” is missing"]), said.get("number", ""))
    return person_of(row, said, wrong)


SHAPE = Shape(COLUMNS, READERS, _row)
FORMAT = Format(
    key="open_cases",
    name="CSV of open cases",
    order=30,
    says="The council's daily list: each child's number, how the case stands, and the team and worker that hold it.",
    columns=COLUMNS,
    fits=partial(comma_files.fits, SHAPE),
    open=partial(comma_files.read, SHAPE),
)
