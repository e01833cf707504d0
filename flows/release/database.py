"""One DuckDB file from the Parquet files of a release: ``python -m flows.release.database PARQUET_FOLDER OUT``.

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
from flows.release.sql import literal, parquet, quoted, quoted_names
from flows.release.views import CHANGES_SINCE, VIEWS
from flows.table_schema import TYPES, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.table_schema import Field, Schema

MOST_KEYED_ROWS = 2_000_000
"""Beyond so many rows tables have no keys: their indexes would take more room and time than the rows."""

_READABLE_FROM_1_1 = "STORAGE_VERSION 'v1.0.0', BLOCK_SIZE 16384"


def start_database(folder: Path, out: Path) -> subprocess.Popen[str]:
    """Start writing the Parquet files of `folder` into the new DuckDB file `out`; end it with `finish_database`."""
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-P", "-m", "flows.release.database", str(folder), str(out)]
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
        raise TargetError(f"{out}: the database could not be written: {reason}")


def write_database(folder: Path, out: Path) -> None:
    """Write every ``*.parquet`` of `folder` as a table with keys and comments, and the views, into the new file `out`.

    Raises:
        SchemaError: a file has no Table Schema in its metadata, or the foreign keys run in a circle.
        duckdb.Error: a file cannot be read or written, or rows break a key.
    """
    with duckdb.connect(config={"threads": "1", "temp_directory": ""}) as connection:
        schemas = _in_reference_order([_schema(connection, path) for path in sorted(folder.glob("*.parquet"))])
        connection.execute(f"ATTACH {literal(str(out))} AS release ({_READABLE_FROM_1_1})")
        connection.execute("USE release; BEGIN")
        sources = {schema.name: parquet(folder / f"{schema.name}.parquet") for schema in schemas}
        keyed = sum(_count(connection, source) for source in sources.values()) <= MOST_KEYED_ROWS
        for schema in schemas:
            connection.execute(_create(schema, keyed=keyed))
            _fill(connection, schema, sources[schema.name])
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


def _fill(connection: duckdb.DuckDBPyConnection, schema: Schema, source: str) -> None:
    """Insert a table's rows; those that point at rows of the same table after these, for the key is checked at once."""
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
    folder, out = map(Path, arguments)
    try:
        write_database(folder, out)
    except (duckdb.Error, SchemaError, OSError) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
