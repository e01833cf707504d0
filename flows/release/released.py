"""A published release, read back: its descriptor, the schemas in it, and the tables of its Parquet files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import SchemaError, TargetError
from flows.release.names import DATA_FOLDER, DESCRIPTOR, parquet_path
from flows.schema import SCHEMA_KEY, in_contract_order
from flows.table_schema import Schema, read_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Descriptor(NamedTuple):
    """What ``datapackage.json`` says: `resources` and the `schemas` in them, by name."""

    package: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]
    schemas: Mapping[str, Schema]


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
    if not resources or any(resource.get("path") != parquet_path(name) for name, resource in resources.items()):
        raise TargetError(f"{path}: each resource must have its table at data/<name>.parquet")
    return Descriptor(package, resources, schemas)


def tables_in(folder: Path) -> Mapping[str, Schema]:
    """Return the schemas of the tables of a release, or of the Parquet files of one that is yet to be described.

    Raises:
        TargetError: like `read_descriptor`; a Parquet file cannot be read, or holds no Table Schema.
    """
    if (folder / DESCRIPTOR).exists():
        return read_descriptor(folder).schemas
    paths = {path.stem: path for path in (folder / DATA_FOLDER).glob("*.parquet")}
    if not paths:
        raise TargetError(f"{folder}: this is no release; it has neither {DESCRIPTOR} nor {DATA_FOLDER}/*.parquet")
    return {name: _schema_of(paths[name]) for name in in_contract_order(paths)}


def _schema_of(path: Path) -> Schema:
    try:
        text = pq.read_schema(path).metadata[SCHEMA_KEY].decode()
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise TargetError(f"{path}: its Table Schema cannot be read: {one_line(error)}") from error
    return read_schema(text, str(path))


def read_table(folder: Path, resource: str) -> pa.Table:
    """Read the Parquet file of one resource.

    Raises:
        TargetError: it is missing, or no Parquet file.
    """
    path = folder / parquet_path(resource)
    if not path.is_file():
        raise TargetError(f"{path}: there is no such file")
    try:
        return pq.ParquetFile(path).read()
    except (OSError, ValueError, pa.ArrowException) as error:
        raise TargetError(f"{path}: this Parquet file cannot be read: {one_line(error)}") from error


def unwritable(folder: Path, error: OSError) -> TargetError:
    """Return the error to raise where a release could not be written into `folder`."""
    reason = error.strerror or error
    return TargetError(f"{folder}: the release could not be written ({reason}); free or grant the space")


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
