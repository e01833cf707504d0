"""What a Table Schema cannot say and a reader takes for granted: numbers are finite, ends follow beginnings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from flows.release.cells import fault, rows_of
from flows.release.csv_text import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from flows.release.cells import Cells, Columns
    from flows.table_schema import Field, Schema


class _Ordered(NamedTuple):
    resource: str
    low: str
    high: str


class _Kind(NamedTuple):
    resource: str
    field: str
    kind: str


ORDERED = (
    _Ordered("documents", "page", "page_count"),
    _Ordered("metrics", "value", "value_upper"),
    _Ordered("metrics", "period_start", "period_end"),
    _Ordered("tasks", "horizon_start", "horizon_end"),
)
KINDS = (_Kind("metrics", "place_id", "place"), _Kind("tasks", "theme_id", "theme"))
ROW_IDS = {"passages": "p", "metrics": "m", "tasks": "t", "mentions": "e", "numerals": "n"}


class _CellRule(NamedTuple):
    """What every cell of some fields must be; null cells are left to `required`."""

    applies: Callable[[Field], bool]
    good: Callable[[Any], bool]
    rule: str


# Frictionless lets all of these pass: it takes an empty text for a null, and its patterns end before a last line break.
_CELL_RULES = (
    _CellRule(lambda it: it.type == "number", math.isfinite, "a number must be finite"),
    _CellRule(lambda it: it.type == "string", bool, "a text must not be empty; make it null"),
    _CellRule(
        lambda it: it.type == "string", lambda cell: "\0" not in cell, "a text must not hold the character U+0000"
    ),
    _CellRule(
        lambda it: "pattern" in it.constraints, lambda cell: cell[-1:] != "\n", "it must not end in a line break"
    ),
    _CellRule(
        lambda it: it.type == "list",
        lambda cell: all(item and LIST_DELIMITER not in item and "\0" not in item for item in cell),
        f"an item must not be empty and must not hold {LIST_DELIMITER!r} or the character U+0000",
    ),
)


def cell_faults(schema: Schema, columns: Columns) -> list[str]:
    """Return a violation for every NaN, infinity, empty text, U+0000, null list, and list item that CSV cannot hold."""
    lines = []
    for field in schema.fields:
        cells = columns[field.name]
        if field.type == "list":
            nulls = [index for index, cell in enumerate(cells) if cell is None]
            lines += [fault(schema.name, columns, i, field.name, "a list is never null; make it empty") for i in nulls]
        for rule in _CELL_RULES:
            if rule.applies(field):
                bad = [index for index, cell in enumerate(cells) if cell is not None and not rule.good(cell)]
                lines += [fault(schema.name, columns, index, field.name, rule.rule) for index in bad]
    return lines


def row_faults(cells: Cells) -> list[str]:
    """Return a violation for every row whose own cells contradict one another or the row that they point at."""
    return [*_order_faults(cells), *_span_faults(cells), *_id_faults(cells), *_kind_faults(cells), *_role_faults(cells)]


def _order_faults(cells: Cells) -> Iterator[str]:
    for resource, low, high in ORDERED:
        columns = cells[resource]
        for index, (least, most) in enumerate(rows_of(columns, low, high)):
            if least is not None and most is not None and most < least:
                yield fault(resource, columns, index, high, f"it must not be less than {low}, which is {least}")


def _span_faults(cells: Cells) -> Iterator[str]:
    lengths = dict(rows_of(cells["documents"], "document_id", "characters"))
    for resource, columns in cells.items():
        if "char_end" not in columns:
            continue
        for index, (document, start, end) in enumerate(rows_of(columns, "document_id", "char_start", "char_end")):
            if (start is None) != (end is None):
                yield fault(resource, columns, index, "char_end", "char_start and char_end are null together or not")
            elif end is not None and not start < end <= (lengths.get(document) or end):
                rule = f"it must follow char_start, {start}, and lie within the document's {lengths.get(document)}"
                yield fault(resource, columns, index, "char_end", f"{rule} characters")


def _id_faults(cells: Cells) -> Iterator[str]:
    for resource, letter in ROW_IDS.items():
        columns, name = cells[resource], next(iter(cells[resource]))
        for index, (key, document, start) in enumerate(rows_of(columns, name, "document_id", "char_start")):
            if key != f"{document}:{letter}{start}":
                yield fault(
                    resource, columns, index, name, f"by its document and place it is {document}:{letter}{start}"
                )


def _kind_faults(cells: Cells) -> Iterator[str]:
    kinds = dict(rows_of(cells["entities"], "entity_id", "kind"))
    for resource, field, kind in KINDS:
        for index, cell in enumerate(cells[resource][field]):
            if cell in kinds and kinds[cell] != kind:
                yield fault(
                    resource, cells[resource], index, field, f"it names an entity of kind {kinds[cell]}, not {kind}"
                )


def _role_faults(cells: Cells) -> Iterator[str]:
    columns = cells["numerals"]
    for index, (role, metric) in enumerate(rows_of(columns, "role", "metric_id")):
        if (role == "metric") != (metric is not None):
            yield fault("numerals", columns, index, "metric_id", f"the role is {role}; only and every `metric` has one")
