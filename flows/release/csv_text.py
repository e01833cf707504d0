"""A table as CSV text, as the CSV zip holds it.

It is a pure function of the rows and the schema: sorted by primary key, UTF-8 with a byte-order mark (spreadsheets
need it), a newline after every row, text in quotation marks, a null as an empty cell without them, the items of a list
joined with ``|``. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

if TYPE_CHECKING:
    from flows.table_schema import Schema

LIST_DELIMITER = "|"

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What a spreadsheet may run when a cell begins with it, the full-width forms too. Apostrophes before it get one more,
# so that taking one away again always gives the text back.
_FORMULA = "^('*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])"


def in_key_order(table: pa.Table, schema: Schema) -> pa.Table:
    """Return the table sorted by its primary key (text by code point), in one chunk a column."""
    keys = [(name, "ascending") for name in schema.primary_key]
    return table.sort_by(keys).combine_chunks() if table.num_rows else table.combine_chunks()


def csv_text(table: pa.Table, schema: Schema) -> bytes:
    """Return the rows as the CSV text that this module describes."""
    ordered = in_key_order(table, schema)
    columns = [_cells(ordered.column(field.name)) for field in schema.fields]
    written = io.BytesIO()
    written.write(_BYTE_ORDER_MARK)
    csv.write_csv(pa.table(columns, names=[field.name for field in schema.fields]), written)
    return written.getvalue()


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as the package writes hashes: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        joined = pc.binary_join(column, LIST_DELIMITER)
        column = pc.if_else(pc.equal(joined, ""), None, joined)
    if pa.types.is_string(column.type):
        return pc.replace_substring_regex(column, _FORMULA, r"'\1")
    return column
