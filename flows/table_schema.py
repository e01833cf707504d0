"""Table Schemas as records, read from JSON with the standard library alone.

The one place that says which Arrow and SQL type each type of the standard becomes. `flows.schema` builds on it with
pyarrow; `flows.release.database` uses it in a process of its own that never loads pyarrow.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping


class ColumnType(NamedTuple):
    """What a type of the standard becomes; `arrow` is a name that Arrow knows, of a list that of its items."""

    arrow: str
    sql: str


TYPES: Mapping[str, ColumnType] = {
    "string": ColumnType("string", "VARCHAR"),
    "integer": ColumnType("int64", "BIGINT"),
    "number": ColumnType("float64", "DOUBLE"),
    "boolean": ColumnType("bool", "BOOLEAN"),
    "date": ColumnType("date32", "DATE"),
    "list": ColumnType("string", "VARCHAR[]"),
}


class Field(NamedTuple):
    """One column: `constraints` as the standard writes them, `required` among them."""

    name: str
    title: str
    description: str
    type: str
    constraints: Mapping[str, Any]

    @property
    def nullable(self) -> bool:
        """Whether a cell may be null; a list never is, for an empty list says the same."""
        return not self.constraints.get("required") and self.type != "list"


class ForeignKey(NamedTuple):
    """Every cell of `field` that is not null stands in `reference` of the table `resource`."""

    field: str
    resource: str
    reference: str


class Schema(NamedTuple):
    """One resource; `descriptor` is the Table Schema that it was read from."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]


def read_schema(text: str, where: str) -> Schema:
    """Read a Table Schema from its JSON text.

    Args:
        text: a Table Schema with a name, a title, a description and a primary key.
        where: the file or place it came from, for the error.

    Raises:
        SchemaError: the text is no JSON, lacks a property, or uses a type or key that nothing here can write.
    """
    try:
        return _schema(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"{where}: this is no Table Schema of a resource: {error!r}") from error


def dump_json(value: object) -> str:
    """Return `value` as JSON text, the same in every run: two spaces, keys as given, a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _schema(descriptor: Mapping[str, Any]) -> Schema:
    fields = tuple(_field(field) for field in descriptor["fields"])
    return Schema(
        name=descriptor["name"],
        title=descriptor["title"],
        description=descriptor["description"],
        fields=fields,
        primary_key=tuple(descriptor["primaryKey"]),
        unique_keys=tuple(tuple(key) for key in descriptor.get("uniqueKeys", [])),
        foreign_keys=tuple(_foreign_key(key) for key in descriptor.get("foreignKeys", [])),
        descriptor=descriptor,
    )


def _field(field: Mapping[str, Any]) -> Field:
    if field["type"] not in TYPES:
        raise ValueError(f"type {field['type']} of {field['name']} is none of {', '.join(TYPES)}")
    return Field(field["name"], field["title"], field["description"], field["type"], field.get("constraints", {}))


def _foreign_key(key: Mapping[str, Any]) -> ForeignKey:
    reference = key["reference"]
    (field,), (target,) = key["fields"], reference["fields"]
    return ForeignKey(field, reference["resource"], target)
