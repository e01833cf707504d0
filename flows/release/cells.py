"""Tables as plain cells, and the one form in which a violation is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.schema import Tables, schema_of

Columns = Mapping[str, Sequence[Any]]
"""The cells of one table by field, all equally long."""

Cells = Mapping[str, Columns]
"""The columns of every table by resource."""

_LONGEST_VALUE = 120


def cells_of(tables: Tables) -> dict[str, dict[str, list[Any]]]:
    """Return every table's cells as Python values."""
    return {resource: table.to_pydict() for resource, table in tables.items()}


def row_count(columns: Columns) -> int:
    """Return how many rows the columns have."""
    return len(next(iter(columns.values())))


def rows_of(columns: Columns, *fields: str) -> list[tuple[Any, ...]]:
    """Return the cells of some fields, row by row."""
    return list(zip(*(columns[field] for field in fields), strict=True))


def fault(resource: str, columns: Columns, index: int, field: str, rule: str) -> str:
    """Return one violation as one line: table, row key, field, value, rule."""
    key = [columns[name][index] for name in schema_of(resource).primary_key]
    return fault_line(resource, key, field, columns[field][index], rule)


def fault_line(resource: str, key: Sequence[Any], field: str, value: Any, rule: str) -> str:
    """Return one violation as one line, of the cells of the primary key and the value of the field."""
    word = " ".join(", ".join(map(str, key)).split())
    return f"{resource}[{word}].{field} = {_shown(value)}: {rule}"


def _shown(value: object) -> str:
    text = "null" if value is None else repr(value) if isinstance(value, str | list | float) else str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"
