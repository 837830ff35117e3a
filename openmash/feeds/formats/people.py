"""Our own file of people: one row for each person whom an agency knows."""

from functools import partial
from typing import Any

from openmash.feeds import comma_files
from openmash.feeds.comma_files import Shape
from openmash.feeds.person_columns import IDENTITY, PERSON, WHERE, person_of
from openmash.feeds.shelf import Column, Format, Sent, Turned
from openmash.feeds.values import day, text, yes_or_no

COLUMNS = (
    *IDENTITY,
    Column("open", "Whether the person is known now: yes or no", is_needed=True),
    Column("status", "How they are known, in a few words, such as “Registered patient”"),
    Column("team", "The team to ask"),
    Column("worker", "The worker to ask"),
    Column("since", "The day from which they are known"),
    Column("until", "The day until which they were known"),
    Column("died_on", "The day of death"),
    Column("sensitive", "Yes when nobody may learn where the person is: no address, telephone, e-mail or team is kept"),
    Column("replaces", "Earlier numbers of the same person, with spaces between them"),
    Column("withdrawn", "Yes when the agency takes the record back"),
)
READERS = PERSON | {
    "open": ("is_open", yes_or_no),
    "status": ("status", text("status")),
    "died_on": ("died_on", day),
    "sensitive": ("is_sensitive", yes_or_no),
    "replaces": ("superseded", text("other_names")),
}


def _row(row: int, said: dict[str, Any], wrong: list[str]) -> Sent | Turned:
    if said.get("is_sensitive"):
        said = {name: value for name, value in said.items() if name not in WHERE}
    if "died_on" in said:
        said["is_deceased"] = True
    return person_of(row, said, wrong)


SHAPE = Shape(COLUMNS, READERS, _row)
FORMAT = Format(
    key="people",
    name="CSV of people",
    order=10,
    says="One row for each person: who they are, the agency's own number, open or closed, and whom to ask.",
    columns=COLUMNS,
    fits=partial(comma_files.fits, SHAPE),
    open=partial(comma_files.read, SHAPE),
)
