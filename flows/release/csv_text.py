"""A table as CSV text, as the CSV zip holds it.

It is a pure function of the rows and the schema: sorted by primary key, UTF-8 with a byte-order mark (spreadsheets
need it), a newline after every row, text in quotation marks, a null as an empty cell without them, the items of a list
joined with ``|``. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from flows.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.release.released import Source
    from flows.table_schema import Schema

LIST_DELIMITER = "|"

_AT_ONCE = 65_536

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What a spreadsheet may run when a cell begins with it, the full-width forms too. Apostrophes before it get one more,
# so that taking one away again always gives the text back.
_FORMULA = "^('*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])"
# Every text that _FORMULA finds stands before the one, or not before the other.
_BEHIND_SIGNS, _BEFORE_WIDE_SIGNS = "A", "\uff0b"


def in_key_order(table: pa.Table, schema: Schema) -> pa.Table:
    """Return the table sorted by its primary key (text by code point), in one chunk a column."""
    keys = [(name, "ascending") for name in schema.primary_key]
    return table.sort_by(keys).combine_chunks() if table.num_rows else table.combine_chunks()


def csv_pieces(source: Source, schema: Schema) -> Iterator[bytes]:
    """Yield the rows as the CSV text that this module describes; those of files must stand in key order already."""
    yield _BYTE_ORDER_MARK
    with_header = True
    for table in _tables(source, schema):
        columns = [_cells(table.column(field.name)) for field in schema.fields]
        written = io.BytesIO()
        options = csv.WriteOptions(include_header=with_header)
        csv.write_csv(pa.table(columns, names=[field.name for field in schema.fields]), written, options)
        yield written.getvalue()
        with_header = False


def _tables(source: Source, schema: Schema) -> Iterator[pa.Table]:
    """Yield the rows in the order of their keys: at least one table, that a header may be made of."""
    if isinstance(source, pa.Table):
        yield in_key_order(source, schema)
        return
    yield arrow_schema(schema).empty_table()
    for path in source:
        with pq.ParquetFile(path) as file:
            yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(_AT_ONCE))


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        joined = pc.binary_join(column, LIST_DELIMITER)
        column = pc.if_else(pc.equal(joined, ""), None, joined)
    if pa.types.is_string(column.type) and _may_hold_formulas(column):
        return pc.replace_substring_regex(column, _FORMULA, r"'\1")
    return column


def _may_hold_formulas(column: pa.ChunkedArray) -> bool:
    """Say whether a text may be one, by the first and the last of all: to look into each takes five times as long."""
    ends = pc.min_max(column)
    first, last = ends["min"].as_py(), ends["max"].as_py()
    return first is not None and not _BEHIND_SIGNS <= first <= last < _BEFORE_WIDE_SIGNS
