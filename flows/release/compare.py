"""Two sets of Parquet files compared: what changed in their schemas, and row by row.

Everything is done by DuckDB on the files, so that tables may be larger than memory; what comes back are the changes.
"""

# ruff: noqa: S608 - statements are put together from quoted names of schemas and quoted paths

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import pyarrow as pa

from flows.errors import TargetError
from flows.release.csv_text import LIST_DELIMITER
from flows.release.digests import cell_text
from flows.release.disk import is_full
from flows.release.layout import table_files
from flows.release.names import CHANGES_TABLE
from flows.release.released import one_line, row_count, tables_in
from flows.release.schema_changes import SchemaChange, schema_changes
from flows.release.sql import another, at_once, literal, parquet, quoted, quoted_names, workshop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flows.table_schema import Field, Schema

KINDS = ("added", "removed", "corrected")
MOST_TOLD = 10
"""Of so many added and removed rows of a table the words are told."""

_WORDS = ("quote", "statement", "message", "reason", "title", "name", "label", "text", "position")
"""The fields that tell a person what a row is about; of a table, the first one that it has."""


class RowCounts(NamedTuple):
    """How many rows of one table were added, removed, corrected, and left as they were."""

    added: int
    removed: int
    corrected: int
    unchanged: int

    @property
    def changed(self) -> bool:
        """Whether any row is not as it was."""
        return bool(self.added or self.removed or self.corrected)


class Comparison(NamedTuple):
    """The differences between two sets of tables.

    Attributes:
        schema: the changes of schemas; a table that is new or gone is one of them.
        counts: of each table that both sets have, in the order of the newer.
        rows: one row a change, with the text columns ``resource, key, kind, field, old, new``: one a row that was added
            or removed, with no field; one a cell that was corrected. In the order of resource, key and field.
        words: what the first added and removed rows of each table are about, by resource and key.
    """

    schema: tuple[SchemaChange, ...]
    counts: Mapping[str, RowCounts]
    rows: pa.Table
    words: Mapping[tuple[str, str], str]

    @property
    def equal(self) -> bool:
        """Whether there is no difference."""
        return not self.schema and not any(count.changed for count in self.counts.values())


ROWS = pa.schema([(name, pa.string()) for name in ("resource", "key", "kind", "field", "old", "new")])


def compare(before: Path | None, after: Path) -> Comparison:
    """Compare the Parquet files of two folders, each the folder of a release or one that is to become one.

    The table `changes` is left out: it tells of the others.

    Args:
        before: the older; None where there is none, and all is new.
        after: the newer.

    Raises:
        TargetError: a file is missing or cannot be read.
    """
    was, now = _sides(before) if before else {}, _sides(after)
    both = [name for name in now if name in was]
    side_by_side = at_once(row_count(table_files(after, name)) for name in both)
    with workshop() as connection, ThreadPoolExecutor(side_by_side) as beside:
        try:
            found = beside.map(lambda name: _compare_rows(another(connection), name, was[name], now[name]), both)
            compared = dict(zip(both, found, strict=True))
        except duckdb.Error as error:
            if is_full(error):
                raise
            raise TargetError(f"{before or after}: its tables cannot be compared: {one_line(error)}") from error
    rows = pa.concat_tables([rows for _, rows, _ in compared.values()] or [ROWS.empty_table()])
    counts = {name: count for name, (count, _, _) in compared.items()}
    words = {(name, key): said for name, (_, _, told) in compared.items() for key, said in told.items()}
    schemas = [{name: side.schema for name, side in sides.items()} for sides in (was, now)]
    return Comparison(tuple(schema_changes(*schemas)) if before else (), counts, rows, words)


class _Side(NamedTuple):
    """One table on one side: its schema, and where its rows come from in SQL."""

    schema: Schema
    source: str

    @property
    def key(self) -> str:
        """The expression of a row's key as one text, as `newind explain` takes it."""
        return f"concat_ws('/', {quoted_names(self.schema.primary_key)})"

    def fields(self, names: Sequence[str]) -> list[Field]:
        """Return the fields of these names, in their order."""
        by_name = {field.name: field for field in self.schema.fields}
        return [by_name[name] for name in names]

    def cells(self, names: Sequence[str]) -> list[str]:
        """Return the expressions of these fields' cells as texts."""
        texts = [cell_text(field, quoted(field.name), literal(LIST_DELIMITER)) for field in self.fields(names)]
        return [f"nullif({text}, '')" for text in texts]


def _sides(folder: Path) -> dict[str, _Side]:
    schemas = tables_in(folder)
    return {
        name: _Side(schema, parquet(table_files(folder, name)))
        for name, schema in schemas.items()
        if name != CHANGES_TABLE
    }


def _compare_rows(
    connection: duckdb.DuckDBPyConnection, name: str, before: _Side, after: _Side
) -> tuple[RowCounts, pa.Table, dict[str, str]]:
    total = _count(connection, f"SELECT count(*) FROM {after.source}")
    if before.schema.primary_key != after.schema.primary_key:
        gone = _count(connection, f"SELECT count(*) FROM {before.source}")
        return RowCounts(total, gone, 0, 0), ROWS.empty_table(), {}
    shared = [field.name for field in after.schema.fields if field.name in {it.name for it in before.schema.fields}]
    connection.execute(_marks(before, after, shared))
    counted = dict(connection.execute("SELECT kind, count(*) FROM marks GROUP BY kind").fetchall())
    added, removed, corrected = (int(counted.get(kind, 0)) for kind in KINDS)
    found = connection.sql(_changes(name, before, after, shared)).to_arrow_table().cast(ROWS)
    told = {**_words(connection, "added", after), **_words(connection, "removed", before)}
    return RowCounts(added, removed, corrected, total - added - corrected), found, told


def _words(connection: duckdb.DuckDBPyConnection, kind: str, side: _Side) -> dict[str, str]:
    """Return what the first rows of one kind are about, by key; nothing for a table without words."""
    named = {field.name for field in side.schema.fields}
    field = next((name for name in _WORDS if name in named), None)
    if field is None:
        return {}
    first = f"SELECT key FROM marks WHERE kind = {literal(kind)} ORDER BY key LIMIT {MOST_TOLD}"
    said = f"SELECT {side.key} AS key, {quoted(field)} AS said FROM {side.source} WHERE key IN ({first})"
    return dict(connection.execute(f"FROM ({said}) WHERE said IS NOT NULL").fetchall())


def _marks(before: _Side, after: _Side, shared: Sequence[str]) -> str:
    """Mark every row that is not on both sides the same: by a hash of its cells, so that the join stays narrow.

    It has 64 bits: of all rows that were ever corrected, one in 10^19 would be taken for the same.
    """
    pairs = list(zip(before.fields(shared), after.fields(shared), strict=True))
    was, now = (
        f"SELECT {side.key} AS key, hash({', '.join(cells)}) AS line FROM {side.source}"
        for side, cells in zip((before, after), zip(*(_hashed(*pair) for pair in pairs), strict=True), strict=True)
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE marks AS
        SELECT coalesce(was.key, now.key) AS key,
               CASE WHEN was.key IS NULL THEN 'added' WHEN now.key IS NULL THEN 'removed' ELSE 'corrected' END AS kind
        FROM ({was}) AS was FULL JOIN ({now}) AS now ON was.key = now.key
        WHERE was.line IS DISTINCT FROM now.line
        """


def _hashed(before: Field, after: Field) -> tuple[str, str]:
    """Return what of a cell is hashed on either side: its text where its type has changed, or where -0.0 equals 0.0."""
    column = quoted(after.name)
    if before.type == after.type != "number":
        return column, column
    return cell_text(before, column), cell_text(after, column)


def _changes(name: str, before: _Side, after: _Side, shared: Sequence[str]) -> str:
    was, now = (
        f"SELECT {side.key} AS key, [{', '.join(side.cells(shared))}] AS cells FROM {side.source} "
        "WHERE key IN (SELECT key FROM marks WHERE kind = 'corrected')"
        for side in (before, after)
    )
    fields = ", ".join(map(literal, shared))
    return f"""
        SELECT {literal(name)} AS resource, key, kind, field, old, new FROM (
            SELECT key, kind, NULL AS field, NULL AS old, NULL AS new FROM marks WHERE kind <> 'corrected'
            UNION ALL
            SELECT key, 'corrected', field, old, new FROM (
                SELECT was.key, unnest([{fields}]) AS field, unnest(was.cells) AS old, unnest(now.cells) AS new
                FROM ({was}) AS was JOIN ({now}) AS now ON was.key = now.key)
            WHERE old IS DISTINCT FROM new)
        ORDER BY key, field
        """


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
