"""Which pairs of the whole index may be links: those that share a key, without those that no score can make likely.

Sets are compared by DuckDB in one pass, and nothing is scored here. A pair is left out when its birth dates or its
first names are so different that `model.json` leaves it below *possible* whatever else agrees: `is_hopeless` asks it.
Where a record says too little or too much to tell, the pair stays. So a whole run ends in the links of a delta.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import duckdb

from openmash.people.matching.compare import ESTIMATE_WITHIN, LIKENESS, SHORTEST
from openmash.people.matching.score import MODEL, POSSIBLE
from openmash.people.matching.stored import numbered
from openmash.people.names import name_class, tokens

PARTS = 8
_COMPARED = ("given", "surname", "born", "sex", "home", "telephone", "email", "number")
_RIVALS = ("twin", "family")
_SOUNDING = ("same", "part", "sound")
_AT_ONCE = 20_000


def is_hopeless(known: dict[str, tuple[str, ...]], *, is_swapped: bool) -> bool:
    """Whether two records stay below *possible* if they compare in one of these words, and all else agrees."""
    return min(_best_odds(rival, known, is_swapped=is_swapped) for rival in _RIVALS) < POSSIBLE / (1 - POSSIBLE)


def _best_odds(rival: str, known: dict[str, tuple[str, ...]], *, is_swapped: bool) -> float:
    odds: float = MODEL["pairs"]["same"] / MODEL["pairs"][rival]
    odds *= MODEL["swapped"]["same"] / MODEL["swapped"][rival] if is_swapped else 1.0
    for part in _COMPARED:
        words = known.get(part) or ("", *MODEL[part])
        odds *= max(_of(part, word, "same") / _of(part, word, rival) for word in words)
    return odds


def _of(part: str, word: str, answer: str) -> float:
    return float(MODEL[part][word].get(answer, 1.0)) if word else 1.0


def telling_kinds() -> str | None:
    """The kinds of keys whose pairs always stay, so that all others may be left out; none where that is not so."""
    apart = {"number": ("", "other"), "email": ("", "other")}
    for kinds, parted in (("ie", apart), ("iet", apart | {"telephone": ("", "other")})):
        unlike = tuple(word for word in MODEL["given"] if word not in _SOUNDING)
        if (
            is_hopeless({**parted, "born": ("other",)}, is_swapped=False)
            and is_hopeless({**parted, "born": ("other",), "given": unlike}, is_swapped=True)
            and is_hopeless({**parted, "given": ("other",)}, is_swapped=False)
        ):
            return kinds
    return None


@dataclass(frozen=True)
class Shortlist:
    """Pairs of `entries` (id, facts, keys) in an open DuckDB database."""

    base: duckdb.DuckDBPyConnection

    def make(self, common: list[int]) -> int:
        """From the table `entries` to the table `pairs`, and how many there are; keys in `common` lead to nobody."""
        kinds = telling_kinds()
        for statement in (_ALIKE_PARTS, _ALIKE, _SAID):
            self._do(statement)
        self._halves()
        self._telling(kinds or "ie")
        self._do("CREATE TABLE common AS SELECT unnest(?::INTEGER[]) AS key", common)
        for statement in (_FIELDS, _HELD, _POSTINGS):
            self._do(statement)
        self._do("CREATE TABLE near (first BIGINT, second BIGINT, is_telling BOOLEAN, is_born BOOLEAN)")
        for part in range(PARTS):
            self._do(_NEAR.format(may_be_born=_MAY_BE_BORN if kinds else "true", parts=PARTS, part=part))
        self._do(_ASKED)
        self._do(_ALIKES)
        self._do(_PAIRS.format(may_be_named=_MAY_BE_NAMED if kinds else "true"))
        return int(self._do("SELECT count(*) FROM pairs")[0][0])

    def batches(self) -> Iterator[list[tuple[int, str, int, str]]]:
        """The pairs with what the index says of both, so many at once."""
        for start in range(0, int(self._do("SELECT count(*) FROM pairs")[0][0]), _AT_ONCE):
            yield self._do(_BATCH, start, start + _AT_ONCE)

    def _halves(self) -> None:
        """Each half of a name once: its parts, and its classes as bits."""
        found = self._do("SELECT DISTINCT unnest([given, family]) FROM said")
        self._do(_HALVES)
        self._fill("halves", [(number, *_half(text)) for number, (text,) in enumerate(found)])

    def _telling(self, kinds: str) -> None:
        """The keys made of what hardly anybody shares."""
        values = self._do(_VALUES)
        told = {f"{kind}:{value}"[:60] for kind, value in values if kind in kinds}
        self._do("CREATE TABLE telling (key INTEGER)")
        self._fill("telling", [(number,) for number in numbered(sorted(told))])

    def _fill(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            columns = list(map(list, zip(*rows[start : start + _AT_ONCE], strict=True)))
            self._do(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", *columns)

    def _do(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self.base.execute(statement, list(values)).fetchall()


def _half(text: str) -> tuple[str, list[str], list[str], int, bool]:
    """One half of all names of somebody, a line each. Two without a bit in common have no class in common.

    `is_bare`: a name says nothing in this half, or says it in letters that DuckDB counts otherwise.
    """
    parts = [tokens(line) for line in text.split("\n")]
    every = sorted({part for each in parts for part in each})
    said = sorted(set(map(name_class, every)))
    return (
        text,
        every,
        said,
        sum({1 << crc32(name.encode()) % 62 for name in said}),
        not all(parts) or not all(map(str.isascii, every)),
    )


_HALVES = """
CREATE TABLE halves (id BIGINT, half VARCHAR, parts VARCHAR[], classes VARCHAR[], bits BIGINT, is_bare BOOLEAN)
"""
# Who has several birth dates, or none, is compared with everybody who shares a key.
_SAID = """
CREATE TABLE said AS SELECT id,
  coalesce(if(told[7] IS NULL, told[1], array_to_string(facts ->> '$[0][*][0]', chr(10))), '') AS given,
  coalesce(if(told[7] IS NULL, told[2], array_to_string(facts ->> '$[0][*][1]', chr(10))), '') AS family,
  CASE WHEN told[4] IS NULL AND told[5] IS NULL THEN told[3]::DATE END AS born,
  told[6] = '1' OR told[3] LIKE '%-01-01' AS is_about
FROM (SELECT id, facts, json_extract_string(facts,
  ['$[0][0][0]', '$[0][0][1]', '$[1][0]', '$[1][1]', '$[3][0]', '$[2]', '$[0][1]']) AS told FROM entries)
"""
_FIELDS = """
CREATE TABLE fields AS SELECT said.id, g.id AS given, f.id AS family, year(born)::SMALLINT AS year,
  (month(born) * 100 + day(born))::SMALLINT AS day, is_about,
  g.bits AS given_bits, f.bits AS family_bits
FROM said JOIN halves g ON g.half = said.given JOIN halves f ON f.half = said.family
"""
_VALUES = """
SELECT DISTINCT * FROM (
SELECT 'i', number ->> '$[0]' || ':' || (number ->> '$[1]') FROM
  (SELECT unnest((facts -> '$[8]')::JSON[]) AS number FROM entries WHERE json_array_length(facts, '$[8]') > 0)
UNION ALL SELECT 'e', unnest((facts -> '$[7]')::VARCHAR[]) FROM entries WHERE json_array_length(facts, '$[7]') > 0
UNION ALL SELECT 't', unnest((facts -> '$[6]')::VARCHAR[]) FROM entries WHERE json_array_length(facts, '$[6]') > 0)
"""
_HELD = """
CREATE TABLE held AS SELECT id, unnest(string_split(keys[2:-2], ',')::INTEGER[]) AS key FROM entries WHERE keys <> '{}'
"""
_POSTINGS = """
CREATE TABLE postings AS
WITH shared AS (SELECT key FROM held ANTI JOIN common USING (key) GROUP BY key HAVING count(*) > 1)
SELECT key, id, key IN (SELECT key FROM telling) AS is_telling, year, day, is_about,
  given_bits AS given, family_bits AS family
FROM held JOIN shared USING (key) JOIN fields USING (id)
"""
# Unknown dates may be any. One digit wrong, day and month swapped, and an estimate leave something the same. Names the
# other way round are likely enough to stand against another birth date.
_MAY_BE_BORN = f"""((
  one.year = other.year OR one.day = other.day OR (abs(one.year - other.year) = 1 AND one.day % 100 = other.day % 100)
  OR (one.is_about OR other.is_about) AND abs(one.year - other.year) <= {ESTIMATE_WITHIN}
) IS NOT FALSE)"""
_NEAR = """
INSERT INTO near SELECT one.id, other.id, bool_or(one.is_telling), bool_or({may_be_born})
FROM postings one JOIN postings other ON one.key = other.key AND one.id < other.id
WHERE abs(one.key) % {parts} = {part} AND abs(other.key) % {parts} = {part}
  AND ({may_be_born} OR one.given & other.family <> 0 OR one.family & other.given <> 0 OR one.is_telling)
GROUP BY one.id, other.id
"""
_ALIKE_PARTS = f"""CREATE MACRO alike_parts(a, b) AS (
  jaro_winkler_similarity(a, b) >= {LIKENESS - 0.0001} OR damerau_levenshtein(a, b) <= 1
  OR (length(a) = 1 OR length(b) = 1) AND a[1] = b[1]
  OR length(a) >= {SHORTEST} AND length(b) >= {SHORTEST}
    AND (starts_with(a, b) OR starts_with(b, a) OR ends_with(a, b) OR ends_with(b, a))
)"""
_ALIKE = """CREATE MACRO alike(one, other) AS (
  CASE WHEN one.is_bare OR other.is_bare OR one.bits & other.bits <> 0 THEN true
    WHEN len(one.parts) = 1 AND len(other.parts) = 1 THEN alike_parts(one.parts[1], other.parts[1])
    ELSE len(list_filter(one.parts, lambda x: len(list_filter(other.parts, lambda y: alike_parts(x, y))) > 0)) > 0 END
)"""
_ASKED = """
CREATE TABLE asked AS
SELECT first, second, is_telling, is_born, one.given AS given, one.family AS family,
  other.given AS their_given, other.family AS their_family,
  is_born AND (one.given = other.given OR one.given_bits & other.given_bits <> 0) AS is_sure
FROM (SELECT first, second, bool_or(is_telling) AS is_telling, bool_or(is_born) AS is_born FROM near GROUP BY ALL)
JOIN fields one ON one.id = first JOIN fields other ON other.id = second
"""
_ALIKES = """
CREATE TABLE alikes AS SELECT one.id * 4294967296 + other.id AS pair,
  list_has_any(one.classes, other.classes) AS is_class
FROM (
  SELECT given AS a, their_given AS b FROM asked WHERE NOT (is_telling OR is_sure) AND is_born
  UNION SELECT given, their_family FROM asked WHERE NOT (is_telling OR is_sure)
  UNION SELECT family, their_given FROM asked WHERE NOT (is_telling OR is_sure)
) JOIN halves one ON one.id = a JOIN halves other ON other.id = b WHERE alike(one, other)
"""
_PAIRS = """
CREATE TABLE pairs AS SELECT row_number() OVER (ORDER BY first, second) - 1 AS place, first, second
FROM asked WHERE {may_be_named}
"""
_ONE = "SELECT pair FROM alikes"
_MAY_BE_NAMED = f"""is_telling OR is_sure
  OR is_born AND given * 4294967296 + their_given IN ({_ONE})
  OR given * 4294967296 + their_family IN ({_ONE}) AND family * 4294967296 + their_given IN ({_ONE}) AND (is_born
    OR given * 4294967296 + their_family IN ({_ONE} WHERE is_class)
    OR family * 4294967296 + their_given IN ({_ONE} WHERE is_class))"""
_BATCH = """
SELECT first, one.facts, second, other.facts FROM pairs
JOIN entries one ON one.id = first JOIN entries other ON other.id = second WHERE place >= ? AND place < ?
"""
