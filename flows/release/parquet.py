"""One Parquet file a resource, the same bytes for the same rows, with schemas and descriptions inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from flows.release.csv_text import in_key_order
from flows.release.names import CHANGES_TABLE, DATA_FOLDER, parquet_path
from flows.release.released import tables_in, unwritable
from flows.schema import arrow_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flows.schema import Tables

ROW_GROUP_SIZE = 65_536


def write_tables(tables: Tables, folder: Path) -> None:
    """Write the tables that a release is to have into the empty `folder`, all but `changes`, which is not known yet.

    Raises:
        TargetError: the folder cannot be written.
    """
    try:
        write_parquet({name: table for name, table in tables.items() if name != CHANGES_TABLE}, folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def write_parquet(tables: Tables, folder: Path) -> tuple[str, ...]:
    """Write every table to ``data/<resource>.parquet`` and return the paths relative to `folder`.

    Rows stand in the order of their primary keys. The file's metadata holds the Table Schema under ``table_schema``,
    each field's its title and description.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / DATA_FOLDER).mkdir(exist_ok=True)
    for resource, table in tables.items():
        schema = schema_of(resource)
        ordered = in_key_order(table, schema).cast(arrow_schema(schema))
        path = folder / parquet_path(resource)
        pq.write_table(ordered, path, compression="zstd", row_group_size=ROW_GROUP_SIZE)
    return tuple(parquet_path(resource) for resource in tables)


def write_rows(resource: str, batches: Iterable[pa.RecordBatch], folder: Path) -> None:
    """Write rows to ``data/<resource>.parquet`` as they come, a row group at a time: the bytes of `write_parquet`.

    Args:
        resource: a name of `flows.schema.resource_names`.
        batches: the rows, in the order of their primary key.
        folder: the folder of the release.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / DATA_FOLDER).mkdir(exist_ok=True)
    target = arrow_schema(schema_of(resource))
    with pq.ParquetWriter(folder / parquet_path(resource), target, compression="zstd") as writer:
        for table in _row_groups(batches, target):
            writer.write_table(table, row_group_size=ROW_GROUP_SIZE)


def _row_groups(batches: Iterable[pa.RecordBatch], target: pa.Schema) -> Iterator[pa.Table]:
    """Yield tables of exactly `ROW_GROUP_SIZE` rows, and one of the rest."""
    waiting, rows, written = [target.empty_table()], 0, 0
    for batch in batches:
        waiting.append(pa.Table.from_batches([batch]).cast(target))
        rows += batch.num_rows
        while rows >= ROW_GROUP_SIZE:
            table = pa.concat_tables(waiting)
            yield table.slice(0, ROW_GROUP_SIZE).combine_chunks()
            waiting, rows, written = [table.slice(ROW_GROUP_SIZE)], rows - ROW_GROUP_SIZE, written + 1
    if rows or not written:  # a table without rows has a row group, too
        yield pa.concat_tables(waiting).combine_chunks()


def count_rows(folder: Path) -> dict[str, int]:
    """Return how many rows each table in the folder of a release has, in the order of the contract."""
    return {name: pq.read_metadata(folder / parquet_path(name)).num_rows for name in tables_in(folder)}


def count_values(folder: Path, resource: str, field: str) -> dict[str, int]:
    """Return how often each value of a field of few values stands in a table."""
    counts = pq.read_table(folder / parquet_path(resource), columns=[field])[field].value_counts()
    return {entry["values"]: entry["counts"] for entry in counts.to_pylist()}
