"""Keys: rows named twice, and cells that point at no row; the keys within lists too, which the standard cannot say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from flows.release.cells import fault, row_count, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.release.cells import Cells, Columns
    from flows.table_schema import ForeignKey, Schema


class _ListKey(NamedTuple):
    resource: str
    field: str
    target: str
    reference: str


LIST_KEYS = (_ListKey("findings", "metric_ids", "metrics", "metric_id"),)


def repeated_keys(schema: Schema, columns: Columns, keys: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a violation for every row whose key an earlier row has already; a key with a null in it is none."""
    lines = []
    for key in keys:
        cells = rows_of(columns, *key)
        if len(set(cells)) == len(cells):
            continue
        seen: Counter[object] = Counter()
        for index, cell in enumerate(cells):
            if seen[cell] and None not in cell:
                rule = f"an earlier row has this {' and '.join(key)} already; it must be unique"
                lines.append(fault(schema.name, columns, index, key[-1], rule))
            seen[cell] += 1
    return lines


def dangling_keys(schema: Schema, cells: Cells) -> list[str]:
    """Return a violation for every cell that is not null and names no row of the table that it points at."""
    return [line for key in schema.foreign_keys for line in _dangling(schema.name, key, cells)]


def dangling_items(cells: Cells) -> list[str]:
    """Return a violation for every item of a list that names no row of the table that the list points at."""
    lines = []
    for key in LIST_KEYS:
        known, columns = set(cells[key.target][key.reference]), cells[key.resource]
        for index, items in enumerate(columns[key.field]):
            lost = [str(item) for item in items or () if item not in known]
            if lost:
                rule = f"{', '.join(lost)} is no {key.target}.{key.reference}"
                lines.append(fault(key.resource, columns, index, key.field, rule))
    return lines


def circular_rows(schema: Schema, columns: Columns) -> list[str]:
    """Return a violation for every row that, going up from row to row of the same table, comes back to itself."""
    lines = []
    for key in schema.foreign_keys:
        above = dict(rows_of(columns, key.reference, key.field)) if key.resource == schema.name else {}
        for index, name in enumerate(columns[key.reference]) if above else ():
            if name in _upward(name, above):
                lines.append(fault(schema.name, columns, index, key.field, "the row stands above itself"))
    return lines


def references(schema: Schema, cells: Cells) -> int:
    """Return how many cells of a table point at a row."""
    return sum(row_count(cells[schema.name]) - _nulls(cells[schema.name], key.field) for key in schema.foreign_keys)


def _dangling(resource: str, key: ForeignKey, cells: Cells) -> list[str]:
    known, columns = set(cells[key.resource][key.reference]), cells[resource]
    lost = [index for index, cell in enumerate(columns[key.field]) if cell is not None and cell not in known]
    rule = f"there is no such {key.resource}.{key.reference}"
    return [fault(resource, columns, index, key.field, rule) for index in lost]


def _upward(name: object, above: Mapping[object, object]) -> set[object]:
    """Return all that stand above a row."""
    seen: set[object] = set()
    while (name := above.get(name)) is not None and name not in seen:
        seen.add(name)
    return seen


def _nulls(columns: Columns, field: str) -> int:
    return list(columns[field]).count(None)
