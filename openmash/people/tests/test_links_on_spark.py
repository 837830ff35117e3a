"""Splink finds the same links on Spark as on DuckDB: what is true on one machine stays true on many.

On 12,000 records, or as many as `SPARK_RECORDS` says: Spark on one machine is slow. Needs Java 17 and pyspark.
"""

import os

import pytest

from bench.matching import spark
from bench.matching.people import write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(spark.missing()), reason=spark.missing() or "all is there")]


def test_spark_and_duckdb_find_the_same_links(tmp_path):
    write(tmp_path, int(os.environ.get("SPARK_RECORDS", "12000")), seed=5)
    first, second, _, _ = spark.compare(tmp_path)
    assert first, "there is something to compare"
    assert first.keys() == second.keys()
    assert first == pytest.approx(second, abs=1e-9)
