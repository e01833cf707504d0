"""A published release, read back: its descriptor, the schemas in it, and the tables of its Parquet files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import SchemaError, TargetError
from flows.release.names import DESCRIPTOR, parquet_path
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
