"""One DuckDB file from the Parquet files of a release: ``python -m flows.release.database RELEASE OUT SCRATCH``.

It runs in a process of its own, with an empty environment, because a DuckDB file can carry left-over memory of the
process that wrote it. It reads nothing but the Parquet files: the schemas are in their metadata.
"""

from __future__ import annotations

import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from flows.errors import SchemaError, TargetError
from flows.release.disk import is_full, scratch_error
from flows.release.layout import resources_in, table_files
from flows.release.sql import MEMORY_LIMIT, literal, parquet, quoted, quoted_names
from flows.release.views import CHANGES_SINCE, VIEWS
from flows.table_schema import TYPES, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.table_schema import Field, Schema

MOST_KEYED_ROWS = 2_000_000
"""Beyond so many rows tables have no keys: their indexes would take more room and time than the rows."""

_READABLE_FROM_1_1 = "STORAGE_VERSION 'v1.0.0'"
_SMALL = "BLOCK_SIZE 16384"  # takes four small tables from 1.3 MB to 94 KB
_LARGE = "BLOCK_SIZE 262144"


def start_database(folder: Path, out: Path, scratch: Path) -> subprocess.Popen[str]:
    """Start writing the tables of the release in `folder` into the new DuckDB file `out`.

    End it with `finish_database`; `scratch` is a folder for what does not fit into memory.
    """
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-P", "-m", "flows.release.database", str(folder), str(out), str(scratch)]
    return subprocess.Popen(  # noqa: S603 - our own module, started with paths that are no shell words
        command,
        env={"PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish_database(process: subprocess.Popen[str], out: Path) -> None:
    """Wait for the database to be written.

    Raises:
        TargetError: it could not be; the message says why in one line.
    """
    _, said = process.communicate()
    if process.returncode:
        reason = (said.strip().splitlines() or [f"the process ended with {process.returncode}"])[-1]
        if is_full(reason) and str(out) not in reason:
            raise scratch_error()
        advice = "; the disk is full: free some space, or publish to a larger one" if is_full(reason) else ""
        raise TargetError(f"{out}: the database could not be written: {reason}{advice}")


def write_database(folder: Path, out: Path, scratch: Path | None = None) -> None:
    """Write the tables of the release in `folder` with keys and comments, and the views, into the new file `out`.

    Args:
        folder: the release's.
        out: the file to write.
        scratch: a folder for what does not fit into memory.

    Raises:
        SchemaError: a file has no Table Schema in its metadata, or the foreign keys run in a circle.
        duckdb.Error: a file cannot be read or written, or rows break a key.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(scratch or ""),
    }
    with duckdb.connect(config=config) as connection:
        files = {name: table_files(folder, name) for name in resources_in(folder)}
        schemas = _in_reference_order([_schema(connection, paths[0]) for paths in files.values()])
        sources = {schema.name: parquet(files[schema.name]) for schema in schemas}
        keyed = sum(_count(connection, source) for source in sources.values()) <= MOST_KEYED_ROWS
        kind = f"{_READABLE_FROM_1_1}, {_SMALL if keyed else _LARGE}"
        connection.execute(f"ATTACH {literal(str(out))} AS release ({kind})")
        connection.execute("USE release; BEGIN")
        for schema in schemas:
            connection.execute(_create(schema, keyed=keyed))
            _fill(connection, schema, sources[schema.name], keyed=keyed)
            _comment(connection, schema)
        _create_views(connection, {schema.name for schema in schemas})
        connection.execute("COMMIT; USE memory; DETACH release")


def _schema(connection: duckdb.DuckDBPyConnection, path: Path) -> Schema:
    query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'table_schema'"
    found = connection.execute(query, [str(path)]).fetchall()
    if not found:
        raise SchemaError(f"{path}: the file holds no Table Schema; write it with flows.release.parquet")
    return read_schema(found[0][0], str(path))


def _in_reference_order(schemas: Iterable[Schema]) -> list[Schema]:
    by_name = {schema.name: schema for schema in schemas}
    order: TopologicalSorter[str] = TopologicalSorter()
    for name, schema in by_name.items():
        order.add(name, *sorted({key.resource for key in schema.foreign_keys} - {name}))
    try:
        return [by_name[name] for name in order.static_order()]
    except CycleError as error:
        raise SchemaError(f"the foreign keys of {', '.join(error.args[1])} run in a circle") from None
    except KeyError as error:
        raise SchemaError(f"there is no Parquet file of {error.args[0]}, which a foreign key points at") from None


def _create(schema: Schema, *, keyed: bool) -> str:
    lines = [_column(field) for field in schema.fields]
    if keyed:
        lines.append(f"PRIMARY KEY ({quoted_names(schema.primary_key)})")
        lines += [f"UNIQUE ({quoted_names(key)})" for key in schema.unique_keys]
        lines += [
            f"FOREIGN KEY ({quoted(key.field)}) REFERENCES {quoted(key.resource)} ({quoted(key.reference)})"
            for key in schema.foreign_keys
        ]
    return f"CREATE TABLE {quoted(schema.name)} ({', '.join(lines)})"


def _column(field: Field) -> str:
    return f"{quoted(field.name)} {TYPES[field.type].sql}{'' if field.nullable else ' NOT NULL'}"


def _fill(connection: duckdb.DuckDBPyConnection, schema: Schema, source: str, *, keyed: bool) -> None:
    """Insert a table's rows; those that point at rows of the same table after these, for the key is checked at once."""
    if not keyed:  # nothing is checked, and the rows of the files are in order
        connection.execute(f"INSERT INTO {quoted(schema.name)} FROM {source}")
        return
    upward = [quoted(key.field) for key in schema.foreign_keys if key.resource == schema.name]
    table, key = quoted(schema.name), quoted_names(schema.primary_key)
    condition = "true"
    if upward:
        here = f"(SELECT {key} FROM {table})"  # noqa: S608 - quoted names of a schema
        condition = f"{key} NOT IN {here} AND ({upward[0]} IS NULL OR {upward[0]} IN {here})"
    insert = f"INSERT INTO {table} FROM {source} WHERE {condition} ORDER BY {key}"
    while _number(connection, insert) and upward:
        pass
    if _count(connection, table) != _count(connection, source):
        raise SchemaError(f"{schema.name}: some rows stand above themselves; mend {', '.join(upward)}")


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    return _number(connection, f"SELECT count(*) FROM {source}")  # noqa: S608 - a name or path in quotation marks


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Run a query and return its one number: of an insert, how many rows it put in."""
    ((number,),) = connection.execute(query).fetchall()
    return int(number)


def _comment(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    connection.execute(f"COMMENT ON TABLE {quoted(schema.name)} IS {literal(schema.description)}")
    for field in schema.fields:
        target = f"{quoted(schema.name)}.{quoted(field.name)}"
        connection.execute(f"COMMENT ON COLUMN {target} IS {literal(field.description)}")


def _create_views(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> None:
    for view in VIEWS if tables else ():
        connection.execute(f"CREATE VIEW {quoted(view.name)} AS {view.query}")
        connection.execute(f"COMMENT ON VIEW {quoted(view.name)} IS {literal(view.comment)}")
    if "changes" in tables:
        connection.execute(CHANGES_SINCE)


def _main(arguments: Sequence[str]) -> int:
    folder, out, scratch = map(Path, arguments)
    try:
        write_database(folder, out, scratch)
    except (duckdb.Error, SchemaError, OSError) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
