"""The council's daily list of who is open to it, and how: open, in need, protected, looked after, early help (M11)."""

from functools import partial

from openmash.feeds import comma_files
from openmash.feeds.codes import STATUSES
from openmash.feeds.comma_files import Shape
from openmash.feeds.person_columns import IDENTITY, PERSON, person_of
from openmash.feeds.shelf import Column, Format, Sent, Turned
from openmash.feeds.spellings import meaning
from openmash.feeds.values import LeftOut, day, text

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


READERS = PERSON | {
    "case_status": _status, "team": text("team"), "worker": text("worker"), "since": day, "until": day,
}  # fmt: skip


def _row(row: int, said: dict[str, object], wrong: list[str]) -> Sent | Turned:
    sent = person_of(row, {"la_child_id": said.get("number", ""), **said}, wrong)
    if isinstance(sent, Turned) or sent.is_withdrawn:
        return sent
    if "case_status" not in said:
        return Turned(row, "; ".join(wrong or ["case_status is missing"]), sent.number)
    return sent._replace(
        status=said["case_status"],
        is_open=said["case_status"] != "closed" and "until" not in said,
        team=said.get("team", ""),
        worker=said.get("worker", ""),
        since=said.get("since"),
        until=said.get("until"),
    )


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
