"""The words in which councils fill the columns of a statutory return, and what each means.

`data/spellings.csv` holds the code sets of Ofsted's Annex A and the spellings in which councils return them.
"""

import csv
from functools import cache
from pathlib import Path

from openmash.people.names import fold

_DATA = Path(__file__).with_name("data") / "spellings.csv"


@cache
def _meanings() -> dict[tuple[str, str], str]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {(row["set"], row["spelling"]): row["means"] for row in csv.DictReader(file)}


def meaning(of: str, value: str) -> str:
    """What a value of one set means ("case_status", "CPP" is "cp"); empty when nobody has ever spelt it so."""
    return _meanings().get((of, fold(value)), "")
