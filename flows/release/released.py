"""A published release, read back: its descriptor, the schemas in it, and the tables of its Parquet files."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import SchemaError, TargetError
from flows.release.disk import full_error, is_full
from flows.release.layout import resources_in, table_files
from flows.release.names import DATA_FOLDER, DESCRIPTOR, parquet_path, part_path
from flows.schema import SCHEMA_KEY, in_contract_order
from flows.table_schema import Schema, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


Source: TypeAlias = "pa.Table | Sequence[Path]"
"""A table in memory, or the Parquet files that hold its rows, in their order."""


class Descriptor(NamedTuple):
    """What ``datapackage.json`` says: `resources` and the `schemas` in them, by name."""

    package: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]
    schemas: Mapping[str, Schema]

    def files(self, folder: Path, resource: str) -> tuple[Path, ...]:
        """Return the Parquet files that it names for a resource of the release in `folder`, in their order."""
        path = self.resources[resource]["path"]
        return tuple(folder / name for name in ([path] if isinstance(path, str) else path))


def read_descriptor(folder: Path) -> Descriptor:
    """Read ``datapackage.json`` of a release.

    Raises:
        TargetError: the file is missing, is no JSON, or describes no tables.
    """
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise TargetError(f"{path}: there is no such file")
    try:
        package = json.loads(path.read_text("utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        schemas = {name: read_schema(json.dumps(it["schema"]), f"{path}, {name}") for name, it in resources.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, SchemaError) as error:
        raise TargetError(f"{path}: this is no descriptor of a release: {one_line(error)}") from error
    if not resources or not all(_is_ours(name, it.get("path")) for name, it in resources.items()):
        told = "data/<name>.parquet, or at data/<name>/part-0.parquet and so on"
        raise TargetError(f"{path}: each resource must have its table at {told}")
    return Descriptor(package, resources, schemas)


def _is_ours(name: str, path: object) -> bool:
    """Whether a resource's path is one that this program writes: its file, or its parts in their order."""
    if isinstance(path, list):
        return len(path) > 1 and path == [part_path(name, number) for number in range(len(path))]
    return path == parquet_path(name)


def tables_in(folder: Path) -> Mapping[str, Schema]:
    """Return the schemas of the tables of a release, or of the Parquet files of one that is yet to be described.

    Raises:
        TargetError: like `read_descriptor`; a Parquet file cannot be read, or holds no Table Schema.
    """
    if (folder / DESCRIPTOR).exists():
        return read_descriptor(folder).schemas
    names = resources_in(folder)
    if not names:
        raise TargetError(f"{folder}: this is no release; it has neither {DESCRIPTOR} nor {DATA_FOLDER}/*.parquet")
    return {name: _schema_of(table_files(folder, name)[0]) for name in in_contract_order(names)}


def _schema_of(path: Path) -> Schema:
    try:
        text = pq.read_schema(path).metadata[SCHEMA_KEY].decode()
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise TargetError(f"{path}: its Table Schema cannot be read: {one_line(error)}") from error
    return read_schema(text, str(path))


def read_table(folder: Path, resource: str) -> pa.Table:
    """Read all rows of one resource.

    Raises:
        TargetError: it is missing, or no Parquet file.
    """
    return read_files(table_files(folder, resource))


def read_files(files: Sequence[Path]) -> pa.Table:
    """Read all rows of the files of one resource.

    Raises:
        TargetError: one is missing, no Parquet file, or has other columns than the first.
    """
    tables = [_read(path) for path in files]
    try:
        return pa.concat_tables(tables)
    except pa.ArrowException as error:
        raise TargetError(f"{files[0].parent}: the parts of this table differ: {one_line(error)}") from error


def _read(path: Path) -> pa.Table:
    with _readable(path), pq.ParquetFile(path) as file:
        return file.read()


def _metadata(path: Path) -> pq.ParquetFile:
    with _readable(path), pq.ParquetFile(path) as file:
        return file


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    if not path.is_file():
        raise TargetError(f"{path}: there is no such file")
    try:
        yield
    except (OSError, ValueError, pa.ArrowException) as error:
        raise TargetError(f"{path}: this Parquet file cannot be read: {one_line(error)}") from error


def shapes(source: Source) -> list[pa.Schema]:
    """Return the Arrow schema of a table in memory, or of each of the files that hold it.

    Raises:
        TargetError: a file is missing, or no Parquet file.
    """
    return [source.schema] if isinstance(source, pa.Table) else [_metadata(path).schema_arrow for path in source]


def row_count(source: Source) -> int:
    """Return how many rows a table in memory has, or the files that hold it.

    Raises:
        TargetError: a file is missing, or no Parquet file.
    """
    if isinstance(source, pa.Table):
        return int(source.num_rows)
    return sum(int(_metadata(path).metadata.num_rows) for path in source)


def unwritable(folder: Path, error: OSError) -> TargetError:
    """Return the error to raise where a release could not be written into `folder`."""
    if is_full(error):
        return full_error(folder, "publish to a folder on a larger disk")
    return TargetError(f"{folder}: the release could not be written ({one_line(error)}); grant the right to write")


def one_line(error: BaseException) -> str:
    """Return what an error says as one line, without numbers of the system, or its name where it says nothing."""
    if isinstance(error, KeyError):
        return f"{error} is missing"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {_told(error)}"
    text = " ".join(str(error).split()).partition(". Detail: ")[0]
    return re.sub(r"\[errno -?\d+\] |^[\w ]*error: ", "", text, flags=re.IGNORECASE) or type(error).__name__


def _told(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file"
    if isinstance(error, NotADirectoryError):
        return "this is not a folder"
    return "it may not be read" if isinstance(error, PermissionError) else error.strerror or type(error).__name__
