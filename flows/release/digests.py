"""The logical digest of a table: a hash of its rows that is the same in whatever order, file or codec they are stored.

A cell is written as its length in bytes, a colon and its text; a null as ``~``; the items of a list are joined by the
character U+001E. A row is the SHA-256 of its cells one after the other, a table that of its rows' hexadecimal digests
in their own order. This is plain SQL, so that a release can carry the statement and any DuckDB can repeat it; here
the rows' digests are sorted by DuckDB and hashed as they come, for there are 64 bytes of them a row.
"""

# ruff: noqa: S608 - statements are put together from quoted names of schemas

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flows.release.sql import literal, offer, parquet, quoted, workshop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from flows.release.released import Source
    from flows.table_schema import Field, Schema

_AT_ONCE = 100_000
_DIGITS = 64  # of a row's digest


def cell_text(field: Field, column: str, separator: str = "chr(30)") -> str:
    """Return the SQL expression of a cell of `column` as text, null where it is null."""
    if field.type == "list":
        return f"array_to_string({column}, {separator})"
    return column if field.type == "string" else f"CAST({column} AS VARCHAR)"


def digest_query(schema: Schema, source: str) -> str:
    """Return the SQL statement whose one cell is the logical digest of the rows of `source`."""
    rows = _lines(schema, source)
    return f"SELECT 'sha256:' || sha256(coalesce(string_agg(line, '' ORDER BY line), '')) FROM ({rows})"


def digests_script(schemas: Mapping[str, Schema], files: Mapping[str, Sequence[str]]) -> str:
    """Return one SQL statement that lists every table of a release with its logical digest, run from its folder.

    Args:
        schemas: of the tables.
        files: the paths of each table's Parquet files in the release.
    """
    sources = {name: literal(paths[0]) if len(paths) == 1 else parquet(paths) for name, paths in files.items()}
    selects = [
        f"SELECT {literal(name)} AS resource, (\n{digest_query(schema, sources[name])}) AS logical_digest"
        for name, schema in schemas.items()
    ]
    return "\nUNION ALL\n".join(selects) + "\nORDER BY resource;\n"


def logical_digests(sources: Mapping[str, Source], schemas: Mapping[str, Schema]) -> dict[str, str]:
    """Return the logical digest of each table, by name."""
    with workshop() as connection:
        for name, source in sources.items():
            offer(connection, name, source)
        return {name: logical_digest(connection, schemas[name]) for name in sources}


def logical_digest(connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
    """Return the logical digest of a table that a connection knows by the name of its schema."""
    digest = hashlib.sha256()
    found = connection.sql(f"{_lines(schema, quoted(schema.name))} ORDER BY line")
    for batch in found.to_arrow_reader(_AT_ONCE):
        lines = batch.column(0)
        digest.update(memoryview(lines.buffers()[2])[_DIGITS * lines.offset :][: _DIGITS * len(lines)])
    return f"sha256:{digest.hexdigest()}"


def _lines(schema: Schema, source: str) -> str:
    """Select the digest of each row's cells as one text that no other row shares."""
    return f"SELECT sha256(concat({', '.join(map(_cell, schema.fields))})) AS line FROM {source}"


def _cell(field: Field) -> str:
    text = cell_text(field, quoted(field.name))
    return f"coalesce(strlen({text}) || ':' || {text}, '~')"
