"""The CSV zip: every table for spreadsheets, with a descriptor of its own, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flows.release.csv_text import LIST_DELIMITER, csv_pieces
from flows.release.names import DESCRIPTOR, csv_path
from flows.release.released import row_count
from flows.schema import schema_of
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.release.released import Source

MOST_SMALL_ROWS = 1_000_000
"""Up to so many rows the zip is made small; beyond, in a third of the time."""

_SMALL, _FAST = 6, 1  # 9 takes half as long again or more, for 1 % less
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644
_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}

NOTES = f"""\
The tables as CSV, for spreadsheets and for tools that read no Parquet.

- UTF-8 with a byte-order mark, commas, text in quotation marks, one header row, rows in the order of their keys.
- Ids sort as text, so m100 comes before m20; ORDER BY document_id, char_start gives the order of the text.
- An empty cell is a null; in a column of lists it is an empty list. A list's items are separated by {LIST_DELIMITER}
- A text that a spreadsheet would run as a formula, because it begins with = + - @ (of either width), a tab or a line
  break, has an apostrophe (') in front. So has one that begins with apostrophes before such a character.
  Take one apostrophe away to have the text as the Parquet files hold it. Numbers are never changed.
- {DESCRIPTOR} says what every column means, and has each file's SHA-256.
"""


def write_csv_zip(sources: Mapping[str, Source], package: Mapping[str, Any], path: Path) -> None:
    """Write the zip, a piece of a table at a time; the descriptor, which has the hashes of all files, stands last.

    Args:
        sources: the rows of every table by resource: in memory, or in Parquet files in the order of their keys.
        package: the properties that the release's descriptor and the zip's share, without resources.
        path: the zip to write.

    Raises:
        OSError: `path` cannot be written.
    """
    level = _SMALL if sum(map(row_count, sources.values())) <= MOST_SMALL_ROWS else _FAST
    with ZipFile(path, "w") as file:
        file.writestr(_member("README.txt"), NOTES, compresslevel=level)
        resources = [_write(resource, source, file, level) for resource, source in sources.items()]
        descriptor = dump_json({**package, "resources": resources})
        file.writestr(_member(DESCRIPTOR), descriptor, compresslevel=level)


def _write(resource: str, source: Source, file: ZipFile, level: int) -> dict[str, Any]:
    """Write a table into the zip, and describe what was written."""
    schema, size, digest = schema_of(resource), 0, hashlib.sha256()
    member = _member(csv_path(resource))
    # It has a public name from Python 3.13 on alone.
    member._compresslevel = level  # type: ignore[attr-defined] # noqa: SLF001
    with file.open(member, "w", force_zip64=True) as written:  # nobody knows yet how large it gets
        for piece in csv_pieces(source, schema):
            size += len(piece)
            digest.update(piece)
            written.write(piece)
    return {
        "name": resource,
        "title": schema.title,
        "description": schema.description,
        "type": "table",
        "path": csv_path(resource),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "dialect": _DIALECT,
        "schema": schema.descriptor,
    }


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _EARLIEST)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, on every system: the byte stands in the zip.
    info.external_attr = _FILE_MODE << 16
    return info
