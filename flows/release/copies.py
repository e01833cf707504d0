"""The other forms of the tables in a release, compared with the logical digests of its descriptor."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import duckdb

from flows.release.csv_text import digest, logical_digest
from flows.release.names import DESCRIPTOR, csv_path
from flows.schema import arrow_schema

if TYPE_CHECKING:
    from pathlib import Path

    from flows.release.released import Descriptor


def csv_faults(path: Path, descriptor: Descriptor) -> list[str]:
    """Return a line for every table whose CSV file in the zip is not the text of its rows, and for every other file.

    Raises:
        OSError, BadZipFile: the zip cannot be read.
    """
    with ZipFile(path) as file:
        expected = {csv_path(name): resource.get("logicalDigest") for name, resource in descriptor.resources.items()}
        names = [name for name in file.namelist() if name.endswith(".csv")]
        wrong = [f"{name}: the zip holds it, but no table has this name" for name in names if name not in expected]
        lost = [f"{name}: it is not in the zip" for name in expected if name not in names]
        here = [name for name in expected if name in names]
        differ = [name for name in here if digest(file.read(name)) != expected[name]]
    return [*wrong, *lost, *(f"{name}: its rows do not give the logical digest in {DESCRIPTOR}" for name in differ)]


def database_faults(path: Path, descriptor: Descriptor) -> list[str]:
    """Return a line for every table whose rows in the database do not give its logical digest.

    Raises:
        duckdb.Error: the file cannot be opened.
    """
    # A missing file must be an error, not a new and empty database: hence read-only.
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("SET enable_external_access = false")
        checks = {name: _fault(connection, name, descriptor) for name in descriptor.schemas}
    return [f"{name}: {fault}" for name, fault in checks.items() if fault]


def _fault(connection: duckdb.DuckDBPyConnection, name: str, descriptor: Descriptor) -> str | None:
    schema = descriptor.schemas[name]
    found = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall()
    if found != [(1,)]:
        return "the database has no such table"
    quoted = name.replace('"', '""')
    table = connection.sql(f'FROM "{quoted}"').to_arrow_table()
    target = arrow_schema(schema)
    if table.column_names != target.names:
        return "its columns differ in name or order"
    if logical_digest(table.cast(target), schema) != descriptor.resources[name].get("logicalDigest"):
        return f"its rows do not give the logical digest in {DESCRIPTOR}"
    return None
