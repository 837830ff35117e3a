"""Splink by itself on the same files: good settings, trained on the data, on DuckDB or on Spark. No code of ours.

`python -m bench.matching.baseline FOLDER` links a whole folder in its own process, and tells its time and memory.
"""

import json
import logging
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.matching.people import AGENCIES

MISSING = "not installed: pip install --group bench"
logging.getLogger("splink").setLevel(logging.ERROR)
PAIR = "match_probability, unique_id_l, unique_id_r"


def is_there() -> bool:
    try:
        import duckdb  # noqa: F401
        import splink  # noqa: F401
    except ImportError:
        return False
    return True


CLEAN = """
SELECT CAST(number AS BIGINT) AS unique_id,
  nullif(lower(given), '') AS given, nullif(split_part(lower(given), ' ', 1), '') AS forename, nullif(lower(family), '') AS family,
  nullif(born, '') AS born, nullif(substr(born, 1, 4), '') AS year, nullif(replace(upper(postcode), ' ', ''), '') AS postcode,
  nullif(sex, 'U') AS sex, nullif(telephone, '') AS telephone, nullif(nhs, '') AS nhs, nullif(upn, '') AS upn
FROM {source}
"""


def settings(*, is_portable: bool = False) -> Any:
    """`is_portable`: names compared by a distance that DuckDB and Spark compute alike, which Jaro-Winkler is not."""
    from splink import SettingsCreator
    from splink import comparison_library as cl

    def name(column: str) -> Any:
        found = (
            cl.LevenshteinAtThresholds(column, [1, 2])
            if is_portable
            else cl.JaroWinklerAtThresholds(column, [0.92, 0.8])
        )
        return found.configure(term_frequency_adjustments=True)

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            name("forename"),
            name("family"),
            cl.LevenshteinAtThresholds("born", [1, 2]),
            cl.ExactMatch("postcode"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("telephone"),
            cl.ExactMatch("nhs"),
            cl.ExactMatch("upn"),
        ],
        blocking_rules_to_generate_predictions=rules(),
        retain_matching_columns=False,
    )


def rules() -> list[Any]:
    from splink import block_on

    pairs = (
        ("born", "family"),
        ("born", "forename"),
        ("postcode", "forename"),
        ("forename", "family", "year"),
        ("telephone", "forename"),
    )
    return [block_on("nhs"), block_on("upn"), *(block_on(*pair) for pair in pairs)]


def trained(table: Any, pairs: float = 1e6, *, is_portable: bool = False) -> Any:
    """A linker whose weights Splink has estimated by itself."""
    from splink import Linker, block_on

    linker = Linker(table, settings(is_portable=is_portable), log_level=None)
    sure = [block_on("forename", "family", "born"), block_on("nhs")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=7)
    for rule in (block_on("born", "family"), block_on("forename", "postcode"), block_on("nhs")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def on_duckdb(folder: Path, memory: str = "") -> tuple[Any, Any]:
    """The files of a folder as one clean table, and the interface to link it with."""
    import duckdb
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'").fetchall()
    names = [str(folder / f"{key}.csv") for key in AGENCIES]
    source = f"read_csv({names!r}, header = true, all_varchar = true)"
    connection.execute(f"CREATE TABLE records AS {CLEAN.format(source=source)}").fetchall()
    return connection, DuckDBAPI(connection)


class Search:
    """Splink's own search: one new record against the whole table, by the same rules."""

    def __init__(self, folder: Path) -> None:
        self.connection, self.api = on_duckdb(folder)
        self.index = self.api.register("records", dataset_display_name="records")
        self.linker = trained(self.index)
        self.asked = 0
        for column in ("forename", "family"):
            self.linker.table_management.compute_tf_table(column)

    def ask(self, rows: Sequence[dict[str, str]]) -> dict[int, list[tuple[float, int]]]:
        """By place in `rows`: scores and records, best first, at most 60."""
        self.asked += 1
        name = f"asked_{self.asked}"
        columns = "number given family born postcode sex telephone nhs upn".split()
        marks = ", ".join("(" + ", ".join("?" * len(columns)) + ")" for _ in rows)
        values = [str(-1 - place) if key == "number" else row[key] for place, row in enumerate(rows) for key in columns]
        source = f"(VALUES {marks}) AS asked ({', '.join(columns)})"
        self.connection.execute(f"CREATE TABLE {name} AS {CLEAN.format(source=source)}", values).fetchall()
        new = self.api.register(name)
        pairs = self.linker.inference.predict_between(self.index, new, threshold_match_probability=0.01)
        query = f"SELECT {PAIR} FROM {pairs.physical_name}"
        found: dict[int, list[tuple[float, int]]] = {place: [] for place in range(len(rows))}
        for score, one, other in self.connection.execute(query).fetchall():
            asked, record = (one, other) if one < 0 else (other, one)
            found[-1 - asked].append((score, record))
        pairs.drop_table_from_database_and_remove_from_cache()
        return {place: sorted(each, reverse=True)[:60] for place, each in found.items()}


def link(folder: Path, links: Path) -> dict[str, float]:
    """Link everything, write scored pairs to a Parquet file, and tell how long and with how much memory."""
    began = perf_counter()
    connection, api = on_duckdb(folder)
    linker = trained(api.register("records", dataset_display_name="records"))
    ready = perf_counter()
    pairs = linker.inference.predict(threshold_match_probability=0.1)
    connection.execute(f"COPY (SELECT {PAIR} FROM {pairs.physical_name}) TO '{links}' (FORMAT parquet)").fetchall()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"train": ready - began, "link": perf_counter() - ready, "whole": perf_counter() - began, "memory": memory}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    print(json.dumps(link(where, where / "splink.parquet")))
