"""The logical digest of a table: a hash of its rows that is the same in whatever order, file or codec they are stored.

A cell is written as its length in bytes, a colon and its text; a null as ``~``; the items of a list are joined by the
character U+001E. A row is the SHA-256 of its cells one after the other, a table that of its rows' hexadecimal digests
in their own order. This is plain SQL, so that a release can carry the statement and any DuckDB can repeat it.
"""

# ruff: noqa: S608 - statements are put together from quoted names of schemas

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.release.names import parquet_path
from flows.release.sql import literal, quoted, workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from flows.schema import Tables
    from flows.table_schema import Field, Schema


def row_text(fields: Iterable[Field]) -> str:
    """Return the SQL expression of a row's cells as one text that no other row shares."""
    return " || ".join(map(_cell, fields))


def cell_text(field: Field, column: str, separator: str = "chr(30)") -> str:
    """Return the SQL expression of a cell of `column` as text, null where it is null."""
    if field.type == "list":
        return f"array_to_string({column}, {separator})"
    return column if field.type == "string" else f"CAST({column} AS VARCHAR)"


def digest_query(schema: Schema, source: str) -> str:
    """Return the SQL statement whose one cell is the logical digest of the rows of `source`."""
    rows = f"SELECT sha256({row_text(schema.fields)}) AS line FROM {source}"
    return f"SELECT 'sha256:' || sha256(coalesce(string_agg(line, '' ORDER BY line), '')) FROM ({rows})"


def digests_script(schemas: Mapping[str, Schema]) -> str:
    """Return one SQL statement that lists every table of a release with its logical digest, run from its folder."""
    selects = [
        f"SELECT {literal(name)} AS resource, (\n{digest_query(schema, literal(parquet_path(name)))}) AS logical_digest"
        for name, schema in schemas.items()
    ]
    return "\nUNION ALL\n".join(selects) + "\nORDER BY resource;\n"


def logical_digests(tables: Tables, schemas: Mapping[str, Schema]) -> dict[str, str]:
    """Return the logical digest of each table, by name."""
    with workshop() as connection:
        return {name: _digest(connection, table, schemas[name]) for name, table in tables.items()}


def _digest(connection: duckdb.DuckDBPyConnection, table: object, schema: Schema) -> str:
    connection.register("digested", table)
    ((found,),) = connection.execute(digest_query(schema, "digested")).fetchall()
    connection.unregister("digested")
    return str(found)


def _cell(field: Field) -> str:
    text = cell_text(field, quoted(field.name))
    return f"coalesce(strlen({text}) || ':' || {text}, '~')"
