"""The other forms of the tables in a release, compared with the rows of its Parquet files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import duckdb

from flows.release.csv_text import csv_text
from flows.release.digests import digest_query, logical_digests
from flows.release.names import csv_path, parquet_path
from flows.release.sql import SILENT, quoted
from flows.schema import arrow_schema
from flows.table_schema import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.release.released import Descriptor
    from flows.schema import Tables
    from flows.table_schema import Schema


def row_digests(descriptor: Descriptor, tables: Tables) -> dict[str, str | None]:
    """Return the logical digest of each table's rows as its Parquet file holds them; None where its columns differ."""
    sound = {
        name: table for name, table in tables.items() if table.schema.equals(arrow_schema(descriptor.schemas[name]))
    }
    found = logical_digests(sound, descriptor.schemas)
    return {name: found.get(name) for name in tables}


def csv_faults(path: Path, descriptor: Descriptor, tables: Tables) -> list[str]:
    """Return a line for every table whose CSV file in the zip is not the text of its rows, and for every other file.

    Args:
        path: the zip.
        descriptor: the release's, for the schemas.
        tables: the rows of its Parquet files.

    Raises:
        OSError, BadZipFile: the zip cannot be read.
    """
    with ZipFile(path) as file:
        expected = {csv_path(name): name for name in tables}
        names = [name for name in file.namelist() if name.endswith(".csv")]
        wrong = [f"{name}: the zip holds it, but no table has this name" for name in names if name not in expected]
        lost = [f"{name}: it is not in the zip" for name in expected if name not in names]
        here = [name for name in expected if name in names]
        differ = [
            name
            for name, resource in expected.items()
            if name in here and file.read(name) != csv_text(tables[resource], descriptor.schemas[resource])
        ]
    return [*wrong, *lost, *(f"{name}: its rows are not those of {parquet_path(expected[name])}" for name in differ)]


def database_faults(path: Path, descriptor: Descriptor, digests: Mapping[str, str | None]) -> list[str]:
    """Return a line for every table whose rows in the database are not those of its Parquet file.

    Args:
        path: the DuckDB file.
        descriptor: the release's, for the schemas.
        digests: what `row_digests` gives.

    Raises:
        OSError: the file is missing or may not be read.
        duckdb.Error: it is no database.
    """
    path.open("rb").close()  # says what is wrong in plainer words than DuckDB
    # A missing file must be an error, not a new and empty database: hence read-only.
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"{SILENT}; SET enable_external_access = false")
        checks = {name: _fault(connection, schema, digests[name]) for name, schema in descriptor.schemas.items()}
    return [f"{name}: {fault}" for name, fault in checks.items() if fault]


def _fault(connection: duckdb.DuckDBPyConnection, schema: Schema, expected: str | None) -> str | None:
    name = schema.name
    found = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall()
    if found != [(1,)]:
        return "the database has no such table"
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    ).fetchall()
    if columns != [(field.name, TYPES[field.type].sql) for field in schema.fields]:
        return "its columns differ in name, type or order"
    ((found,),) = connection.execute(digest_query(schema, quoted(name))).fetchall()
    return None if found == expected else f"its rows are not those of {parquet_path(name)}"
