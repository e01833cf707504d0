"""Shards become the tables of a package: sorted and joined by DuckDB, out of core, and written a row group at a time.

Rows of one text are taken as they are. What several texts say together is made here: speakers by SQL; disagreements
and duplicates by SQL that finds the few rows concerned, and by `flows.parse.assemble` that says what they come to.
"""

# ruff: noqa: S608 - statements are put together from quoted names and paths

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.parse.assemble import CLOSE, find_conflicts, find_duplicates, series
from flows.records import Document, Metric
from flows.release.parquet import write_rows
from flows.release.released import unwritable
from flows.release.sql import literal, quoted, quoted_names, workshop
from flows.schema import schema_of, to_arrow
from flows.shards import PER_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

    from flows.records import Finding, Rejected
    from flows.shards import Taken
    from flows.vocabulary import Vocabulary

_AT_ONCE = 10_000
_SERIES = "indicator_id, place_id, industry_id, period_start, period_end, unit, measure, comparison, out_of"
_COMPARED = "indicator_id IS NOT NULL AND coalesce(period_start, period_end) IS NOT NULL AND status = 'actual'"
_EXACT = "bound = 'exact' AND value_upper IS NULL"


def gather(taken: Sequence[Taken], rejected: Sequence[Rejected], vocabulary: Vocabulary, folder: Path) -> None:
    """Write the tables of a release into the empty `folder`, all but `changes`.

    Args:
        taken: the shards of all texts, no text twice.
        rejected: the texts that are not in them.
        vocabulary: the one that the texts were parsed by.
        folder: the folder of a release that is to become.

    Raises:
        TargetError: a file cannot be written; the scratch folder is full.
        duckdb.Error: a shard cannot be read.
    """
    try:
        _gather(taken, rejected, vocabulary, folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def _gather(taken: Sequence[Taken], rejected: Sequence[Rejected], vocabulary: Vocabulary, folder: Path) -> None:
    small = {"indicators": vocabulary.indicators, "entities": vocabulary.entities, "rejected": rejected}
    with workshop() as connection:
        _offer(connection, taken)
        across = to_arrow("findings", _across(connection))
        for name in PER_TEXT:
            if name != "findings":
                _write(connection, name, f"FROM {quoted(name)}", folder)
        connection.register("across", across)
        _write(connection, "findings", "FROM findings UNION ALL FROM across", folder)
        _write(connection, "speakers", JOINED, folder)
        for name, rows in small.items():
            connection.register("small", to_arrow(name, rows))
            _write(connection, name, "FROM small", folder)


def _offer(connection: duckdb.DuckDBPyConnection, taken: Sequence[Taken]) -> None:
    """Let a connection know the rows of each resource: one scan of all shards, and one list of what is left in them.

    A few texts of almost every shard change from one year to the next, so a statement a shard would be thousands.
    """
    left = [(str(it.folder), document) for it in taken for document in it.left]
    columns = zip(*left, strict=True) if left else ((), ())
    names = ("folder", "document_id")
    connection.register("left_out", pa.table([pa.array(it, pa.string()) for it in columns], names))
    for name in (*PER_TEXT, "speakers"):
        files = ", ".join(literal(str(it.folder / f"{name}.parquet")) for it in taken)
        connection.execute(f"""
            CREATE VIEW {quoted(name)} AS SELECT * EXCLUDE (filename)
            FROM read_parquet([{files}], filename = true) AS r ANTI JOIN left_out AS l
            ON r.document_id = l.document_id AND r.filename = l.folder || '/{name}.parquet'
        """)


def _write(connection: duckdb.DuckDBPyConnection, name: str, source: str, folder: Path) -> None:
    schema = schema_of(name)
    columns = quoted_names([field.name for field in schema.fields])
    found = connection.sql(f"SELECT {columns} FROM ({source}) ORDER BY {quoted_names(schema.primary_key)}")
    write_rows(name, found.to_arrow_reader(_AT_ONCE), folder)


# What the latest text says of a speaker, gaps filled from the ones before: with a position goes its organisation.
JOINED = """
    SELECT speaker_id, arg_max(name, n) AS name,
           arg_max(name_native, n) FILTER (name_native IS NOT NULL) AS name_native, arg_max(kind, n) AS kind,
           arg_max(position, n) FILTER (position IS NOT NULL) AS position,
           arg_max(organisation, n) FILTER (organisation IS NOT NULL AND n >= held) AS organisation
    FROM (SELECT *, coalesce(max(n) FILTER (position IS NOT NULL) OVER (PARTITION BY speaker_id), 0) AS held
          FROM (SELECT *, row_number() OVER (PARTITION BY speaker_id ORDER BY said_on, document_id) AS n FROM speakers))
    GROUP BY speaker_id
"""


def _across(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return the findings that no text gives alone."""
    found = [finding for group in _doubtful_series(connection) for finding in find_conflicts(group)]
    twice = connection.execute(
        "SELECT * FROM documents WHERE raw_sha256 IN "
        "(SELECT raw_sha256 FROM documents GROUP BY raw_sha256 HAVING count(*) > 1) ORDER BY document_id"
    ).fetchall()
    return [*found, *find_duplicates([Document(*row) for row in twice])]


def _doubtful_series(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Metric]]:
    """Yield the metrics of each series of which two documents may give different values."""
    same = " AND ".join(f"m.{name.strip()} IS NOT DISTINCT FROM g.{name.strip()}" for name in _SERIES.split(","))
    rows = connection.execute(
        f"""
        SELECT m.* FROM metrics AS m JOIN (
            SELECT {_SERIES} FROM metrics WHERE {_COMPARED} GROUP BY ALL
            HAVING count(DISTINCT document_id) FILTER ({_EXACT}) > 1
               AND max(value) FILTER ({_EXACT}) - min(value) FILTER ({_EXACT})
                   > {CLOSE} * max(abs(value)) FILTER ({_EXACT})) AS g ON {same}
        WHERE {_COMPARED.replace("indicator_id", "m.indicator_id").replace("period_", "m.period_")}
        ORDER BY {", ".join(f"m.{name.strip()}" for name in _SERIES.split(","))}, metric_id
        """
    )
    for _, group in groupby(_streamed(rows), series):
        yield list(group)


def _streamed(found: duckdb.DuckDBPyConnection) -> Iterator[Metric]:
    while rows := found.fetchmany(_AT_ONCE):
        for row in rows:
            yield Metric(*row)
