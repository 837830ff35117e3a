"""The same Splink settings on Spark as on DuckDB: do both find the same links? `python -m bench.matching.spark FOLDER`.

Needs Java 17 and pyspark. Both score with one trained model, since training draws by chance, and compare names by
edits: the two compute Jaro-Winkler differently where a letter is doubled or dropped.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.matching.baseline import CLEAN, PAIR, on_duckdb, settings, trained
from bench.matching.people import AGENCIES

SURE = 0.9
Links = dict[tuple[int, int], float]


def missing() -> str:
    """What there is not, in a sentence; empty when all is there."""
    if not shutil.which("java"):
        return "Java is missing: install Java 17, such as openjdk-17-jre-headless"
    try:
        import pyspark  # noqa: F401
        import splink  # noqa: F401
    except ImportError as error:
        return f"{error.name} is missing: pip install 'splink>=5' 'duckdb>=1.4' pyspark"
    return ""


def session(work: Path) -> Any:
    """Spark on this machine alone, with Splink's own functions for comparing text."""
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    settings = {
        "spark.jars": similarity_jar_location(),
        "spark.driver.memory": "4g",
        "spark.sql.shuffle.partitions": "4",
        "spark.default.parallelism": "4",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.warehouse.dir": str(work / "warehouse"),
    }
    builder = SparkSession.builder.master("local[2]").appName("bench.matching")
    for key, value in settings.items():
        builder = builder.config(key, value)
    found = builder.getOrCreate()
    found.sparkContext.setCheckpointDir(str(work / "checkpoints"))
    found.sparkContext.setLogLevel("ERROR")
    return found


def with_duckdb(folder: Path, model: Path) -> Links:
    """The links that DuckDB finds; the trained model is left in a file."""
    connection, api = on_duckdb(folder)
    linker = trained(api.register("records", dataset_display_name="records"), pairs=2e5, is_portable=True)
    linker.misc.save_model_to_json(str(model), overwrite=True)
    pairs = linker.inference.predict(threshold_match_probability=SURE)
    return _links(connection.execute(f"SELECT {PAIR} FROM {pairs.physical_name}").fetchall())


def with_spark(folder: Path, model: Path, work: Path) -> Links:
    """The links that Spark finds with that model."""
    from splink import Linker
    from splink.backends.spark import SparkAPI

    spark = session(work)
    try:
        files = [str(folder / f"{key}.csv") for key in AGENCIES]
        spark.read.csv(files, header=True, nullValue="\0", emptyValue="").fillna("").createOrReplaceTempView("raw")
        records = spark.sql(CLEAN.format(source="raw"))
        api = SparkAPI(spark_session=spark)
        table = api.register(records, dataset_display_name="records")
        linker = Linker(table, in_sparks_words(json.loads(model.read_text())), log_level=None)
        pairs = linker.inference.predict(threshold_match_probability=SURE)
        return _links(spark.sql(f"SELECT {PAIR} FROM {pairs.physical_name}").collect())
    finally:
        spark.stop()


def in_sparks_words(model: dict[str, Any]) -> dict[str, Any]:
    """Our settings in Spark's SQL, with the weights of a trained model: a saved model speaks DuckDB's SQL."""
    found: dict[str, Any] = settings(is_portable=True).create_settings_dict("spark")
    found["probability_two_random_records_match"] = model["probability_two_random_records_match"]
    for ours, learnt in zip(found["comparisons"], model["comparisons"], strict=True):
        for level, weights in zip(ours["comparison_levels"], learnt["comparison_levels"], strict=True):
            level |= {key: weights[key] for key in ("m_probability", "u_probability") if key in weights}
    return found


def _links(rows: list[Any]) -> Links:
    return {(min(one, other), max(one, other)): score for score, one, other in rows}


def compare(folder: Path) -> tuple[Links, Links, float, float]:
    """The links of both, and the seconds that each took."""
    with tempfile.TemporaryDirectory() as kept:
        work, began = Path(kept), perf_counter()
        first = with_duckdb(folder, work / "model.json")
        between = perf_counter()
        second = with_spark(folder, work / "model.json", work)
        return first, second, between - began, perf_counter() - between


def main() -> None:
    if said := missing():
        sys.exit(said)
    first, second, took, took_too = compare(Path(sys.argv[1]))
    same = first.keys() == second.keys()
    furthest = max((abs(first[pair] - second[pair]) for pair in first.keys() & second.keys()), default=0.0)
    print(
        f"DuckDB: {len(first):,} links in {took:.0f} s, training included. Spark: {len(second):,} in {took_too:.0f} s."
    )
    print(f"{'The same links' if same else 'NOT the same links'}; scores differ by at most {furthest:.1e}.")
    sys.exit(not same)


if __name__ == "__main__":
    main()
