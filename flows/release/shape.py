"""Whether the tables are those of the package: all eleven, each with the columns of its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.schema import arrow_schema, resource_names, schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


def shape_faults(given: Mapping[str, pa.Schema]) -> list[str]:
    """Return a line for each table that is missing, unknown, or has other columns than its schema.

    Args:
        given: the Arrow schema of every table by resource.
    """
    known = resource_names()
    lines = [f"{name}: this table is missing; give it without rows" for name in known if name not in given]
    lines += [f"{name}: there is no such resource; there are {', '.join(known)}" for name in given if name not in known]
    lines += [
        f"{name}: the columns are not those of its schema, in name, type or order; make it by to_arrow"
        for name in known
        if name in given and not given[name].equals(arrow_schema(schema_of(name)))
    ]
    return lines
