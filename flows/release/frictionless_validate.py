"""Rows against their schemas: Frictionless for what it enforces, our own checks for what it silently does not.

Left to our own checks, because Frictionless 5.21 was measured to pass over them: `uniqueKeys`, NaN and infinity,
foreign keys within lists. Foreign keys are ours as well: Frictionless reads the other table anew for each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from frictionless import FrictionlessException, Package

from flows.release.cells import cells_of, fault, row_count
from flows.release.descriptor import PROFILE
from flows.release.keys import circular_rows, dangling_items, dangling_keys, repeated_keys
from flows.release.sense import cell_faults, row_faults
from flows.release.shape import shape_faults
from flows.release.spans import quote_faults, span_checks, tiling_faults
from flows.schema import schemas

if TYPE_CHECKING:
    from frictionless.errors import RowError

    from flows.release.cells import Cells, Columns
    from flows.schema import Tables

_NO_LIMIT = 1_000_000_000
"""Frictionless stops at 1,000 errors if not told otherwise; a violation must not be cut off."""


def frictionless_violations(tables: Tables) -> list[str]:
    """Return every violation of the schemas, one line each; none for valid tables."""
    wrong = shape_faults({name: table.schema for name, table in tables.items()})
    if wrong:
        return wrong
    cells = cells_of(tables)
    return [*_frictionless_faults(cells), *_key_faults(cells), *row_faults(cells), *_text_faults(cells)]


def _key_faults(cells: Cells) -> list[str]:
    lines = []
    for schema in schemas().values():
        lines += repeated_keys(schema, cells[schema.name], schema.unique_keys)
        lines += dangling_keys(schema, cells)
        lines += circular_rows(schema, cells[schema.name])
        lines += cell_faults(schema, cells[schema.name])
    return [*lines, *dangling_items(cells)]


def _text_faults(cells: Cells) -> list[str]:
    spans = [line for check in span_checks(cells) for line in check.faults]
    return [*spans, *quote_faults(cells), *tiling_faults(cells)]


def _frictionless_faults(cells: Cells) -> list[str]:
    tables = [_table(resource, cells[resource]) for resource in cells]
    try:
        report = Package.from_descriptor({"$schema": PROFILE, "resources": tables}).validate(limit_errors=_NO_LIMIT)
    except (FrictionlessException, re.error) as refused:  # a schema that it cannot use stops it before the first row
        reasons = getattr(refused, "reasons", None) or [refused]
        return [f"the schemas cannot be used: {' '.join(str(reason).split())}" for reason in reasons]
    lines = [error.message for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            lines += _frictionless_lines(task.name, cells[task.name], error)
    return lines


def _table(resource: str, columns: Columns) -> dict[str, Any]:
    descriptor = {key: value for key, value in schemas()[resource].descriptor.items() if key != "foreignKeys"}
    # An empty list is an error to Frictionless, and in CSV it is an empty cell anyway.
    readable = [[None if cell == [] else cell for cell in cells] for cells in columns.values()]
    rows = [list(columns), *map(list, zip(*readable, strict=True))]
    return {"name": resource, "type": "table", "data": rows, "schema": descriptor}


def _frictionless_lines(resource: str, columns: Columns, error: Any) -> list[str]:
    index = getattr(error, "row_number", 0) - 2  # Frictionless counts the header as the first row.
    if not 0 <= index < row_count(columns):
        return [f"{resource}: {error.message}"]
    fields = [error.field_name] if hasattr(error, "field_name") else _fields(resource, error)
    return [fault(resource, columns, index, field, f"{error.title.lower()}, {error.note}") for field in fields]


def _fields(resource: str, error: RowError) -> list[str]:
    named = [field.name for field in schemas()[resource].fields if f'"{field.name}"' in error.note]
    return named or [schemas()[resource].primary_key[-1]]
