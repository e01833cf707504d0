"""The CSV zip: every table for spreadsheets, with a descriptor of its own, the same bytes for the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flows.release.csv_text import LIST_DELIMITER, digest
from flows.release.names import DESCRIPTOR, csv_path
from flows.schema import schema_of
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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


def write_csv_zip(texts: Mapping[str, bytes], package: Mapping[str, Any], path: Path) -> None:
    """Write the zip.

    Args:
        texts: every table's CSV text by resource, as `flows.release.csv_text` makes it.
        package: the properties that the release's descriptor and the zip's share, without resources.
        path: the zip to write.

    Raises:
        OSError: `path` cannot be written.
    """
    resources = [_resource(resource, text) for resource, text in texts.items()]
    members = {DESCRIPTOR: dump_json({**package, "resources": resources}).encode(), "README.txt": NOTES.encode()}
    members |= {csv_path(resource): text for resource, text in texts.items()}
    with ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(_member(name), data, compresslevel=9)


def _resource(resource: str, text: bytes) -> dict[str, Any]:
    schema = schema_of(resource)
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
        "bytes": len(text),
        "hash": digest(text),
        "dialect": _DIALECT,
        "schema": schema.descriptor,
    }


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _EARLIEST)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, on every system: the byte stands in the zip.
    info.external_attr = _FILE_MODE << 16
    return info
