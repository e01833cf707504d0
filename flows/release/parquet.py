"""Parquet files of the resources, the same bytes for the same rows, with schemas and descriptions inside.

A resource is one file. One that is larger than `PART_BYTES` is several of about that size, each one row group: so
readers work on the files side by side, and neither they nor the writer hold more than one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.release.csv_text import in_key_order
from flows.release.layout import table_files
from flows.release.names import CHANGES_TABLE, DATA_FOLDER, parquet_path, part_path
from flows.release.released import row_count, tables_in, unwritable
from flows.schema import arrow_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flows.schema import Tables

ROW_GROUP_SIZE = 65_536
"""So many rows has a row group of a resource in one file."""

PART_BYTES = 128_000_000
"""A resource whose cells take more bytes is written as several files of about this size."""

_SLAB = 16_384


def write_tables(tables: Tables, folder: Path) -> None:
    """Write the tables that a release is to have into the empty `folder`, all but `changes`, which is not known yet.

    Raises:
        TargetError: the folder cannot be written.
    """
    try:
        write_parquet({name: table for name, table in tables.items() if name != CHANGES_TABLE}, folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def write_parquet(tables: Tables, folder: Path) -> None:
    """Write every table, in the order of its primary key, as `write_rows` does.

    Raises:
        OSError: the folder cannot be written.
    """
    for resource, table in tables.items():
        write_rows(resource, in_key_order(table, schema_of(resource)).to_batches(), folder)


def write_rows(resource: str, batches: Iterable[pa.RecordBatch], folder: Path) -> None:
    """Write rows as they come to ``data/<resource>.parquet``, or to ``data/<resource>/part-0.parquet`` and so on.

    A file's metadata holds the Table Schema under ``table_schema``, each field's its title and description. However
    the rows are cut into batches, the same rows give the same bytes.

    Args:
        resource: a name of `flows.schema.resource_names`.
        batches: the rows, in the order of their primary key.
        folder: the folder of the release.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / DATA_FOLDER).mkdir(exist_ok=True)
    target = arrow_schema(schema_of(resource))
    for number, (piece, is_last) in enumerate(_pieces(batches, target)):
        if is_last and not number:
            table, path = piece.combine_chunks(), folder / parquet_path(resource)
            pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP_SIZE)
            return
        path = folder / part_path(resource, number)
        path.parent.mkdir(exist_ok=True)
        pq.write_table(piece, path, compression="zstd", row_group_size=piece.num_rows)


def _pieces(batches: Iterable[pa.RecordBatch], target: pa.Schema) -> Iterator[tuple[pa.Table, bool]]:
    """Yield the rows of each file, and whether it is the last; there is always one."""
    waiting, size = [target.empty_table()], 0
    for slab in _slabs(batches, target):
        more = _size(slab)
        if size and size + more > PART_BYTES:
            yield pa.concat_tables(waiting), False
            waiting, size = [], 0
        waiting.append(slab)
        size += more
    yield pa.concat_tables(waiting), True


def _slabs(batches: Iterable[pa.RecordBatch], target: pa.Schema) -> Iterator[pa.Table]:
    """Yield tables of exactly `_SLAB` rows, and one of the rest."""
    waiting, rows = [target.empty_table()], 0
    for batch in batches:
        waiting.append(pa.Table.from_batches([batch]).cast(target))
        rows += batch.num_rows
        while rows >= _SLAB:
            table = pa.concat_tables(waiting)
            yield table.slice(0, _SLAB).combine_chunks()
            waiting, rows = [table.slice(_SLAB)], rows - _SLAB
    if rows:
        yield pa.concat_tables(waiting).combine_chunks()


def _size(table: pa.Table) -> int:
    """Return the bytes of the cells, which do not depend on the buffers that hold them."""
    size = 0
    for column in table.columns:
        items = pc.list_flatten(column) if pa.types.is_list(column.type) else column
        size += 8 * len(items) + (pc.sum(pc.binary_length(items)).as_py() or 0 if pa.types.is_string(items.type) else 0)
    return size


def count_rows(folder: Path) -> dict[str, int]:
    """Return how many rows each table in the folder of a release has, in the order of the contract."""
    return {name: row_count(table_files(folder, name)) for name in tables_in(folder)}


def count_values(folder: Path, resource: str, field: str) -> dict[str, int]:
    """Return how often each value of a field of few values stands in a table."""
    counts: Counter[str] = Counter()
    for path in table_files(folder, resource):
        for entry in pq.ParquetFile(path).read([field])[field].value_counts().to_pylist():
            counts[entry["values"]] += entry["counts"]
    return dict(counts)
