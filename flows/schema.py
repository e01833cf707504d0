"""The resources: their schemas, read once from ``schemas/``, and rows as Arrow tables of those schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from flows.errors import InvalidTablesError, SchemaError
from flows.resources import schemas_folder
from flows.table_schema import TYPES, Field, Schema, dump_json, read_schema

Tables = Mapping[str, pa.Table]

SCHEMA_KEY = b"table_schema"
"""Where Arrow and Parquet metadata of a table hold its Table Schema, as JSON."""

_RESOURCES = (
    "documents",
    "speakers",
    "metrics",
    "tasks",
    "passages",
    "appearances",
    "indicators",
    "entities",
    "mentions",
    "numerals",
    "findings",
    "rejected",
    "changes",
)


def resource_names() -> tuple[str, ...]:
    """Return the names of all resources in the order of the contract."""
    return _RESOURCES


def in_contract_order(names: Iterable[str]) -> list[str]:
    """Return names of resources in the order of the contract; those that it does not know last, by name."""
    places = {name: place for place, name in enumerate(_RESOURCES)}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))


@lru_cache(maxsize=1)
def schemas() -> Mapping[str, Schema]:
    """Return every resource's schema by name, in the order of the contract.

    Raises:
        SchemaError: a schema is missing, is no Table Schema, or bears another resource's name.
    """
    return {name: _read(name) for name in _RESOURCES}


def schema_of(resource: str) -> Schema:
    """Return one resource's schema.

    Raises:
        SchemaError: there is no such resource.
    """
    try:
        return schemas()[resource]
    except KeyError:
        raise SchemaError(f"{resource}: no such resource; there are {', '.join(_RESOURCES)}") from None


def arrow_schema(schema: Schema) -> pa.Schema:
    """Return the Arrow schema of a Table Schema: descriptions on the fields, the schema itself on the table."""
    fields = [_arrow_field(field) for field in schema.fields]
    return pa.schema(fields, metadata={SCHEMA_KEY: dump_json(schema.descriptor).encode()})


def to_arrow(resource: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Return rows as a table of the resource's schema, in the order given.

    Args:
        resource: a name of `resource_names`.
        rows: tuples with one cell a field, in the schema's order; none make an empty table.

    Raises:
        InvalidTablesError: a row has too few or too many cells, or a cell is not of its field's type.
        SchemaError: there is no such resource.
    """
    schema, rows = schema_of(resource), list(rows)
    wrong = [row for row in rows if len(row) != len(schema.fields)]
    if wrong:
        raise InvalidTablesError(
            [f"{resource}: {row!r} has {len(row)}, not {len(schema.fields)} cells" for row in wrong]
        )
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(schema.fields)
    target = arrow_schema(schema)
    arrays = [_array(resource, field, cells) for field, cells in zip(target, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=target)


def to_tables(rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[str, pa.Table]:
    """Return a table for every resource, in the contract's order; a resource without rows is empty.

    Raises:
        InvalidTablesError: like `to_arrow`.
        SchemaError: `rows` names a resource that there is none of.
    """
    for resource in rows:
        schema_of(resource)
    return {resource: to_arrow(resource, rows.get(resource, ())) for resource in _RESOURCES}


def _read(name: str) -> Schema:
    path = schemas_folder() / f"{name}.schema.json"
    try:
        schema = read_schema(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        raise SchemaError(f"{path}: this schema is missing; restore it from the repository") from None
    if schema.name != name:
        raise SchemaError(f"{path}: the name is {schema.name!r}; it must be {name!r}")
    return schema


def _arrow_field(field: Field) -> pa.Field:
    kind = pa.type_for_alias(TYPES[field.type].arrow)
    kind = pa.list_(kind) if field.type == "list" else kind
    return pa.field(field.name, kind, field.nullable, {"title": field.title, "description": field.description})


def _array(resource: str, field: pa.Field, cells: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(cells, field.type)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        faults = [cell for cell in cells if not _fits(cell, field.type)]
        lines = [f"{resource}.{field.name} = {cell!r}: this is no {field.type}" for cell in faults]
        raise InvalidTablesError(lines) from None


def _fits(cell: Any, kind: pa.DataType) -> bool:
    try:
        pa.array([cell], kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return False
    return True
