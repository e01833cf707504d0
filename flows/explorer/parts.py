"""The rows of a release as files that a page can load from a host and from the file system alike.

A classic script is all that a page may load from ``file://``. So each part is a script that hands over gzip in base64;
inside is JSON, a list of cells for each column. Parts are small, so that a page fetches only those that it shows.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.schema import Tables
    from flows.table_schema import Schema

MOST_BYTES = 1_500_000
"""About so large is a part before it is compressed, in bytes of Arrow."""

_LEVEL = 4  # 6 takes twice as long, for a tenth less
_READING_ORDER = ("document_id", "char_start", "position")


def order(schema: Schema) -> tuple[str, ...]:
    """Return the columns that a page's rows are sorted by: by document in reading order, else by key."""
    names = {field.name for field in schema.fields}
    reading = tuple(name for name in _READING_ORDER if name in names)
    return tuple(dict.fromkeys([*(reading if "document_id" in names else ()), *schema.primary_key]))


def write_parts(table: pa.Table, schema: Schema, folder: Path) -> list[dict[str, Any]]:
    """Write a table's rows to ``<table>-<n>.js`` in `folder`.

    Returns:
        For each part how many rows it has, the values of the first column of their order at its ends, and its size.

    Raises:
        OSError: the folder cannot be written.
    """
    keys = order(schema)
    ordered = table.sort_by([(name, "ascending") for name in keys]) if table.num_rows else table
    parts = []
    for at, piece in enumerate(_pieces(ordered)):
        data = json.dumps(_cells(piece), ensure_ascii=False, separators=(",", ":"), default=str).encode()
        script = as_script(f"{schema.name}-{at}", data)
        (folder / f"{schema.name}-{at}.js").write_bytes(script)
        ends = piece.column(keys[0])
        parts.append({"rows": piece.num_rows, "first": ends[0].as_py(), "last": ends[-1].as_py(), "size": len(data)})
    return parts


def as_script(name: str, data: bytes) -> bytes:
    """Return bytes as a classic script that hands them over under `name`, compressed."""
    packed = b64encode(gzip.compress(data, _LEVEL, mtime=0))
    return b'newindPart("%s","%s");\n' % (name.encode(), packed)


def used_labels(tables: Tables) -> dict[str, dict[str, str]]:
    """Return what the entities and indicators that metrics and tasks point at are called, by table and id."""
    metrics, tasks = tables["metrics"], tables["tasks"]
    entities = pa.chunked_array(
        [
            metrics["industry_id"].combine_chunks(),
            metrics["place_id"].combine_chunks(),
            tasks["theme_id"].combine_chunks(),
        ]
    )
    return {
        "entities": _labels(tables["entities"], "entity_id", entities),
        "indicators": _labels(tables["indicators"], "indicator_id", metrics["indicator_id"]),
    }


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    if not table.num_rows:
        return
    rows = max(1, int(table.num_rows * MOST_BYTES / max(MOST_BYTES, table.nbytes)))
    for start in range(0, table.num_rows, rows):
        yield table.slice(start, rows)


def _cells(table: pa.Table) -> dict[str, list[Any]]:
    return {name: _plain(table.column(name)).to_pylist() for name in table.column_names}


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_date(column.type) else column


def _labels(table: pa.Table, key: str, used: pa.ChunkedArray) -> dict[str, str]:
    known = table.filter(pc.is_in(table[key], value_set=pc.unique(used).drop_null())).sort_by(key)
    return dict(zip(known[key].to_pylist(), known["label"].to_pylist(), strict=True))
