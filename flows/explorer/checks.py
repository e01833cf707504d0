"""What was checked of the rows, in words, so that "no errors" and "not checked" differ: ``48 of 48 values …``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.release.sql import quoted, quoted_names
from flows.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

    from flows.table_schema import Schema

# White space as Python's ``str.split`` has it, which is how statements and quotes were folded. Most stand in the text
# as they are, and to fold it costs ten times as much as to look.
_FOLDED = r"trim(regexp_replace({}, '[\s\pZ\x{{1c}}-\x{{1f}}\x{{85}}]+', ' ', 'g'))"
_CUT = "substr(p.text, r.char_start - p.char_start + 1, r.char_end - r.char_start)"
_SPANS = {
    "values": ("metrics", f"{_CUT} = r.value_text"),
    "quotes": (
        "metrics",
        f"CASE WHEN contains(p.text, r.quote) THEN true ELSE contains({_FOLDED.format('p.text')}, r.quote) END",
    ),
    "tasks": ("tasks", f"CASE WHEN {_CUT} = r.statement THEN true ELSE {_FOLDED.format(_CUT)} = r.statement END"),
    "mentions": ("mentions", f"{_CUT} = r.text"),
    "numbers": ("numerals", f"{_CUT} = r.text"),
}


class Count(NamedTuple):
    """How many rows hold what the sentence says, of how many."""

    good: int
    total: int
    sentence: str


def checks(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int]) -> list[Count]:
    """Count the rows that stand in the texts as they claim, have keys of their own, and point at rows that exist.

    Args:
        connection: one that knows the tables of the release by their names.
        rows: how many rows each has.
    """
    return [*_spans(connection), _keys(connection, rows), _references(connection, rows)]


def _spans(connection: duckdb.DuckDBPyConnection) -> Iterator[Count]:
    for sentence, (resource, condition) in _SPANS.items():
        query = f"""
            SELECT count(*) FILTER (p.document_id = r.document_id AND {condition}), count(*)
            FROM {resource} AS r LEFT JOIN passages AS p USING (passage_id)
        """  # noqa: S608 - the constants above
        good, total = _numbers(connection, query)
        yield Count(good, total, f"{sentence} found in the texts")


def _keys(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int]) -> Count:
    distinct = 0
    for name in rows:
        key = quoted_names(schema_of(name).primary_key)
        distinct += _numbers(connection, f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {quoted(name)})")[0]  # noqa: S608 - names of a schema
    return Count(distinct, sum(rows.values()), "rows have a key of their own")


def _references(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> Count:
    counts = [_pointing(connection, schema_of(name)) for name in names]
    good, total = (sum(column) for column in zip(*counts, strict=True))
    return Count(good, total, "references point at a row")


def _pointing(connection: duckdb.DuckDBPyConnection, schema: Schema) -> tuple[int, int]:
    good = total = 0
    for key in schema.foreign_keys:
        query = f"""
            SELECT count(*) FILTER ("{key.field}" IN (SELECT "{key.reference}" FROM "{key.resource}")),
                   count("{key.field}")
            FROM "{schema.name}"
        """  # noqa: S608 - names of a schema
        found = _numbers(connection, query)
        good, total = good + found[0], total + found[1]
    return good, total


def _numbers(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    ((*numbers,),) = connection.execute(query).fetchall()
    return tuple(map(int, numbers))
