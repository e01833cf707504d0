"""The other forms of the tables in a release, compared with the rows of its Parquet files."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

import duckdb

from flows.release.csv_text import csv_pieces
from flows.release.digests import logical_digest, logical_digests
from flows.release.names import csv_path
from flows.release.released import shapes
from flows.release.sql import MEMORY_LIMIT, SILENT, literal
from flows.schema import arrow_schema
from flows.table_schema import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flows.release.released import Descriptor, Source
    from flows.table_schema import Schema


def row_digests(descriptor: Descriptor, sources: Mapping[str, Source]) -> dict[str, str | None]:
    """Return the logical digest of each table's rows as Parquet files hold them; None where its columns differ."""
    sound = {
        name: source
        for name, source in sources.items()
        if all(it.equals(arrow_schema(descriptor.schemas[name])) for it in shapes(source))
    }
    found = logical_digests(sound, descriptor.schemas)
    return {name: found.get(name) for name in sources}


def csv_faults(path: Path, descriptor: Descriptor, sources: Mapping[str, Source]) -> list[str]:
    """Return a line for every table whose CSV file in the zip is not the text of its rows, and for every other file.

    Args:
        path: the zip.
        descriptor: the release's, for the schemas.
        sources: the rows of its Parquet files.

    Raises:
        OSError, BadZipFile: the zip cannot be read.
    """
    with ZipFile(path) as file:
        expected = {csv_path(name): name for name in sources}
        names = [name for name in file.namelist() if name.endswith(".csv")]
        wrong = [f"{name}: the zip holds it, but no table has this name" for name in names if name not in expected]
        lost = [f"{name}: it is not in the zip" for name in expected if name not in names]
        here = [name for name in expected if name in names]
        differ = [
            name
            for name, resource in expected.items()
            if name in here and not _same(file, name, csv_pieces(sources[resource], descriptor.schemas[resource]))
        ]
    return [
        *wrong,
        *lost,
        *(f"{name}: its rows are not those of {_place(descriptor, expected[name])}" for name in differ),
    ]


def _place(descriptor: Descriptor, name: str) -> str:
    path = descriptor.resources[name]["path"]
    return path if isinstance(path, str) else f"{path[0]} and the parts after it"


def _same(file: ZipFile, name: str, pieces: Iterator[bytes]) -> bool:
    """Whether a file in a zip holds these bytes and no others."""
    with file.open(name) as member:
        alike = all(member.read(len(piece)) == piece for piece in pieces)
        return alike and not member.read(1)


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
    with (
        TemporaryDirectory(prefix="newind-") as scratch,
        duckdb.connect(str(path), read_only=True) as connection,
    ):
        connection.execute(f"{SILENT}; SET memory_limit = '{MEMORY_LIMIT}'; SET temp_directory = {literal(scratch)}")
        connection.execute("SET enable_external_access = false")
        checks = {
            name: _fault(connection, schema, digests[name], _place(descriptor, name))
            for name, schema in descriptor.schemas.items()
        }
    return [f"{name}: {fault}" for name, fault in checks.items() if fault]


def _fault(connection: duckdb.DuckDBPyConnection, schema: Schema, expected: str | None, place: str) -> str | None:
    name = schema.name
    found = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall()
    if found != [(1,)]:
        return "the database has no such table"
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    ).fetchall()
    if columns != [(field.name, TYPES[field.type].sql) for field in schema.fields]:
        return "its columns differ in name, type or order"
    same = logical_digest(connection, schema) == expected
    return None if same else f"its rows are not those of {place}"
