"""One Parquet file a resource, the same bytes for the same rows, with schemas and descriptions inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from flows.release.csv_text import in_key_order
from flows.release.names import CHANGES_TABLE, DATA_FOLDER, parquet_path
from flows.release.released import unwritable
from flows.schema import arrow_schema, schema_of

if TYPE_CHECKING:
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
